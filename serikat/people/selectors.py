"""Reads of persons and bodies, scoped to the units that the actor reaches. A merged record is read as the one it was merged into."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Missing
from serikat.people import formats, rules
from serikat.people.models import (
    Body,
    Breach,
    Consent,
    ContactPoint,
    DataRequest,
    MergeProposal,
    Person,
    PersonName,
    RequestState,
    Reveal,
)
from serikat.people.permissions import (
    DESK_ROLES,
    may_answer_merge,
    may_answer_reveal,
    may_find_protected,
    may_separate_records,
)
from serikat.people.templatetags.people import time_left
from serikat.ui import today
from serikat.ui.today import Row
from serikat.units.models import Unit
from serikat.units.selectors import units_within

M = TypeVar("M", bound=Model)
ALIAS_SHOWS = Q(threat_level="high") | ~Q(protections=[])


def _within(actor: Actor, roles: tuple[Role, ...], lookup: str = "unit__path") -> Q:
    scope = Q(pk__in=[])
    for path in actor.reach(*roles):
        scope |= Q(**{f"{lookup}__startswith": path})
    return scope


def people_within(actor: Actor) -> QuerySet[Person]:
    """Persons of the units reached, without those merged into another or forgotten. Secrets are left in the database until asked for."""
    return (
        Person.objects.filter(_within(actor, DESK_ROLES), merged_into=None, forgotten_at=None)
        .select_related("unit", "place")
        .defer("nik", "born_on")
        .order_by("shown_as", "pk")
    )


def find_people(actor: Actor, words: str) -> QuerySet[Person]:
    """Persons by a part of a name, by a whole phone number, e-mail address or NIK. Who stands under an alias is found by the alias alone; by
    number only for those who work on matters. A merged record is found as the one that is kept."""
    found = people_within(actor)
    words = words.strip()
    if not words:
        return found
    if match := _by_number(words):
        people = Person.objects.filter(match)
        if not may_find_protected(actor):
            people = people.exclude(ALIAS_SHOWS)
        return found.filter(pk__in=_kept_ids(people))
    names = PersonName.objects.filter(~Q(person__in=Person.objects.filter(ALIAS_SHOWS)) | Q(kind="alias"))
    name = rules.folded(words).split()
    if not name:
        return found.none()
    for word in name:
        names = names.filter(folded__contains=word)
    return found.filter(pk__in=_kept_ids(Person.objects.filter(pk__in=names.values("person_id"))))


def _by_number(words: str) -> Q | None:
    if len(rules.digits(words)) == 16 and not words.startswith("+"):
        return Q(nik_index=formats.nik_index(rules.digits(words)))
    if phone := formats.phone_of(words):
        return _by_contact(formats.contact_index("phone", phone))
    if email := "@" in words and formats.contact_value_of("email", words):
        return _by_contact(formats.contact_index("email", email))
    return None


def _by_contact(index: str) -> Q:
    return Q(contact_points__value_index=index, contact_points__ended_at=None)


def _kept_ids(people: QuerySet[Person]) -> set[int]:
    """Ids of the records that these are read as."""
    ids, waiting = set(), dict(people.values_list("pk", "merged_into_id"))
    while waiting:
        ids |= {pk for pk, into in waiting.items() if into is None}
        waiting = dict(
            Person.objects.filter(pk__in=[into for into in waiting.values() if into]).values_list("pk", "merged_into_id")
        )
    return ids


def kept(person: Person) -> Person:
    """The record that this one is read as, as the database has it now."""
    while (into := Person.objects.values_list("merged_into_id", flat=True).get(pk=person.pk)) is not None:
        person = Person.objects.select_related("unit").get(pk=into)
    return person


def family(person: Person) -> list[Person]:
    """The record that is kept and all that were merged into it, directly or through others."""
    top = kept(person)
    all_, newest = [top], [top.pk]
    while newest:
        below = list(Person.objects.filter(merged_into__in=newest).select_related("unit").order_by("pk"))
        all_ += below
        newest = [p.pk for p in below]
    return all_


def person_for(actor: Actor, subject: uuid.UUID) -> Person:
    """One person for the desk, or `Missing`; a merged record gives the one it is read as."""
    person = Person.objects.filter(subject=subject).first()
    found = people_within(actor).filter(pk=kept(person).pk).first() if person else None
    if found is None:
        raise Missing
    return found


def person_by_code(actor: Actor, code: str) -> Person | None:
    """The person whose code (the first eight letters of the opaque id) somebody read from paper or from another page."""
    short = "".join(c for c in code.lower() if c in "0123456789abcdef")
    if len(short) != 8:
        return None
    first, last = uuid.UUID(short + "0" * 24), uuid.UUID(short + "f" * 24)
    found = list(people_within(actor).filter(subject__gte=first, subject__lte=last)[:2])
    return found[0] if len(found) == 1 else None


def nik_warnings(person: Person) -> list[rules.NikFlaw]:
    """What in the NIK does not fit the rest of the record: told, never refused."""
    if not person.nik:
        return []
    return rules.nik_flaws(person.nik, born_on=person.born_on, sex=person.sex, today=timezone.localdate())


def masked_of(person: Person) -> dict[str, Any]:
    """What of a person shows without a look: names (the alias alone, where it must), the end of NIK and numbers."""
    people = family(person)
    nik = next((p.nik for p in people if p.nik), "")
    names = [n for n in names_of(person) if not person.shows_alias or n.kind == "alias"]
    return {
        "names": [(str(n.get_kind_display()), n.text) for n in names],
        "nik": rules.masked_nik(nik),
        "has_birth_date": any(p.born_on for p in people),
        "contact_points": [
            {
                "pk": c.pk,
                "kind": str(c.get_kind_display()),
                "value": formats.masked_contact(c.kind, c.value),
                "preferred": c.preferred,
                "safe_when": c.safe_when,
            }
            for c in contact_points_of(person)
        ],
        "merged": people[1:],
    }


def units_for(actor: Actor, *roles: Role) -> QuerySet[Unit]:
    """Units in which the actor may put a record."""
    return units_within(actor, *roles).filter(closed_on=None)


def user_named(username: str) -> Any:
    """The account with this user name, or None."""
    return get_user_model().objects.filter(username=username.strip(), is_active=True).first()


def person_row_for(actor: Actor, pk: int) -> Person | None:
    """One record by its row, merged or not, as a reference in the trail names it."""
    return Person.objects.filter(_within(actor, DESK_ROLES), pk=pk, forgotten_at=None).first()


def record_for(actor: Actor, subject: uuid.UUID) -> Person:
    """One record exactly as it stands, merged or not: for looking back."""
    found = (
        Person.objects.filter(_within(actor, DESK_ROLES), subject=subject, forgotten_at=None).select_related("unit").first()
    )
    if found is None:
        raise Missing
    return found


def person_of_subject(subject: uuid.UUID) -> Person | None:
    """For other rooms, unscoped: the person behind an opaque id (their own or their account's), following merges."""
    person = Person.objects.select_related("unit").filter(Q(subject=subject) | Q(user__subject=subject)).first()
    return kept(person) if person else None


def own_person(actor: Actor) -> Person | None:
    """The record that stands on the actor's account, as it stands: their own even when it was merged."""
    if actor.user_id is None:
        return None
    return Person.objects.select_related("unit").filter(user_id=actor.user_id, forgotten_at=None).first()


def subjects_of(person: Person) -> frozenset[uuid.UUID]:
    """All opaque ids under which this one person's data is kept: the records merged into one, and their accounts."""
    found: set[uuid.UUID] = set()
    for one in family(person):
        found.add(one.subject)
        if one.user is not None:
            found.add(one.user.subject)
    return frozenset(found)


def names_of(person: Person) -> list[PersonName]:
    return list(PersonName.objects.filter(person__in=family(person)).order_by("pk"))


def contact_points_of(person: Person) -> list[ContactPoint]:
    """Points in use, of merged records too. One at most is preferred: that of the record that is kept, where each had its own."""
    records = [record.pk for record in family(person)]
    points = list(ContactPoint.objects.filter(person__in=records, ended_at=None).order_by("-preferred", "pk"))
    preferred = min((p for p in points if p.preferred), key=lambda p: records.index(p.person_id or 0), default=None)
    for point in points:
        point.preferred = point is preferred
    return sorted(points, key=lambda p: (not p.preferred, p.pk))


def contact_point_of(owner: Person | Body, pk: int) -> ContactPoint:
    mine = Q(person__in=family(owner)) if isinstance(owner, Person) else Q(body=owner)
    found = ContactPoint.objects.filter(mine, pk=pk, ended_at=None).first()
    if found is None:
        raise Missing
    return found


def safe_points(indexes: Collection[str], people: Collection[int]) -> list[ContactPoint]:
    """For other rooms, unscoped: the points of these numbers and mail addresses, and of these people, for which somebody said when it is safe to use
    them. Whoever is about to call or write must know that, whoever keeps the record; who it is they learn elsewhere or not at all."""
    owners = Q(person__in=people) | Q(person__merged_into__in=people) | Q(person__merged_into__merged_into__in=people)
    found = ContactPoint.objects.filter(Q(value_index__in=indexes) | owners, ended_at=None, person__forgotten_at=None)
    return (
        [one for one in found.exclude(person=None).select_related("person__merged_into") if one.safe_when]
        if indexes or people
        else []
    )


def consents_of(person: Person) -> list[Consent]:
    return list(Consent.objects.filter(person__in=family(person)))


def consent_of(person: Person, pk: int) -> Consent:
    found = Consent.objects.filter(person__in=family(person), pk=pk).first()
    if found is None:
        raise Missing
    return found


def has_consent(subject: uuid.UUID, purpose: str) -> bool:
    """For other rooms: whether this person has agreed to it and not taken it back."""
    person = person_of_subject(subject)
    if person is None:
        return False
    return Consent.objects.filter(person__in=family(person), purpose=purpose, withdrawn_at=None).exists()


def likely_doubles(actor: Actor, *, names: list[str], nik: str, phone: str, born_on: Any = None) -> list[Person]:
    """Records within reach that may be the same person: same NIK, same number, or the same whole name with no other birth date."""
    found: dict[int, Person] = {}
    if nik:
        found |= {p.pk: p for p in find_people(actor, nik)[:5]}
    if phone:
        found |= {p.pk: p for p in find_people(actor, phone)[:5]}
    for name in filter(None, (rules.folded(n) for n in names)):
        same = PersonName.objects.filter(folded=name).exclude(kind="alias").values("person_id")
        people = Person.objects.filter(pk__in=same).exclude(ALIAS_SHOWS)
        for person in people_within(actor).filter(pk__in=_kept_ids(people)).defer(None)[:5]:
            if born_on is None or person.born_on is None or person.born_on == born_on:
                found[person.pk] = person
    return list(found.values())


def revealed_until(actor: Actor, person: Person) -> datetime | None:
    """Until when this actor may see behind this person's alias; None when they may not."""
    if actor.is_machine:
        return timezone.now() + timedelta(hours=1)
    reveal = Reveal.objects.filter(person__in=family(person), asked_by_id=actor.user_id, until__gt=timezone.now()).first()
    return reveal.until if reveal else None


def own_waiting_reveal(actor: Actor, person: Person) -> Reveal | None:
    """What this actor asked for and nobody has answered yet."""
    found = Reveal.objects.filter(person__in=family(person), asked_by_id=actor.user_id, answer="waiting")
    return found.order_by("-pk").first() if actor.user_id else None


def waiting_reveals(actor: Actor) -> list[Reveal]:
    return list(
        Reveal.objects.filter(_within(actor, DESK_ROLES, "person__unit__path"), answer="waiting")
        .select_related("person__unit", "asked_by")
        .order_by("asked_at")
    )


def reveal_for(actor: Actor, pk: int) -> Reveal:
    return _one(Reveal.objects.select_related("person__unit"), _within(actor, DESK_ROLES, "person__unit__path"), pk)


def waiting_merges(actor: Actor) -> list[MergeProposal]:
    return list(
        MergeProposal.objects.filter(_within(actor, DESK_ROLES, "kept__unit__path"), answer="waiting")
        .filter(_within(actor, DESK_ROLES, "merged__unit__path"))
        .select_related("kept__unit", "merged__unit", "proposed_by")
        .order_by("proposed_at")
    )


def merge_for(actor: Actor, pk: int) -> MergeProposal:
    both = _within(actor, DESK_ROLES, "kept__unit__path") & _within(actor, DESK_ROLES, "merged__unit__path")
    return _one(MergeProposal.objects.select_related("kept__unit", "merged__unit", "proposed_by"), both, pk)


def merge_of(actor: Actor, record: Person) -> MergeProposal:
    """By which proposal a record was merged, for who may take that back."""
    found = MergeProposal.objects.filter(merged=record, kept=record.merged_into_id, answer="agreed")
    proposal = found.select_related("kept__unit", "merged__unit").order_by("pk").last()
    if proposal is None or not may_separate_records(actor, proposal):
        raise Missing
    return proposal


def may_separate(actor: Actor, record: Person) -> bool:
    try:
        return merge_of(actor, record) is not None
    except Missing:
        return False


def bodies_within(actor: Actor, words: str = "") -> QuerySet[Body]:
    found = Body.objects.filter(_within(actor, DESK_ROLES)).select_related("unit", "place", "country").order_by("name", "pk")
    for word in rules.folded(words).split():
        found = found.filter(folded__contains=word)
    return found


def body_for(actor: Actor, pk: int) -> Body:
    return _one(bodies_within(actor), Q(), pk)


LEGAL_FORMS = frozenset(["pt", "cv", "ud", "tbk", "pd", "firma", "koperasi", "yayasan"])


def likely_bodies(name: str, *, limit: int = 6) -> list[Body]:
    """For other rooms, unscoped, since a body is no data subject: those whose name holds the words of this one, whatever its legal form."""
    words = [word for word in rules.folded(name).split() if word not in LEGAL_FORMS]
    if not words:
        return []
    found = Body.objects.select_related("unit", "place")
    for word in words:
        found = found.filter(folded__contains=word)
    return list(found.order_by("name", "pk")[:limit])


def body_contact_points(body: Body) -> list[ContactPoint]:
    return list(body.contact_points.filter(ended_at=None))


def requests_within(actor: Actor, *, open_only: bool = True) -> QuerySet[DataRequest]:
    """Requests about the own data of persons, those due first."""
    found = DataRequest.objects.filter(_within(actor, (Role.DATA_OFFICER,), "person__unit__path"))
    if open_only:
        found = found.filter(state=RequestState.OPEN)
    return found.select_related("person__unit").order_by("due_at", "pk")


def request_for(actor: Actor, pk: int) -> DataRequest:
    return _one(requests_within(actor, open_only=False), Q(), pk)


def requests_of(person: Person) -> list[DataRequest]:
    return list(DataRequest.objects.filter(person__in=family(person)).order_by("-asked_at"))


def breaches_within(actor: Actor) -> QuerySet[Breach]:
    found = Breach.objects.filter(_within(actor, (Role.DATA_OFFICER,))).select_related("unit")
    return found.order_by("closed_at", "due_at", "pk")


def breach_for(actor: Actor, pk: int) -> Breach:
    return _one(breaches_within(actor), Q(), pk)


def concerned_in(breach: Breach) -> list[Person]:
    return [c.person for c in breach.concerned.select_related("person__unit").order_by("pk")]


def count_seconds(actor: Actor) -> int:
    """How many proposals of others wait for this actor's answer."""
    merges = [m for m in waiting_merges(actor) if may_answer_merge(actor, m)]
    return len(merges) + len([r for r in waiting_reveals(actor) if may_answer_reveal(actor, r)])


def count_requests(actor: Actor) -> int:
    return requests_within(actor).count()


def request_rows(actor: Actor) -> list[Row]:
    """For the desk's first page: open requests with the time that is left, those due first."""
    now = timezone.now()
    return [
        Row(
            capfirst(f"{r.get_kind_display()}: {r.person.shown_as or r.person.code}"),
            reverse("people:answer", args=[r.pk]),
            f"{time_left(r.due_at)} · {r.person.unit}",
            {rules.Urgency.LATE: "red", rules.Urgency.SOON: "amber"}.get(rules.urgency(r.due_at, now), ""),
        )
        for r in requests_within(actor)[: today.SHOWN + 50]
    ]


def seconds_rows(actor: Actor) -> list[Row]:
    """For the desk's first page: proposals of others that wait for this actor's answer."""
    page = reverse("people:seconds")
    merges = [
        Row(_("Gabungkan %(one)s dan %(two)s") % {"one": m.merged, "two": m.kept}, page, str(m.proposed_by or ""))
        for m in waiting_merges(actor)
        if may_answer_merge(actor, m)
    ]
    reveals = [
        Row(_("Buka nama samaran %(person)s") % {"person": r.person}, page, str(r.asked_by), "amber")
        for r in waiting_reveals(actor)
        if may_answer_reveal(actor, r)
    ]
    return reveals + merges


def count_breaches(actor: Actor) -> int:
    return breaches_within(actor).filter(closed_at=None).count()


def _one(rows: QuerySet[M], scope: Q, pk: int) -> M:
    found = rows.filter(scope, pk=pk).first()
    if found is None:
        raise Missing
    return found
