"""The demo's people, bodies and consents, written down through the services of the people's room; and a clock that runs for one of them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from serikat.audit.action import inner
from serikat.kernel.access import Actor
from serikat.people.models import Person
from serikat.people.services.bodies import BodyShape, add_body
from serikat.people.services.consents import record_consent
from serikat.people.services.contacts import add_contact_point
from serikat.people.services.persons import add_person, protect_person
from serikat.people.services.rights import ask_right
from serikat.places.models import Country, Region
from serikat.units.models import Unit
from serikat.web.demo import people


@inner("part of another action")
def load_people(*, actor: Actor, units: dict[str, Unit]) -> None:
    """All of the demo's people and bodies; the first of them asks for a copy of her data."""
    loaded = [_person(actor, seed, units[seed.unit]) for seed in people.PEOPLE]
    for body in people.BODIES:
        shape = BodyShape(
            kind=body.kind,
            name=body.name,
            place=Region.objects.filter(code=body.place).first() if body.place else None,
            country=Country.objects.filter(code=body.country).first() if body.country else None,
        )
        add_body(actor=actor, unit=units[body.unit], shape=shape)
    ask_right(actor=actor, person=loaded[0], kind="copy")


def _person(actor: Actor, seed: people.DemoPerson, unit: Unit) -> Person:
    today = timezone.localdate()
    person = add_person(
        actor=actor,
        unit=unit,
        names=seed.names,
        born_on=today.replace(year=today.year - seed.age, month=1, day=15),
        sex=seed.sex,
        place=Region.objects.filter(code=seed.place).first() if seed.place else None,
        phone="" if seed.safe_when else seed.phone,
        despite_doubles=True,
    )
    if seed.safe_when:
        add_contact_point(
            actor=actor, owner=person, kind="phone", value=seed.phone, preferred=True, safe_when=seed.safe_when
        )
    if seed.threat != "none" or seed.protections:
        protect_person(
            actor=actor,
            person=person,
            threat_level=seed.threat,
            protections=seed.protections,
            alias=seed.names.get("alias", ""),
        )
    for purpose, how in seed.consents:
        record_consent(actor=actor, person=person, purpose=purpose, given_on=today - timedelta(days=90), how=how)
    return person
