"""The editor's own pages: the first page, review, the rule, rubrics and bylines."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from modelsearch.index import insert_or_update_object
from wagtail.rich_text import RichText

from serikat.audit.models import Entry
from serikat.kernel.access import Role, actor_of
from serikat.newsroom.models import Byline, Picture, Rubric
from serikat.newsroom.services import editing
from serikat.newsroom.tests.builders import HARMLESS_SENT, image_file

pytestmark = pytest.mark.django_db
DESK = "/meja/redaksi/"


def test_the_first_page_shows_what_waits_for_this_editor(sign_in, sari, budi, wati, centre, west, draft, live):
    mine = draft(sari, centre, "Konsep milik Sari")
    theirs = draft(budi, centre, "Kiriman Budi")
    editing.submit_page(actor=actor_of(budi), page=theirs, note_to_reader="Mohon cek angka")
    live(budi, west, "Tayang tadi")
    client = sign_in(sari)
    text = client.get(DESK).content.decode()
    for words in ("Konsep milik Sari", "Kiriman Budi", "Mohon cek angka", "Tayang tadi"):
        assert words in text
    client.force_login(wati)
    text = client.get(DESK).content.decode()
    assert ("Kiriman Budi" in text, "Tayang tadi" in text) == (False, True)
    assert mine.pk


@pytest.mark.slow
def test_the_first_page_asks_the_same_number_of_queries_with_more_pages(
    sign_in, sari, budi, centre, draft, live, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(sari)

    def fill(number):
        page = draft(budi, centre, f"Kiriman {number}")
        editing.submit_page(actor=actor_of(budi), page=page)
        draft(sari, centre, f"Konsep {number}")
        live(budi, centre, f"Tayang {number}")

    fill(1)
    client.get(DESK)
    with django_assert_max_num_queries(40) as asked:
        client.get(DESK)
    fill(2)
    fill(3)
    with django_assert_num_queries(len(asked)):
        client.get(DESK)


def test_the_desk_lets_in_editors_alone(client, user, give, centre):
    root = user("Akar")
    root.is_superuser = True
    root.save()
    someone = user("Ketua")
    give(someone, centre, Role.CHAIR)
    for who in (root, someone):
        client.force_login(who)
        assert client.get(DESK).status_code == 404
        assert client.get(reverse("newsroom_desk:rubrics")).status_code == 404


def test_the_rule_is_lifted_with_a_reason_and_shows_on_the_desk(client, user, give, sari, centre):
    admin = user("Admin")
    give(admin, centre, Role.ADMINISTRATOR)
    client.force_login(admin)
    url = reverse("newsroom_desk:editing_rule")
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Redaksi satu orang"}).status_code == 302
    assert Entry.objects.filter(action="newsroom.editing_rule.changed").count() == 1
    client.force_login(sari)
    assert "Aturan orang kedua dicabut" in client.get(DESK).content.decode()
    assert client.get(url).status_code == 404


def test_an_administrator_of_a_branch_does_not_change_the_rule(client, user, give, west):
    admin = user("Admin")
    give(admin, west, Role.ADMINISTRATOR)
    client.force_login(admin)
    response = client.post(reverse("newsroom_desk:editing_rule"), {"reason": "mau saja"})
    assert (response.status_code, editing.approval_required()) == (404, True)


@pytest.mark.parametrize(
    ("kind", "one", "good"),
    [
        (Rubric, "rubric", {"name": "Upah", "slug": "upah", "about": "", "position": "1"}),
        (Byline, "byline", {"name": "Suara Pabrik", "slug": "suara-pabrik", "about": ""}),
    ],
)
def test_rubrics_and_bylines_are_added_and_changed_with_an_entry(sign_in, sari, centre, kind, one, good):
    client = sign_in(sari)
    add = reverse(f"newsroom_desk:add_{one}")
    assert client.get(add).status_code == 200
    assert client.post(add, good).status_code == 302
    assert client.post(add, good).status_code == 422  # twice
    for bad in ({"name": ""}, {"slug": "tidak sah!"}, {"name": "x" * 500}, {"slug": ""}):
        response = client.post(add, good | {"slug": "lain"} | bad)
        assert response.status_code == 422, bad
    row = kind.objects.get()
    change = reverse(f"newsroom_desk:change_{one}", args=[row.pk])
    assert client.post(change, good | {"name": "Nama baru"}).status_code == 302
    row.refresh_from_db()
    assert row.name == "Nama baru"
    assert client.get(reverse(f"newsroom_desk:{one}s")).status_code == 200
    assert client.get(reverse(f"newsroom_desk:change_{one}", args=[999])).status_code == 404
    names = list(Entry.objects.filter(action__startswith=f"newsroom.{one}.").order_by("at").values_list("action", flat=True))
    assert names == [f"newsroom.{one}.added", f"newsroom.{one}.changed"]


def test_review_shows_who_wrote_it_and_answers_with_a_sentence(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre)
    editing.submit_page(actor=actor_of(sari), page=page)
    url = reverse("newsroom_desk:review", args=[page.pk])
    client = sign_in(sari)
    text = client.get(url).content.decode()
    assert ("Anda ikut menulis versi ini" in text, "Setujui dan tayangkan" in text) == (True, False)
    client.force_login(budi)
    assert "Setujui dan tayangkan" in client.get(url).content.decode()
    back = reverse("newsroom_desk:send_back", args=[page.pk])
    assert client.post(back, {"revision": page.latest_revision_id, "reason": ""}).status_code == 422
    assert client.post(url, {"revision": "x"}).status_code == 404
    assert client.post(url, {"revision": 999, **HARMLESS_SENT}).status_code == 409
    assert client.post(url, {"revision": page.latest_revision_id, "publish": "1", **HARMLESS_SENT}).status_code == 302
    page.refresh_from_db()
    assert page.live
    assert client.get(reverse("newsroom_desk:release", args=[page.pk])).status_code == 405


def test_the_editor_has_a_wider_policy_and_other_pages_have_not(sign_in, sari, index):
    client = sign_in(sari)
    inside = client.get(reverse("wagtailadmin_explore", args=[index.pk])).headers["Content-Security-Policy"]
    outside = client.get(DESK).headers["Content-Security-Policy"]
    assert "'unsafe-inline'" in inside
    assert "unsafe" not in outside
    assert "unsafe" not in client.get("/cms/users/").headers["Content-Security-Policy"]


def test_a_draft_is_previewed_as_readers_would_see_it(sign_in, sari, wati, centre, east, draft, home):
    page = draft(sari, centre, "Belum tayang")
    client = sign_in(sari)
    for name, args in (
        ("wagtailadmin_pages:view_draft", [page.pk]),
        ("wagtailadmin_pages:revisions_view", [page.pk, page.latest_revision_id]),
    ):
        response = client.get(reverse(name, args=args))
        assert response.status_code == 200
        assert "<h1>Belum tayang</h1>" in response.content.decode()
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[home.pk])).status_code == 200
    client.force_login(wati)
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 404


def test_a_body_with_holes_is_not_sent_for_approval_nor_approved(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre, "Berlubang")
    page.body = [("paragraph", RichText("<p>Isi</p>")), ("heading", {"text": "", "level": "2"})]
    page.save_revision(user=sari)
    client = sign_in(sari)
    answer = client.post(reverse("newsroom_desk:submit", args=[page.pk]), {"note": "tolong"})
    assert answer.status_code == 422
    assert "Judul bagian" in answer.content.decode()
    assert "tolong" in answer.content.decode()
    page.refresh_from_db()
    client.force_login(budi)
    review = reverse("newsroom_desk:review", args=[page.pk])
    assert client.post(review, {"revision": page.latest_revision_id, "publish": "1"}).status_code == 422
    page.refresh_from_db()
    assert not page.live


def test_the_first_page_of_the_desk_shows_what_was_sent_back_and_what_waits(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre, "Upah telat")
    editing.submit_page(actor=actor_of(sari), page=page)
    assert "Menunggu persetujuan Anda" in sign_in(budi).get("/meja/").content.decode()
    editing.send_back_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, reason="Judulnya kabur")
    text = sign_in(sari).get("/meja/").content.decode()
    assert "Dikembalikan kepada Anda" in text
    assert "Judulnya kabur" in text


def test_an_editor_of_one_branch_searches_pictures_and_documents(sign_in, wati, sari, centre, west, home):
    for title, unit in (("Gerbang barat", west), ("Gerbang pusat", centre)):
        insert_or_update_object(Picture.objects.create(title=title, unit=unit, file=image_file()))  # else a job does it
    for someone, found in ((wati, (True, False)), (sari, (True, True))):
        text = sign_in(someone).get(reverse("wagtailimages:index"), {"q": "gerbang"}).content.decode()
        assert ("Gerbang barat" in text, "Gerbang pusat" in text) == found
        assert sign_in(someone).get(reverse("wagtaildocs:index"), {"q": "gerbang"}).status_code == 200


def test_the_editors_own_first_page_is_the_desk(sign_in, sari, home):
    assert sign_in(sari).get("/cms/").headers["Location"] == DESK


def test_the_editor_gives_days_and_hours_their_plain_field_and_compares_them_in_words(sign_in, sari, centre, draft):
    page = draft(sari, centre, "Dengan jadwal")
    client = sign_in(sari)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for name in ("go_live_at", "expire_at", "corrections-__prefix__-at"):
        assert re.search(rf'<input type="datetime-local" name="{name}"', form), name
    page.go_live_at = datetime(2031, 5, 1, 2, tzinfo=UTC)
    page.save_revision(user=sari)
    compared = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]))
    assert "Kamis, 1 Mei 2031, 09.00 WIB" in compared.content.decode()
    assert "None" not in compared.content.decode().split("<tbody>")[1]


@pytest.mark.slow
def test_the_editor_reads_what_an_import_did_not_understand(sign_in, sari, centre, draft):
    page = draft(sari, centre, "Dari arsip")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = sign_in(sari)
    assert "Catatan pemindahan" not in client.get(address).content.decode()
    page.import_notes = "Gambar yang tidak ada: <b>/a.png</b>\n\nFormulir"
    page.save_revision(user=sari)
    shown = client.get(address).content.decode()
    assert "Catatan pemindahan" in shown
    assert "<p>Gambar yang tidak ada: &lt;b&gt;/a.png&lt;/b&gt;</p><p>Formulir</p>" in shown
    assert 'name="import_notes"' not in shown


def test_a_body_that_differs_by_the_editors_keys_alone_is_not_shown_as_changed(sign_in, sari, centre, draft):
    page = draft(sari, centre)
    part = {"id": "8d0ef0c6-6a3e-4a44-8cf7-1f7f5b2f9c11", "type": "paragraph"}
    for html in ("<p>Isi yang sama.</p>", '<p data-block-key="ab1cd">Isi yang sama.</p>', "<p>Isi yang lain.</p>"):
        page.body = json.dumps([{**part, "value": html}])
        page.save_revision(user=sari)
    same, keyed, other = page.revisions.order_by("-pk")[:3][::-1]
    compare = lambda a, b: reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, a.pk, b.pk])  # noqa: E731
    client = sign_in(sari)
    assert "Isi yang sama." not in client.get(compare(same, keyed)).content.decode()
    assert "Isi yang" in client.get(compare(keyed, other)).content.decode()
