"""The law as it is held, for reading."""

from __future__ import annotations

import re

import pytest

from serikat.law import the_law
from serikat.rights.rules.addresses import address_of_article, anchor_of, spoken_article
from serikat.rights.selectors import rules as reads

pytestmark = pytest.mark.django_db


def test_an_article_is_spoken_and_has_one_place():
    assert spoken_article("PP35/2021:40(4)a") == "PP 35/2021 Pasal 40 ayat (4) huruf a"
    assert spoken_article("MK168/PUU-XXI/2023:151(4)") == "MK 168/PUU-XXI/2023 Pasal 151 ayat (4)"
    assert address_of_article("PP35/2021:40(4)a") == "pasal/pp35-2021/#pp35-2021-40-4-a"
    anchors = [anchor_of(article) for article in the_law().articles]
    assert len(anchors) == len(set(anchors))


def test_every_article_of_the_register_can_be_read_where_its_address_leads(client):
    for act in reads.acts():
        page = client.get(f"/aturan/pasal/{act.slug}/").content.decode()
        assert all(f'id="{rule.anchor}"' in page for rule in act.rules)


def test_every_area_says_its_values_articles_sources_and_review(client):
    for area in reads.areas():
        page = client.get(f"/aturan/{area.slug}/").content.decode()
        assert all(f'id="{one.anchor}"' in page for one in area.parameters)
        assert "Ditinjau" in page


def test_what_is_unverified_stands_first(client):
    mixed = [area for area in reads.areas() if area.unverified and area.verified]
    assert mixed
    for area in mixed:
        page = client.get(f"/aturan/{area.slug}/").content.decode()
        first, last = (page.index(f'id="{one.anchor}"') for one in (area.verified[0], area.unverified[-1]))
        assert last < first


def test_the_whole_law_is_one_page_without_an_id_twice(client):
    page = client.get("/aturan/semua/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [one for one in set(ids) if ids.count(one) > 1] == []
    assert 'id="pp35-2021-40-2"' in page


def test_links_within_the_law_lead_somewhere(client):
    pages = {}
    for area in reads.areas():
        for link in re.findall(r'href="(/aturan/[^"#]*)#([^"]+)"', client.get(f"/aturan/{area.slug}/").content.decode()):
            pages.setdefault(link[0], set()).add(link[1])
    for address, anchors in pages.items():
        page = client.get(address).content.decode()
        assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_unknown_areas_and_acts_are_not_there(client):
    assert [client.get(address).status_code for address in ("/aturan/x/", "/aturan/pasal/x/")] == [404, 404]
