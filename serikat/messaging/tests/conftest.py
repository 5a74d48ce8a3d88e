"""A channel whose provider does what the test says: it stands in for the outside world, and for nothing of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from serikat.kernel.access import SYSTEM, console
from serikat.messaging import adapters, keywords
from serikat.messaging.adapters import (
    Adapter,
    Arrived,
    Health,
    Limits,
    Outcome,
    Parcel,
    Scheme,
    Setting,
    Sort,
    adapter_named,
)
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.receiving import receive_news
from serikat.units.services import found_root_unit
from tests.parts import dovecot as dovecot_part
from tests.parts import smtp as smtp_part

CONSOLE = console("uji")


class Told(Adapter):
    """A provider of SMS that takes what it gets, unless `plan` says otherwise for the next parcels."""

    kind = "told"
    name = "Uji"
    scheme = Scheme.NUMBER
    settings = (Setting("folder", "Folder"), Setting("password", "Sandi", secret=True))
    limits = Limits(longest=1000, files=True, largest_file=10**6, a_second=1000, by_parts=True)
    taken: list[Parcel] = []
    plan: list[Outcome | Exception] = []

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        for parcel in parcels:
            step = self.plan.pop(0) if self.plan else Outcome(Sort.SENT)
            if isinstance(step, Exception):
                raise step
            if step.sort in (Sort.SENT, Sort.DOUBT):
                type(self).taken.append(parcel)
            yield replace(step, provider_id=f"id-{len(self.taken)}")

    def check(self) -> Health:
        return Health(self.values["password"] == "benar", "asked")


class Keyed(Told):
    """The same, and it knows our keys."""

    kind = "keyed"
    repeats = True
    taken: list[Parcel] = []
    plan: list[Outcome | Exception] = []


class Letters(Keyed):
    """A provider of mail."""

    kind = "letters"
    scheme = Scheme.MAIL
    limits = Limits(longest=100_000, files=True, largest_file=10**6, a_second=1000)
    taken: list[Parcel] = []
    plan: list[Outcome | Exception] = []


@pytest.fixture
def provider():
    """The providers, empty before and after, and known to the house meanwhile."""
    for kind in (Told, Keyed, Letters):
        kind.taken.clear()
        kind.plan.clear()
        adapters._kinds[kind.kind] = kind
    yield Told
    for kind in (Told, Keyed, Letters):
        del adapters._kinds[kind.kind]


@pytest.fixture
def words():
    """The key words of the house, and as they were again afterwards."""
    before, rest, listeners = dict(keywords._words), list(keywords._rest), list(keywords._listeners)
    keywords._words.clear()
    keywords._rest.clear()
    keywords._listeners.clear()
    yield keywords
    keywords._words.clear()
    keywords._words.update(before)
    keywords._rest[:] = rest
    keywords._listeners[:] = listeners


@pytest.fixture
def centre(db):
    return found_root_unit(actor=CONSOLE, name="Pusat", code="pusat")


@pytest.fixture
def sms(centre, provider):
    return add_channel(
        actor=CONSOLE, unit=centre, kind="told", name="SMS", values={"folder": "x", "password": "benar"}, price=350
    )


@pytest.fixture
def keyed(centre, provider):
    return add_channel(actor=CONSOLE, unit=centre, kind="keyed", name="Gerbang", values={"folder": "x", "password": "benar"})


@pytest.fixture
def letters(centre, provider):
    values = {"folder": "x", "password": "benar"}
    return add_channel(actor=CONSOLE, unit=centre, kind="letters", name="Surel kabar", values=values)


@pytest.fixture
def arrives():
    """Let something come from a number: (channel, text, number, id)."""

    def come(channel, text, sender="0812 3456 789", provider_id=""):
        news = [Arrived(sender, text, provider_id or f"{sender}:{text}"[:200])]
        return receive_news(actor=SYSTEM, channel=channel, news=news)

    return come


@pytest.fixture
def mailbox():
    """Makes adapters of a mailbox on the real servers that it is given, and closes them."""
    open_ones = []

    def make(smtp=None, dovecot=None, **more):
        values = {"address": "lapor@serikat.example", "name": "Meja Lapor", "smtp_safety": "none", "imap_safety": "none"}
        if smtp:
            values |= {
                "smtp_host": "127.0.0.1",
                "smtp_port": str(smtp.port),
                "username": smtp_part.USER,
                "password": smtp_part.PASSWORD,
            }
        if dovecot:
            values |= {
                "imap_host": "127.0.0.1",
                "imap_port": str(dovecot.port),
                "username": dovecot_part.USER,
                "password": dovecot_part.PASSWORD,
            }
        open_ones.append(adapter_named("mail")({**values, **more}))
        return open_ones[-1]

    yield make
    for adapter in open_ones:
        adapter.close()
