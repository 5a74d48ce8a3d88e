"""Dates in all the shapes that archives hold, always with their zone.

A date without a zone is one of the archive's own place, Jakarta unless the archive says otherwise.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari pebruari february feb peb", "maret march mar", "april apr", "mei may", "juni june jun",
            "juli july jul", "agustus august agu agt aug", "september sept sep", "oktober october okt oct",
            "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "wib": 7, "wita": 8, "wit": 9}
_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<zone>[A-Za-z]+|[+-]\d{1,2}:?\d{0,2})?"
)
_SPOKEN = re.compile(
    r"(?:[A-Za-z']+,\s*)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]+)\.?,?\s+(?P<year>\d{4})"
    r"(?:,?\s+(?:pukul\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?)?\s*(?P<zone>[A-Za-z]+|[+-]\d{1,2}:?\d{0,2})?"
)


class BadDate(ValueError):
    """This names no day."""


def zone_named(name: str) -> tzinfo | None:
    """A zone by its name in the tz database; None when there is none of that name."""
    try:
        return ZoneInfo(name.strip())
    except (ValueError, OSError, KeyError):  # the library raises each of them, by the shape of the wrong name
        return None


def read_date(text: str, place: tzinfo = JAKARTA) -> datetime:
    """The moment a text names; raises `BadDate`. A day without an hour begins at midnight."""
    found = _ISO.fullmatch(text.strip()) or _SPOKEN.fullmatch(text.strip())
    if found is None:
        raise BadDate(text)
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        moment = datetime(
            int(found["year"]), number, int(found["day"]), int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0),
            tzinfo=_zone(found["zone"], place),
        )  # fmt: skip
        moment.astimezone(UTC)  # a year at the very edge cannot be told in another zone
    except (ValueError, OverflowError) as slip:
        raise BadDate(text) from slip
    return moment


def _zone(written: str | None, place: tzinfo) -> tzinfo:
    if not written:
        return place
    if written.lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[written.lower()]))
    found = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", written)
    if found is None:
        raise ValueError(written)
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(ahead if found[1] == "+" else -ahead)
