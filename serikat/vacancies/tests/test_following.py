"""An advert sent without an account is followed with a code that stands in no address; a wrong or an old way opens nothing."""

from __future__ import annotations

import re
import uuid
from importlib import import_module

import pytest
from django.apps import apps

from serikat.audit.models import Entry
from serikat.kernel.codes import make_code
from serikat.vacancies.models import Advert
from serikat.vacancies.services import sending
from serikat.vacancies.tests.test_pages import _opened_long_ago, typed  # noqa: F401 - people who took their time

pytestmark = pytest.mark.django_db
FIND, FOLLOW = "/lowongan/kode/", "/lowongan/kiriman/"


@pytest.fixture
def sent(client, shape, branch):
    """The code, as the page shows it."""
    page = client.post("/lowongan/kirim/", typed(shape), follow=True)
    assert (page.redirect_chain, "no-store" in page["Cache-Control"]) == ([("/lowongan/terkirim/", 302)], True)
    return re.search(r'class="code"[^>]*>([^<]+)<', page.content.decode())[1]


def test_the_code_is_shown_until_it_is_kept(client, sent):
    assert re.fullmatch(r"(?:\w{4}-){3}\w{4}", sent)
    assert sent in client.get("/lowongan/terkirim/").content.decode()
    assert client.post("/lowongan/terkirim/").url == FOLLOW
    assert client.get("/lowongan/terkirim/").url == FIND


def test_no_address_and_no_table_holds_the_code(client, sent):
    bare = sent.replace("-", "")
    rows = [str(row) for row in Advert.objects.values()] + [str(row) for row in Entry.objects.values()]
    assert [row for row in rows if bare in row] == []
    page = client.post(FIND, {"code": sent}, follow=True)
    assert page.redirect_chain == [(FOLLOW, 302)]
    assert re.search("<title>(.*?)</title>", page.content.decode())[1].startswith("Lowongan kiriman")


def test_who_types_the_code_sees_what_became_of_it(client, sent, show):
    words = client.post(FIND, {"code": f" {sent.lower().replace('-', ' ')} "}, follow=True).content.decode()
    assert ("Operator jahit" in words, "Menunggu diperiksa" in words) == (True, True)
    show(Advert.objects.get())
    assert "Lihat di daftar lowongan" in client.get(FOLLOW).content.decode()


def test_another_browser_sees_nothing(client, sent):
    other = type(client)()
    assert other.get(FOLLOW).url == FIND
    assert other.get("/lowongan/terkirim/").url == FIND
    other.post(f"{FOLLOW}tarik/", {"which": Advert.objects.get().code})
    assert Advert.objects.get().state == "waiting"


@pytest.mark.parametrize("code", ["", "x", "FRAVWSVXKM4BEHK9", "a" * 500, "\0", "'; --"])
def test_a_wrong_code_opens_nothing(client, sent, code):
    client.post("/lowongan/terkirim/"), client.post(f"{FOLLOW}tutup/")
    assert client.post(FIND, {"code": code}).status_code == 422
    assert client.get(FOLLOW).url == FIND


def test_guessing_is_slowed_down(client, sent):
    answers = [client.post(FIND, {"code": make_code(16)}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert client.post(FIND, {"code": sent}).status_code == 429


def test_a_code_of_an_account_opens_nothing(client, shape, branch, user):
    client.force_login(user("Arum"))
    form = typed(shape)
    assert client.post("/lowongan/kirim/", form).url == f"/lowongan/saya/{Advert.objects.get().code}/"
    code = sending.code_of(key=uuid.UUID(form["key"]))
    assert client.post(FIND, {"code": code}).status_code == 422


def test_the_sender_takes_it_back_with_the_code(client, sent, live):
    other = live(title="Tukang las")
    client.post(FIND, {"code": sent})
    advert = Advert.objects.exclude(pk=other.pk).get()
    client.post(f"{FOLLOW}tarik/", {"which": other.code})  # another page was open
    assert sorted(Advert.objects.values_list("state", flat=True)) == ["live", "waiting"]
    words = client.post(f"{FOLLOW}tarik/", {"which": advert.code}, follow=True).content.decode()
    assert ("Ditarik" in words, "Tarik lowongan ini" in words) == (True, False)
    assert (Advert.objects.get(pk=advert.pk).state, Advert.objects.get(pk=other.pk).state) == ("withdrawn", "live")
    assert Entry.objects.filter(action="vacancies.advert.taken_back").count() == 1
    assert client.post(f"{FOLLOW}tarik/", {"which": advert.code}).status_code == 409


def test_closing_and_the_quick_exit_close_it(client, sent):
    for close in (lambda: client.post(f"{FOLLOW}tutup/"), lambda: client.get("/keluar-cepat/")):
        client.post(FIND, {"code": sent})
        assert client.get(FOLLOW).status_code == 200
        close()
        assert client.get(FOLLOW).url == FIND


@pytest.mark.parametrize(
    "tail", ["715e79aa-10c8-46df-9210-6a8ffe2c9991/", "a1355fad-13e8-43bc-87a3-bfb5c21b332c", "x/y/", "%00/"]
)
def test_an_old_address_opens_nothing_and_says_how_to_go_on(client, sent, tail):
    page = client.get(f"{FOLLOW}{tail}", follow=True)
    assert page.redirect_chain == [(f"{FIND}?lama", 302)]
    assert ("Alamat lama itu tidak berlaku lagi" in page.content.decode(), "Operator jahit" in page.content.decode()) == (
        True,
        False,
    )


def test_the_migration_gives_adverts_of_before_a_mark_that_no_code_has(client, sent, live):
    live(title="Tukang las")
    before = set(Advert.objects.values_list("mark", flat=True))
    import_module("serikat.vacancies.migrations.0003_a_mark_of_each_senders_code").mark_what_is_there(apps, None)
    marks = set(Advert.objects.values_list("mark", flat=True))
    assert (len(marks), marks & before, {len(mark) for mark in marks}) == (2, set(), {64})
    assert client.post(FIND, {"code": sent}).status_code == 422
