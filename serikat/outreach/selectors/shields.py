"""Who is left out of what goes to many, whatever they once asked for: who is hidden, whose data rests, and who took back that they may be told things."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from serikat.messaging.adapters import Scheme
from serikat.messaging.guarded import guarded_addresses
from serikat.people.models import Consent, ContactPoint, Person, Purpose

Key = tuple[str, str]  # scheme and index of an address
SCHEMES = {"phone": Scheme.NUMBER, "whatsapp": Scheme.NUMBER, "email": Scheme.MAIL}


def top_of(pk: int, kept: dict[int, int | None]) -> int:
    while (into := kept.get(pk)) is not None:
        pk = into
    return pk


def shields(named: frozenset[int]) -> tuple[set[str], set[Key], set[str]]:
    """Indexes of numbers and mail addresses that protected persons can be reached by, the numbers of their merged records too; addresses that are guarded
    where they wrote or called, with a record or without; and the indexes of those whose data rests. Who was chosen by name counts as not protected here,
    and as little as anybody may be written to when their data rests."""
    contacts = ContactPoint.objects.filter(ended_at=None, person__isnull=False, kind__in=list(SCHEMES))
    merged = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    tops = {pk: top_of(pk, merged) for pk in merged}

    def of(people: Q, besides: frozenset[int] = frozenset()) -> set[str]:
        here = set(Person.objects.filter(people).values_list("pk", flat=True)) if tops else set()
        theirs = Q(person__in=Person.objects.filter(people)) | Q(person__in=[pk for pk, top in tops.items() if top in here])
        rows = contacts.filter(theirs).values_list("value_index", "person")
        return {index for index, person in rows if not besides or tops.get(person, person) not in besides}

    never = of(Q(restricted_at__isnull=False) | Q(forgotten_at__isnull=False))
    chosen = of(Q(pk__in=named)) if named else set()
    guarded = {
        (scheme, index)
        for scheme, index, person in guarded_addresses()
        if (index not in chosen if person is None else tops.get(person, person) not in named)
    }
    return of(Q(threat_level="high") | ~Q(protections=[]), named), guarded, never


def last_words() -> tuple[set[int], dict[int, datetime]]:
    """Who agreed to be told things and stands by it, and who took it back when. Of all records that were merged the last word counts: what was agreed to
    before a withdrawal ended with it, whichever record it stands in."""
    merged = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    given: dict[int, tuple[date, datetime]] = {}
    taken_back: dict[int, datetime] = {}
    consents = Consent.objects.filter(purpose=Purpose.CONTACT).order_by()
    for person, day, noted, withdrawn in consents.values_list("person", "given_on", "noted_at", "withdrawn_at"):
        top = top_of(person, merged)
        if withdrawn is None:
            given[top] = max((day, noted), given.get(top, (day, noted)))
        else:
            taken_back[top] = max(withdrawn, taken_back.get(top, withdrawn))
    over = {top: at for top, at in taken_back.items() if top not in given or given[top] < (localdate(at), at)}
    return given.keys() - over.keys(), over


def refusals(standing: Set[int], taken_back: Mapping[int, datetime]) -> dict[str, datetime]:
    """By the index of an address, when its person took back that they may be told things (both of `last_words`). What they ask for afterwards counts
    again; a consent that stands, of them or of somebody else with the same number, too."""
    if not taken_back:
        return {}
    merged = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    found: dict[str, datetime] = {}
    agreed = set[str]()
    contacts = ContactPoint.objects.filter(ended_at=None, person__isnull=False, kind__in=list(SCHEMES)).order_by()
    for index, person in contacts.values_list("value_index", "person"):
        top = top_of(person, merged)
        if top in standing:
            agreed.add(index)
        elif top in taken_back:
            found[index] = max(taken_back[top], found.get(index, taken_back[top]))
    return {index: at for index, at in found.items() if index not in agreed}
