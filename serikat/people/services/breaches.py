"""The register of breaches and its clock: 3 x 24 hours to tell the persons concerned and the authority (article 46 of UU 27/2022)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Missing, Refused
from serikat.people import rules
from serikat.people.models import Breach, BreachedPerson, Person
from serikat.people.permissions import may_keep_breaches, may_see_people

notes_say(person=_("orangnya"))

FIELDS = ("unit", "what", "data_kinds", "happened_at", "known_at", "measures", "others_count")


@dataclass(frozen=True, slots=True)
class BreachShape:
    """What article 46 wants told: which data, when and how, and what was done about it."""

    what: str
    data_kinds: str
    known_at: datetime
    happened_at: datetime | None = None
    measures: str = ""
    others_count: int = 0


@action(
    "people.breach.recorded", may=may_keep_breaches, says=_("mencatat kebocoran data"), on="unit", makes=True, fields=FIELDS
)
def record_breach(*, actor: Actor, unit: Any, shape: BreachShape) -> Breach:
    """Write a breach down; its clock runs from when it was known."""
    return _put(Breach(unit=unit), shape)


@action(
    "people.breach.corrected",
    may=may_keep_breaches,
    says=_("memperbaiki catatan kebocoran data"),
    on="breach",
    fields=FIELDS,
)
def correct_breach(*, actor: Actor, breach: Breach, shape: BreachShape) -> Breach:
    """Put the record right, as more is known. The clock follows when it was known."""
    _open(breach)
    return _put(breach, shape)


@action("people.breach.person_added", may=may_keep_breaches, says=_("mencatat orang yang datanya bocor"), on="breach")
def add_breached_person(*, actor: Actor, breach: Breach, person: Person) -> BreachedPerson:
    """Say that this person's data was in it. Twice is once."""
    _open(breach)
    if not may_see_people(actor, person):
        raise Missing
    row, _made = BreachedPerson.objects.get_or_create(breach=breach, person=person)
    note(about=person.subject, person=str(person))
    return row


@action(
    "people.breach.told",
    may=may_keep_breaches,
    says=_("mencatat pemberitahuan kebocoran data"),
    on="breach",
    fields=("persons_told_at", "authority_told_at"),
)
def tell_breach(*, actor: Actor, breach: Breach, whom: str, at: datetime | None = None) -> Breach:
    """Write down when the letter went out; `whom` is "persons" or "authority"."""
    _open(breach)
    if whom not in ("persons", "authority"):
        raise Refused(_("Pilih siapa yang diberi tahu."), field="whom")
    at = at or timezone.now()
    if at > timezone.now() or at < breach.known_at:
        raise Refused(_("Waktu pemberitahuan harus di antara saat diketahui dan sekarang."), field="at")
    setattr(breach, f"{whom}_told_at", at)
    breach.save(update_fields=[f"{whom}_told_at"])
    return breach


@action(
    "people.breach.closed",
    may=may_keep_breaches,
    says=_("menutup catatan kebocoran data"),
    on="breach",
    fields=("closed_at",),
)
def close_breach(*, actor: Actor, breach: Breach, reason: str = "") -> Breach:
    """Close the record: only after both were told, and what was done is written down."""
    _open(breach)
    if not breach.is_told:
        raise Refused(_("Belum dapat ditutup: orang yang terkena dan lembaga harus diberi tahu dulu."))
    if not breach.measures.strip():
        raise Refused(_("Tulis dulu penanganan dan pemulihannya."), field="measures")
    breach.closed_at = timezone.now()
    breach.save(update_fields=["closed_at"])
    return breach


def _put(breach: Breach, shape: BreachShape) -> Breach:
    now = timezone.now()
    if shape.known_at > now:
        raise Refused(_("Waktu diketahui belum tiba."), field="known_at")
    if shape.happened_at is not None and shape.happened_at > shape.known_at:
        raise Refused(_("Kejadian tidak mungkin sesudah diketahui."), field="happened_at")
    if not shape.what.strip() or not shape.data_kinds.strip():
        raise Refused(_("Wajib diisi."), field="what" if not shape.what.strip() else "data_kinds")
    breach.what, breach.data_kinds, breach.measures = shape.what.strip(), shape.data_kinds.strip(), shape.measures.strip()
    breach.happened_at, breach.known_at, breach.others_count = shape.happened_at, shape.known_at, shape.others_count
    breach.due_at = rules.due_at(breach.known_at, rules.BREACH_CLOCK)
    breach.save()
    return breach


def _open(breach: Breach) -> None:
    if breach.closed_at is not None:
        raise Conflict(_("Catatan ini sudah ditutup."))
