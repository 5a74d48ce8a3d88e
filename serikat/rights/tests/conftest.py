"""A centre with an advocate and an administrator at its top, a branch's advocate, and a handful of regions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import Role, actor_of, console
from serikat.places.models import Level, Region
from serikat.places.rules import folded, search_line
from serikat.units.models import Decree, Mandate
from serikat.units.services import found_root_unit, found_unit

CONSOLE = console("uji")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def region(code, name, parent=None):
    level = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT}[len(code)]
    words = {"level": level, "name": name, "folded": folded(name), "line": search_line(name), "parent": parent}
    return Region.objects.get_or_create(code=code, defaults=words)[0]


@pytest.fixture
def regions(db):
    """West Java with two regencies of one name, and two provinces more."""
    java = region("32", "Jawa Barat")
    bekasi = region("32.16", "Kabupaten Bekasi", java)
    region("32.75", "Kota Bekasi", java)
    region("32.10", "Kabupaten Majalengka", java)
    region("31", "DKI Jakarta")
    region("75", "Gorontalo")
    region("32.16.08", "Cikarang Utara", bekasi)
    return {one.code: one for one in Region.objects.all()}


@pytest.fixture
def centre(db):
    return found_root_unit(actor=CONSOLE, name="Pusat", code="pusat")


@pytest.fixture
def holder(centre):
    """Somebody with a role, at the top or in a branch."""

    def holder(name, role, unit=None):
        user = get_user_model().objects.get_or_create(username=name.lower(), defaults={"name": name})[0]
        today = timezone.localdate()
        unit = unit or centre
        decree = Decree.objects.get_or_create(unit=unit, number="1", defaults={"about": "Hukum", "decided_on": today})[0]
        Mandate.objects.create(
            user=user, role=role.value, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=300)
        )
        return user

    return holder


@pytest.fixture
def dewi(holder):
    """An advocate at the top."""
    return holder("Dewi", Role.ADVOCATE)


@pytest.fixture
def lawyer(dewi):
    return actor_of(dewi)


@pytest.fixture
def branch_lawyer(holder, centre):
    branch = found_unit(actor=CONSOLE, parent=centre, name="Cabang Bekasi", kind="branch", code="bekasi")
    return actor_of(holder("Rudi", Role.ADVOCATE, branch))


@pytest.fixture
def at_desk(client, dewi):
    client.force_login(dewi)
    return client
