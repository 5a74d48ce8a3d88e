"""Today in big figures for the wall, and figures by day and operator. Numbers alone: nobody's name but the operators', and those not on the wall."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Font

from serikat.helpdesk.models import Call, Conversation, Report
from serikat.helpdesk.permissions import CALL_FIGURES
from serikat.helpdesk.rules.calls import RINGS_FOR, in_minutes, share
from serikat.helpdesk.selectors.calls import within
from serikat.kernel.access import Actor

MOST_DAYS = 92
MANY = 1000  # a wall says "1000" for more
PHONE, VISIT = Q(way=Call.Way.PHONE), Q(way=Call.Way.VISIT)
CAME = PHONE & ~Q(direction=Call.Direction.OUT)
TAKEN = CAME & Q(answered_at__isnull=False)
WAITED = ExpressionWrapper(F("answered_at") - F("rang_at"), output_field=DurationField())  # shown as a mean everywhere


@dataclass(frozen=True, slots=True)
class Today:
    ringing: int
    came: int
    share: int | None
    waited: str
    missed: int
    backs: int
    visitors: int
    talks: int
    reports: int


def today(actor: Actor) -> Today:
    """A fixed number of questions, each along an index."""
    now = timezone.now()
    begins = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    reach = within(actor, *CALL_FIGURES)
    calls = Call.objects.filter(reach)
    said = calls.filter(began_at__gte=begins).aggregate(
        came=Count("pk", CAME), taken=Count("pk", TAKEN), visitors=Count("pk", VISIT), waits=Avg(WAITED, filter=TAKEN)
    )
    ringing = calls.filter(operator=None, ended_at=None, rang_at__gt=now - RINGS_FOR).count()
    over = said["came"] - ringing
    return Today(
        ringing=ringing,
        came=said["came"],
        share=share(said["taken"], over),
        waited=_span(said["waits"]),
        missed=max(0, over - said["taken"]),
        backs=calls.filter(call_back_at__lte=now, called_back_at=None)[:MANY].count(),
        visitors=said["visitors"],
        talks=Conversation.objects.filter(reach, state=Conversation.State.OPEN)[:MANY].count(),
        reports=Report.objects.filter(reach, state=Report.State.RECEIVED)[:MANY].count(),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """What one operator did on one day, or all did together. Without an operator: what nobody answered."""

    day: date | None
    operator: str
    came: int
    taken: int
    out: int
    visitors: int
    backs: int
    reports: int
    waited: str
    talked: str


LASTED = ExpressionWrapper(F("ended_at") - F("answered_at"), output_field=DurationField())
COUNTED = {
    "came": Count("pk", CAME),
    "taken": Count("pk", TAKEN),
    "out": Count("pk", PHONE & Q(direction=Call.Direction.OUT)),
    "visitors": Count("pk", VISIT),
    "backs": Count("pk", Q(called_back_at__isnull=False)),
    "reports": Count("pk", Q(outcome=Call.Outcome.REPORTED)),
}
MEANS = {
    "waits": Avg(WAITED, filter=TAKEN),
    "talks": Avg(LASTED, filter=Q(answered_at__isnull=False, ended_at__isnull=False)),
}


def figures(actor: Actor, since: date, until: date) -> list[Line]:
    """By day and operator, the newest day first. Both days are counted in; who rings at this moment is not yet."""
    rows = _calls(actor, since, until).values("day", "operator_id", "operator__name").annotate(**COUNTED, **MEANS)
    return [_line(row) for row in rows.order_by("-day", "operator__name", "operator_id")]


def totals(actor: Actor, since: date, until: date) -> tuple[dict[date, Line], Line]:
    """Each day of the same calls, and all of its days: means of means would be wrong."""
    calls = _calls(actor, since, until)
    days = calls.values("day").annotate(**COUNTED, **MEANS).order_by("-day")
    return {row["day"]: _line(row) for row in days}, _line(calls.aggregate(**COUNTED, **MEANS))


def _calls(actor: Actor, since: date, until: date) -> Any:
    begin = timezone.make_aware(datetime.combine(since, time.min))
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    found = Call.objects.filter(within(actor, *CALL_FIGURES), began_at__gte=begin, began_at__lt=end)
    found = found.exclude(operator=None, ended_at=None, rang_at__gt=timezone.now() - RINGS_FOR)
    return found.annotate(day=TruncDate("began_at", tzinfo=timezone.get_current_timezone()))


def _line(row: dict[str, Any]) -> Line:
    counts = {name: row[name] for name in COUNTED}
    return Line(
        day=row.get("day"),
        operator=(row["operator__name"] or _("tidak terangkat")) if "operator__name" in row else _("Semua"),
        waited=_span(row["waits"]),
        talked=_span(row["talks"]),
        **counts,
    )


def _span(lasted: timedelta | None) -> str:
    return in_minutes(None if lasted is None else max(0, round(lasted.total_seconds())))


def heads() -> list[str]:
    return [
        pgettext("of figures", "Hari"),
        _("Petugas"),
        pgettext("a call", "Masuk"),
        _("Terangkat"),
        pgettext("a call", "Keluar"),
        _("Tamu"),
        _("Telepon balik selesai"),
        _("Laporan"),
        _("Rata-rata menunggu (menit)"),
        _("Rata-rata bicara (menit)"),
    ]


def cells(line: Line) -> list[Any]:
    return [
        line.day,
        line.operator,
        line.came,
        line.taken,
        line.out,
        line.visitors,
        line.backs,
        line.reports,
        line.waited,
        line.talked,
    ]


def workbook(lines: Sequence[Line]) -> bytes:
    """The same table for a spreadsheet. A name never becomes a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Telepon")
    sheet.append(heads())
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append(cells(line))
        name = sheet.cell(sheet.max_row, 2)
        name.data_type = "s"
        sheet.cell(sheet.max_row, 1).number_format = "yyyy-mm-dd"
    for letter, width in zip("ABCDEFGHIJ", (12, 28, 10, 10, 10, 10, 14, 10, 16, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
