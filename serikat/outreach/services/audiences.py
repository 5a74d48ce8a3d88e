"""Audiences made of conditions, and lists of addresses brought in tables."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.messaging.addresses import index_of
from serikat.messaging.services.receiving import addresses_of
from serikat.outreach import permissions
from serikat.outreach.models import Audience, AudiencePart, ImportedList, ListEntry, PartKind
from serikat.outreach.selectors.workbook import GOOD, Row
from serikat.people.selectors import person_by_code
from serikat.units.models import Unit

notes_say(entries=_("alamat di daftar"))
BATCH = 1000
NEEDS = {
    PartKind.MEMBERS: ("unit",),
    PartKind.ROLE: ("role", "unit"),
    PartKind.PLACE: ("place",),
    PartKind.TOPIC: ("topic",),
    PartKind.LIST: ("imported",),
}


class PartMissing(Refused):
    message = _("Isi ini dulu untuk pilihan itu.")


class NoSuchPerson(Refused):
    message = _("Tidak ada orang dengan kode itu di unit Anda.")


class ConsentOfTomorrow(Refused):
    message = _("Tanggal persetujuan belum tiba.")


class NothingGood(Refused):
    message = _("Tidak ada satu baris pun yang dapat masuk.")


@action(
    "outreach.audience.made",
    may=permissions.may_keep_audience,
    says=pgettext_lazy("an action", "membuat khalayak"),
    on="unit",
    makes=True,
)
def make_audience(*, actor: Actor, unit: Unit, name: str) -> Audience:
    return Audience.objects.create(unit=unit, name=name, made_by_id=actor.user_id)


@action("outreach.audience.widened", may=permissions.may_keep_audience, says=_("menambah bagian khalayak"), on="audience")
def add_part(*, actor: Actor, audience: Audience, kind: str, chosen: Mapping[str, Any]) -> AudiencePart:
    """One condition more. A person is named by the code of their record, and only where the actor sees it."""
    meant = PartKind(kind)
    if meant == PartKind.PERSON:
        person = person_by_code(actor, str(chosen.get("code") or ""))
        if person is None:
            raise NoSuchPerson(field="code")
        return AudiencePart.objects.create(audience=audience, kind=meant, person=person)
    for name in NEEDS[meant]:
        if not chosen.get(name):
            raise PartMissing(field=name)
    return AudiencePart.objects.create(audience=audience, kind=meant, **{name: chosen[name] for name in NEEDS[meant]})


@action("outreach.audience.narrowed", may=permissions.may_keep_audience, says=_("membuang bagian khalayak"), on="audience")
def drop_part(*, actor: Actor, audience: Audience, part_id: int) -> None:
    AudiencePart.objects.filter(pk=part_id, audience=audience).delete()


@action(
    "outreach.list.imported",
    may=permissions.may_keep_audience,
    says=_("memasukkan daftar nomor"),
    on="unit",
    makes=True,
)
def import_list(
    *,
    actor: Actor,
    unit: Unit,
    name: str,
    asked_by: str,
    asked_on: date,
    asked_how: str,
    rows: Sequence[Row],
    key: uuid.UUID | None = None,
) -> ImportedList:
    """The good rows of a table, with who asked these people, when and how. The table is not kept."""
    if asked_on > timezone.localdate():
        raise ConsentOfTomorrow(field="asked_on")
    good = [row for row in rows if row.what == GOOD]
    if not good:
        raise NothingGood(field="file")
    made = ImportedList.objects.create(
        unit=unit,
        name=name,
        asked_by=asked_by,
        asked_on=asked_on,
        asked_how=asked_how,
        brought_by_id=actor.user_id,
        key=key,
    )
    for scheme in sorted({row.scheme for row in good}):
        values = [row.value for row in good if row.scheme == scheme]
        for at in range(0, len(values), BATCH):
            wanted = {index_of(scheme, value): (value, "") for value in values[at : at + BATCH]}
            rows_of = addresses_of(scheme=scheme, wanted=wanted)
            ListEntry.objects.bulk_create(ListEntry(imported=made, address=address) for address in rows_of.values())
    return made
