"""Who stands behind a number, as far as it may be shown, and what is known of how dangerous that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberMatcher

from serikat.helpdesk.models import Call, Consultation, Conversation, Guarded, Report
from serikat.kernel.access import Actor
from serikat.kernel.together import batch, once
from serikat.messaging.adapters import Scheme
from serikat.messaging.addresses import address_of, index_of, masked
from serikat.messaging.guarded import GuardedAddress
from serikat.messaging.models import Address, Channel
from serikat.people.formats import masked_contact
from serikat.people.models import ContactPoint, Person
from serikat.people.models.persons import ThreatLevel
from serikat.people.selectors import ALIAS_SHOWS, family, own_person, people_within, safe_points

CONTACTS = {Scheme.NUMBER: ("phone", "whatsapp"), Scheme.MAIL: ("email",)}
LEVELS = list(ThreatLevel.values)
GUARDED: tuple[tuple[Any, str], ...] = (
    (Call, "address"),
    (Conversation, "address"),
    (Report, "conversation__address"),
    (Report, "calls__address"),
    (Consultation, "conversation__address"),
    (Consultation, "calls__address"),
)  # and the way from each to its address


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
    kept = Person.objects.filter(merged_into=None, forgotten_at=None).select_related("unit")
    people = kept.in_bulk(alone.values()) if alone else {}
    return {address: people[pk] for address, pk in alone.items() if pk in people}


def own_addresses(actor: Actor, channels: Sequence[Channel]) -> list[tuple[int, Address]]:
    """Where the actor themselves wrote to these channels from: the conversations that are tied to the person of their account, the last first."""
    person = own_person(actor)
    if person is None:
        return []
    found = Conversation.objects.filter(channel__in=channels, person__in=family(person), last_in_at__isnull=False)
    rows = found.select_related("address").order_by("-last_at")
    return [(row.channel_id, row.address) for row in rows if row.address.value]


def guarded_addresses() -> list[GuardedAddress]:
    """Of everybody here of whom only an alias shows, by their own thing or by the record that it is tied to: the addresses, in one question."""
    hidden = Q(threat_level=ThreatLevel.HIGH) | ~Q(protections=[]) | Q(person__in=Person.objects.filter(ALIAS_SHOWS))
    rows = [
        model.objects.filter(hidden, **{f"{way}__isnull": False})
        .order_by()
        .values_list(f"{way}__scheme", f"{way}__index", "person")
        for model, way in GUARDED
    ]
    return list(rows[0].union(*rows[1:]))


@dataclass(frozen=True, slots=True)
class Known:
    """A guard that stands on something of an address, and the path of the unit in which it stands."""

    level: str
    protections: Sequence[str]
    alias: str
    called: str
    path: str

    @property
    def strength(self) -> tuple[bool, int, int]:
        level = LEVELS.index(self.level)
        return bool(self.protections) or self.level == ThreatLevel.HIGH, level, len(self.protections)


def guards_of(addresses: Iterable[Address]) -> dict[int, list[Known]]:
    """All guards that stand on the calls and conversations of each address, on their reports and consultations, newest first within each kind."""
    ids = {address.pk for address in addresses if address.scheme != Scheme.CODE}  # which belongs to one report alone
    found: dict[int, list[Known]] = {}
    for model, way in GUARDED if ids else ():
        rows = model.objects.filter(**{f"{way}__in": ids}).exclude(threat_level=ThreatLevel.NONE, protections=[])
        for pk, *known in rows.order_by("-pk").values_list(
            way, "threat_level", "protections", "alias", "called", "unit__path"
        ):
            found.setdefault(pk, []).append(Known(*known))
    return found


def names_of(addresses: Iterable[Address]) -> dict[int, list[tuple[str, str]]]:
    """What callers and writers of each address were called, with the path of the unit that called them so, the last first."""
    ids = {address.pk for address in addresses if address.scheme != Scheme.CODE}
    last: dict[int, dict[str, tuple[datetime, str]]] = {}
    for model, moment in ((Call, "began_at"), (Conversation, "last_at")) if ids else ():
        named = model.objects.filter(address__in=ids).annotate(letters=Length("called")).filter(letters__gt=0)
        for pk, at, path, name in named.values_list("address", moment, "unit__path", "called"):
            of = last.setdefault(pk, {})
            of[path] = max(of.get(path, (at, name)), (at, name))
    return {
        pk: [(name, path) for path, (_at, name) in sorted(of.items(), key=lambda one: one[1], reverse=True)]
        for pk, of in last.items()
    }


def behind(address: Address | None, *paths: str) -> dict[str, Any]:
    """What a new row of this address begins with: the strictest of what is known of how dangerous it is, all protections; who it is, alias and name
    only from units at or below these paths. Of other units' people the guard alone comes along. Where nothing is guarded, the name they had last."""
    if address is None:
        return {}
    asked = {message.address_id: message.address for message in batch() if message.address is not None}
    if address.pk in asked:
        known = once(guards_of, lambda: guards_of(asked.values())).get(address.pk, [])
        names = once(names_of, lambda: names_of(asked.values())).get(address.pk, [])
    else:
        known, names = guards_of([address]).get(address.pk, []), names_of([address]).get(address.pk, [])
    person = person_of(address)
    near = [one for one in known if one.path.startswith(paths)]
    if person is not None and not person.unit.path.startswith(paths):
        known = [*known, Known(person.threat_level, person.protections, "", "", person.unit.path)]
        person = None
    begun: dict[str, Any] = {"person": person}
    if known:
        begun["threat_level"] = max((one.level for one in known), key=LEVELS.index)
        begun["protections"] = sorted({protection for one in known for protection in one.protections})
    by_strength = sorted(near, key=lambda one: one.strength, reverse=True)
    for name in ("alias", "called"):
        begun[name] = next((value for one in by_strength if (value := getattr(one, name))), "")
    if not known:
        begun["called"] = next((name for name, path in names if path.startswith(paths)), "")
    return begun


