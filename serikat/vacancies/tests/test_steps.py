"""Sending an advert step by step: only what applies is asked, nothing typed is lost, an error leads to its step, and each step is a page."""

from __future__ import annotations

import re
from html import unescape

import pytest

from serikat.vacancies.models import Advert
from serikat.vacancies.tests.test_pages import _opened_long_ago, typed  # noqa: F401 - people who took their time

pytestmark = pytest.mark.django_db
SEND = "/lowongan/kirim/"


class Sender:
    """A browser without script: it sends what stands in the page, and what is typed."""

    def __init__(self, client):
        self.client = client
        self.read(client.get(SEND, follow=True))

    def read(self, answer):
        self.answer, self.page = answer, answer.content.decode()
        self.fields = {}
        for tag in re.findall(r"<input[^>]+>", self.page):
            given = {name: unescape(value) for name, value in re.findall(r' (name|value|type)="([^"]*)"', tag)}
            if given.get("type") in ("hidden", "text") or "checked" in tag:
                self.fields[given.get("name")] = given.get("value", "")
        for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)<', self.page):
            self.fields[name] = unescape(text.removeprefix("\n"))
        self.fields.pop("q", None)

    def send(self, **more):
        self.read(self.client.post(SEND, {**self.fields, **more}, follow=True))
        return self

    @property
    def at(self):
        return self.fields["langkah"]

    def asks(self, *names):
        open_to_type = re.findall(r"<(?:select|textarea|input(?![^>]*type=\"hidden\"))[^>]+>", self.page)
        seen = {re.search(r'name="([^"]*)"', tag)[1].removesuffix("-text") for tag in open_to_type if "name=" in tag}
        return [name in seen for name in names]


def test_where_decides_what_is_asked(client, branch):
    sender = Sender(client)
    assert (sender.at, sender.asks("abroad", "title")) == ("mulai", [True, False])
    here = sender.send(abroad="dalam", sender_is="firm")
    assert (here.at, here.asks("kind", "place", "country", "licence")) == ("kerja", [True, True, False, False])
    abroad = Sender(client).send(abroad="luar", sender_is="firm")
    assert (abroad.at, abroad.asks("kind", "country", "licence")) == ("kerja", [False, True, True])
    assert "Luar negeri" not in here.page


def test_an_advert_is_sent_in_three_steps(client, shape, branch):
    form = typed(shape)
    sender = Sender(client).send(abroad="dalam", sender_is="worker")
    assert sender.answer.status_code == 200
    assert "wajib" not in sender.page  # what nobody has come to is not scolded
    sender.send(**{name: form[name] for name in ("title", "firm", "kind", "place", "place-text", "work")})
    assert (sender.at, sender.answer.status_code) == ("upah", 200)
    sender.send(**{name: form[name] for name in ("wage_low", "wage_per", "address", "ends_on")}, contact="0812 3333 4444")
    advert = Advert.objects.get()
    assert (advert.title, advert.kind, advert.sender_is, advert.wage_low) == ("Operator jahit", "fixed", "worker", 5_600_000)


def test_going_back_loses_nothing_and_asks_nothing(client, shape, branch):
    sender = Sender(client).send(abroad="dalam", sender_is="union").send(title="Tukang <las>", kembali="1")
    assert (sender.at, sender.answer.status_code, sender.fields["sender_is"]) == ("mulai", 200, "union")
    sender.send(abroad="luar")
    assert (sender.at, sender.fields["title"], sender.asks("country")) == ("kerja", "Tukang <las>", [True])
    assert sender.send(kembali="1").send(abroad="dalam").fields["title"] == "Tukang <las>"


def test_an_error_leads_to_its_step(client, shape, branch):
    form = {**typed(shape), "langkah": "upah"}
    empty = Sender(client).send()
    assert (empty.at, empty.answer.status_code, "Pilih dahulu: di Indonesia" in empty.page) == ("mulai", 422, True)
    for more, at in (
        ({"abroad": ""}, "mulai"),
        ({"title": ""}, "kerja"),
        ({"place": "", "place-text": ""}, "kerja"),
        ({"ends_on": "2020-01-01"}, "upah"),
        ({"langkah": "'; --"}, "kerja"),
    ):
        sender = Sender(client)
        sender.fields = {**sender.fields, **form}
        sender.send(**more)
        assert (sender.at, more, Advert.objects.count()) == (at, more, 0)
        assert ("Menjahit kaus" in sender.page, sender.answer.status_code) == (True, 200 if "langkah" in more else 422)


def test_what_does_not_apply_is_not_kept(client, shape, branch, taiwan):
    client.post(SEND, {**typed(shape), "country": taiwan.pk, "licence": "SIP3MI 1", "kind": "daily"})
    advert = Advert.objects.get()
    assert (advert.country, advert.licence, advert.kind) == (None, "", "daily")
    client.post(SEND, {**typed(shape), "abroad": "luar", "country": taiwan.pk, "licence": "SIP3MI 1", "kind": "daily"})
    advert = Advert.objects.latest("pk")
    assert (advert.country, advert.licence, advert.kind) == (taiwan, "SIP3MI 1", "overseas")


# Each step is a page of its own


def begun(sender):
    return sender.send(abroad="dalam", sender_is="union").send(title="Tukang las", kembali="1")


def test_each_step_is_a_page_that_the_back_button_shows_again(client, branch):
    sender = begun(Sender(client))
    assert sender.answer.redirect_chain == [(f"{SEND}mulai/", 302)]
    assert "Tukang las" in client.get(f"{SEND}kerja/").content.decode()
    assert client.get(f"{SEND}lain/").status_code == 404
    client.get("/keluar-cepat/")
    assert client.get(f"{SEND}kerja/", follow=True).redirect_chain == [(SEND, 302), (f"{SEND}mulai/", 302)]
    assert "Tukang las" not in client.get(f"{SEND}mulai/").content.decode()


def test_what_was_sent_does_not_wait_on(client, shape, branch):
    client.post(SEND, {**typed(shape), "langkah": "kerja"})
    assert "Operator jahit" in client.get(f"{SEND}kerja/").content.decode()
    client.post(SEND, typed(shape))
    assert client.get(f"{SEND}kerja/").status_code == 302
    assert "Operator jahit" not in client.get(f"{SEND}mulai/").content.decode()


def test_who_signs_in_half_way_finds_again_what_they_typed(client, branch, user):
    begun(Sender(client))
    client.force_login(user("Arum"))
    assert "Tukang las" in client.get(f"{SEND}kerja/").content.decode()
    assert 'name="contact"' not in client.get(f"{SEND}upah/").content.decode()


def test_the_other_language_takes_the_advert_along(client, branch):
    sender = Sender(client).send(abroad="dalam", sender_is="union")
    button = re.search(r'form="kirim" formaction="(/en/[^"]+)" formnovalidate name="(tetap)"', sender.page)
    words = client.post(button[1], {**sender.fields, "title": "Tukang las", button[2]: "1"}, follow=True).content.decode()
    assert ('<html lang="en">' in words, 'value="Tukang las"' in words, "errorlist" in words) == (True, True, False)
