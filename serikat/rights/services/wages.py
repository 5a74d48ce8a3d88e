"""Minimum wages are entered one by one or from a workbook. Nothing is overwritten: a wage begins on a day and ends the one before; a slip of the same
day is put right, and the trail keeps what stood there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, counted, inner, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import one_line
from serikat.places.models import Level, Region
from serikat.rights import permissions
from serikat.rights.models import MinimumWage
from serikat.rights.rules import wages as rules
from serikat.rights.selectors.wages import shipped_before
from serikat.rights.selectors.workbook import Row, judge

notes_say(from_day=_("berlaku sejak"), amount=_("rupiah sebulan"))


class NotPlausible(Refused):
    message = _("Jumlah ini tidak mungkin upah minimum sebulan. Periksa nolnya.")


class WrongRegion(Refused):
    message = _("Upah minimum ditetapkan untuk provinsi, kabupaten, atau kota.")


class NoDecree(Refused):
    message = _("Tulis nomor keputusannya.")


class AlreadyThere(Refused):
    message = _("Untuk hari itu sudah ada upah. Betulkan yang itu, atau pilih hari lain.")


class WrongDay(Refused):
    message = _("Hari ini tidak mungkin. Pilih tahun yang benar.")


class NothingToWrite(Refused):
    message = _("Tidak ada baris yang baru atau berubah.")


@action(
    "rights.wage.entered",
    may=permissions.may_keep_law_tables,
    says=_("mencatat upah minimum"),
    makes=True,
    fields=("region", "from_day", "amount", "decree", "source"),
)
def enter_wage(*, actor: Actor, region: Region, from_day: date, amount: int, decree: str, source: str = "") -> MinimumWage:
    """A wage that begins on a day. It ends the one before it, and ends itself when a later one is there already."""
    decree = _checked(region=region, from_day=from_day, amount=amount, decree=decree)
    if MinimumWage.objects.filter(region=region, from_day=from_day).exists():
        raise AlreadyThere(field="from_day")
    wage = MinimumWage.objects.create(region=region, from_day=from_day, amount=amount, decree=decree, source=source)
    follow_on(region=region)
    wage.refresh_from_db()
    return wage


@action(
    "rights.wage.corrected",
    may=permissions.may_keep_law_tables,
    says=_("membetulkan upah minimum"),
    on="wage",
    fields=("amount", "decree", "source"),
)
def correct_wage(*, actor: Actor, wage: MinimumWage, amount: int, decree: str, source: str = "") -> None:
    """Put a slip right: the region and the day stay."""
    fresh = MinimumWage.objects.select_for_update().select_related("region").get(pk=wage.pk)
    fresh.decree = _checked(region=fresh.region, from_day=fresh.from_day, amount=amount, decree=decree)
    fresh.amount, fresh.source = amount, source
    fresh.save(update_fields=["amount", "decree", "source"])
    wage.refresh_from_db()


@action("rights.wages.imported", may=permissions.may_keep_law_tables, says=_("memasukkan upah minimum dari tabel Excel"))
def import_wages(*, actor: Actor, rows: Sequence[Row]) -> int:
    """The rows of a workbook that were shown and agreed to: all, or none when something changed meanwhile. Each has its own entry in the trail."""
    verdicts = judge(rows)
    if any(not verdict.enters for verdict in verdicts):
        raise Conflict(_("Tabel upah berubah sejak berkas diperiksa. Unggah lagi."))
    if not verdicts:
        raise NothingToWrite
    regions = Region.objects.in_bulk([row.region for row in rows])
    written = [
        put_in(actor=actor, region=regions[row.region], row=row) for row in sorted(rows, key=lambda row: row.from_day)
    ]
    counted(len(written), [wage.pk for wage in written])
    return len(written)


@inner("part of another action")
def put_in(*, actor: Actor, region: Region, row: Row) -> MinimumWage:
    """One row of a workbook, new or put right."""
    here = MinimumWage.objects.filter(region=region, from_day=row.from_day).first()
    values = {"amount": row.amount, "decree": row.decree, "source": row.source}
    if here is None:
        return enter_wage(actor=actor, region=region, from_day=row.from_day, **values)  # type: ignore[arg-type]
    correct_wage(actor=actor, wage=here, **values)  # type: ignore[arg-type]
    return here


@inner("part of another action")
def follow_on(*, region: Region) -> None:
    """Each wage of a region ends the day before the next begins; the last one has no end."""
    rows = list(MinimumWage.objects.select_for_update().filter(region=region).order_by("from_day"))
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        until = following.from_day - timedelta(days=1) if following else None
        if row.until_day != until:
            row.until_day = until
            row.save(update_fields=["until_day"])


def _checked(*, region: Region, from_day: date, amount: int, decree: str) -> str:
    """The number of the decree on one line, when everything can be true."""
    if region.level not in (Level.PROVINCE, Level.REGENCY):
        raise WrongRegion(field="region")
    if not rules.FIRST_YEAR <= from_day.year <= rules.LAST_YEAR:
        raise WrongDay(field="from_day")
    earlier = MinimumWage.objects.filter(region=region, from_day__lt=from_day).order_by("-from_day").first()
    before = earlier.amount if earlier else shipped_before(region.code, from_day)
    if not rules.plausible(amount, before):
        raise NotPlausible(field="amount")
    decree = one_line(decree)
    if not decree:
        raise NoDecree(field="decree")
    return decree
