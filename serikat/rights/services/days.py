"""Days off are kept a year at a time: a year is taken over whole, from what is shipped or from the library, with the decree that a person read; then single
days are added, put right and taken out. A year that stands here takes the place of the shipped one, so it is never begun with one day alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import one_line
from serikat.rights import permissions
from serikat.rights.models import DayOff
from serikat.rights.selectors.days import FIRST_YEAR, LAST_YEAR, Proposed

notes_say(year=_("tahun"), day_off=_("hari libur"), decree=_("keputusan"))
FIELDS = ("on", "kind", "name_id", "name_en", "estimated", "decree", "source")


class YearStands(Conflict):
    message = _("Tahun ini sudah ada di sini. Betulkan harinya satu per satu.")


class YearMissing(Refused):
    message = _("Isi tahun itu dulu: satu hari saja akan menggantikan seluruh kalender bawaannya.")


class NothingProposed(Refused):
    message = _("Untuk tahun ini tidak ada hari yang dapat diisikan.")


class DayStands(Refused):
    message = _("Hari itu sudah ada di daftar.")


class NoDecree(Refused):
    message = _("Tulis nomor keputusannya.")


class WrongYear(Refused):
    message = _("Hari ini tidak mungkin. Pilih tahun yang benar.")


@action("rights.year.filled", may=permissions.may_keep_law_tables, says=_("mengisi hari libur setahun"))
def fill_year(*, actor: Actor, year: int, days: Sequence[Proposed], decree: str, source: str = "") -> int:
    """Take a year over whole."""
    decree = _decree(decree)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongYear
    if not days or any(day.on.year != year for day in days):
        raise NothingProposed
    if DayOff.objects.filter(on__year=year).exists():
        raise YearStands
    DayOff.objects.bulk_create(
        DayOff(
            on=day.on,
            kind=day.kind,
            name_id=day.name_id,
            name_en=day.name_en,
            estimated=day.estimated,
            decree=decree,
            source=source,
        )
        for day in days
    )
    note(year=year, decree=decree)
    return len(days)


@action("rights.day.added", may=permissions.may_keep_law_tables, says=_("menambah hari libur"), makes=True, fields=FIELDS)
def add_day(
    *, actor: Actor, on: date, kind: str, name_id: str, name_en: str, estimated: bool, decree: str, source: str = ""
) -> DayOff:
    _checked(on=on)
    if not DayOff.objects.filter(on__year=on.year).exists():
        raise YearMissing(field="on")
    return DayOff.objects.create(
        on=on, kind=kind, name_id=one_line(name_id), name_en=one_line(name_en), estimated=estimated, decree=_decree(decree),
        source=source,
    )  # fmt: skip


@action(
    "rights.day.corrected", may=permissions.may_keep_law_tables, says=_("membetulkan hari libur"), on="day", fields=FIELDS
)
def correct_day(
    *,
    actor: Actor,
    day: DayOff,
    on: date,
    kind: str,
    name_id: str,
    name_en: str,
    estimated: bool,
    decree: str,
    source: str = "",
) -> None:
    fresh = DayOff.objects.select_for_update().filter(pk=day.pk).first()
    if fresh is None:
        raise Conflict
    _checked(on=on, but=fresh)
    if on.year != fresh.on.year:
        raise WrongYear(field="on")
    fresh.on, fresh.kind, fresh.estimated, fresh.source = on, kind, estimated, source
    fresh.name_id, fresh.name_en, fresh.decree = one_line(name_id), one_line(name_en), _decree(decree)
    fresh.save()
    day.refresh_from_db()


@action("rights.day.removed", may=permissions.may_keep_law_tables, says=_("menghapus hari libur"))
def remove_day(*, actor: Actor, day: DayOff) -> None:
    """Take a day out. When it was the last of its year, the year is the shipped one again."""
    note(day_off=f"{day.on} {day.name_id}", decree=day.decree)
    if not DayOff.objects.filter(pk=day.pk).delete()[0]:
        raise Conflict


def _checked(*, on: date, but: DayOff | None = None) -> None:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise WrongYear(field="on")
    others = DayOff.objects.filter(on=on)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise DayStands(field="on")


def _decree(decree: str) -> str:
    decree = one_line(decree)
    if not decree:
        raise NoDecree(field="decree")
    return decree
