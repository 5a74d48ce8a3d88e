"""What people ask about their own data, with its clock, and the answer (UU 27/2022)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, inner, note, notes_say
from serikat.files.selectors import content_of, files_about
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.forgetting import Byline, holders
from serikat.people import rules, selectors
from serikat.people.models import DataRequest, Person, RequestState, RightKind
from serikat.people.permissions import may_answer_right, may_ask_right, may_copy_person
from serikat.people.services.forgetting import forget_person
from serikat.people.services.persons import not_forgotten, not_hidden

notes_say(rooms=_("dari bagian"), files=_("banyaknya berkas"))


class AlreadyAsked(Refused):
    message = _("Permintaan yang sama masih menunggu jawaban.")


class AlreadyAnswered(Conflict):
    message = _("Permintaan ini sudah dijawab.")


@action(
    "people.right.asked",
    may=may_ask_right,
    says=_("meminta hak atas data pribadi"),
    on="person",
    makes=True,
    fields=("kind", "due_at"),
)
def ask_right(
    *, actor: Actor, person: Person, kind: str, words: str = "", byline: str = "", asked_at: datetime | None = None
) -> DataRequest:
    """Write a request down; its clock runs from `asked_at` (now, or when a letter came in). `byline` belongs to an erasure."""
    not_forgotten(person)
    if kind not in RightKind.values:
        raise Refused(_("Pilih permintaan dari daftar."), field="kind")
    if len(words) > 4000:
        raise Refused(_("Terlalu panjang: paling banyak 4.000 huruf."), field="words")
    if kind == RightKind.CORRECTION and not words.strip():
        raise Refused(_("Tulis apa yang keliru dan apa yang benar."), field="words")
    if kind == RightKind.ERASURE and byline not in set(Byline):
        raise Refused(_("Pilih apa yang terjadi dengan nama pada tulisan publik."), field="byline")
    at = asked_at or timezone.now()
    if at > timezone.now():
        raise Refused(_("Waktu permintaan belum tiba."), field="asked_at")
    if DataRequest.objects.filter(person__in=selectors.family(person), kind=kind, state=RequestState.OPEN).exists():
        raise AlreadyAsked(field="kind")
    return DataRequest.objects.create(
        person=person,
        kind=kind,
        words=words.strip(),
        byline=byline if kind == RightKind.ERASURE else "",
        asked_at=at,
        due_at=rules.due_at(at, rules.CLOCKS[rules.Right(kind)]),
    )


@action(
    "people.right.granted",
    may=may_answer_right,
    says=_("memenuhi permintaan atas data pribadi"),
    on="data_request",
    fields=("state",),
)
def grant_right(*, actor: Actor, data_request: DataRequest, answer: str = "") -> DataRequest:
    """Answer with yes, and do what can be done at once: a restriction takes effect, an erasure forgets the person. A copy, a correction and a
    withdrawal are carried out on the person's page; this says that it was done."""
    data_request = _open(data_request)
    person = selectors.kept(data_request.person)
    if data_request.kind == RightKind.RESTRICTION:
        person.restricted_at = timezone.now()
        person.save(update_fields=["restricted_at"])
    _answer(data_request, RequestState.GRANTED, answer, actor)
    if data_request.kind == RightKind.ERASURE:
        forget_person(actor=actor, person=person, byline=data_request.byline)
        data_request.refresh_from_db()
    return data_request


@action(
    "people.right.refused",
    may=may_answer_right,
    says=_("menolak permintaan atas data pribadi"),
    on="data_request",
    fields=("state",),
)
def refuse_right(*, actor: Actor, data_request: DataRequest, answer: str) -> DataRequest:
    """Answer with no; the reason is required and is told to the person."""
    if not answer.strip():
        raise Refused(_("Tulis alasan penolakan dan pasal yang menjadi dasarnya."), field="answer")
    return _answer(_open(data_request), RequestState.REFUSED, answer, actor)


@action(
    "people.restriction.lifted",
    may=may_answer_right,
    says=_("mengakhiri pembatasan pemrosesan"),
    on="person",
    fields=("restricted_at",),
)
def lift_restriction(*, actor: Actor, person: Person, reason: str = "") -> Person:
    """Process this person's data again as before."""
    person.restricted_at = None
    person.save(update_fields=["restricted_at"])
    return person


@action("people.person.copied", may=may_copy_person, says=_("membuat salinan data seseorang"), on="person")
def copy_person(*, actor: Actor, person: Person) -> bytes:
    """A zip with everything every room holds of this person: `data.json`, the same to read as `data.html`, and their files. Kept nowhere.
    Indonesian throughout, as its headings are, whatever language the officer reads. Of somebody protected it is made while a reveal lasts: it says all
    that the alias hides."""
    not_forgotten(person)
    not_hidden(actor, person)
    made_at = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        parts = collect_copy(person=person)
        page = render_to_string("people/copy.html", {"parts": parts, "made_at": made_at})
    plain = {"dibuat": made_at.isoformat(), "dasar": "Pasal 32 UU 27/2022", "data": parts}
    packed, count = io.BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(plain, ensure_ascii=False, indent=2, default=str))
        archive.writestr("data.html", page)
        for file in files_about(selectors.subjects_of(person)):
            with archive.open(f"berkas/{file.pk}-{PurePath(file.name).name}", "w") as entry:
                for chunk in content_of(file):
                    entry.write(chunk)
            count += 1
    note(rooms=sorted(parts), files=count)
    return packed.getvalue()


@inner("reads only")
def collect_copy(*, person: Person) -> dict[str, dict[str, Any]]:
    """What each room holds, by the name of the room."""
    subjects = selectors.subjects_of(person)
    found: dict[str, Mapping[str, Any]] = {holder.name: holder.copy(subjects) for holder in holders()}
    return {name: dict(part) for name, part in found.items()}


def _open(data_request: DataRequest) -> DataRequest:
    fresh = DataRequest.objects.select_for_update(of=("self",)).select_related("person__unit").get(pk=data_request.pk)
    if fresh.state != RequestState.OPEN:
        raise AlreadyAnswered
    return fresh


def _answer(data_request: DataRequest, state: str, answer: str, actor: Actor) -> DataRequest:
    if len(answer) > 4000:
        raise Refused(_("Terlalu panjang: paling banyak 4.000 huruf."), field="answer")
    data_request.state, data_request.answer = state, answer.strip()
    data_request.answered_at, data_request.answered_by_id = timezone.now(), actor.user_id
    data_request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    return data_request
