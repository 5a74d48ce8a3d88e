"""A small organisation: a centre, two branches, a village below one of them; decrees and people to hold roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import Role, actor_of, console

CONSOLE = console("uji")


@pytest.fixture
def no_second_factor(settings):
    """Guarded roles are awake without a second factor, as in the demo."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def make_user(db):
    def make(name: str):
        return get_user_model().objects.create(username=name.lower(), name=name)

    return make


@pytest.fixture
def centre(db):
    from serikat.units.services import found_root_unit  # reason: read before Django is set up

    return found_root_unit(actor=CONSOLE, name="Serikat Contoh", code="pusat")


@pytest.fixture
def west(centre):
    from serikat.units.services import found_unit  # reason: read before Django is set up

    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Barat", kind="branch")


@pytest.fixture
def east(centre):
    from serikat.units.services import found_unit  # reason: read before Django is set up

    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Timur", kind="branch")


@pytest.fixture
def village(west):
    from serikat.units.services import found_unit  # reason: read before Django is set up

    return found_unit(actor=CONSOLE, parent=west, name="Desa Sukamaju", kind="village")


@pytest.fixture
def decree(centre):
    from serikat.units.services import draft_decree, sign_decree  # reason: read before Django is set up

    draft = draft_decree(actor=CONSOLE, unit=centre, number="1/2026", about="Pengurus", decided_on=date(2026, 1, 5))
    return sign_decree(actor=CONSOLE, decree=draft)


@pytest.fixture
def term():
    today = timezone.localdate()
    return {"starts_on": today, "ends_on": today + timedelta(days=365)}


@pytest.fixture
def give(decree, term, make_user):
    """Give a new user a role in a unit and answer (actor, mandate)."""
    from serikat.units.services import appoint_user  # reason: read before Django is set up

    def do(name: str, role: Role, unit, **changes):
        user = make_user(name)
        mandate = appoint_user(actor=CONSOLE, unit=unit, user=user, role=role, decree=decree, **{**term, **changes})
        return actor_of(user), mandate

    return do


@pytest.fixture
def connection_queries():
    """Count the queries of a call."""
    from django.db import connection  # reason: read before Django is set up
    from django.test.utils import CaptureQueriesContext  # reason: read before Django is set up

    def count(call) -> int:
        with CaptureQueriesContext(connection) as caught:
            call()
        return len(caught)

    return count
