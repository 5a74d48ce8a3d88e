"""Wagtail's whole table of addresses: what is on the list is open to editors alone, everything else answers 404 to everybody."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse
from wagtail.admin.urls import urlpatterns as wagtail_patterns

from serikat.kernel.access import Role
from serikat.newsroom.cms.addresses import ALLOWED, ASSETS, HOME, allowed_patterns, closed, named

pytestmark = pytest.mark.django_db

SAMPLE = {
    int: 999_999, str: "x",
    "content_type_app_name": "newsroom", "content_type_model_name": "article", "app_label": "newsroom", "model_name": "article",
    "action": "delete", "action_name": "copy", "app_name": "taggit", "filter_spec": "original", "uidb64": "x", "token": "x",
    "object_id": "999999", "pk": "999999",
}  # fmt: skip


def address(name, pattern):
    kwargs = {}
    for key, converter in pattern.pattern.converters.items():
        number = type(converter).__name__ == "IntConverter"
        kwargs[key] = SAMPLE[int] if number else SAMPLE.get(key, SAMPLE[str])
    if name == "wagtailadmin_tag_model_autocomplete":
        kwargs["model_name"] = "tag"
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return reverse(name, args=(999_999, "live", "latest"))


def every_address():
    return [(name, pattern) for name, pattern in named(wagtail_patterns) if pattern.name]


def test_the_list_names_only_addresses_that_wagtail_has():
    assert set(ALLOWED) | ASSETS <= {name for name, _ in every_address()}


def test_every_other_view_is_replaced():
    for name, pattern in named(allowed_patterns(wagtail_patterns)):
        assert (pattern.callback is closed) == (name not in ALLOWED and name not in ASSETS and name != HOME), name


@pytest.mark.slow
def test_closed_addresses_answer_404_to_everybody(client, sari, user, give, centre, index):
    root = user("Akar")
    root.is_superuser = root.is_staff = True
    root.save()
    both = user("Berdua")
    both.is_superuser = True
    both.save()
    give(both, centre)
    shut = [(n, p) for n, p in every_address() if n not in ALLOWED and n not in ASSETS and n != HOME]
    assert len(shut) > 90
    for someone in (None, sari, root, both):
        client.logout()
        if someone:
            client.force_login(someone)
        for name, pattern in shut:
            for method in (client.get, client.post):
                assert method(address(name, pattern)).status_code == 404, (someone, name)
    assert client.get("/cms/tidak-ada/").status_code == 404
    assert client.get("/cms/test404/").status_code == 404


@pytest.mark.slow
def test_open_addresses_let_in_editors_alone(client, user, give, centre, index):
    """A superuser without a mandate, an administrator, a chair and a contributor find nothing at all."""
    root = user("Akar")
    root.is_superuser = root.is_staff = True
    root.save()
    others = [root]
    for role in (Role.ADMINISTRATOR, Role.CHAIR, Role.CONTRIBUTOR, Role.MEMBER):
        someone = user(role.value)
        give(someone, centre, role)
        others.append(someone)
    for someone in others:
        client.force_login(someone)
        for name, pattern in every_address():
            if name in ALLOWED or name in ASSETS:
                assert client.get(address(name, pattern)).status_code == 404, (str(someone), name)
                assert client.post(address(name, pattern)).status_code == 404, (str(someone), name)


@pytest.mark.slow
def test_open_addresses_answer_404_for_what_is_not_there_and_never_fail(client, sari, index):
    client.force_login(sari)
    for name, pattern in every_address():
        if name in ALLOWED:
            for method in (client.get, client.post):
                response = method(address(name, pattern))
                assert response.status_code in (200, 302, 400, 404, 405, 422), (name, response.status_code)


def test_an_expired_a_future_and_a_sleeping_mandate_open_nothing(client, user, give, centre, index, settings):
    from datetime import timedelta  # reason: only this test

    from django.utils import timezone  # reason: only this test

    today = timezone.localdate()
    someone = user("Lama")
    mandate = give(someone, centre, starts_on=today - timedelta(days=9), ends_on=today)
    client.force_login(someone)
    explorer = reverse("wagtailadmin_explore", args=[index.pk])
    assert client.get(explorer).status_code == 200
    mandate.ends_on = today - timedelta(days=1)
    mandate.save()
    assert client.get(explorer).status_code == 404
    give(user("Nanti"), centre, starts_on=today + timedelta(days=1))
    mandate.ends_on = today
    mandate.save()
    settings.SECOND_FACTOR_REQUIRED = True
    asleep = client.get(explorer)
    assert (asleep.status_code, asleep.headers["location"].startswith("/akun/")) == (302, True)  # set up the second factor
