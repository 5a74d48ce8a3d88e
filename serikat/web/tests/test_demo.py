"""The demo loads whole, reads as live, and can be loaded only into an empty house."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from serikat.kernel.access import Role, actor_of, console
from serikat.kernel.errors import Refused
from serikat.newsroom.models import Article
from serikat.units.models import Unit
from serikat.web.demo import organisation, reading
from serikat.web.services.demo import clear_demo_pages, demo_accounts, load_demo


def test_every_demo_article_can_be_read_and_names_what_exists():
    found = reading.articles()
    assert len(found) == 20
    units = {"pusat"} | {row[0] for row in organisation.UNITS}
    rubrics = {slug for slug, _name in organisation.RUBRICS}
    for article in found:
        assert article.unit in units, article.name
        assert article.rubric in rubrics, article.name
        assert article.body, article.name
        assert article.alt or not article.cover, article.name


@pytest.mark.slow
@pytest.mark.django_db
def test_load_demo_fills_an_empty_house_once(client):
    load_demo(actor=console("peragaan"))
    assert Article.objects.live().count() == 20
    assert Unit.objects.count() == 7
    chair = actor_of(get_user_model().objects.get(username="ketua"))
    assert [g.role for g in (*chair.grants, *chair.asleep)] == [Role.CHAIR]
    assert "redaktur" in demo_accounts()
    with pytest.raises(Refused):
        load_demo(actor=console("peragaan"))
    assert client.get("/").status_code == 200
    assert client.get("/berita/gerbang-muara-ditutup/").status_code == 200

    assert clear_demo_pages() == 20
    assert Article.objects.count() == 0
