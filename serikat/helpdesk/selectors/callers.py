"""Who stands behind a number, as far as it may be shown, and what is known of how dangerous that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from serikat.helpdesk.models import Call, Conversation, Guarded
from serikat.kernel.access import Actor
from serikat.kernel.together import batch, once
from serikat.messaging.adapters import Scheme
from serikat.messaging.addresses import masked
from serikat.messaging.models import Address
from serikat.people.models import ContactPoint, Person
from serikat.people.models.persons import ThreatLevel
from serikat.people.selectors import people_within

CONTACTS = {Scheme.NUMBER: ("phone", "whatsapp"), Scheme.MAIL: ("email",)}


def person_of(address: Address | None) -> Person | None:
    """Whose number or mail address this is; nobody when several people share it. A merged record is read as the one that is kept."""
    if address is None:
        return None
    asked = {message.address_id: message.address for message in batch() if message.address is not None}
    if address.pk in asked:
        return once(person_of, lambda: people_of(asked.values())).get(address.pk)
    return people_of([address]).get(address.pk)


def people_of(addresses: Iterable[Address]) -> dict[int, Person]:
    """The one person behind each address that has one."""
    asked = {(address.index, kind): address.pk for address in addresses for kind in CONTACTS.get(Scheme(address.scheme), ())}
    points = ContactPoint.objects.filter(
        value_index__in={index for index, _kind in asked}, ended_at=None, person__isnull=False
    ).values_list("value_index", "kind", "person_id", "person__merged_into_id")
    found: dict[int, set[int]] = {}
    for index, kind, pk, into in points if asked else ():
        if (index, kind) in asked:
            found.setdefault(asked[index, kind], set()).add(into or pk)
    alone = {address: min(people) for address, people in found.items() if len(people) == 1}
    people = Person.objects.filter(merged_into=None, forgotten_at=None).in_bulk(alone.values()) if alone else {}
    return {address: people[pk] for address, pk in alone.items() if pk in people}


def guard_of(address: Address | None) -> dict[str, Any]:
    """What was set at an earlier intake for this number, so that it is carried along."""
    if address is None:
        return {}
    for model in (Call, Conversation):
        rows = model.objects.filter(address=address).exclude(threat_level=ThreatLevel.NONE, protections=[])
        found = rows.order_by("-pk").first()
        if found is not None:
            return {
                "threat_level": found.threat_level,
                "protections": found.protections,
                "alias": found.alias,
                "called": found.called,
            }
    return {}


def name_of(guarded: Guarded) -> str:
    """The name that shows: the alias alone where somebody is protected; "" when nobody knows."""
    person = guarded.person if guarded.person_id else None
    if guarded.shows_alias:
        alias = guarded.alias or (person.shown_as if person is not None and person.shows_alias else "")
        return alias or _("(disamarkan)")
    if person is not None:
        return str(person.shown_as or guarded.called)
    return str(guarded.called)


def number_of(call: Call) -> str:
    """The number as it may be shown without asking."""
    if call.address is None:
        return ""
    return masked(call.address.scheme, call.address.value) if call.shows_alias else call.address.value


def reaches(actor: Actor, person: Person | None) -> bool:
    """Whether the actor may open the person's record."""
    return person is not None and people_within(actor).filter(pk=person.pk).exists()
