"""Each act through the editor's own addresses writes exactly one entry, under the right mandate, in the transaction of the act."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from serikat.audit.models import Entry
from serikat.kernel.access import actor_of
from serikat.newsroom.models import Article, NewsDocument, Picture, StaticPage
from serikat.newsroom.services import editing
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.tests.builders import HARMLESS, HARMLESS_SENT

pytestmark = pytest.mark.django_db


def article_data(unit, title="Upah naik", **more):
    return nested_form_data(
        {
            "title": title,
            "slug": "upah-naik",
            "lead": "Upah naik enam persen.",
            "body": streamfield([]),
            "unit": unit.pk,
            "tags": "upah",
            "byline_links": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            **more,
        }
    )


def new_entries(act):
    """The entries that an act writes."""
    before = set(Entry.objects.values_list("pk", flat=True))
    result = act()
    return result, [e for e in Entry.objects.order_by("at") if e.pk not in before]


def values_of(entry):
    return {v.name: v.value for v in entry.values.all()}


@pytest.fixture
def one_entry(client):
    """POST, and give the one entry it wrote."""

    def one_entry(url, data, action, status=302):
        response, entries = new_entries(lambda: client.post(url, data))
        assert response.status_code == status, response.content.decode()[:2000]
        assert [e.action for e in entries] == [action]
        return entries[0]

    return one_entry


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_creating_and_saving_write_one_entry_each_under_the_mandate(sign_in, one_entry, wati, west, index):
    sign_in(wati)
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", index.pk])
    entry = one_entry(add, article_data(west), "newsroom.page.created")
    page = Article.objects.get()
    grant = actor_of(wati).grants[0]
    assert (entry.actor_ref, entry.mandate_ref, entry.unit_path, entry.subject_ref) == (
        f"accounts.user:{wati.pk}",
        grant.mandate,
        west.path,
        f"newsroom.article:{page.pk}",
    )
    assert (page.live, page.owner_id) == (False, wati.pk)

    entry = one_entry(edit_url(page), article_data(west, "Upah naik tujuh persen"), "newsroom.page.saved")
    values = values_of(entry)
    assert (values["before.title"], values["after.title"]) == ("Upah naik", "Upah naik tujuh persen")
    assert "before.slug" not in values


def test_wagtails_publish_button_by_address_saves_a_draft_and_says_why(sign_in, one_entry, sari, centre, index):
    client = sign_in(sari)
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", index.pk])
    one_entry(add, article_data(centre) | {"action-publish": "1"}, "newsroom.page.created")
    page = Article.objects.get()
    assert not page.live
    response = client.get(edit_url(page))
    assert "orang lain" in response.content.decode()
    one_entry(edit_url(page), article_data(centre) | {"action-publish": "1"}, "newsroom.page.saved")
    page.refresh_from_db()
    assert not page.live


def test_submitting_from_the_editor_saves_and_submits(sign_in, sari, budi, centre, draft):
    client = sign_in(sari)
    page = draft(sari, centre)
    data = article_data(centre, "Siap") | {"action-send-for-review": "1"}
    response, entries = new_entries(lambda: client.post(edit_url(page), data))
    assert response.headers["location"] == reverse("newsroom_desk:review", args=[page.pk])
    assert sorted(e.action for e in entries) == ["newsroom.page.saved", "newsroom.page.submitted"]


def test_approving_publishing_and_withdrawing_write_one_entry_each(sign_in, one_entry, sari, budi, centre, draft):
    page = draft(sari, centre)
    review = reverse("newsroom_desk:review", args=[page.pk])
    client = sign_in(sari)
    assert client.post(review, {"revision": page.latest_revision_id, **HARMLESS_SENT}).status_code == 422
    client.force_login(budi)
    one_entry(review, {"revision": page.latest_revision_id, **HARMLESS_SENT}, "newsroom.page.approved")
    release = reverse("newsroom_desk:release", args=[page.pk])
    one_entry(release, {"revision": page.latest_revision_id}, "newsroom.page.published")
    page.refresh_from_db()
    assert page.live
    one_entry(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}, "newsroom.page.withdrawn")
    page.refresh_from_db()
    assert not page.live


def test_scheduling_and_cancelling_write_one_entry_each(sign_in, one_entry, sari, budi, centre, draft):
    page = draft(sari, centre)
    page.go_live_at = timezone.now() + timezone.timedelta(hours=2)
    revision = page.save_revision(user=sari)
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
    sign_in(sari)
    one_entry(reverse("newsroom_desk:release", args=[page.pk]), {"revision": revision.pk}, "newsroom.page.scheduled")
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk])
    one_entry(cancel, {}, "newsroom.page.unscheduled")


def test_reverting_writes_one_entry_and_needs_a_new_approval(sign_in, one_entry, sari, budi, centre, draft):
    page = draft(sari, centre)
    first = page.latest_revision
    page.title = "Lain"
    page.save_revision(user=budi, log_action=True)
    sign_in(budi)
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    data = article_data(centre) | {"revision": first.pk, "action-publish": "1"}
    one_entry(revert, data, "newsroom.page.reverted")
    page.refresh_from_db()
    assert (page.live, page.latest_revision.content["title"]) == (False, "Upah naik")
    with pytest.raises(editing.OwnWork):
        editing.approve_page(actor=actor_of(sari), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)


def test_copying_writes_one_entry_and_makes_a_draft(sign_in, one_entry, sari, centre, live, index):
    page = live(sari, centre)
    sign_in(sari)
    data = {
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": index.pk,
        "publish_copies": "on",
        "alias": "on",
    }
    one_entry(reverse("wagtailadmin_pages:copy", args=[page.pk]), data, "newsroom.page.copied")
    made = Article.objects.get(slug="salinan")
    assert (made.live, made.alias_of_id) == (False, None)


def test_moving_writes_one_entry(sign_in, one_entry, sari, centre, home):
    first, second = (home.add_child(instance=StaticPage(title=t, slug=t, unit=centre, live=False)) for t in ("satu", "dua"))
    sign_in(sari)
    url = reverse("wagtailadmin_pages:move_confirm", args=[first.pk, second.pk])
    entry = one_entry(url, {}, "newsroom.page.moved")
    assert values_of(entry)["after.parent"] == "dua"
    assert Page.objects.get(pk=first.pk).get_parent().pk == second.pk


def test_a_draft_is_deleted_with_one_entry_and_what_was_shown_is_not(sign_in, one_entry, sari, centre, draft, live):
    page, shown = draft(sari, centre), live(sari, centre)
    client = sign_in(sari)
    entry = one_entry(reverse("wagtailadmin_pages:delete", args=[page.pk]), {}, "newsroom.page.deleted")
    assert entry.subject_ref == f"newsroom.article:{page.pk}"
    shown.unpublish()
    url = reverse("wagtailadmin_pages:delete", args=[shown.pk])
    for method in (client.get, client.post):
        response, entries = new_entries(lambda method=method: method(url))
        assert (response.status_code, entries) == (422, [])
        assert "pernah tayang" in response.content.decode()
    assert Article.objects.filter(pk=shown.pk).exists()


def test_an_entry_that_fails_takes_the_change_with_it(sign_in, sari, centre, draft, monkeypatch):
    from serikat.newsroom.cms import trail  # reason: it is broken on purpose here

    page = draft(sari, centre)
    client = sign_in(sari)
    monkeypatch.setattr(trail, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post(edit_url(page), article_data(centre, "Tidak jadi"))
    page.refresh_from_db()
    assert page.get_latest_revision().content["title"] == "Upah naik"
    assert not PageLogEntry.objects.filter(action="wagtail.edit", page=page).exists()


def test_what_code_does_is_never_silent(sari, centre, live):
    page = live(sari, centre)
    _result, entries = new_entries(page.unpublish)
    assert [(e.action, e.actor_ref) for e in entries] == [("newsroom.page.withdrawn", "system")]


def png(name="foto.png"):
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def test_pictures_and_documents_write_one_entry_each_time(sign_in, one_entry, sari, centre, home):
    sign_in(sari)
    one_entry(reverse("wagtailimages:add_multiple"), {"title": "Foto", "files[]": png()}, "newsroom.picture.added", 200)
    picture = Picture.objects.get()
    assert picture.unit_id == centre.pk
    data = {f"image-{picture.pk}-title": "Foto lain", f"image-{picture.pk}-unit": centre.pk, f"image-{picture.pk}-tags": ""}
    url = reverse("wagtailimages:edit_multiple", args=[picture.pk])
    entry = one_entry(url, data, "newsroom.picture.changed", 200)
    assert values_of(entry)["after.title"] == "Foto lain"
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    one_entry(edit, {"title": "Pawai", "unit": centre.pk, "tags": "", "credit": "Dok."}, "newsroom.picture.changed")
    form = {
        "image-chooser-upload-title": "Dua",
        "image-chooser-upload-file": png("dua.png"),
        "image-chooser-upload-tags": "",
    }
    one_entry(reverse("wagtailimages_chooser:create"), form, "newsroom.picture.added", 200)
    one_entry(reverse("wagtailimages:delete", args=[picture.pk]), {}, "newsroom.picture.deleted")

    text = SimpleUploadedFile("panduan.txt", b"Panduan", "text/plain")
    one_entry(reverse("wagtaildocs:add_multiple"), {"title": "Panduan", "files[]": text}, "newsroom.document.added", 200)
    document = NewsDocument.objects.get()
    one_entry(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {"title": "Panduan aksi", "unit": centre.pk, "tags": ""},
        "newsroom.document.changed",
    )
    one_entry(reverse("wagtaildocs:delete_multiple", args=[document.pk]), {}, "newsroom.document.deleted", 200)


def test_a_picture_in_use_is_not_deleted(sign_in, sari, centre, draft):
    client = sign_in(sari)
    client.post(reverse("wagtailimages:add_multiple"), {"title": "Foto", "files[]": png()})
    picture = Picture.objects.get()
    page = draft(sari, centre)
    with approved_batch(batch="uji"):
        page.cover = picture
        page.save()
    for name in ("wagtailimages:delete", "wagtailimages:delete_multiple"):
        assert client.post(reverse(name, args=[picture.pk])).status_code == 422
    assert Picture.objects.filter(pk=picture.pk).exists()


def photo_with_a_place():
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "KameraRahasia"
    Image.new("RGB", (60, 40), "red").save(data, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", data.getvalue(), "image/jpeg")


def test_a_picture_loses_what_its_device_wrote_and_a_hostile_file_is_refused_in_words(sign_in, sari, centre, home):
    client = sign_in(sari)
    add = reverse("wagtailimages:add_multiple")
    assert b"KameraRahasia" in photo_with_a_place().read()
    client.post(add, {"title": "Foto", "files[]": photo_with_a_place()})
    with Picture.objects.get().file.open() as kept:
        assert b"KameraRahasia" not in kept.read()
    hostile = [
        SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png"),
        SimpleUploadedFile("x.png", b"", "image/png"),
        SimpleUploadedFile("x.jpg", photo_with_a_place().read()[:300], "image/jpeg"),
        SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    ]
    for upload in hostile:
        response, entries = new_entries(lambda upload=upload: client.post(add, {"title": "X", "files[]": upload}))
        assert (response.json()["success"], entries) == (False, [])
    documents = reverse("wagtaildocs:add_multiple")
    for name, content in (
        ("x.pdf", b"%PDF-1.4 /JavaScript (x)"),
        ("x.txt", b"<html><script>x</script>"),
        ("x.pdf", b"MZ\x00"),
    ):
        upload = SimpleUploadedFile(name, content)
        response, entries = new_entries(lambda upload=upload: client.post(documents, {"title": "X", "files[]": upload}))
        assert (response.json()["success"], entries) == (False, []), name
    assert (Picture.objects.count(), NewsDocument.objects.count()) == (1, 0)


def test_a_number_that_no_row_has_is_refused_beside_its_field(sign_in, client, wati, west, index):
    sign_in(wati)
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", index.pk])
    for field in ("also_in", "rubric", "unit", "cover", "byline_links-0-byline"):
        data = article_data(west)
        data |= {"byline_links-TOTAL_FORMS": "1", "byline_links-0-ORDER": "1"} if field.startswith("byline") else {}
        for number in ("9" * 30, "-1", "²", "abc"):
            answer = client.post(add, {**data, field: number})
            assert (field, number, answer.status_code, Article.objects.count()) == (field, number, 200, 0)


@pytest.mark.parametrize("number", ["9" * 30, "-1", "²", "abc", "987654"])
def test_a_picture_that_is_not_there_leaves_its_part_of_the_draft_open(sign_in, client, wati, west, index, number):
    sign_in(wati)
    picture = {"picture": number, "alt": "Kerumunan", "caption": "", "credit": ""}
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", index.pk])
    answer = client.post(add, article_data(west, body=streamfield([("picture", picture)])))
    (part,) = Article.objects.get().body
    assert (answer.status_code, part.value["picture"], part.value["alt"]) == (302, None, "Kerumunan")
