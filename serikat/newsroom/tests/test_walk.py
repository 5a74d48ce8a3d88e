"""The walk: page type × draft, scheduled, live, private × role × verb, through the editor's own addresses.

"private" is a page with a view restriction that somebody put there by code: for editors it changes nothing.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.search.index import insert_or_update_object

from serikat.kernel.access import Role, actor_of
from serikat.newsroom.models import Article, NewsDocument, Picture, StaticPage
from serikat.newsroom.services import editing
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.tests.builders import HARMLESS
from serikat.newsroom.tests.test_trail import article_data, new_entries, png

pytestmark = pytest.mark.django_db
STATES = ["draft", "scheduled", "live", "private"]
VERBS = ["see", "search", "edit", "publish", "delete", "preview", "history", "choose"]

ALL = set(VERBS)
SHOWN = {"choose"}  # what is live may be linked by every editor
# role in a unit → state → verbs, on pages of the western branch
EXPECTED = {
    "editor, centre": dict.fromkeys(STATES, ALL),
    "editor, west": dict.fromkeys(STATES, ALL),
    "editor, east": {"draft": set(), "scheduled": set(), "live": SHOWN, "private": SHOWN},
    "superuser": {s: set() for s in STATES},
    "administrator, centre": {s: set() for s in STATES},
    "chair, centre": {s: set() for s in STATES},
    "contributor, west": {s: set() for s in STATES},
    "editor whose mandate is over": {s: set() for s in STATES},
}


@pytest.fixture
def people(user, give, centre, west, east):
    today = timezone.localdate()
    found = {name: user(f"orang{i}") for i, name in enumerate(EXPECTED)}
    give(found["editor, centre"], centre)
    give(found["editor, west"], west)
    give(found["editor, east"], east)
    give(found["administrator, centre"], centre, Role.ADMINISTRATOR)
    give(found["chair, centre"], centre, Role.CHAIR)
    give(found["contributor, west"], west, Role.CONTRIBUTOR)
    give(
        found["editor whose mandate is over"], west, starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=1)
    )
    found["superuser"].is_superuser = found["superuser"].is_staff = True
    found["superuser"].save()
    return found


@pytest.fixture
def make(index, home, west, sari, budi):
    """Make a page of the west in a state."""

    def make(kind, state, number):
        parent = index if kind is Article else home
        page = kind(title=f"Penanda {kind.__name__} {state}", slug=f"p{number}", unit=west, live=False, owner=sari)
        parent.add_child(instance=page)
        if state == "scheduled":
            page.go_live_at = timezone.now() + timedelta(hours=3)
        revision = page.save_revision(user=sari)
        page.refresh_from_db()
        if state == "scheduled":
            editing.approve_and_release(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
        if state in ("live", "private"):
            with approved_batch(batch="uji"):
                revision.publish()
        if state == "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        page.refresh_from_db()
        return page

    return make


def allowed(client, page, verb):
    """Whether a verb is allowed, as its address answers."""
    pk = page.pk
    if verb == "see":
        response = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
        return response.status_code == 200 and f"/pages/{pk}/edit/" in response.content.decode()
    if verb == "search":
        response = client.get(reverse("wagtailadmin_pages:search"), {"q": "Penanda"})
        return response.status_code == 200 and f"/pages/{pk}/edit/" in response.content.decode()
    if verb == "choose":
        response = client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": pk})
        listed = client.get(reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]))
        assert (response.status_code == 200) == (listed.status_code == 200 and page.draft_title in listed.content.decode())
        return response.status_code == 200
    names = {
        "edit": ("wagtailadmin_pages:edit", [pk]),
        "publish": ("newsroom_desk:review", [pk]),
        "delete": ("wagtailadmin_pages:delete", [pk]),
        "preview": ("wagtailadmin_pages:view_draft", [pk]),
        "history": ("wagtailadmin_pages:history", [pk]),
    }
    name, args = names[verb]
    status = client.get(reverse(name, args=args)).status_code
    assert status in (200, 302, 404, 422)  # 422: in reach, but it was shown once and is not deleted
    return status != 404


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Article, StaticPage])
def test_the_walk(client, people, make, kind):
    pages = {state: make(kind, state, i) for i, state in enumerate(STATES)}
    for page in pages.values():
        insert_or_update_object(page)  # a job does it outside tests
    for name, someone in people.items():
        client.force_login(someone)
        for state, page in pages.items():
            found = {verb for verb in VERBS if allowed(client, page, verb)}
            assert found == EXPECTED[name][state], (name, state)


@pytest.mark.slow
def test_containers_are_walked_by_every_editor_and_changed_by_those_who_reach_them(client, people, index, home):
    for name in ("editor, centre", "editor, east"):
        client.force_login(people[name])
        assert client.get(reverse("wagtailadmin_explore", args=[index.pk])).status_code == 200
        expected = 200 if name == "editor, centre" else 404
        for page in (index, home):
            assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == expected
        add = reverse("wagtailadmin_pages:add", args=["newsroom", "staticpage", home.pk])
        assert client.get(add).status_code == expected
        add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", index.pk])
        assert client.get(add).status_code == 200


@pytest.mark.slow
def test_a_page_is_not_made_in_or_changed_to_a_unit_beyond_reach(sign_in, wati, west, east, centre, index, draft):
    client = sign_in(wati)
    page = draft(wati, west)
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", index.pk])
    for url in (add, reverse("wagtailadmin_pages:edit", args=[page.pk])):
        for unit in (east, centre):
            response, entries = new_entries(lambda url=url, unit=unit: client.post(url, article_data(unit)))
            assert (response.status_code, entries) == (200, [])
            assert "Unit ini di luar mandat Anda." in response.content.decode()
    page.refresh_from_db()
    assert (page.unit_id, Article.objects.count()) == (west.pk, 1)


def test_a_post_to_another_units_page_changes_nothing(sign_in, wati, sari, east, draft, index):
    page = draft(sari, east)
    client = sign_in(wati)
    urls = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.latest_revision_id]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("newsroom_desk:review", args=[page.pk]),
        reverse("newsroom_desk:release", args=[page.pk]),
        reverse("newsroom_desk:send_back", args=[page.pk]),
        reverse("newsroom_desk:submit", args=[page.pk]),
    ]
    data = article_data(east) | {"revision": page.latest_revision_id, "new_parent_page": index.pk, "reason": "x"}
    for url in urls:
        response, entries = new_entries(lambda url=url: client.post(url, data))
        assert (response.status_code, entries) == (404, []), url
    assert Article.objects.count() == 1


def test_pictures_and_documents_are_changed_within_reach_and_chosen_by_all(client, people, west, home):
    client.force_login(people["editor, west"])
    client.post(reverse("wagtailimages:add_multiple"), {"title": "Foto", "files[]": png()})
    picture = Picture.objects.get()
    assert picture.unit_id == west.pk
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    expected = {"editor, centre": 200, "editor, west": 200, "editor, east": 404}
    for name, status in expected.items():
        client.force_login(people[name])
        assert client.get(edit).status_code == status, name
        listed = client.get(reverse("wagtailimages:index")).content.decode()
        assert (edit in listed) == (status == 200)
        chooser = client.get(reverse("wagtailimages_chooser:choose"))
        assert f"/cms/images/chooser/chosen/{picture.pk}/" in chooser.json()["html"]
    client.force_login(people["editor, east"])
    for url in (edit, reverse("wagtailimages:delete", args=[picture.pk])):
        response, entries = new_entries(lambda url=url: client.post(url, {"title": "Lain", "unit": "", "tags": ""}))
        assert (response.status_code, entries) == (404, [])
    assert NewsDocument.objects.count() == 0


def test_menus_show_only_what_is_open(sign_in, sari, index):
    page = sign_in(sari).get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    for shut in ("/cms/users/", "/cms/groups/", "/cms/reports/", "/cms/settings", "/cms/collections/", "/cms/account/"):
        assert f'"{shut}' not in page, shut
