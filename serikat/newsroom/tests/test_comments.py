"""Comments without an account: held, limited, trapped; decided in the queue; closed for a page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serikat.kernel.access import ANONYMOUS, Role, actor_of
from serikat.newsroom.forms.posts import CommentForm
from serikat.newsroom.models import Article, Comment
from serikat.newsroom.selectors import comments as reads
from serikat.newsroom.services import commenting, moderating
from serikat.newsroom.tests.builders import a_site, a_unit, an_article


@pytest.fixture
def article(db):
    a_site()
    return an_article("Upah naik")


@pytest.fixture
def moderator(user, give, article):
    someone = user("Moda")
    give(someone, a_unit(), Role.MODERATOR)
    return someone


@pytest.fixture
def address(article):
    return reverse("newsroom:write_comment", args=["berita", article.slug])


def stamp(age=10):
    signer = signing.TimestampSigner(salt=CommentForm.salt)
    moment = signing.b62_encode(int(timezone.now().timestamp()) - age)
    value = f"x:{moment}"
    return f"{value}:{signer.signature(value)}"


def form_of(text="Setuju.", **values):
    return {"name": "Rina", "text": text, "since": stamp()} | values


def test_a_reader_comments_without_an_account_and_it_waits(client, article, address):
    page = client.get(reverse("newsroom:article", args=[article.slug])).content.decode()
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
    answer = client.post(address, form_of("Di pabrik kami juga."))
    assert "Terima kasih" in answer.content.decode()
    comment = Comment.objects.get()
    assert (comment.name, comment.text, comment.approved, comment.decided_at) == (
        "Rina",
        "Di pabrik kami juga.",
        False,
        None,
    )
    assert "Di pabrik kami juga." not in client.get(reverse("newsroom:article", args=[article.slug])).content.decode()


def test_the_form_that_a_browser_gets_can_be_sent(article, address):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="(csrfmiddlewaretoken|since)"[^>]*value="([^"]+)"', page))
    quick = browser.post(address, {**fields, "text": "Cepat"})
    assert (quick.status_code, Comment.objects.count()) == (422, 0)
    assert "Cepat" in quick.content.decode()


WRONG = [
    ({"text": ""}, "Tulis komentarnya dulu."),
    ({"text": " \u200b "}, "Tulis komentarnya dulu."),
    ({"text": "http://a.id http://b.id www.c.id"}, "Paling banyak dua tautan dalam satu komentar."),
    ({"since": ""}, "Halaman ini sudah lama terbuka. Kirim sekali lagi."),
    ({"since": "x:1:palsu"}, "Halaman ini sudah lama terbuka. Kirim sekali lagi."),
    ({"text": "x" * 2001}, "2000"),
    ({"text": "a\0b"}, "Karakter"),
    ({"name": "\0"}, "Karakter"),
]


def test_what_is_wrong_is_said_and_kept(client, address):
    for values, said in WRONG:
        answer = client.post(address, form_of(**values))
        assert (values, answer.status_code, Comment.objects.count()) == (values, 422, 0)
        assert said in answer.content.decode()


def test_after_an_old_page_the_second_try_is_taken(client, address, monkeypatch):
    late = client.post(address, form_of(since=stamp(age=90_000)))
    assert late.status_code == 422
    fresh = late.context["form"]["since"].value()
    signing.TimestampSigner(salt=CommentForm.salt).unsign(fresh, max_age=5)


def test_what_fell_into_the_trap_is_asked_for_once_more(client, address):
    answer = client.post(address, form_of(website="http://spam.example"))
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    again = {name: answer.context["form"][name].value() for name in form_of(website="")}
    assert (client.post(address, again).status_code, Comment.objects.count()) == (200, 1)


def test_the_same_comment_sent_twice_is_one(client, address):
    client.post(address, form_of())
    client.post(address, form_of())
    assert Comment.objects.count() == 1


def test_a_flood_is_held_up_and_says_so(article, monkeypatch):
    monkeypatch.setattr(commenting, "MOST_WAITING_HERE", 2)
    for number in range(2):
        commenting.send_comment(actor=ANONYMOUS, below=article, name="", text=f"Banjir {number}")
    with pytest.raises(commenting.TooManyWaiting):
        commenting.send_comment(actor=ANONYMOUS, below=article, name="", text="Banjir 3")
    assert set(Comment.objects.values_list("name", flat=True)) == {"Pembaca"}


def test_a_flood_over_all_pages_is_held_up_for_an_hour(article, monkeypatch):
    monkeypatch.setattr(commenting, "MOST_AN_HOUR", 1)
    commenting.send_comment(actor=ANONYMOUS, below=article, name="", text="Satu")
    other = an_article("Lain")
    with pytest.raises(commenting.TooManyWaiting):
        commenting.send_comment(actor=ANONYMOUS, below=other, name="", text="Dua")
    Comment.objects.update(at=timezone.now() - timedelta(hours=2))
    commenting.send_comment(actor=ANONYMOUS, below=other, name="", text="Dua")


def test_a_moderator_decides_in_the_queue_and_it_shows_at_once(client, sign_in, article, address, moderator):
    client.post(address, form_of("Tampilkan saya."))
    client.post(address, form_of("Jangan saya."))
    yes, no = Comment.objects.order_by("pk")
    sign_in(moderator)
    queue = client.get(reverse("newsroom_desk:queue")).content.decode()
    assert "Tampilkan saya." in queue
    client.post(reverse("newsroom_desk:decide_comment", args=[yes.pk]), {"answer": "show"})
    client.post(reverse("newsroom_desk:decide_comment", args=[no.pk]), {"answer": "refuse"})
    shown = client.get(reverse("newsroom:article", args=[article.slug])).content.decode()
    assert "Tampilkan saya." in shown
    assert "Jangan saya." not in shown
    assert client.get(reverse("newsroom_desk:queue")).context["comments"].paginator.count == 0
    client.post(reverse("newsroom_desk:decide_comment", args=[yes.pk]), {"answer": "refuse"})
    assert "Tampilkan saya." not in client.get(reverse("newsroom:article", args=[article.slug])).content.decode()


def test_two_moderators_decide_one_comment_once(article, moderator):
    comment = commenting.send_comment(actor=ANONYMOUS, below=article, name="", text="Satu")
    seen = Comment.objects.get()
    moderating.show_comment(actor=actor_of(moderator), below=article, comment=comment)
    with pytest.raises(moderating.AlreadyDecided):
        moderating.refuse_comment(actor=actor_of(moderator), below=article, comment=seen)


def test_a_closed_page_takes_no_comment(client, sign_in, article, address, moderator):
    sign_in(moderator)
    desk = reverse("newsroom_desk:close_comments", args=["berita", article.slug])
    client.post(desk, {"answer": "close"})
    client.logout()
    assert client.post(address, form_of()).status_code == 409
    assert address not in client.get(reverse("newsroom:article", args=[article.slug])).content.decode()
    with pytest.raises(commenting.CommentsClosed):
        commenting.send_comment(actor=ANONYMOUS, below=article, name="", text="x")
    sign_in(moderator)
    client.post(desk, {"answer": "open"})
    assert client.get(address).status_code == 200


def test_what_is_not_live_takes_no_comment(client, article):
    draft = an_article("Konsep", live=False)
    for key in (draft.slug, "tidak-ada", "\0", "😀", "a" * 600):
        assert client.get(reverse("newsroom:write_comment", args=["berita", key])).status_code == 404
    assert client.get(reverse("newsroom:write_comment", args=["tulisan", "ABCDEFGH"])).status_code == 404
    for path in ("/komentar/tulisan/%00/", "/komentar/lain/x/", "/tulisan/%00/", "/komentar/berita/../"):
        assert client.get(path).status_code == 404


def test_a_moderator_sees_the_comments_of_their_own_units(article, moderator, user, give):
    commenting.send_comment(actor=ANONYMOUS, below=article, name="", text="Satu")
    editor = user("Redaktur")
    give(editor, a_unit(), Role.EDITOR)
    assert [c.text for c in reads.comments_waiting(actor_of(moderator))] == ["Satu"]
    assert [c.text for c in reads.comments_waiting(actor_of(editor))] == []
    assert Article.objects.count() == 1
