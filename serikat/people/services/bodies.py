"""Companies, agencies and institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing, Refused
from serikat.people import rules
from serikat.people.models import Body, BodyKind
from serikat.people.permissions import may_add_body, may_keep_bodies

FIELDS = ("unit", "kind", "name", "other_names", "registrations", "place", "country")


class KnownBody(Refused):
    message = _("Perusahaan atau lembaga dengan nama ini sudah tercatat di unit ini.")


@dataclass(frozen=True, slots=True)
class BodyShape:
    """What is written down of a body: names, registration numbers as pairs of kind and number ("NIB", "123…"), where it is."""

    kind: str
    name: str
    other_names: tuple[str, ...] = ()
    registrations: tuple[tuple[str, str], ...] = ()
    place: Any = None
    country: Any = None


@action(
    "people.body.added",
    may=may_add_body,
    says=_("mencatat perusahaan atau lembaga"),
    on="unit",
    makes=True,
    fields=FIELDS,
)
def add_body(*, actor: Actor, unit: Any, shape: BodyShape) -> Body:
    """Write a body down. A second one of the same name in the same unit is refused."""
    return _put(Body(unit=unit), shape)


@action(
    "people.body.corrected",
    may=may_keep_bodies,
    says=_("memperbaiki data perusahaan atau lembaga"),
    on="body",
    fields=FIELDS,
)
def correct_body(*, actor: Actor, body: Body, unit: Any, shape: BodyShape, reason: str = "") -> Body:
    """Put right what was written down of a body."""
    if unit.pk != body.unit_id and not may_keep_bodies(actor, unit):
        raise Missing(field="unit")
    body.unit = unit
    return _put(body, shape)


def _put(body: Body, shape: BodyShape) -> Body:
    name = " ".join(shape.name.split())
    if shape.kind not in BodyKind.values:
        raise Refused(_("Pilih jenis dari daftar."), field="kind")
    if not 2 <= len(name) <= 160 or not name.isprintable():
        raise Refused(_("Tulis nama, 2 sampai 160 huruf."), field="name")
    body.kind, body.name, body.folded = shape.kind, name, rules.folded(name)[:160]
    if Body.objects.filter(unit=body.unit, folded=body.folded).exclude(pk=body.pk).exists():
        raise KnownBody(field="name")
    body.other_names = sorted({" ".join(n.split())[:160] for n in shape.other_names if n.strip()})
    numbers = [(kind.strip().upper(), number.strip()) for kind, number in shape.registrations]
    if any(not re.fullmatch(r"[A-Z0-9 ]{2,20}", k) or not re.fullmatch(r"[\w./ -]{3,60}", n) for k, n in numbers):
        raise Refused(_("Tulis satu nomor tiap baris, seperti “NIB: 1234567890123”."), field="registrations")
    body.registrations = [list(pair) for pair in numbers]
    body.place, body.country = shape.place, shape.country
    body.save()
    return body
