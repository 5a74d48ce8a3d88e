"""The demo loads whole, reads as live, and can be loaded only into an empty house."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from serikat.kernel.access import Role, actor_of, console
from serikat.kernel.errors import Refused
from serikat.newsroom.models import Article, EditorialRequest, Redress, StaticPage
from serikat.people.models import Body, DataRequest, Person
from serikat.people.services.merging import propose_merge
from serikat.people.services.persons import add_person
from serikat.units.models import Unit
from serikat.web.demo import organisation, reading
from serikat.web.services.backup import clear_demo
from serikat.web.services.demo import demo_accounts, load_demo


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


@pytest.mark.slow
@pytest.mark.django_db
def test_clear_demo_takes_pages_and_people_and_leaves_what_is_real():
    load_demo(actor=console("peragaan"))
    assert (Person.objects.count(), Body.objects.count(), DataRequest.objects.count()) == (8, 4, 1)
    assert sorted(Person.objects.filter(threat_level="high").values_list("shown_as", flat=True)) == ["Kenanga", "Melati"]
    real = add_person(actor=console("uji"), unit=Unit.objects.get(parent=None), names={"legal": "Orang sungguhan"})
    propose = {"kept": Person.objects.order_by("pk").first(), "merged": real}
    propose_merge(actor=console("uji"), reason="sama", **propose)

    assert clear_demo(actor=console()) == {
        "serikat.web.receivers.pages": 20,
        "serikat.web.receivers.people": 12,
        "serikat.web.receivers.posts": 3,
        "serikat.web.receivers.requests": 2,
    }
    assert (EditorialRequest.objects.count(), Redress.objects.count()) == (0, 0)
    assert (Article.objects.count(), StaticPage.objects.count(), Body.objects.count()) == (0, 0, 0)
    assert list(Person.objects.values_list("pk", flat=True)) == [real.pk]
    assert get_user_model().objects.count() == len(organisation.USERS)
