"""The tree: a unit is founded, renamed, moved with all below it, closed."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.events import publish
from serikat.places.models import Country, Region
from serikat.units import rules
from serikat.units.events import UnitClosed, UnitMoved
from serikat.units.models import Kind, Unit
from serikat.units.permissions import may_close_unit, may_found_root_unit, may_found_unit, may_move_unit, may_rename_unit
from serikat.units.selectors import mandates_not_over
from serikat.units.services.mandates import end_mandate


class OneRootOnly(Refused):
    message = _("Organisasi ini sudah punya unit puncak. Dirikan unit baru di bawahnya.")


class NameTaken(Refused):
    message = _("Sudah ada unit dengan nama itu di bawah unit yang sama.")


class CodeTaken(Refused):
    message = _("Kode itu sudah dipakai unit lain.")


class UnitIsClosed(Refused):
    message = _("Unit itu sudah ditutup.")


class CannotMove(Refused):
    message = _("Unit tidak dapat dipindahkan ke bawah dirinya sendiri.")


class StillOpenBelow(Refused):
    message = _("Masih ada unit terbuka di bawahnya. Tutup atau pindahkan unit itu dahulu.")


@action("units.unit.rooted", may=may_found_root_unit, says=_("mendirikan unit puncak"), makes=True, fields=("name", "kind"))
def found_root_unit(
    *, actor: Actor, name: str, code: str = "", kind: str = Kind.NATIONAL, founded_on: date | None = None
) -> Unit:
    """Found the top of the organisation. A second root is refused unless SEVERAL_ROOT_UNITS says that there may be more."""
    if not settings.SEVERAL_ROOT_UNITS and _roots_locked():
        raise OneRootOnly
    return _found(None, name=name, code=code, kind=kind, founded_on=founded_on)


@action(
    "units.unit.founded",
    may=may_found_unit,
    says=_("mendirikan unit"),
    on="parent",
    makes=True,
    fields=("name", "kind", "code"),
)
def found_unit(
    *,
    actor: Actor,
    parent: Unit,
    name: str,
    kind: str,
    code: str = "",
    region: Region | None = None,
    country: Country | None = None,
    founded_on: date | None = None,
) -> Unit:
    """Found a unit below another. Without a code one is made of the name."""
    _roots_locked()
    parent.refresh_from_db()
    if parent.closed_on is not None:
        raise UnitIsClosed(field="parent")
    return _found(parent, name=name, code=code, kind=kind, founded_on=founded_on, region=region, country=country)


@action("units.unit.renamed", may=may_rename_unit, says=_("mengganti nama unit"), on="unit", fields=("name",))
def rename_unit(*, actor: Actor, unit: Unit, name: str, reason: str = "") -> Unit:
    """Give the unit another name; its code and path stay, so no link breaks."""
    name = _checked_name(name)
    if Unit.objects.filter(parent=unit.parent_id, name=name).exclude(pk=unit.pk).exists():
        raise NameTaken(field="name")
    unit.name = name
    unit.save(update_fields=["name"])
    return unit


@action("units.unit.moved", may=may_move_unit, says=_("memindahkan unit"), on="unit", fields=("parent", "path"))
def move_unit(*, actor: Actor, unit: Unit, parent: Unit, reason: str = "") -> Unit:
    """Put the unit and all below it under another parent, in one statement. Refused below itself, and where the actor may not found."""
    _roots_locked()
    unit.refresh_from_db()
    parent.refresh_from_db()
    if rules.stands_in(parent.path, unit.path):
        raise CannotMove(field="parent")
    if not may_found_unit(actor, parent):
        raise CannotMove(_("Anda tidak berwenang di unit tujuan itu."), field="parent")
    if parent.closed_on is not None:
        raise UnitIsClosed(field="parent")
    if Unit.objects.filter(parent=parent, name=unit.name).exclude(pk=unit.pk).exists():
        raise NameTaken(field="parent")
    old, new = unit.path, rules.path_below(parent.path, unit.pk)
    if old != new:
        Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
        unit.path, unit.parent = new, parent
        unit.save(update_fields=["parent"])
        publish(UnitMoved(unit.pk, old, new))
    return unit


@action("units.unit.closed", may=may_close_unit, says=_("menutup unit"), on="unit", fields=("closed_on",))
def close_unit(*, actor: Actor, unit: Unit, reason: str) -> Unit:
    """Close the unit today and end the mandates held in it. The row and its history stay."""
    _roots_locked()
    unit.refresh_from_db()
    if unit.closed_on is not None:
        raise UnitIsClosed
    if unit.children.filter(closed_on=None).exists():
        raise StillOpenBelow
    for mandate in mandates_not_over().filter(unit=unit).select_related("user", "unit", "decree"):
        end_mandate(actor=actor, mandate=mandate, reason=reason)
    unit.closed_on = timezone.localdate()
    unit.save(update_fields=["closed_on"])
    publish(UnitClosed(unit.pk))
    return unit


def _roots_locked() -> list[Unit]:
    """The roots, locked until commit: whoever changes the shape of the tree waits here, so that two moves never make a circle."""
    return list(Unit.objects.select_for_update().filter(parent=None).order_by("pk"))


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Tuliskan nama unit."), field="name")
    if len(name) > 120:
        raise Refused(_("Nama unit paling panjang 120 huruf."), field="name")
    return name


def _found(
    parent: Unit | None,
    *,
    name: str,
    code: str,
    kind: str,
    founded_on: date | None,
    region: Region | None = None,
    country: Country | None = None,
) -> Unit:
    name = _checked_name(name)
    if kind not in Kind.values:
        raise Refused(_("Jenis unit itu tidak dikenal."), field="kind")
    if Unit.objects.filter(parent=parent, name=name).exists():
        raise NameTaken(field="name")
    if code and Unit.objects.filter(code=code).exists():
        raise CodeTaken(field="code")
    unit = Unit.objects.create(
        parent=parent,
        path=f"new-{uuid.uuid4()}",  # the path holds the row's number, known only now
        kind=kind,
        name=name,
        code=code or _free_code(name),
        founded_on=founded_on,
        region=region,
        country=country,
    )
    unit.path = rules.path_below(parent.path if parent else "", unit.pk)
    unit.save(update_fields=["path"])
    return unit


def _free_code(name: str) -> str:
    base = slugify(name)[:24].strip("-") or "unit"
    taken = set(Unit.objects.filter(code__startswith=base).values_list("code", flat=True))
    return base if base not in taken else next(c for n in range(2, len(taken) + 3) if (c := f"{base}-{n}") not in taken)
