"""A centre with two branches, moderators in them, and adverts in every state."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import ANONYMOUS, Role, actor_of, console
from serikat.places.models import Country, Level, Region
from serikat.units.models import Decree, Mandate, Unit
from serikat.units.services import found_root_unit, found_unit
from serikat.vacancies.models import Advert
from serikat.vacancies.selectors.desk import look_at
from serikat.vacancies.services import checking, sending
from serikat.vacancies.services.shaping import Shape

CONSOLE = console("uji")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def region(code, name, level, parent=None):
    words = {"level": level, "name": name, "folded": name.lower(), "line": f" {name.lower()}", "parent": parent}
    return Region.objects.get_or_create(code=code, defaults=words)[0]


@pytest.fixture
def bekasi(db):
    return region("32.16", "Kabupaten Bekasi", Level.REGENCY, region("32", "Jawa Barat", Level.PROVINCE))


@pytest.fixture
def taiwan(db):
    return Country.objects.get_or_create(code="TW", defaults={"name_id": "Taiwan", "name_en": "Taiwan"})[0]


@pytest.fixture
def centre(db):
    return found_root_unit(actor=CONSOLE, name="Pusat", code="pusat")


@pytest.fixture
def branch(centre, bekasi):
    """The branch of the regency: what is to be had there is checked there."""
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Bekasi", kind="branch", code="bekasi", region=bekasi)


@pytest.fixture
def east(centre):
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Timur", kind="branch")


@pytest.fixture
def user(db):
    def make(name):
        return get_user_model().objects.get_or_create(username=name.lower(), defaults={"name": name})[0]

    return make


@pytest.fixture
def holder(user):
    """Somebody with a role in a unit."""

    def holder(name, unit, role=Role.MODERATOR):
        someone = user(name)
        today = timezone.localdate()
        decree = Decree.objects.get_or_create(unit=unit, number="1", defaults={"about": "Redaksi", "decided_on": today})[0]
        Mandate.objects.create(
            user=someone, role=role.value, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=300)
        )
        return someone

    return holder


@pytest.fixture
def rini(holder, branch):
    """A moderator of the branch."""
    return holder("Rini", branch)


@pytest.fixture
def shape(bekasi):
    """An honest advert, with what a test changes in it."""

    def shape(**more):
        return Shape(
            **{
                "title": "Operator jahit",
                "kind": "fixed",
                "firm": "PT Sandang Muara Karya",
                "work": "Menjahit kaus di lini tiga, tiga giliran.",
                "requirements": "Lulusan SMP, pengalaman tidak diminta.",
                "place": bekasi,
                "wage_low": 5_600_000,
                "wage_per": "month",
                "address": "Jl. Raya Industri 5, Cikarang",
                "phone": "(021) 890 0001",
                "ends_on": timezone.localdate() + timedelta(days=30),
                **more,
            }
        )

    return shape


@pytest.fixture
def send(branch, shape):
    def send(actor=ANONYMOUS, *, contact="", key=None, **more):
        return sending.send_advert_once(actor=actor, key=key or uuid.uuid4(), shape=shape(**more), contact=contact)[0]

    return send


def answers_to(advert):
    return {one.point.value: "Ditelepon Senin, benar" for one in look_at(advert).asked}


@pytest.fixture
def show(rini):
    def show(advert, **changed):
        checking.show_advert(actor=actor_of(rini), advert=advert, answers={**answers_to(advert), **changed})
        return advert

    return show


@pytest.fixture
def live(send, show):
    """A live advert; `over` puts its last day into the past."""

    def live(*, over=False, **more):
        advert = show(send(**more))
        if over:
            Advert.objects.filter(pk=advert.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
            advert.refresh_from_db()
        return advert

    return live


@pytest.fixture
def root():
    return Unit.objects.get(parent=None)
