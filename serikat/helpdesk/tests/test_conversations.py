"""A conversation at the desk: read, answered, handed on, guarded, tied; what a search finds; a constant number of questions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.helpdesk.models import Conversation, QuickReply, Report, Term
from serikat.helpdesk.selectors import conversations as reads
from serikat.helpdesk.selectors import inbox
from serikat.helpdesk.services import chats, conversations
from serikat.kernel.access import Role
from serikat.kernel.errors import Conflict, Refused
from serikat.messaging.adapters import Limits, Outcome, Sort
from serikat.messaging.models import Message, State
from serikat.messaging.services.sending import send_channel
from serikat.people.models import Person
from serikat.people.tests.factories import make_actor, make_person
from serikat.units.services import found_unit

pytestmark = pytest.mark.django_db
NUMBER = "0812 3456 789"


def page(name, *args):
    return reverse(f"helpdesk_desk:{name}", args=args)


def words(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


# Reading and answering


def test_opening_a_conversation_marks_it_read_and_leaves_who_read_it(sms, hears, at_desk, operator):
    talk = hears(sms, "gaji belum dibayar")
    assert "gaji belum dibayar" in words(at_desk.get(page("conversation", talk.pk)))
    at_desk.get(page("conversation", talk.pk))
    talk.refresh_from_db()

    assert talk.unread == 0
    entry = Entry.objects.get(action="helpdesk.conversation.read")
    assert entry.actor_ref == operator.ref


def test_an_answer_goes_out_and_the_turn_is_theirs(sms, hears, at_desk, operator, provider):
    talk = hears(sms, "gaji belum dibayar")
    answer = at_desk.post(page("answer", talk.pk), {"text": "Sudah kami baca."})
    assert answer.status_code == 302
    send_channel(channel_id=sms.pk)
    talk.refresh_from_db()

    assert [p.text for p in provider.taken][-1] == "Sudah kami baca."
    assert (talk.state, talk.waiting_since, talk.assigned_to_id) == ("waiting", None, operator.user_id)
    assert "terkirim" in words(at_desk.get(page("conversation", talk.pk)))


def test_an_answer_that_came_too_late_for_the_provider_is_given_back(sms, hears, at_desk, provider, monkeypatch):
    talk = hears(sms, "gaji belum dibayar")
    monkeypatch.setattr(provider, "limits", Limits(longest=1000, window_hours=24))
    Message.objects.update(at=talk.began_at - timedelta(days=2))
    Conversation.objects.update(last_in_at=talk.began_at - timedelta(days=2))
    page_again = words(at_desk.post(page("answer", talk.pk), {"text": "Sudah <b>kami</b> baca."}), 422)
    assert "Jawaban Anda belum terkirim" in page_again
    assert "Sudah &lt;b&gt;kami&lt;/b&gt; baca." in page_again
    assert "Jawaban Anda belum terkirim" not in words(at_desk.get(page("conversation", talk.pk)))


def test_a_report_that_was_answered_counts_as_read_by_whoever_answered(sms, hears, operator, paralegal, send):
    talk = hears(sms, "gaji belum dibayar")
    told, other = send()[0], send()[0]
    Report.objects.filter(pk__in=[told.pk, other.pk]).update(conversation=talk)
    told.refresh_from_db()
    conversations.answer_conversation(actor=operator, conversation=talk, text="Sudah kami baca.", report=told)
    conversations.answer_conversation(actor=paralegal, conversation=talk, text="Kami datang Sabtu.", report=told)
    told.refresh_from_db()
    other.refresh_from_db()
    assert (told.state, told.assigned_to_id, told.first_answer_at is None) == ("read", operator.user_id, False)
    assert [(step.state, step.by_id) for step in told.steps.order_by("pk")][1:] == [("read", operator.user_id)]
    assert (other.state, other.first_answer_at) == ("received", None)


def test_an_empty_answer_is_refused_beside_its_field(sms, hears, at_desk):
    talk = hears(sms, "halo")
    assert "kosong" in words(at_desk.post(page("answer", talk.pk), {"text": " "}), 422)
    assert Message.objects.filter(about__startswith="helpdesk").count() == 0


def test_counting_sends_nothing_and_keeps_what_was_typed(sms, hears, at_desk):
    talk = hears(sms, "halo")
    body = words(at_desk.post(page("answer", talk.pk), {"text": "Baik “ya” " + "a" * 90, "lakukan": "hitung"}))

    assert "2 SMS, Rp700" in body
    assert "Pakai tanda polos" in body
    assert "a" * 90 in body
    plain = words(at_desk.post(page("answer", talk.pk), {"text": "Baik “ya” " + "a" * 90, "lakukan": "polos"}))
    assert "1 SMS, Rp350" in plain
    assert Message.objects.filter(about__startswith="helpdesk").count() == 0


def test_what_is_paid_for_each_message_is_not_counted_in_sms(sms, hears, at_desk):
    talk = hears(sms, "gaji belum dibayar")
    type(sms).objects.update(kind="whatsapp", price=500)
    assert at_desk.post(page("answer", talk.pk), {"text": "Sudah kami baca. " * 30}).status_code == 302
    html = words(at_desk.get(page("conversation", talk.pk)))
    assert "Rp500 satu pesan, panjang atau pendek." in html
    assert "<span>Rp500</span>" in html
    assert not re.search(r"\d SMS|Hitung SMS", html)


def test_a_doubtful_answer_is_decided_by_a_person(sms, hears, at_desk, provider):
    talk = hears(sms, "halo")
    send_channel(channel_id=sms.pk)
    provider.plan.append(Outcome(Sort.DOUBT, problem="The line broke."))
    at_desk.post(page("answer", talk.pk), {"text": "Jawaban"})
    send_channel(channel_id=sms.pk)
    message = Message.objects.get(state=State.DOUBT)

    assert "Anggap terkirim" in words(at_desk.get(page("conversation", talk.pk)))
    assert "Anggap terkirim" in words(at_desk.get(page("to_settle")))
    at_desk.post(page("settle", message.pk, "terkirim"), {"dari": "percakapan"})
    message.refresh_from_db()
    assert message.state == State.SENT
    assert "Tidak ada yang perlu diputuskan" in words(at_desk.get(page("to_settle")))


def test_who_has_stopped_gets_an_answer_to_their_message_alone(sms, hears, operator):
    talk = hears(sms, "halo")
    type(talk.address).objects.update(stopped_at=talk.began_at)
    talk.refresh_from_db()
    conversations.answer_conversation(actor=operator, conversation=talk, text="Jawaban")
    assert Message.objects.filter(text__isnull=False, about=f"helpdesk.conversation:{talk.pk}").count() == 1


# Looking after it


def test_of_two_who_take_at_once_one_is_told(sms, hears, operator, paralegal):
    talk = hears(sms, "halo")
    conversations.take_conversation(actor=operator, conversation=talk)
    with pytest.raises(Conflict):
        conversations.take_conversation(actor=paralegal, conversation=talk)


def test_handing_over_tells_without_a_name(sms, hears, operator, paralegal):
    from serikat.accounts.models import Notice  # reason: beside its use

    talk = hears(sms, "halo")
    conversations.hand_over(actor=operator, conversation=talk, to=paralegal.user_id)

    assert talk.assigned_to_id == paralegal.user_id
    assert Notice.objects.get(user=paralegal.user_id).text == f"Percakapan #{talk.pk} diserahkan kepada Anda."


def test_nobody_outside_the_desk_is_handed_a_conversation(sms, hears, operator, centre):
    editor = make_actor(Role.EDITOR, unit=centre)
    with pytest.raises(Refused):
        conversations.hand_over(actor=operator, conversation=hears(sms, "halo"), to=editor.user_id)


def test_closing_asks_for_a_word_and_a_new_message_opens_it(sms, hears, at_desk):
    talk = hears(sms, "halo")
    assert at_desk.post(page("close", talk.pk), {"tutup-reason": ""}).status_code == 422
    assert at_desk.post(page("close", talk.pk), {"tutup-reason": "Sudah dibayar."}).status_code == 302
    talk.refresh_from_db()
    assert talk.state == "closed"
    assert "Sudah dibayar." in words(at_desk.get(page("conversation", talk.pk)))
    hears(sms, "belum juga")
    talk.refresh_from_db()
    assert talk.state == "open"


# Guarding


def test_guarding_shows_an_alias_everywhere(sms, hears, at_desk):
    talk = hears(sms, "tolong")
    at_desk.post(page("sort", talk.pk), {"topic": "violence", "called": "Sumiati"})
    assert Term.objects.filter(conversation=talk, of_name=True).count() == 1
    at_desk.post(page("guard", talk.pk), {"threat_level": "high"})
    talk.refresh_from_db()

    assert talk.alias.endswith(f" {talk.pk}")
    for address in (page("inbox"), page("conversation", talk.pk)):
        body = words(at_desk.get(address))
        assert talk.alias in body
        assert "Sumiati" not in body
        assert "8123456789" not in body
    assert Term.objects.filter(conversation=talk, of_name=True).count() == 0


def test_a_guarded_number_finds_nothing_for_an_operator(sms, hears, operator, paralegal):
    talk = hears(sms, "tolong")
    conversations.guard_conversation(actor=operator, conversation=talk, threat_level="high")

    assert list(inbox.search(operator, NUMBER)) == []
    assert list(inbox.search(paralegal, NUMBER)) == [talk]
    assert list(inbox.search(operator, talk.alias)) == [talk]


def test_a_person_made_of_a_guarded_conversation_is_guarded(sms, hears, operator):
    talk = hears(sms, "tolong")
    conversations.guard_conversation(actor=operator, conversation=talk, threat_level="none", protections=["trafficking"])
    person = conversations.make_person(actor=operator, conversation=talk, name="Sumiati", unit=talk.unit)
    person.refresh_from_db()

    assert (person.shows_alias, person.shown_as, person.protections) == (True, talk.alias, ["trafficking"])
    assert person.contact_points.get().value == "+628123456789"
    assert inbox.name_of(Conversation.objects.get(pk=talk.pk)) == talk.alias


def test_tying_and_untying_a_person(sms, hears, at_desk, centre):
    talk, person = hears(sms, "halo"), make_person(centre, "Sumarni Wati")
    assert "Sumarni Wati" in words(at_desk.get(page("person", talk.pk) + "?q=sumarni"))
    at_desk.post(page("tie_person", talk.pk, person.subject))
    talk.refresh_from_db()
    assert talk.person == person
    assert hears(sms, "lagi", sender="0812 3456 789", provider_id="x").person == person
    at_desk.post(page("untie_person", talk.pk))
    talk.refresh_from_db()
    assert talk.person is None


def test_making_a_person_by_the_page(sms, hears, at_desk, centre):
    talk = hears(sms, "halo")
    answer = at_desk.post(page("make_person", talk.pk), {"name": "Wagini", "unit": centre.pk})
    assert answer.status_code == 302
    assert Person.objects.get().shown_as == "Wagini"


# Finding


def test_a_search_finds_words_in_any_form_and_numbers_in_any_way(sms, hears, operator):
    talk, other = hears(sms, "pengupahan di pabrik"), hears(sms, "halo", sender="0813 9999 000")
    for asked in ("upah", "upahnya pabrik", "+62 812-3456-789", "08123456789"):
        assert list(inbox.search(operator, asked)) == [talk]
    assert list(inbox.search(operator, "upah halo")) == []
    assert list(inbox.search(operator, "   ")) == []
    conversations.answer_conversation(actor=operator, conversation=other, text="Kami kirim surat kuasa")
    assert list(inbox.search(operator, "kuasa")) == [other]


def test_a_common_word_is_walked_to(sms, hears, operator, monkeypatch):
    monkeypatch.setattr("serikat.helpdesk.selectors.terms.RARE", 1)
    first, second = (hears(sms, "upah kami", sender=n) for n in ("0812 3456 700", "0812 3456 701"))
    assert list(inbox.search(operator, "upah").order_by("-last_at")) == [second, first]


def test_the_text_stands_nowhere_in_the_index(sms, hears):
    hears(sms, "rahasia besar")
    with connection.cursor() as cursor:
        cursor.execute("SELECT term FROM helpdesk_term")
        assert all(isinstance(row[0], int) for row in cursor.fetchall())


# Shelves


def test_the_shelves_hold_what_they_say(sms, hears, operator, at_desk):
    waits, answered, done = (hears(sms, f"halo {n}", sender=f"0812 3456 70{n}") for n in range(3))
    conversations.answer_conversation(actor=operator, conversation=answered, text="Jawaban")
    conversations.read_conversation(actor=operator, conversation=done)
    conversations.close_conversation(actor=operator, conversation=done, reason="Selesai.")
    expected = {"dijawab": [waits], "saya": [answered], "menunggu": [answered], "selesai": [done]}
    for name, held in expected.items():
        found = inbox.conversations_in_reach(operator).filter(inbox.shelf(operator, name))
        assert list(found) == held
        assert words(at_desk.get(page("inbox") + f"?rak={name}")).count('href="/meja/percakapan/' + str(held[0].pk)) == 1
    assert inbox.counts(operator) == {"dijawab": 1, "saya": 1, "menunggu": 1}


def test_pages_follow_one_another_without_gaps(sms, hears, operator, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 2)
    made = [hears(sms, "halo", sender=f"0812 3456 70{n}") for n in range(5)]
    seen, mark = [], ""
    while True:
        page_ = inbox.page_of(inbox.conversations_in_reach(operator), mark)
        seen += [row.conversation for row in page_.rows]
        mark = page_.next
        if not mark:
            break
    assert seen == made[::-1]
    assert len(inbox.page_of(inbox.conversations_in_reach(operator), "ngawur-1").rows) == 2


def test_what_is_to_be_answered_stands_by_its_wait_with_broken_promises_on_top(sms, hears, at_desk, operator, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 2)
    made, now = [hears(sms, "halo", sender=f"0812 3456 70{n}") for n in range(6)], timezone.now()
    waits = [(5, None), (90, None), (60, 30), (3, -5), (70, None), (1, 40)]  # minutes: since they wrote, since the promise
    for talk, (minutes, promise) in zip(made, waits, strict=True):
        promised = None if promise is None else now - timedelta(minutes=promise)
        since = now - timedelta(minutes=minutes)
        Conversation.objects.filter(pk=talk.pk).update(waiting_since=since, promised_at=promised)
    Conversation.objects.filter(pk=made[4].pk).update(waiting_since=None, last_at=now - timedelta(minutes=70))
    seen, mark = [], ""
    for _page in range(3):
        html = words(at_desk.get(page("inbox"), {"sesudah": mark} if mark else {}))
        seen += [
            made.index(Conversation.objects.get(pk=pk))
            for pk in re.findall(r'<li[^>]*><a href="/meja/percakapan/(\d+)/', html)
        ]
        mark = (re.findall(r"sesudah=([\w-]+)", html) or [""])[0]
    assert (seen, mark) == ([5, 2, 1, 4, 0, 3], "")


@pytest.mark.parametrize(("promised", "mark"), [(False, ""), (True, ""), (False, "1000-1"), (True, "j1000-1")])
def test_the_shelf_by_wait_walks_along_its_indexes(sms, hears, operator, promised, mark):
    talks = [hears(sms, "halo", sender=f"0812 3456 7{n:02}") for n in range(3)]
    Conversation.objects.filter(pk=talks[0].pk).update(promised_at=timezone.now() - timedelta(hours=1))
    found = inbox.conversations_in_reach(operator).filter(inbox.shelf(operator, "dijawab")).select_related(None)
    with CaptureQueriesContext(connection) as queries:
        inbox.page_by_wait(found, mark)
    ordered = [q["sql"] for q in queries if 'FROM "helpdesk_conversation"' in q["sql"] and "ORDER BY" in q["sql"]]
    asked = ordered[0 if promised else -1]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + asked)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert ("conversation_promised" if promised else "conversation_by_wait") in plan
    assert not re.search("TEMP B-TREE FOR ORDER|Seq Scan on helpdesk_conversation|Sort", plan)


@pytest.mark.parametrize(
    "mark", ["", "x", "j", "j1", "jj1-1", "j99999999999999999-1", "j1-1", "99999999999999999-1", "1-", "-1", "１-１"]
)
def test_a_mark_that_nobody_gave_breaks_nothing(sms, hears, at_desk, mark):
    hears(sms, "halo")
    assert at_desk.get(page("inbox"), {"sesudah": mark}).status_code == 200


def test_another_branch_sees_nothing_of_it(sms, hears, centre, client):
    east = found_unit(actor=make_actor(Role.ADMINISTRATOR, unit=centre), parent=centre, name="Timur", kind="branch")
    elsewhere = make_actor(Role.OPERATOR, unit=east)
    talk = hears(sms, "halo")
    client.force_login(get_user_model().objects.get(pk=elsewhere.user_id))

    assert inbox.to_answer(elsewhere) == 0
    assert list(inbox.search(elsewhere, "halo")) == []
    assert client.get(page("conversation", talk.pk)).status_code == 404
    assert client.post(page("answer", talk.pk), {"text": "x"}).status_code == 404


def queries(at_desk, address):
    with CaptureQueriesContext(connection) as found:
        assert at_desk.get(address).status_code == 200
    return len(found)


def test_the_inbox_asks_the_same_for_one_and_for_three(sms, hears, at_desk, centre):
    make_person(centre, phone="08123456700")
    talk = hears(sms, "halo", sender="0812 3456 700")
    at_desk.get(page("conversation", talk.pk))
    one, thread = queries(at_desk, page("inbox")), queries(at_desk, page("conversation", talk.pk))
    for n in range(1, 3):
        hears(sms, "halo", sender=f"0812 3456 70{n}")
        hears(sms, f"halo lagi {n}", sender="0812 3456 700")
    at_desk.get(page("conversation", talk.pk))

    assert queries(at_desk, page("inbox")) == one
    assert queries(at_desk, page("conversation", talk.pk)) == thread
    assert max(one, thread) <= 34


def test_the_first_page_says_what_waits_without_a_name(sms, hears, at_desk, operator):
    from serikat.helpdesk.places.conversations import undecided, waiting  # reason: beside its use

    talk = hears(sms, "gaji belum dibayar")
    Message.objects.filter(pk=talk.last_id).update(state=State.PARKED)

    (row,) = waiting(operator)
    assert (str(row.name), row.url) == ("Belum dipilah (SMS)", page("conversation", talk.pk))
    assert undecided(operator)[0].url == page("to_settle")
    assert "1 pesan baru, menunggu sejak" in words(at_desk.get("/meja/"))


# Quick replies and a phone in the hand


def test_a_quick_reply_is_kept_filled_in_and_dropped(sms, hears, at_desk, centre):
    talk = hears(sms, "halo")
    at_desk.post(page("sort", talk.pk), {"topic": "", "called": "Sumiati"})
    at_desk.post(page("add_quick_reply"), {"title": "Salam", "text": "Halo {nama}, nomor {kode}.", "unit": centre.pk})
    reply = QuickReply.objects.get()
    wrong = at_desk.post(page("add_quick_reply"), {"title": "Keliru", "text": "Halo {salah}", "unit": centre.pk})
    assert "Tidak dikenal: {salah}." in words(wrong, 422)

    answer = page("answer", talk.pk)
    body = words(at_desk.post(answer, {"text": "Sudah kami baca.", "balasan": reply.pk}))
    assert "Sudah kami baca.\nHalo Sumiati, nomor {kode}." in body  # what was typed stays, and the reply stands below it
    assert Message.objects.filter(about__startswith="helpdesk").count() == 0
    assert "Ganti dulu dengan kata Anda: {kode}" in words(at_desk.post(answer, {"text": "Nomor {kode}."}), 422)
    assert Message.objects.filter(about__startswith="helpdesk").count() == 0
    assert at_desk.post(page("change_quick_reply", reply.pk), {"title": ""}).status_code == 422
    at_desk.post(page("drop_quick_reply", reply.pk))
    assert QuickReply.objects.count() == 0


def test_an_answer_from_the_hand_leaves_by_links_and_is_noted(at_desk, centre, operator):
    answer = at_desk.post(page("begin"), {"number": NUMBER, "called": "Bu Tin", "unit": centre.pk})
    talk = Conversation.objects.get()
    assert answer.url == page("conversation", talk.pk)
    at_desk.post(page("answer", talk.pk), {"text": "Halo & salam"})
    body = words(at_desk.get(page("conversation", talk.pk)))

    assert "https://wa.me/628123456789?text=Halo%20%26%20salam" in body
    assert "sms:+628123456789?body=Halo%20%26%20salam" in body
    message = Message.objects.get()
    at_desk.post(page("note_handed", talk.pk, message.pk))
    message.refresh_from_db()
    assert message.state == State.SENT


def test_a_branch_answers_from_its_own_phone(centre):
    west = found_unit(actor=make_actor(Role.ADMINISTRATOR, unit=centre), parent=centre, name="Barat", kind="branch")
    somebody = make_actor(Role.OPERATOR, unit=west)
    talk = chats.begin_conversation(actor=somebody, unit=west, number=NUMBER)
    message = conversations.answer_conversation(actor=somebody, conversation=talk, text="Halo")
    conversations.note_handed(actor=somebody, conversation=talk, message=message)
    assert message.state == State.SENT


def test_the_number_of_somebody_guarded_is_shown_on_demand_and_noted(at_desk, centre, operator):
    talk = chats.begin_conversation(actor=operator, unit=centre, number=NUMBER)
    conversations.guard_conversation(actor=operator, conversation=talk, threat_level="high")
    conversations.answer_conversation(actor=operator, conversation=talk, text="Halo")
    hidden = words(at_desk.get(page("conversation", talk.pk)))
    assert ("628123456789" in hidden, hidden.count("Perlihatkan nomornya")) == (False, 2)  # in the message that waits, too
    shown = words(at_desk.post(page("show_address", talk.pk)))
    assert ("wa.me/628123456789" in shown, shown.count("Perlihatkan nomornya")) == (True, 1)
    assert Entry.objects.filter(action="helpdesk.address.shown").count() == 1


@pytest.mark.parametrize("number", ["", "abc", "9" * 39, "08"])
def test_a_number_that_is_none_is_refused_beside_its_field(at_desk, centre, number):
    assert at_desk.post(page("begin"), {"number": number, "unit": centre.pk}).status_code == 422
    assert Conversation.objects.count() == 0


def test_reading_is_quick_to_say_who_may(sms, hears, client, centre):
    talk = hears(sms, "halo")
    client.force_login(get_user_model().objects.get(pk=make_actor(Role.EDITOR, unit=centre).user_id))
    assert client.get(page("inbox")).status_code in (403, 404)
    assert client.get(page("conversation", talk.pk)).status_code in (403, 404)
    assert reads.conversation_row(make_actor(Role.EDITOR, unit=centre), talk.pk) is None


# Forgetting


def test_a_forgotten_person_is_gone_from_their_conversations(sms, hears, operator, centre):
    from serikat.helpdesk.holding.conversations import _copy  # reason: beside its use
    from serikat.people.services.forgetting import forget_person  # reason: beside its use

    person = make_person(centre, "Sumarni Wati", phone=NUMBER)
    talk, other = hears(sms, "rahasia pengupahan"), hears(sms, "kata Sumarni Wati benar", sender="0813 9999 000")
    assert _copy(frozenset([person.subject]))["percakapan"][0]["pesan"][0]["isi"] == "rahasia pengupahan"
    officer = make_actor(Role.DATA_OFFICER, unit=centre)
    forget_person(actor=officer, person=person, byline="anonymous", reason="Diminta.")
    talk.refresh_from_db()

    assert (talk.person, talk.called, talk.alias, talk.address.value) == (None, "", "", "")
    assert Term.objects.filter(conversation=talk).count() == 0
    assert list(inbox.search(operator, "upah")) == []
    assert list(inbox.search(operator, "sumarni wati")) == []
    assert list(inbox.search(operator, "benar")) == [other]
