"""Whose turn it is: what the first page and the shelves put on top, and what comes after what was just done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation, Report
from serikat.helpdesk.places import conversations as talks_place
from serikat.helpdesk.places import reports as reports_place
from serikat.helpdesk.selectors import consultations, inbox
from serikat.helpdesk.services import chats
from serikat.helpdesk.services import consultations as consultation_services
from serikat.helpdesk.services import conversations as conversation_services
from serikat.helpdesk.tests.consulting import asked
from serikat.kernel.access import actor_of
from serikat.ui.components.words import near

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"helpdesk_desk:{name}", args=args)


def test_what_somebody_opened_stays_on_the_first_page_until_it_is_answered(sms, hears, at_desk, operator):
    first = hears(sms, "gaji belum dibayar")
    second = hears(sms, "kami dikunci", sender="0812 3456 780")
    Conversation.objects.filter(pk=second.pk).update(waiting_since=timezone.now() - timedelta(days=3))
    at_desk.get(page("conversation", first.pk))

    rows = talks_place.waiting(operator)
    assert [row.url for row in rows] == [page("conversation", second.pk), page("conversation", first.pk)]
    assert [row.tone for row in rows] == ["red", ""]
    assert str(rows[1].about).startswith("sudah dibaca, menunggu sejak")
    assert len(rows) == inbox.to_answer(operator)

    at_desk.post(page("answer", first.pk), {"text": "Kami baca."})
    assert [row.url for row in talks_place.waiting(operator)] == [page("conversation", second.pk)]


def test_an_urgent_report_stands_on_the_first_page_before_its_promise_is_broken(send, paralegal, holder, centre):
    calm, _code = send()
    urgent, _code = send(need="urgent")
    Report.objects.filter(pk=urgent.pk).update(assigned_to=holder("Wahyu", centre))

    (row,) = reports_place.urgent(paralegal)
    assert (row.url, row.tone) == (reverse("helpdesk_reports:report", args=[urgent.pk]), "amber")
    assert str(row.about).endswith("· Wahyu")
    assert reports_place.late(paralegal) == []

    Report.objects.filter(pk__in=[calm.pk, urgent.pk]).update(promised_at=timezone.now() - timedelta(hours=1))
    assert reports_place.urgent(paralegal) == []
    assert len(reports_place.late(paralegal)) == 2


def test_the_first_page_leads_to_the_shelf_that_holds_its_rows(send, client, paralegal):
    send(need="urgent")
    late, _code = send()
    Report.objects.filter(pk=late.pk).update(promised_at=timezone.now() - timedelta(hours=1))
    client.force_login(get_user_model().objects.get(pk=paralegal.user_id))
    html = client.get("/meja/").content.decode()
    assert re.findall(r'href="/meja/laporan/(\?[^"]*)"', html) == ["?rak=lewat", "?rak=mendesak"]


def test_the_shelves_of_reports_say_how_many_stand_on_them(send, client, paralegal):
    send(need="urgent")
    send()
    client.force_login(get_user_model().objects.get(pk=paralegal.user_id))
    html = client.get(reverse("helpdesk_reports:shelves")).content.decode()
    tabs = re.findall(r">(Baru|Mendesak|Milik saya|Lewat janji|Semua)(?:, (\d+))?<", re.sub(r"\s+<", "<", html))
    assert tabs[:5] == [("Baru", "2"), ("Mendesak", "1"), ("Milik saya", "0"), ("Lewat janji", "0"), ("Semua", "")]


def test_what_a_colleague_answers_comes_last_in_the_queue_while_its_promise_holds(centre, paralegal, advocate):
    taken, waits = asked()[0], asked()[0]
    consultation_services.take_consultation(actor=advocate, consultation=taken)
    assert list(consultations.consultations_on(paralegal, "antrean")) == [waits, taken]
    assert list(consultations.consultations_on(advocate, "antrean")) == [taken, waits]

    type(taken).objects.filter(pk=taken.pk).update(promised_at=timezone.now() - timedelta(hours=1))
    assert list(consultations.consultations_on(paralegal, "antrean")) == [taken, waits]


def test_after_a_conversation_comes_the_next_that_waits_longest_and_is_nobody_elses(
    sms, hears, at_desk, operator, holder, centre
):
    talks = [hears(sms, f"halo {n}", sender=f"0812 3456 78{n}") for n in range(4)]
    since = timezone.now()
    for hours, talk in zip((4, 3, 2, 1), talks, strict=True):
        Conversation.objects.filter(pk=talk.pk).update(waiting_since=since - timedelta(hours=hours))
    Conversation.objects.filter(pk=talks[1].pk).update(assigned_to=holder("Wati", centre))
    Conversation.objects.filter(pk=talks[2].pk).update(assigned_to=operator.user_id)

    def after(talk):
        talk.refresh_from_db()
        return inbox.next_to_answer(operator, talk, inbox.place_of(talk))

    first, _wati, mine, last = talks
    assert [after(first), after(mine), after(last)] == [(mine.pk, False), (last.pk, False), (first.pk, True)]
    Conversation.objects.filter(pk=last.pk).update(promised_at=since - timedelta(minutes=1))
    assert [after(last), after(first), after(mine)] == [(first.pk, False), (mine.pk, False), (last.pk, True)]

    onward = {"text": "Belum selesai", "lakukan": "berikutnya"}
    assert at_desk.post(page("answer", last.pk), onward).url == page("conversation", first.pk)
    assert "Belum selesai" in at_desk.get(page("conversation", last.pk)).content.decode()
    Conversation.objects.exclude(pk=talks[1].pk).update(state=Conversation.State.CLOSED)
    assert at_desk.post(page("answer", first.pk), onward).url == page("inbox")


class Walk:
    """Somebody who goes from one conversation to the next, page by page."""

    def __init__(self, client, at):
        self.client, self.at = client, at

    def page(self):
        return self.client.get(page("conversation", self.at)).content.decode()

    def place(self):
        return {"tempat": found[1]} if (found := re.search(r'name="tempat" value="([^"]+)"', self.page())) else {}

    def answer(self):
        self.client.post(page("answer", self.at), {"text": f"Kami baca {self.at}.", **self.place()})
        return self

    def onward(self, place=None):
        """Where it leads to (0: the inbox), and what is said there."""
        url = self.client.post(
            page("answer", self.at), {"lakukan": "berikutnya", **(self.place() if place is None else place)}
        ).url
        self.at = int(re.sub(r"\D", "", url) or 0)
        told = self.client.get(url).content.decode()
        return self.at, "Sudah sampai akhir rak" in told, "Tidak ada lagi percakapan" in told


@pytest.fixture
def shelf(sms, hears):
    """Four that wait, the longest first."""
    talks = [hears(sms, f"halo {n}", sender=f"0812 3456 78{n}") for n in range(4)]
    for hours, talk in zip((4, 3, 2, 1), talks, strict=True):
        Conversation.objects.filter(pk=talk.pk).update(waiting_since=timezone.now() - timedelta(hours=hours))
    return [talk.pk for talk in talks]


def test_the_walk_goes_to_the_end_of_the_shelf_before_it_comes_back_to_what_was_skipped(shelf, at_desk):
    first, second, third, last = shelf
    walk = Walk(at_desk, first)
    assert walk.onward() == (second, False, False)  # the first is skipped
    assert walk.answer().onward() == (third, False, False)
    assert walk.answer().onward() == (last, False, False)
    assert walk.answer().onward() == (first, True, False)
    assert walk.answer().onward() == (0, False, True)


def test_they_answer_at_once_and_the_walk_still_goes_on_from_where_it_was(shelf, at_desk, sms, hears):
    walk = Walk(at_desk, shelf[1]).answer()
    hears(sms, "terima kasih, satu lagi", sender="0812 3456 781")
    assert walk.onward() == (shelf[2], False, False)


def test_a_colleague_answers_or_a_promise_breaks_while_the_page_is_open(shelf, at_desk, paralegal):
    walk = Walk(at_desk, shelf[1])
    place = walk.place()
    conversation_services.answer_conversation(
        actor=paralegal, conversation=Conversation.objects.get(pk=shelf[1]), text="Kami datang."
    )
    assert walk.onward(place) == (shelf[2], False, False)
    place = walk.place()
    Conversation.objects.filter(pk=shelf[2]).update(promised_at=timezone.now() - timedelta(minutes=1))
    assert walk.onward(place) == (shelf[3], False, False)


@pytest.mark.parametrize("place", ["", "x", "j", "9" * 30 + "-1", "-", "j5-²"])
def test_from_a_place_that_is_none_the_walk_begins_on_top(shelf, at_desk, place):
    assert Walk(at_desk, shelf[2]).onward({"tempat": place} if place else {}) == (
        (shelf[3] if not place else shelf[0]), False, False,
    )  # fmt: skip


def test_the_inbox_says_who_carries_how_much_and_shows_it(sms, hears, at_desk, operator, holder, centre, east):
    talks = [hears(sms, f"halo {n}", sender=f"0812 3456 78{n}") for n in range(4)]
    wati = holder("Wati", centre)
    Conversation.objects.filter(pk__in=[one.pk for one in talks[:3]]).update(assigned_to=wati)
    Conversation.objects.filter(pk=talks[1].pk).update(state="waiting")
    Conversation.objects.filter(pk=talks[2].pk).update(state="closed")
    assert inbox.carried(operator) == [(wati.pk, "Wati", 2)]
    assert inbox.carried(actor_of(holder("Tono", east))) == []

    def shown(**query):
        return re.findall(r'<li[^>]*><a href="/meja/percakapan/(\d+)/', at_desk.get(page("inbox"), query).content.decode())

    first, second, _third, fourth = (str(one.pk) for one in talks)
    assert [shown(petugas=wati.pk), shown(petugas="belum"), shown(petugas="x")] == [[first], [fourth], [first, fourth]]
    assert shown(petugas=wati.pk, rak="menunggu") == [second]
    empty = at_desk.get(page("inbox"), {"petugas": "belum", "rak": "menunggu"}).content.decode()
    assert ("Tidak ada yang cocok" in empty, 'href="?rak=menunggu"' in empty) == (True, True)


def test_an_answer_that_waits_for_a_phone_stands_on_the_first_page_until_it_is_sent(at_desk, operator, centre, holder, east):
    talk = chats.begin_conversation(actor=operator, unit=centre, number="0812 3456 781")
    message = conversation_services.answer_conversation(actor=operator, conversation=talk, text="Kami datang besok.")
    type(message).objects.filter(pk=message.pk).update(at=timezone.now() - timedelta(days=40))
    (row,) = talks_place.by_hand(operator)
    assert str(row.about) == f"ditulis {near(timezone.now() - timedelta(days=40))}"
    assert (row.url, row.tone) == (f"{page('conversation', talk.pk)}#terakhir", "amber")
    assert talks_place.by_hand(actor_of(holder("Tono", east))) == []
    assert "Jawaban menunggu dikirim dari ponsel" in at_desk.get("/meja/").content.decode()

    conversation_services.note_handed(actor=operator, conversation=talk, message=message)
    assert talks_place.by_hand(operator) == []
