"""Pages of the desk that stay open ask by themselves what is new: nothing is moved under the reader's hands, nothing counts as read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.accounts.models import Session
from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services import conversations
from serikat.messaging.models import Message

pytestmark = pytest.mark.django_db
INBOX = reverse("helpdesk_desk:inbox")
BY_ITSELF = {"HX-Request": "true"}


def asks(page):
    """What a page asks for by itself."""
    return re.search(r'hx-get="([^"]+)" hx-trigger="every', page)[1].replace("&amp;", "&")


def ask(client, page):
    return client.get(asks(page), headers=BY_ITSELF)


def test_the_inbox_says_how_many_were_written_to_since_it_was_opened(at_desk, sms, hears):
    hears(sms, "lama")
    page = at_desk.get(INBOX).content.decode()
    quiet = ask(at_desk, page).content.decode()
    assert ("<a" in quiet, "<title>" in quiet, asks(quiet)) == (False, False, asks(page))
    hears(sms, "gaji", sender="0813 1111 222")
    hears(sms, "lagi", sender="0813 1111 222")
    hears(sms, "halo", sender="0813 3333 444")
    told = ask(at_desk, page).content.decode()
    assert ("2 percakapan dengan pesan baru" in told, "<title>(2) Percakapan</title>" in told) == (True, True)
    assert asks(told) == asks(page)  # until it is opened anew
    assert "percakapan dengan pesan baru" not in at_desk.get(INBOX).content.decode()


@pytest.mark.parametrize("since", ["x", "-5", "9" * 17, "9" * 40, "²"])
def test_a_moment_that_is_none_asks_for_nothing(at_desk, sms, hears, since):
    hears(sms, "halo")
    page = at_desk.get(INBOX, {"baru": since})
    assert (page.status_code, "percakapan dengan pesan baru" in page.content.decode()) == (200, False)


def test_somebody_elses_unit_is_not_counted(client, holder, east, sms, hears, at_desk):
    page = at_desk.get(INBOX).content.decode()
    hears(sms, "halo")
    client.force_login(holder("Jauh", east))
    assert "percakapan dengan pesan baru" not in ask(client, page).content.decode()


def test_an_open_conversation_gets_what_comes_and_does_not_count_it_as_read(at_desk, sms, hears, paralegal):
    talk = hears(sms, "gaji belum dibayar")
    page = at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert ask(at_desk, page).status_code == 204
    hears(sms, "tolong <cepat>")
    assert ask(at_desk, page).status_code == 200
    talk.refresh_from_db()
    assert talk.unread == 1
    conversations.answer_conversation(actor=paralegal, conversation=talk, text="Kami baca.")
    newest = Message.objects.latest("pk").pk
    told = ask(at_desk, page).content.decode()
    assert [said in told for said in ("tolong &lt;cepat&gt;", "Kami baca.", "gaji belum dibayar", 'id="terakhir"')] == [
        True, True, False, False,
    ]  # fmt: skip
    assert f'name="terakhir" value="{newest}" hx-swap-oob="true"' in told
    assert ask(at_desk, told).status_code == 204


def test_where_nobody_can_write_the_page_says_when_one_can(at_desk, sms, hears, monkeypatch):
    talk = hears(sms, "halo")
    sms.active = False
    sms.save()
    page = at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert ("&isi=1" in asks(page), 'id="dilihat"' in page) == (False, False)
    sms.active = True
    sms.save()
    hears(sms, "masih di sana?")
    told = ask(at_desk, page).content.decode()
    assert ("Sekarang dapat dijawab" in told, 'id="dilihat"' in told) == (True, False)


@pytest.fixture
def answered(at_desk, sms, hears, paralegal):
    """Two answers of ours, the page that shows them as they wait, and what makes one of them go on."""
    talk = hears(sms, "gaji belum dibayar")
    first, second = (
        conversations.answer_conversation(actor=paralegal, conversation=talk, text=text)
        for text in ("Kami baca.", "Sebentar.")
    )
    page = at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()

    def goes(message, state, problem=""):
        Message.objects.filter(pk=message.pk).update(state=state, problem=problem)

    return page, first, second, goes


def swapped(page):
    """Which answers are drawn anew, and in which state."""
    found = re.findall(
        r'<div class="fate(?: wrong)?" id="k(\d+)" hx-swap-oob="true">.*?</time><span>(.*?)</span>', page, re.S
    )
    return {int(pk): re.sub(r"<svg.*?</svg>", "", words, flags=re.S).strip() for pk, words in found}


def test_what_became_of_an_answer_comes_to_the_open_page(at_desk, answered, sms, hears):
    page, first, second, goes = answered
    assert ask(at_desk, page).status_code == 204
    goes(first, "sent")
    told = ask(at_desk, page).content.decode()
    assert (swapped(told), "Kami baca." in told, "<title>" in told, 'id="dilihat"' in told) == (
        {first.pk: "terkirim"}, False, False, False,
    )  # fmt: skip
    assert ask(at_desk, told).status_code == 204
    goes(first, "delivered")
    goes(second, "sent")
    hears(sms, "terima kasih")
    told = ask(at_desk, told).content.decode()
    assert (swapped(told), "terima kasih" in told) == ({first.pk: "sampai", second.pk: "terkirim"}, True)
    goes(first, "read")
    told = ask(at_desk, told).content.decode()
    assert (swapped(told), f"{first.pk}:" in asks(told), f"{second.pk}:sent" in asks(told)) == (
        {first.pk: "dibaca"}, False, True,
    )  # fmt: skip


def test_an_answer_that_failed_is_said_beside_the_form_and_where_it_stands(at_desk, answered):
    page, first, _second, goes = answered
    goes(first, "parked", "provider_down")
    told = ask(at_desk, page).content.decode()
    assert swapped(told) == {first.pk: "gagal, perlu dilihat"}
    assert (f'class="fate wrong" id="k{first.pk}"' in told, "Sebabnya:" in told) == (True, True)
    assert re.search(
        rf'(?s)<p role="status"><a [^>]*href="#p{first.pk}">.*Jawaban pukul [\d.]+ WIB: gagal, perlu dilihat', told
    )


@pytest.mark.parametrize("told", ["", "x", "1:", ":sent", "²:sent", "9" * 40 + ":sent", "1:sent," * 300, ",,,"])
def test_a_page_that_says_nonsense_of_its_answers_gets_nothing_of_another_conversation(at_desk, answered, sms, hears, told):
    _page, first, _second, goes = answered
    other = hears(sms, "orang lain", sender="0813 5555 666")
    goes(first, "sent")
    here, newest = reverse("helpdesk_desk:conversation", args=[other.pk]), Message.objects.latest("pk").pk
    assert at_desk.get(here, {"sejak": newest, "nasib": told}).status_code == 204
    assert at_desk.get(here, {"sejak": newest, "nasib": f"{first.pk}:queued"}).status_code == 204


def test_what_became_of_answers_takes_the_same_questions_for_one_and_for_twenty(at_desk, answered, paralegal):
    page, first, _second, goes = answered
    talk = Conversation.objects.get()

    def costs(page, message):
        """Of a calm moment, and of one in which an answer went on."""
        for state in ("sent", "delivered"):
            with CaptureQueriesContext(connection) as seen:
                answer = ask(at_desk, page)
            yield answer.status_code, len(seen)
            goes(message, state)
        assert len(answer.content) < 2500

    few = list(costs(page, first))
    for n in range(20):
        last = conversations.answer_conversation(actor=paralegal, conversation=talk, text=f"Kabar {n}.")
    page = at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert asks(page).count(":queued") == 20
    many = list(costs(page, last))
    assert [status for status, _n in few] == [204, 200]
    assert many == few


def test_what_a_page_asks_by_itself_keeps_no_session_alive(at_desk, sms, hears):
    talk = hears(sms, "halo")
    page = at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    Session.objects.update(last_active_at=timezone.now() - timedelta(hours=3))
    assert ask(at_desk, page).status_code == 401


def test_asking_what_is_new_takes_few_questions(at_desk, sms, hears, django_assert_max_num_queries):
    talk = hears(sms, "halo")
    pages = [at_desk.get(one).content.decode() for one in (INBOX, reverse("helpdesk_desk:conversation", args=[talk.pk]))]
    for page in pages:
        with django_assert_max_num_queries(12):
            ask(at_desk, page)
