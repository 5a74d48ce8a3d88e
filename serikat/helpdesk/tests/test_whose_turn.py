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


@pytest.fixture
def desk(client, operator):
    client.force_login(get_user_model().objects.get(pk=operator.user_id))
    return client


def test_what_somebody_opened_stays_on_the_first_page_until_it_is_answered(sms, hears, desk, operator):
    first = hears(sms, "gaji belum dibayar")
    second = hears(sms, "kami dikunci", sender="0812 3456 780")
    Conversation.objects.filter(pk=second.pk).update(waiting_since=timezone.now() - timedelta(days=3))
    desk.get(page("conversation", first.pk))

    rows = talks_place.waiting(operator)
    assert [row.url for row in rows] == [page("conversation", second.pk), page("conversation", first.pk)]
    assert [row.tone for row in rows] == ["red", ""]
    assert str(rows[1].about).startswith("sudah dibaca, menunggu sejak")
    assert len(rows) == inbox.to_answer(operator)

    desk.post(page("answer", first.pk), {"text": "Kami baca."})
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
    sms, hears, desk, operator, holder, centre
):
    talks = [hears(sms, f"halo {n}", sender=f"0812 3456 78{n}") for n in range(4)]
    since = timezone.now()
    for hours, talk in zip((4, 3, 2, 1), talks, strict=True):
        Conversation.objects.filter(pk=talk.pk).update(waiting_since=since - timedelta(hours=hours))
    Conversation.objects.filter(pk=talks[1].pk).update(assigned_to=holder("Wati", centre))
    Conversation.objects.filter(pk=talks[2].pk).update(assigned_to=operator.user_id)

    def after(talk):
        talk.refresh_from_db()
        return inbox.next_to_answer(operator, talk)

    first, _wati, mine, last = talks
    assert [after(first), after(mine), after(last)] == [mine.pk, last.pk, first.pk]
    Conversation.objects.filter(pk=last.pk).update(promised_at=since - timedelta(minutes=1))
    assert [after(last), after(first), after(mine)] == [first.pk, mine.pk, last.pk]

    onward = {"text": "Belum selesai", "lakukan": "berikutnya"}
    assert desk.post(page("answer", last.pk), onward).url == page("conversation", first.pk)
    assert "Belum selesai" in desk.get(page("conversation", last.pk)).content.decode()
    Conversation.objects.exclude(pk=talks[1].pk).update(state=Conversation.State.CLOSED)
    assert desk.post(page("answer", first.pk), onward).url == page("inbox")


def test_the_inbox_says_who_carries_how_much_and_shows_it(sms, hears, desk, operator, holder, centre, east):
    talks = [hears(sms, f"halo {n}", sender=f"0812 3456 78{n}") for n in range(4)]
    wati = holder("Wati", centre)
    Conversation.objects.filter(pk__in=[one.pk for one in talks[:3]]).update(assigned_to=wati)
    Conversation.objects.filter(pk=talks[1].pk).update(state="waiting")
    Conversation.objects.filter(pk=talks[2].pk).update(state="closed")
    assert inbox.carried(operator) == [(wati.pk, "Wati", 2)]
    assert inbox.carried(actor_of(holder("Tono", east))) == []

    def shown(**query):
        return re.findall(r'<li[^>]*><a href="/meja/percakapan/(\d+)/', desk.get(page("inbox"), query).content.decode())

    first, second, _third, fourth = (str(one.pk) for one in talks)
    assert [shown(petugas=wati.pk), shown(petugas="belum"), shown(petugas="x")] == [[first], [fourth], [first, fourth]]
    assert shown(petugas=wati.pk, rak="menunggu") == [second]
    empty = desk.get(page("inbox"), {"petugas": "belum", "rak": "menunggu"}).content.decode()
    assert ("Tidak ada yang cocok" in empty, 'href="?rak=menunggu"' in empty) == (True, True)


def test_an_answer_that_waits_for_a_phone_stands_on_the_first_page_until_it_is_sent(desk, operator, centre, holder, east):
    talk = chats.begin_conversation(actor=operator, unit=centre, number="0812 3456 781")
    message = conversation_services.answer_conversation(actor=operator, conversation=talk, text="Kami datang besok.")
    type(message).objects.filter(pk=message.pk).update(at=timezone.now() - timedelta(days=40))
    (row,) = talks_place.by_hand(operator)
    assert str(row.about) == f"ditulis {near(timezone.now() - timedelta(days=40))}"
    assert (row.url, row.tone) == (f"{page('conversation', talk.pk)}#terakhir", "amber")
    assert talks_place.by_hand(actor_of(holder("Tono", east))) == []
    assert "Jawaban menunggu dikirim dari ponsel" in desk.get("/meja/").content.decode()

    conversation_services.note_handed(actor=operator, conversation=talk, message=message)
    assert talks_place.by_hand(operator) == []
