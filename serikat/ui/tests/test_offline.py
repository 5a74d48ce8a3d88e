"""What a phone may keep: only what a view marks; which parts of the site its worker does not look at; what it is told; the manifest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from serikat.kernel.gate import OFFLINE, for_signed_in, public, readable_offline, same_for_all, told_offline
from serikat.ui import offline


@pytest.mark.parametrize(
    ("change", "marked"),
    [
        (lambda answer: None, True),
        (lambda answer: setattr(answer, "status_code", 404), False),
        (lambda answer: answer.set_cookie("a", "b"), False),
        (lambda answer: answer.__setitem__("Vary", "Cookie"), False),
    ],
)
def test_only_a_whole_page_that_is_the_same_for_all_is_marked(change, marked):
    @public
    @same_for_all
    @readable_offline("article")
    def view(request):
        answer = HttpResponse("isi")
        change(answer)
        return answer

    assert (OFFLINE in view(RequestFactory().get("/x/"))) is marked
    assert OFFLINE not in view(RequestFactory().post("/x/"))


def test_the_worker_looks_at_no_part_of_the_site_that_says_nothing():
    def bare(request):
        return HttpResponse()

    kept, told, desk = readable_offline("page")(bare), told_offline(lambda request: HttpResponse()), for_signed_in(bare)
    below = [path("", desk), path("baca/", kept)]
    patterns = [
        path("lapor/", desk),
        path("lapor/kirim/", desk),
        path("berita/<str:slug>/", kept),
        path("cari/", told),
        path("campur/", include(below)),
        path("<str:apa>/", kept),
    ]
    assert offline.passed_through(patterns) == ["lapor"]


def test_desk_accounts_and_the_editor_are_passed_through_and_reading_is_not():
    through = set(offline.passed_through())
    assert {"meja", "akun", "cms", "mulai", "sw.js", "media"} - through == set()
    assert {"berita", "tag", "rubrik", "penulis", "tempat", "cari", "s", "simpanan", "aplikasi"} & through == set()


def test_the_worker_knows_both_languages_and_changes_when_what_it_is_told_changes(monkeypatch):
    text = offline.worker()
    told = json.loads(text.partition("const HOUSE = ")[2].partition(";\n")[0])
    assert told["shell"] == {"id": ["/tanpa-jaringan/", "/simpanan/"], "en": ["/en/tanpa-jaringan/", "/en/simpanan/"]}
    assert told["words"]["en"]["now"] == "just now"
    monkeypatch.setattr(offline, "static", lambda name: f"/static/baru/{name}")
    assert offline.worker() != text


def test_the_files_of_the_worker_are_short_and_all_in_it():
    files = sorted(Path(offline.HERE).glob("*.js"))
    assert sorted(offline.PARTS) == [file.stem for file in files]
    assert [file.name for file in files if len(file.read_text("utf-8").splitlines()) >= 50] == []


@pytest.mark.django_db
def test_worker_and_manifest_are_served_at_the_root_for_everybody(client):
    worker = client.get("/sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert len(worker.content) < 16_000
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    assert (manifest.json()["scope"], manifest.json()["start_url"], len(manifest.json()["icons"])) == ("/", "/", 3)
    assert client.get("/apple-touch-icon.png").status_code == 302


@pytest.mark.django_db
def test_emptying_clears_the_browser_only_when_this_site_asks(client):
    assert client.get("/simpanan/kosong/")["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/simpanan/kosong/", headers={"sec-fetch-site": "cross-site"})
    assert OFFLINE not in client.get("/simpanan/kosong/")


@pytest.mark.django_db
def test_the_newest_are_named_in_the_language_of_the_reader(client, monkeypatch):
    monkeypatch.setattr(offline, "_newest", [lambda count: ["/berita/a/"]])
    assert client.get("/simpanan/terbaru.json").json() == {"paths": ["/berita/a/"]}
    assert client.get("/en/simpanan/terbaru.json").json() == {"paths": ["/en/berita/a/"]}


@pytest.mark.django_db
def test_pages_name_the_manifest_and_pages_of_one_person_do_not(client):
    assert b'rel="manifest"' in client.get("/simpanan/").content
    for address in ("/simpanan/kosong/", "/akun/masuk/"):
        assert b'rel="manifest"' not in client.get(address, follow=True).content
