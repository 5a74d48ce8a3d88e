"""Channels of the stand-in provider, the house's own key words; branches, operators in them, and reports by every way."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.utils import timezone

from serikat.helpdesk import inbox
from serikat.helpdesk.services.reports import Told, receive_report
from serikat.kernel.access import ANONYMOUS, Role, actor_of, console
from serikat.messaging.services.routing import route_arrived
from serikat.messaging.tests.conftest import arrives, centre, keyed, provider, sms, words  # noqa: F401
from serikat.people.tests.factories import make_actor
from serikat.places.models import Country, Level, Region
from serikat.units.models import Decree, Mandate
from serikat.units.services import found_unit

CONSOLE = console("uji")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def filing(words):  # noqa: F811
    """The key words of this part alone."""
    inbox.register()
    return words


@pytest.fixture
def hears(arrives, filing):  # noqa: F811
    """Something comes and is routed; gives its conversation."""
    from serikat.helpdesk.models import Conversation  # reason: beside its use

    def hear(channel, text, sender="0812 3456 789", provider_id=""):
        made = arrives(channel, text, sender, provider_id)
        route_arrived()
        return Conversation.objects.filter(channel=channel, address=made[0].address).first() if made else None

    return hear


@pytest.fixture
def operator(centre):  # noqa: F811
    return make_actor(Role.OPERATOR, unit=centre)


@pytest.fixture
def at_desk(client, operator):
    """The browser of that operator."""
    client.force_login(get_user_model().objects.get(pk=operator.user_id))
    return client


@pytest.fixture
def paralegal(centre):  # noqa: F811
    return make_actor(Role.PARALEGAL, unit=centre)


@pytest.fixture
def advocate(centre):  # noqa: F811
    return make_actor(Role.ADVOCATE, unit=centre)


@pytest.fixture
def talk(sms, hears):  # noqa: F811
    """A conversation that somebody began by SMS."""
    return hears(sms, "Kontrak saya habis")


@pytest.fixture
def opened_long_ago(monkeypatch):
    """Forms are filled by people who took their time."""
    old = signing.TimestampSigner.timestamp
    monkeypatch.setattr(
        signing.TimestampSigner, "timestamp", lambda signer: signing.b62_encode(signing.b62_decode(old(signer)) - 60)
    )


def region(code, name, level, parent=None):
    told = {
        "level": level,
        "name": name,
        "folded": name.lower().replace(" ", ""),
        "line": f" {name.lower()}",
        "parent": parent,
    }
    return Region.objects.get_or_create(code=code, defaults=told)[0]


@pytest.fixture
def bekasi(db):
    return region("32.16", "Kabupaten Bekasi", Level.REGENCY, region("32", "Jawa Barat", Level.PROVINCE))


@pytest.fixture
def hongkong(db):
    return Country.objects.get_or_create(code="HK", defaults={"name_id": "Hong Kong", "name_en": "Hong Kong"})[0]


@pytest.fixture
def branch(centre, bekasi):  # noqa: F811
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Bekasi", kind="branch", code="bekasi", region=bekasi)


@pytest.fixture
def east(centre):  # noqa: F811
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Timur", kind="branch")


@pytest.fixture
def holder(db):
    """Somebody with a role in a unit."""

    def holder(name, unit, role=Role.OPERATOR):
        user = get_user_model().objects.get_or_create(username=name.lower(), defaults={"name": name})[0]
        today = timezone.localdate()
        decree = Decree.objects.get_or_create(unit=unit, number="1", defaults={"about": "Meja", "decided_on": today})[0]
        Mandate.objects.create(
            user=user, role=role.value, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=300)
        )
        return user

    return holder


@pytest.fixture
def tini(holder, centre):  # noqa: F811
    """An operator of the centre."""
    return holder("Tini", centre)


@pytest.fixture
def desk(tini):
    return actor_of(tini)


@pytest.fixture
def send(centre):  # noqa: F811
    """A report on the web, with what a test changes in it: (report, code)."""

    def send(
        story="Upah kami dua bulan belum dibayar.", *, actor=ANONYMOUS, way="web", key=None, files=(), secret="", **told
    ):
        taken = receive_report(
            actor=actor, key=key or uuid.uuid4(), told=Told(story=story, **told), way=way, files=files, secret=secret
        )
        return taken.report, taken.code

    return send
