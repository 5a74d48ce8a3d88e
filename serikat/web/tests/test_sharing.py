"""The share menu of a phone leads to one chooser, and from there to a page that begins with what was shared."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from serikat.people.tests.factories import make_user
from serikat.ui import offline, sharing

pytestmark = pytest.mark.django_db


def test_the_manifest_names_the_chooser():
    target = offline.manifest()["share_target"]
    assert json.dumps(target)
    assert target["action"] == reverse("web:share") == sharing.ADDRESS
    assert target["params"] == {"title": "judul", "text": "teks", "url": "tautan"}


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


def test_the_chooser_without_anything_says_how(client):
    assert "Buka menu bagikan" in client.get(reverse("web:share")).content.decode()


def test_twice_the_same_taker_is_refused():
    with pytest.raises(ValueError, match="twice"):
        sharing.takes(sharing.takers()[0])
