"""Days, times and money in the words of the page's language. Filters, and `<time>` tags that machines can read too."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from serikat.ui import rules
from serikat.ui.components import register

KINDS = (
    ("audio/", _("rekaman suara")),
    ("video/", _("video")),
    ("image/", _("gambar")),
    ("application/pdf", "PDF"),
    ("spreadsheet", _("tabel")),
    ("excel", _("tabel")),
    ("/csv", _("tabel")),
    ("presentation", _("presentasi")),
    ("powerpoint", _("presentasi")),
    ("word", _("dokumen")),
    ("opendocument.text", _("dokumen")),
    ("text/", pgettext_lazy("a kind of file", "teks")),
)  # a part of the media type, the first that fits


def kind_in_words(media_type: str) -> str:
    """What sort of file it is: "rekaman suara" for audio/x-wav."""
    return str(next((words for part, words in KINDS if part in media_type), _("berkas")))


def _lang() -> str:
    return get_language() or "id"


def local(value: dt.datetime) -> dt.datetime:
    """A moment in the zone of whoever reads."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day_of(value: dt.date | dt.datetime) -> dt.date:
    return local(value).date() if isinstance(value, dt.datetime) else value


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Jumat, 22 Mei 2026"""
    return rules.write_day(day_of(value), _lang()) if value else ""


@register.filter
def date_only(value: dt.date | dt.datetime | None) -> str:
    """22 Mei 2026"""
    return rules.write_day(day_of(value), _lang(), weekday=False) if value else ""


@register.filter
def day_short(value: dt.date | dt.datetime | None) -> str:
    """Jum, 22 Mei 2026"""
    return rules.write_day_short(day_of(value), _lang()) if value else ""


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """09.15 WIB"""
    return rules.write_clock(local(value) if isinstance(value, dt.datetime) else value, _lang()) if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Jumat, 22 Mei 2026, 09.15 WIB"""
    return rules.write_moment(local(value), _lang()) if value else ""


@register.filter
def near(value: dt.datetime | None) -> str:
    """hari ini, 09.15 WIB"""
    return rules.write_near(local(value), timezone.localdate(), _lang()) if value else ""


@register.filter
def distance(value: dt.date | dt.datetime | None) -> str:
    """3 hari lagi"""
    return rules.write_distance(day_of(value), timezone.localdate(), _lang()) if value else ""


@register.filter
def rupiah(value: int | None) -> str:
    """Rp12.345.678"""
    return rules.write_rupiah(int(value), _lang()) if value is not None else ""


@register.filter
def number(value: int | None) -> str:
    """12.345.678"""
    return rules.write_number(int(value), _lang()) if value is not None else ""


@register.filter
def size(value: int | None) -> str:
    """1,4 MB"""
    return rules.write_size(int(value), _lang()) if value is not None else ""


@register.simple_tag
def when(value: dt.date | dt.datetime | None, style: str = "moment") -> SafeString:
    """A `<time>` with the machine's form beside the words. style: moment, day, date_only, day_short, clock, near, distance. Nothing for nothing."""
    if not value:
        return SafeString("")
    shown = {
        "moment": moment,
        "day": day,
        "date_only": date_only,
        "day_short": day_short,
        "clock": clock,
        "near": near,
        "distance": distance,
    }[style]
    if not isinstance(value, dt.datetime) and style in ("moment", "near"):
        shown = day
    exact = local(value).isoformat(timespec="minutes") if isinstance(value, dt.datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', exact, shown(value))  # type: ignore[arg-type]
