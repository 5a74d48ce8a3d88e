"""A picture or document that is changed in the editor: the live pages that show it are drawn anew, by a job."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from serikat.kernel.jobs.worker import Worker
from serikat.kernel.models import Job
from serikat.newsroom.models import EditingRule, LivePage, Picture
from serikat.newsroom.services.publishing import redraw_pages_with
from serikat.newsroom.tests.builders import a_picture, an_article, image_file
from serikat.units.models import Unit


@pytest.fixture
def editor(site, user, give, client):
    someone = user("Sari")
    give(someone, Unit.objects.get(parent=None))
    client.force_login(someone)
    return client


@pytest.fixture
def alone(site):
    """A newsroom of one person, which has lifted the rule of the second."""
    EditingRule.objects.update_or_create(id=1, defaults={"approval_required": False})


def in_body(picture):
    return [("picture", {"picture": picture, "alt": "Kerumunan", "caption": "", "credit": ""})]


def change(editor, picture, **sent):
    data = {"title": "Gerbang", "unit": picture.unit_id, "tags": "", "description": "Gerbang", "credit": "Bagas", **sent}
    answer = editor.post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    assert answer.status_code == 302


def addresses(page):
    live = LivePage.objects.get(pk=page.pk)
    return sorted(set(re.findall(r"/media/[^\s\"',]+", f"{live.html} {live.head} {live.card}")))


@pytest.mark.slow
def test_a_picture_that_is_live_is_not_exchanged_without_a_second_person(editor):
    picture, resting = a_picture(), a_picture()
    page = an_article("Badan", body=in_body(picture))
    before, name = addresses(page), picture.file.name
    Worker().work_off()  # who shows what is noted by a job
    data = {"title": "Gerbang", "unit": picture.unit_id, "tags": "", "description": "Gerbang", "credit": "Bagas"}
    answer = editor.post(
        reverse("wagtailimages:edit", args=[picture.pk]), {**data, "file": image_file(1200, 900, name="lain.jpg")}
    )
    assert "sedang tayang di 1 halaman" in answer.content.decode()
    picture.refresh_from_db()
    assert (picture.file.name, addresses(page)) == (name, before)
    change(editor, resting, file=image_file(1200, 900, name="lain.jpg"))


def test_pages_that_show_a_picture_show_its_new_file(editor, alone):
    picture, other = a_picture(), a_picture()
    pages = [
        an_article("Sampul", cover=picture),
        an_article("Badan", body=in_body(picture)),
        an_article("Lain", cover=other),
    ]
    before = [addresses(page) for page in pages]
    Worker().work_off()
    change(editor, picture, file=image_file(1200, 900, name="gerbang-baru.jpg"))
    assert Worker().work_off() >= 1
    after = [addresses(page) for page in pages]
    assert after[2] == before[2]
    for old, new in zip(before[:2], after[:2], strict=True):
        assert new
        assert not set(old) & set(new)
        assert all((Path(settings.MEDIA_ROOT) / address.removeprefix("/media/")).is_file() for address in new)
        assert all("gerbang-baru" in address for address in new)


def test_new_words_of_a_picture_reach_the_pages(editor):
    picture = a_picture(credit="Bagas")
    page = an_article(cover=picture)
    change(editor, picture, credit="Wening")
    Worker().work_off()
    assert LivePage.objects.get(pk=page.pk).head["cover"]["credit"] == "Wening"


@pytest.mark.slow
def test_a_draft_that_shows_the_picture_stays_a_draft(editor, alone):
    picture = a_picture()
    page = an_article("Terbit", body=in_body(picture))
    page.title = "Belum disetujui"
    page.save_revision()
    hidden = an_article("Konsep", cover=picture, live=False)
    gone = an_article("Ditarik", cover=picture)
    gone.unpublish()
    change(editor, picture, file=image_file(name="baru.jpg"))
    Worker().work_off()
    assert LivePage.objects.get(pk=page.pk).title == "Terbit"
    assert not LivePage.objects.filter(pk__in=[hidden.pk, gone.pk]).exists()


def test_what_changes_nothing_redraws_nothing_and_twice_is_once(editor):
    picture = a_picture()
    an_article(cover=picture)
    change(editor, picture)
    Job.objects.all().delete()
    change(editor, picture)
    assert Job.objects.filter(name="newsroom.redraw_pages_with").count() == 0
    for credit in ("Satu", "Dua"):
        change(editor, picture, credit=credit)
    assert Job.objects.filter(name="newsroom.redraw_pages_with").count() == 1


def test_a_picture_that_is_gone_meanwhile_is_nobodys_trouble(db):
    assert redraw_pages_with(kind="picture", pk=999_999) == 0
    assert Picture.objects.count() == 0