def name_of(guarded: Guarded) -> str:
    """The name that shows: the alias alone where somebody is protected; "" when nobody knows."""
    person = guarded.person if guarded.person_id else None
    if guarded.shows_alias:
        alias = guarded.alias or (person.shown_as if person is not None and person.shows_alias else "")
        return alias or _("(disamarkan)")
    if person is not None:
        return str(person.shown_as or guarded.called)
    return str(guarded.called)


def name_of_call(call: Call) -> str:
    """The same; of a caller whom nobody guards or knows, what they call themselves at a provider under this number."""
    own = call.address.called if call.address is not None and not call.shows_alias else ""
    return name_of(call) or own


def number_of(call: Call) -> str:
    """The number as it may be shown without asking."""
    if call.address is None:
        return ""
    return masked(call.address.scheme, call.address.value) if call.shows_alias else call.address.value


@dataclass(frozen=True, slots=True)
class Safe:
    """How somebody said that it is safe to reach them: by which of their ways, the number masked, and the rule in their words."""

    kind: str
    shown: str
    says: str


def safe_for(asked: Sequence[tuple[Address | None, int | None]]) -> list[list[Safe]]:
    """For each address and person the rules that stand on that address, whoever of its holders gave them, and on the other ways to reach that person.
    One question for all."""
    indexes = {address.index for address, _who in asked if address is not None and address.scheme in CONTACTS}
    points = safe_points(indexes, {who for _address, who in asked if who is not None})
    rules = []
    for address, who in asked:
        index = address.index if address is not None and address.scheme in CONTACTS else ""
        here = [one for one in points if one.value_index == index]
        theirs = [one for one in points if who is not None and one not in here and who in _records(one)]
        told = [
            Safe(str(one.get_kind_display()), masked_contact(one.kind, one.value), one.safe_when) for one in (*here, *theirs)
        ]
        rules.append(list(dict.fromkeys(told)))
    return rules


def safe_of(*addresses: Address | None, person: int | None = None, words: str = "") -> list[Safe]:
    """The same of one matter: all of its addresses, its person, and the numbers that somebody wrote into words."""
    written = [address_of(Scheme.NUMBER, match.raw_string) for match in PhoneNumberMatcher(words, settings.PHONE_REGION)]
    typed = [Address(scheme=Scheme.NUMBER, index=index_of(Scheme.NUMBER, value)) for value in written if value]
    found = safe_for([(None, person), *((address, None) for address in (*addresses, *typed))])
    return list(dict.fromkeys(one for rules in found for one in rules))


def _records(point: ContactPoint) -> set[int | None]:
    """The record that a point stands in, and those that it is read as."""
    person = point.person
    into = person.merged_into if person is not None else None
    return {person.pk if person else None, into.pk if into else None, into.merged_into_id if into else None}


def reaches(actor: Actor, person: Person | None) -> bool:
    """Whether the actor may open the person's record."""
    return person is not None and people_within(actor).filter(pk=person.pk).exists()
