"""Forgetting an author: their name goes everywhere, or stays under their public work alone, as they chose; down to the bytes."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.index import insert_or_update_object

from serikat.audit.services import seal_entries, verify_trail
from serikat.kernel.access import Role
from serikat.kernel.forgetting import holders
from serikat.newsroom.models import (
    Approval,
    Article,
    Byline,
    Clip,
    ClipUpload,
    Comment,
    LiveClip,
    LivePage,
    OldAddress,
    Post,
    SafetyCheck,
    Submission,
)
from serikat.newsroom.selectors.clips import scratch_file
from serikat.newsroom.selectors.editing import digest_of
from serikat.newsroom.services import naming
from serikat.newsroom.services.finding import find_everything
from serikat.newsroom.services.forgetting import memory_of
from serikat.newsroom.tests.builders import a_site, a_unit, an_article
from serikat.people.services.cleaning import clean_forgotten, find_leftovers
from serikat.people.services.forgetting import forget_person
from serikat.people.tests.conftest import database_in_files, own_folders  # noqa: F401
from serikat.people.tests.factories import make_actor, make_person, make_user

NAME, PEN, PHONE = "Sumarni Watiningrum", "Ratri Pamungkas", "+6281234567890"
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(database_in_files):  # noqa: F811
    """An author with an account and a pen name, who stands in a live article in every way; another writes under the same legal name."""
    a_site()
    officer = make_actor(Role.DATA_OFFICER, unit=a_unit())
    editor = make_actor(Role.EDITOR, unit=a_unit())
    user = make_user("sumarni.w", name=NAME, email="sumarni.w@contoh.id", phone=PHONE)
    person = make_person(a_unit(), NAME, phone=PHONE, user=user)
    page = an_article(
        f"{NAME} menang",
        body=[("paragraph", f"<p>Kata {NAME}, hubungi 0812-3456-7890.</p>")],
        desk_notes=f"Sumber: {NAME}, {PHONE}",
        cover_credit=PEN,
    )
    Page.objects.filter(pk=page.pk).update(owner=user)
    insert_or_update_object(page)
    byline = Byline.objects.get()
    naming.change_byline(
        actor=editor,
        byline=byline,
        values={"name": PEN, "slug": "ratri-pamungkas", "about": f"Hubungi {PHONE}.", "account": "sumarni.w"},
    )
    Comment.objects.create(article=page, name=NAME, text=f"Saya {NAME} juga", at=timezone.now(), approved=True)
    told = {"writer": user, "unit": a_unit(), "named_as": "pen", "name": PEN, "sent_at": timezone.now()}
    Post.objects.create(
        key=uuid4(), code="TAYANG22", title="Kipas", text="x", html=f"<p>Kata {NAME}.</p>", state="shown",
        shown_at=timezone.now(), **told,
    )  # fmt: skip
    find_everything()
    Post.objects.create(key=uuid4(), code="ANTRE222", title="Antre", text=f"{NAME}, {PHONE}", **told)
    OldAddress.objects.create(path="/berita/2014/sumarni-watiningrum.html", page=page)
    revision = page.get_latest_revision()
    Submission.objects.create(revision=revision, by=user, at=timezone.now(), note=f"Dari {NAME}")
    PageLogEntry.objects.create(
        page=page, content_type=page.content_type, label=page.title, action="wagtail.edit", data={"catatan": NAME}, user=user,
        timestamp=timezone.now(),
    )  # fmt: skip
    seal_entries()
    return officer, person, page


def public_pages(*paths):
    browser = Client()
    return {path: browser.get(path) for path in paths}


def test_an_author_who_becomes_nameless_leaves_no_byte(story, database_in_files):  # noqa: F811
    officer, person, page = story
    assert set(database_in_files([NAME, PEN, PHONE])) == {NAME, PEN, PHONE}
    assert public_pages("/penulis/ratri-pamungkas/")["/penulis/ratri-pamungkas/"].status_code == 200
    forget_person(actor=officer, person=person, byline="anonymous")
    done = clean_forgotten()

    assert done.leftovers == []
    needles = [NAME, PEN, PHONE, "sumarni-watiningrum", "ratri-pamungkas", "sumarni.w@contoh.id"]
    assert database_in_files(needles) == []
    assert find_leftovers(needles=needles) == []
    post = Post.objects.get()
    assert (post.name, post.writer, post.html) == ("seorang pekerja", None, "<p>Kata seorang pekerja.</p>")
    byline = Byline.objects.get()
    assert (byline.name, byline.slug, byline.about, byline.subject) == ("seorang pekerja", "seorang-pekerja", "", None)
    live = LivePage.objects.get(pk=page.pk)
    assert live.title == "seorang pekerja menang"
    assert live.path == "/berita/seorang-pekerja-menang/"
    assert live.card["authors"] == [{"name": "seorang pekerja", "slug": "seorang-pekerja"}]
    assert "Kata seorang pekerja, hubungi (dilupakan)." in live.html
    answers = public_pages(
        live.path, "/penulis/seorang-pekerja/", "/penulis/ratri-pamungkas/", "/berita/sumarni-watiningrum-menang/"
    )
    assert [answer.status_code for answer in answers.values()] == [200, 200, 404, 404]
    seal_entries()
    assert verify_trail().problems == []


def test_the_reasons_of_a_safety_check_forget_whom_they_name(story):
    officer, person, _page = story
    approval = Approval.objects.first()
    check = SafetyCheck.objects.create(
        approval=approval, digest="x", at=timezone.now(), reasons={"face": "", "name": f"{NAME} setuju"}
    )
    forget_person(actor=officer, person=person, byline="anonymous")
    check.refresh_from_db()
    assert check.reasons == {"face": "", "name": "seorang pekerja setuju"}


def test_what_was_approved_stays_approved_and_can_be_written_on(story):
    officer, person, page = story
    revision = page.get_latest_revision()
    assert Approval.objects.get(revision=revision).digest == digest_of(revision.pk)
    forget_person(actor=officer, person=person, byline="anonymous")
    content = Revision.objects.get(pk=revision.pk).content
    assert Approval.objects.get(revision=revision).digest == digest_of(revision.pk)
    assert (content["title"], content["slug"]) == ("seorang pekerja menang", "seorang-pekerja-menang")
    assert json.loads(content["body"])[0]["value"] == "<p>Kata seorang pekerja, hubungi (dilupakan).</p>"
    again = Page.objects.get(pk=page.pk).specific
    assert (again.slug, again.url_path) == ("seorang-pekerja-menang", "/beranda/berita/seorang-pekerja-menang/")
    again.save_revision()


def test_a_byline_that_is_kept_stays_and_the_rest_goes(story, database_in_files):  # noqa: F811
    officer, person, page = story
    forget_person(actor=officer, person=person, byline="keep")
    done = clean_forgotten()

    assert done.leftovers == []
    assert database_in_files([NAME, PHONE, "sumarni.w@contoh.id"]) == []
    byline = Byline.objects.get()
    assert (byline.name, byline.slug, byline.about) == (PEN, "ratri-pamungkas", "Hubungi (dilupakan).")
    live = LivePage.objects.get(pk=page.pk)
    assert live.card["authors"] == [{"name": PEN, "slug": "ratri-pamungkas"}]
    assert Article.objects.get(pk=page.pk).cover_credit == PEN
    answers = public_pages("/penulis/ratri-pamungkas/", live.path)
    assert [answer.status_code for answer in answers.values()] == [200, 200]
    assert PEN in answers[live.path].content.decode()
    assert Comment.objects.get().name == "seorang pekerja"
    seal_entries()
    assert verify_trail().problems == []


def test_another_author_of_the_same_name_keeps_theirs(story):
    officer, person, _page = story
    other = make_user("lain")
    Byline.objects.create(name=NAME, slug="sumarni-lain", subject=other.subject)
    untied = Byline.objects.create(name=NAME.upper(), slug="sumarni-lama", external_key=NAME)
    forget_person(actor=officer, person=person, byline="anonymous")
    assert Byline.objects.get(slug="sumarni-lain").name == NAME
    untied.refresh_from_db()
    assert (untied.name, untied.external_key) == ("seorang pekerja", memory_of(NAME))


def test_the_copy_of_their_data_holds_what_they_wrote(story):
    _officer, person, _page = story
    holder = next(h for h in holders() if h.name == "newsroom")
    copied = holder.copy(frozenset({person.user.subject, person.subject}))
    assert json.dumps(copied)
    (name,) = copied["nama penulis"]
    assert (name["nama"], [work["judul"] for work in name["tulisan"]]) == (PEN, [f"{NAME} menang"])
    assert [work["judul"] for work in copied["naskah yang dibuat"]] == [f"{NAME} menang"]
    assert [told["judul"] for told in copied["tulisan di Ruang Buruh"]] == ["Kipas", "Antre"]
    assert [message["isi"] for message in copied["pesan bagi pemeriksa"]] == [f"Dari {NAME}"]


def test_a_byline_is_tied_once_and_to_an_account_that_is_there(story):
    editor = make_actor(Role.EDITOR, unit=a_unit())
    values = {"name": "Lain", "slug": "lain", "about": "", "account": "tidak.ada"}
    with pytest.raises(naming.UnknownAccount):
        naming.add_byline(actor=editor, values=values)
    tied = Byline.objects.get()
    naming.change_byline(actor=editor, byline=tied, values=values | {"account": make_user("orang.lain").username})
    tied.refresh_from_db()
    assert tied.subject == story[1].user.subject


def test_the_desk_ties_a_byline_and_then_says_nothing_of_whose_it_is(story):
    editor = make_actor(Role.EDITOR, unit=a_unit())
    client = Client()
    client.force_login(get_user_model().objects.get(pk=editor.user_id))
    byline = Byline.objects.create(name="Pena Lain", slug="pena-lain")
    address = f"/meja/redaksi/penulis/{byline.pk}/"
    typed = {"name": "Pena Lain", "slug": "pena-lain", "about": "", "account": "tidak.ada"}
    wrong = client.post(address, typed)
    assert (wrong.status_code, "Tidak ada akun dengan nama pengguna ini." in wrong.content.decode()) == (422, True)
    user = make_user("penulis.kedua")
    assert client.post(address, typed | {"account": user.username}).status_code == 302
    byline.refresh_from_db()
    assert byline.subject == user.subject
    shown = client.get(address).content.decode()
    assert ("penulis.kedua" in shown, 'name="account"' in shown) == (False, False)


def test_a_clip_forgets_a_name_in_its_words_and_an_upload_goes_with_its_file(database_in_files, settings, tmp_path):  # noqa: F811
    """At the desk, in what the public sees, in captions and addresses; what was only begun is taken away."""
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    a_site()
    officer = make_actor(Role.DATA_OFFICER, unit=a_unit())
    user = make_user("sumarni.w", name=NAME, email="sumarni.w@contoh.id", phone=PHONE)
    person = make_person(a_unit(), NAME, phone=PHONE, user=user)
    cue = f"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nSaya {NAME}\n"
    words = {"title": f"Cerita {NAME}", "slug": "cerita-sumarni-watiningrum", "captions": cue, "credit": NAME}
    clip = Clip.objects.create(unit=a_unit(), uploaded_by=user, **words)
    now = timezone.now()
    LiveClip.objects.create(clip=clip, kind="video", token=clip.token, shown_at=now, changed_at=now, **words)
    upload = ClipUpload.objects.create(by=user, unit=a_unit(), title=NAME, name="a.mp4", size=9)
    scratch_file(upload).parent.mkdir()
    scratch_file(upload).write_bytes(b"mulai")
    copied = next(h for h in holders() if h.name == "newsroom").copy(frozenset([user.subject]))
    assert [row["judul"] for row in copied["klip yang diunggah"]] == [clip.title]
    forget_person(actor=officer, person=person, byline="anonymous")
    clip.refresh_from_db()
    live = LiveClip.objects.get()
    assert (clip.title, clip.slug, live.slug, live.credit) == (
        "Cerita seorang pekerja", "cerita-seorang-pekerja", "cerita-seorang-pekerja", "seorang pekerja",
    )  # fmt: skip
    assert [NAME in kept for kept in (clip.captions, live.captions, live.title)] == [False] * 3
    assert (ClipUpload.objects.count(), scratch_file(upload).exists()) == (0, False)
