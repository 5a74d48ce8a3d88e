"""The people room's own part in a person's data: names, contact points, consents, requests; and every needle by which they could be found."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from serikat.kernel.forgetting import Forgetting, Holder, passing_words, register_holder
from serikat.people.models import (
    BreachedPerson,
    Consent,
    ContactKind,
    ContactPoint,
    DataRequest,
    MergeProposal,
    Person,
    PersonName,
    Reveal,
)


def register() -> None:
    own = ("people.person", "people.personname", "people.forgotten")  # others of the same name keep theirs
    register_holder(Holder(name="people", copy=_copy, erase=_erase, needles=_needles, own_tables=own))
    passing_words("django_tasks_database.dbtaskresult", "args_kwargs", "traceback")


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    people = Person.objects.filter(subject__in=subjects).select_related("unit", "place").order_by("pk")
    requests = DataRequest.objects.filter(person__subject__in=subjects).order_by("pk")
    return {
        "catatan": [_record(person) for person in people],
        "persetujuan": [
            {
                "untuk": str(c.get_purpose_display()),
                "tanggal": c.given_on.isoformat(),
                "bagaimana": str(c.get_how_display()),
                "bukti": c.evidence,
                "ditarik": c.withdrawn_at.isoformat() if c.withdrawn_at else None,
            }
            for c in Consent.objects.filter(person__subject__in=subjects).order_by("pk")
        ],
        "permintaan": [
            {
                "permintaan": str(r.get_kind_display()),
                "pada": r.asked_at.isoformat(),
                "isi": r.words,
                "keadaan": str(r.get_state_display()),
                "jawaban": r.answer,
            }
            for r in requests
        ],
        "kebocoran": [
            {"nomor": b.breach.number, "apa": b.breach.what, "data": b.breach.data_kinds, "penanganan": b.breach.measures}
            for b in BreachedPerson.objects.filter(person__subject__in=subjects).select_related("breach").order_by("pk")
        ],
    }


def _record(person: Person) -> dict[str, Any]:
    return {
        "kode": person.code,
        "unit": str(person.unit),
        "nama": [{"jenis": str(n.get_kind_display()), "nama": n.text} for n in person.names.all()],
        "NIK": person.nik,
        "tanggal lahir": person.born_on.isoformat() if person.born_on else None,
        "jenis kelamin": str(person.get_sex_display()),
        "tempat tinggal": str(person.place or ""),
        "tingkat ancaman": str(person.get_threat_level_display()),
        "dilindungi karena": person.protection_words,
        "pemrosesan dibatasi sejak": person.restricted_at.isoformat() if person.restricted_at else None,
        "kontak": [
            {
                "jenis": str(c.get_kind_display()),
                "isi": c.value,
                "aman dihubungi": c.safe_when,
                "dipakai": c.ended_at is None,
            }
            for c in person.contact_points.all()
        ],
        "dicatat": person.added_at.isoformat(),
    }


def _needles(subjects: frozenset[uuid.UUID]) -> set[str]:
    found = set(PersonName.objects.filter(person__subject__in=subjects).values_list("text", flat=True))
    found |= {p.nik for p in Person.objects.filter(subject__in=subjects)}
    contacts = ContactPoint.objects.filter(person__subject__in=subjects)
    found |= {c.value for c in contacts if c.kind != ContactKind.ADDRESS or len(c.value.split()) > 2}
    return found - {""}


def _erase(forgetting: Forgetting) -> int:
    """Leave an empty shell: the opaque id, the unit, and when things were asked and answered. No word about who it was."""
    people = Person.objects.filter(subject__in=forgetting.subjects)
    mine = {"person__in": list(people.values_list("pk", flat=True))}
    count = PersonName.objects.filter(**mine).delete()[0] + ContactPoint.objects.filter(**mine).delete()[0]
    count += Consent.objects.filter(**mine).update(evidence="")
    count += DataRequest.objects.filter(**mine).update(words="", answer="")
    count += Reveal.objects.filter(**mine).update(reason="", until=None)
    for side in ("kept", "merged"):
        count += MergeProposal.objects.filter(**{f"{side}__in": mine["person__in"]}).update(reason="", answer="declined")
    return count + people.update(
        user=None,
        shown_as="",
        nik="",
        nik_index="",
        born_on=None,
        sex="",
        place=None,
        threat_level="none",
        protections=[],
        restricted_at=None,
        forgotten_at=timezone.now(),
    )
