"""The share menu of a phone leads to one chooser, and from there to a page that begins with what was shared."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from serikat.people.tests.factories import make_user
from serikat.ui import offline, sharing

pytestmark = pytest.mark.django_db


def test_the_manifest_names_the_chooser():
    target = offline.manifest()["share_target"]
    assert json.dumps(target)
    assert target["action"] == reverse("web:share") == sharing.ADDRESS
    files = [{"name": "berkas", "accept": ["image/*", "audio/*"]}]
    assert target["params"] == {"title": "judul", "text": "teks", "url": "tautan", "files": files}
    assert (target["method"], target["enctype"]) == ("POST", "multipart/form-data")


@pytest.mark.parametrize(
    ("given", "shared"),
    [
        ({}, {}),
        ({"judul": " Kipas \n mati ", "teks": "Sejak Maret. "}, {"judul": "Kipas mati", "teks": "Sejak Maret."}),
        ({"teks": "Baca", "tautan": "https://a.id/x"}, {"teks": "Baca\n\nhttps://a.id/x"}),
        ({"teks": "Baca https://a.id/x", "tautan": "https://a.id/x"}, {"teks": "Baca https://a.id/x"}),
        ({"tautan": "https://a.id/x"}, {"teks": "https://a.id/x"}),
        ({"teks": "x" * 30_000}, {"teks": "x" * 20_000}),
    ],
)
def test_what_phones_send_is_put_in_order(given, shared):
    assert sharing.shared(given) == shared


def test_what_is_shared_begins_a_post(client):
    page = client.get(reverse("web:share"), {"judul": "Kipas <mati>", "teks": "Sejak Maret & April."})
    way = next(url for taker, url in page.context["ways"] if taker.url_name == "newsroom:write_post")
    assert "Kipas &lt;mati&gt;" in page.content.decode()
    assert client.get(way).url.startswith("/akun/masuk/?next=/ruang-buruh/tulis/")
    client.force_login(make_user("arum", name="Arum"))
    form = client.get(way).context["form"]
    assert (form["title"].value(), form["text"].value()) == ("Kipas <mati>", "Sejak Maret & April.")


def test_files_wait_on_the_phone_and_only_who_takes_them_is_told(client):
    page = client.get(reverse("web:share"), {"teks": "Kipas", "berkas": "2"})
    told = {taker.url_name: "berkas=2" in url for taker, url in page.context["ways"]}
    assert (told["newsroom:write_post"], told["vacancies:send_advert"]) == (True, False)
    assert "2 berkas ikut." in page.content.decode()
    for odd in ("", "-1", "x", "9" * 9, "²"):
        assert "berkas=" not in str(client.get(reverse("web:share"), {"berkas": odd}).context["ways"])


def test_files_that_came_without_a_worker_are_dropped_and_it_is_said(client):
    given = {"teks": "Kipas mati", "berkas": SimpleUploadedFile("foto.jpg", b"x", "image/jpeg")}
    page = Client(enforce_csrf_checks=True).post(reverse("web:share"), given)
    assert ("Berkasnya belum ikut" in page.content.decode(), "Kipas mati" in page.content.decode()) == (True, True)
    assert "Set-Cookie" not in page.headers


def test_the_chooser_without_anything_says_how(client):
    assert "Buka menu bagikan" in client.get(reverse("web:share")).content.decode()


def test_twice_the_same_taker_is_refused():
    with pytest.raises(ValueError, match="twice"):
        sharing.takes(sharing.takers()[0])
