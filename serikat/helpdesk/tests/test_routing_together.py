"""Messages that come together are routed as each alone would be, and ask little of the database."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.audit.models import Entry, Value
from serikat.helpdesk.models import AccessCode, Conversation, Report, ReportStep, Term
from serikat.helpdesk.services.report_words import MOST_WRONG
from serikat.kernel.errors import Refused
from serikat.kernel.together import step
from serikat.messaging import keywords
from serikat.messaging.models import Address, Message, State
from serikat.messaging.services import routing
from serikat.messaging.services.routing import route_arrived

pytestmark = pytest.mark.django_db
SAID = (
    ("0812 3456 001", "LAPOR upah lembur belum dibayar"),
    ("0812 3456 002", "halo min"),
    ("0812 3456 001", "lapor paspor teman saya ditahan"),
    ("0812 3456 003", "LAPOR"),
    ("0812 3456 003", "mandor memukul kami di gudang"),
    ("0812 3456 002", "kak, masih di sana?"),
    ("0812 3456 004", "STATUS 9812 3456 7890 1234"),
    ("0812 3456 005", "INFO upah"),
    ("0812 3456 006", "TANYA kontrak saya habis, dapat uang kompensasi?"),
    ("0812 3456 006", "BANTUAN"),
)


def bring(sms, arrives, said=SAID):
    for n, (number, text) in enumerate(said):
        arrives(sms, text, number, f"t{n}")


def what_stands():
    """All that a batch leaves, without keys, codes and clocks."""
    return {
        "reports": sorted(Report.objects.values_list("number", "story", "conversation__address__value")),
        "steps": ReportStep.objects.count(),
        "codes": AccessCode.objects.filter(ended_at=None).count(),
        "conversations": sorted(
            Conversation.objects.values_list("address__value", "state", "unread", "is_question", "last__text")
        ),
        "terms": sorted(Term.objects.values_list("conversation__address__value", "term")),
        "answers": sorted(
            (m.answers.text, m.address.value, m.text.partition("Kode: ")[0])
            for m in Message.objects.filter(direction="out").select_related("answers", "address")
        ),
        "routed": Message.objects.filter(direction="in", state=State.ROUTED).count(),
        "trail": sorted(Entry.objects.filter(action__startswith="helpdesk.").values_list("action", "unit_path", "count")),
        "values": sorted(Value.objects.filter(entry__action__startswith="helpdesk.").values_list("name", flat=True)),
    }


@pytest.mark.parametrize(("size", "careful"), [(1, True), (3, False), (50, True)])
def test_a_batch_leaves_what_each_alone_would(sms, arrives, monkeypatch, size, careful):
    bring(sms, arrives)
    route_arrived()
    together = what_stands()
    assert (together["routed"], len(together["reports"]), len(together["answers"])) == (10, 3, 9)
    assert together["conversations"][1][1:] == ("open", 2, False, "kak, masih di sana?")

    Message.objects.filter(direction="out").delete()
    for model in (ReportStep, AccessCode, Report, Term, Conversation):
        model.objects.all().delete()
    Message.objects.all().delete()
    Value.objects.filter(entry__action__startswith="helpdesk.").delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE action LIKE 'helpdesk.%%'")
        cursor.execute("DELETE FROM kernel_counter")
    monkeypatch.setattr(routing, "BATCH", size)
    if careful:
        monkeypatch.setattr(routing, "_route_together", partial(routing._route_together, careful=True))
    bring(sms, arrives)
    route_arrived()
    assert what_stands() == together


@pytest.fixture
def resting(monkeypatch):
    """Somebody else takes the rest; gives who took it before."""

    def resting(answer):
        before = keywords.rest()
        monkeypatch.setattr(keywords, "_rest", [answer])
        return before

    return resting


def test_one_that_fails_is_routed_anew_with_the_others_each_for_itself(sms, arrives, resting):
    def file_or_fail(message, word):
        if "masih di sana" in message.text:
            raise RuntimeError("a bug")
        return rest(message, word)

    rest = resting(file_or_fail)
    bring(sms, arrives)
    route_arrived()
    stands = what_stands()
    assert (stands["routed"], len(stands["reports"]), len(stands["answers"]), stands["codes"]) == (9, 3, 9, 3)
    assert stands["conversations"][1][1:] == ("open", 1, False, "halo min")
    assert [m.text for m in Message.objects.filter(state=State.NEW)] == ["kak, masih di sana?"]


def test_what_a_room_caught_and_forgot_is_not_taken_for_done(sms, arrives, resting):
    """A step that failed inside of a batch undoes it, also when whoever asked for it goes on."""

    def file_after_a_refusal(message, word):
        with suppress(Refused), step():
            raise Refused("Tidak bisa.")
        return rest(message, word)

    rest = resting(file_after_a_refusal)
    bring(sms, arrives)
    route_arrived()
    assert (what_stands()["routed"], Report.objects.count()) == (10, 3)


def test_a_batch_asks_five_times_a_message_at_most(sms, arrives):
    bring(sms, arrives, [(f"0812 77{n:05}", SAID[n % 10][1]) for n in range(50)])
    with CaptureQueriesContext(connection) as queries:
        assert route_arrived() == 50
    assert len(queries) < 5 * 50


def test_wrong_codes_of_one_number_are_counted_within_a_batch(sms, arrives):
    bring(sms, arrives, [("0812 3456 004", f"STATUS 9812 3456 7890 12{n:02}") for n in range(MOST_WRONG + 2)])
    route_arrived()
    said = Message.objects.filter(direction="out").order_by("answers_id").values_list("text", flat=True)
    assert [text.startswith("Sudah beberapa kali salah") for text in said] == [False] * MOST_WRONG + [True] * 2


def test_stop_and_start_in_one_batch_leave_the_address_open(sms, arrives):
    bring(sms, arrives, [("0812 3456 007", "BERHENTI"), ("0812 3456 007", "MULAI")])
    route_arrived()
    assert [address.stopped_at for address in Address.objects.all()] == [None]


def test_in_a_careful_batch_nobody_loses_their_code_to_one_who_fails(sms, arrives, resting):
    """The answers before are read when a flood is looked at; that one fails afterwards."""

    def file_or_fail(message, word):
        if message.text == "59":
            raise RuntimeError("a bug")
        return rest(message, word)

    rest = resting(file_or_fail)
    bring(sms, arrives, [SAID[0], *(("0812 3456 009", str(n)) for n in range(60)), SAID[2]])
    route_arrived()
    stands = what_stands()
    assert (len(stands["reports"]), stands["codes"], stands["steps"], stands["routed"]) == (2, 2, 2, 61)


def test_a_report_that_came_before_its_channel_was_retired_is_taken(sms, arrives):
    bring(sms, arrives, SAID[:1])
    type(sms).objects.filter(pk=sms.pk).update(retired_at=timezone.now(), active=False)
    route_arrived()
    stands = what_stands()
    assert (len(stands["reports"]), stands["codes"], stands["answers"]) == (1, 1, [])
