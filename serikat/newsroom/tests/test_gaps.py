"""What the desk says is missing, and that a place can be told in the editor."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from serikat.kernel.access import actor_of
from serikat.newsroom.rules.gaps import other_gaps, pictures_without_words
from serikat.newsroom.selectors.gaps import lacking
from serikat.newsroom.services import editing
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import HARMLESS_SENT
from serikat.newsroom.tests.test_trail import article_data


def test_pictures_without_words_names_the_field_of_each():
    body = [
        {"type": "paragraph", "value": "<p>x</p>"},
        {"type": "picture", "value": {"picture": 7, "alt": " "}},
        {"type": "picture", "value": {"picture": 8, "alt": "Gerbang"}},
        {"type": "picture", "value": {"picture": None, "alt": ""}},
    ]
    content = {"cover": 5, "cover_alt": "", "body": json.dumps(body)}
    assert pictures_without_words(content) == [(5, "id_cover_alt"), (7, "body-1-value-alt")]
    assert pictures_without_words({"cover": 5, "cover_alt": "Rapat", "body": ""}) == []


def test_other_gaps_are_source_place_and_subject():
    full = {"desk_notes": "Dua slip gaji.", "place": "32.16", "rubric": 1}
    assert other_gaps(full) == []
    assert other_gaps({**full, "rubric": None, "tagged_items": [{"tag": 1}]}) == []
    assert [gap for gap, _field in other_gaps({})] == ["source", "place", "subject"]


@pytest.mark.django_db
def test_the_desk_leads_into_the_field_that_is_missing(sign_in, sari, budi, wati, centre, draft, live):
    bare = builders.a_picture(description="")
    page = draft(sari, centre, "Naskah kurang")
    page.cover = bare
    page.save_revision(user=sari)
    shown = live(budi, centre, "Tayang kurang")
    (first, second) = lacking(actor_of(sari))
    assert (first.page_id, first.live, [field for _words, field in first.gaps][:2]) == (
        page.pk,
        False,
        ["id_cover_alt", "id_desk_notes"],
    )
    assert (second.page_id, second.live) == (shown.pk, True)
    text = sign_in(sari).get("/meja/redaksi/").content.decode()
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}#id_cover_alt"' in text
    bare.description = "Gerbang"
    bare.save()
    assert lacking(actor_of(sari))[0].gaps[0][1] == "id_desk_notes"
    assert lacking(actor_of(wati)) == []  # of another branch


@pytest.mark.django_db
def test_the_desk_asks_the_same_with_more_that_is_missing(sari, centre, draft, live, budi, django_assert_num_queries):
    def fill(number):
        page = draft(sari, centre, f"Konsep {number}")
        page.cover = builders.a_picture(description="")
        page.save_revision(user=sari)
        live(budi, centre, f"Tayang {number}")

    fill(1)
    actor = actor_of(sari)
    with django_assert_num_queries(6):
        assert len(lacking(actor)) == 2
    fill(2)
    fill(3)
    with django_assert_num_queries(6):
        assert len(lacking(actor)) == 6


@pytest.mark.django_db
def test_an_editor_tells_the_place_by_its_name(sign_in, sari, centre, draft):
    place = builders.a_place()
    page = draft(sari, centre)
    client, edit = sign_in(sari), reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, {**article_data(centre), "place-text": place.full, "place": place.pk})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().place_id == "32.16"
    assert 'id="id_place"' in client.get(edit).content.decode()
    answer = client.post(edit, {**article_data(centre), "place-text": "Atlantis", "place": ""})
    assert "Tidak ada tempat dengan nama itu." in answer.content.decode()


@pytest.mark.django_db
def test_who_approves_is_told_what_is_missing_and_led_to_the_site_once_it_is_live(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre, "Naskah kosong")
    page.body = []
    page.save_revision(user=sari)
    editing.submit_page(actor=actor_of(sari), page=page)
    client, address = sign_in(budi), reverse("newsroom_desk:review", args=[page.pk])
    looked = client.get(address)
    assert looked.context["gaps"][0] == ("Isi", "")
    assert [field for _words, field in looked.context["gaps"][1:]] == ["id_desk_notes", "id_place", "id_rubric"]
    assert "Yang masih kurang" in looked.content.decode()
    page.refresh_from_db()
    client.post(address, {"revision": page.latest_revision_id, "publish": "1", **HARMLESS_SENT})
    page.refresh_from_db()
    shown = client.get(address).content.decode()
    assert f'href="/berita/{page.slug}/"' in shown
    assert "Yang masih kurang" not in shown
