"""Persons, units and office holders for tests of this and of upper rooms. Everything goes through the services, so the trail is true."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import Actor, Role, actor_of, console
from serikat.people.models import Person
from serikat.people.services.persons import add_person, protect_person
from serikat.units.models import Decree, Mandate, Unit

_numbers = itertools.count(1)


def make_unit(parent: Unit | None = None, name: str = "") -> Unit:
    """A unit with a right path; a root one without a parent."""
    n = next(_numbers)
    unit = Unit.objects.create(
        parent=parent,
        path=f"new-{n}",
        kind="branch" if parent else "national",
        name=name or f"Unit {n}",
        code=f"unit-{n}",
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save()
    return unit


def make_user(username: str = "", **values: Any) -> Any:
    n = next(_numbers)
    return get_user_model().objects.create(username=username or f"pengguna-{n}", **values)


def make_actor(*roles: Role, unit: Unit, user: Any = None) -> Actor:
    """A signed-in actor who holds these roles in a unit, by mandates in force. `actor.user_id` is the user."""
    user = user or make_user(name=f"Petugas {next(_numbers)}")
    today = timezone.localdate()
    for role in roles:
        decree = Decree.objects.create(unit=unit, number=f"{next(_numbers)}/SK", about="Pengangkatan", decided_on=today)
        Mandate.objects.create(
            user=user, role=role, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=365)
        )
    return actor_of(user)


def make_person(
    unit: Unit,
    name: str = "Sumarni Wati",
    *,
    alias: str = "",
    nik: str = "",
    phone: str = "",
    born_on: date | None = None,
    threat_level: str = "none",
    protections: tuple[str, ...] = (),
    user: Any = None,
    **values: Any,
) -> Person:
    person = add_person(
        actor=console("tes"),
        unit=unit,
        names={"legal": name, "alias": alias},
        nik=nik,
        phone=phone,
        born_on=born_on,
        despite_doubles=True,
        **values,
    )
    if threat_level != "none" or protections:
        protect_person(actor=console("tes"), person=person, threat_level=threat_level, protections=protections, alias=alias)
    if user is not None:
        person.user = user
        person.save(update_fields=["user"])
    return person
