"""A centre with two branches, writers in them, people who agreed to be told things, and the channels of the stand-in provider."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import Role, actor_of, console
from serikat.messaging.tests.conftest import arrives, centre, keyed, letters, provider, sms, words  # noqa: F401
from serikat.outreach.models import Audience, AudiencePart, PartKind
from serikat.outreach.services import broadcasts
from serikat.people.models import Consent, Person
from serikat.people.services.contacts import put_contact_point
from serikat.places.models import Level, Region
from serikat.units.models import Decree, Mandate
from serikat.units.services import found_unit

CONSOLE = console("uji")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def region(code, name, level, parent=None):
    line = f" {name.lower()}" + (parent.line if parent else "")
    told = {"level": level, "name": name, "folded": name.lower().replace(" ", ""), "line": line, "parent": parent}
    return Region.objects.get_or_create(code=code, defaults=told)[0]


@pytest.fixture
def village(db):
    """Sukamaju in Bekasi; another of its name lies in Gowa, in another zone."""
    west = region("32", "Jawa Barat", Level.PROVINCE)
    bekasi = region("32.16", "Kabupaten Bekasi", Level.REGENCY, west)
    made = region("32.16.08.2003", "Sukamaju", Level.VILLAGE, region("32.16.08", "Cikarang Utara", Level.DISTRICT, bekasi))
    south = region("73", "Sulawesi Selatan", Level.PROVINCE)
    gowa = region("73.06", "Kabupaten Gowa", Level.REGENCY, south)
    region("73.06.01.2001", "Sukamaju", Level.VILLAGE, region("73.06.01", "Bontonompo", Level.DISTRICT, gowa))
    region("32.16.08.2004", "Karangbaru", Level.VILLAGE, region("32.16.08", "Cikarang Utara", Level.DISTRICT, bekasi))
    return made


@pytest.fixture
def branch(centre):  # noqa: F811
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Hilir", kind="branch", code="hilir")


@pytest.fixture
def east(centre):  # noqa: F811
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Timur", kind="branch", code="timur")


@pytest.fixture
def holder(db):
    def make(name, unit, role=Role.SECRETARY, **more):
        user = get_user_model().objects.get_or_create(username=name.lower(), defaults={"name": name, **more})[0]
        today = timezone.localdate()
        decree = Decree.objects.get_or_create(unit=unit, number="1", defaults={"about": "x", "decided_on": today})[0]
        Mandate.objects.create(
            user=user, role=role.value, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=300)
        )
        return user

    return make


@pytest.fixture
def rini(holder, branch):
    return actor_of(holder("Rini", branch))


@pytest.fixture
def budi(holder, branch):
    return actor_of(holder("Budi", branch, Role.CHAIR))


@pytest.fixture
def person(branch):
    """Somebody of the branch with a number who agreed to be told things."""

    def make(number="", *, unit=None, mail="", consent=True, **more):
        made = Person.objects.create(unit=unit or branch, shown_as="Orang", **more)
        if number:
            put_contact_point(owner=made, kind="phone", value=number)
        if mail:
            put_contact_point(owner=made, kind="email", value=mail)
        if consent:
            Consent.objects.create(
                person=made, purpose="contact", given_on=timezone.localdate(), how="paper", noted_at=timezone.now()
            )
        return made

    return make


@pytest.fixture
def audience(branch):
    def make(*parts, unit=None):
        made = Audience.objects.create(unit=unit or branch, name="Khalayak")
        for part in parts or [{"kind": PartKind.MEMBERS, "unit": branch}]:
            AudiencePart.objects.create(audience=made, **part)
        return made

    return make


@pytest.fixture
def write(branch, rini, keyed):  # noqa: F811
    """A draft by Rini to an audience, on one channel unless told otherwise."""

    def make(*audiences, channels=None, text="Rapat akbar Minggu pukul 9.", **more):
        made = broadcasts.begin_broadcast(actor=rini, unit=branch, title="Rapat", audiences=audiences, **more)
        for channel in channels or [keyed]:
            broadcasts.keep_variant(actor=rini, broadcast=made, channel=channel, text=text, subject="Rapat")
        return made

    return make


@pytest.fixture
def approve(rini, budi):
    def yes(broadcast):
        broadcasts.submit_broadcast(actor=rini, broadcast=broadcast)
        broadcasts.approve_broadcast(actor=budi, broadcast=broadcast, digest=broadcasts.digest_of(broadcast=broadcast))
        return broadcast

    return yes
