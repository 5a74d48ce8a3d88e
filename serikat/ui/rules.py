"""How days, times and money are written, in Indonesian and English. Values in, words out: no clock, no settings."""

from __future__ import annotations

import datetime as dt

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
DAYS_SHORT = {
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
MONTHS_SHORT = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def tongue(lang: str) -> str:
    """Whatever is not English is written in Indonesian."""
    return "en" if lang.startswith("en") else "id"


def write_day(day: dt.date, lang: str, *, weekday: bool = True) -> str:
    """Jumat, 22 Mei 2026."""
    lang = tongue(lang)
    date = f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"
    return f"{DAYS[lang][day.weekday()]}, {date}" if weekday else date


def write_day_short(day: dt.date, lang: str, *, year: bool = True) -> str:
    """Jum, 22 Mei 2026. Only inside lists: where someone must act the day is written in full."""
    lang = tongue(lang)
    date = f"{DAYS_SHORT[lang][day.weekday()]}, {day.day} {MONTHS_SHORT[lang][day.month - 1]}"
    return f"{date} {day.year}" if year else date


def write_clock(moment: dt.datetime | dt.time, lang: str) -> str:
    """09.15 WIB, in English 09:15 WIB. The zone is named when the moment knows it."""
    mark = ":" if tongue(lang) == "en" else "."
    clock = f"{moment.hour:02}{mark}{moment.minute:02}"
    zone = moment.tzname()
    return f"{clock} {zone}" if zone else clock


def write_moment(moment: dt.datetime, lang: str) -> str:
    """Jumat, 22 Mei 2026, 09.15 WIB."""
    return f"{write_day(moment.date(), lang)}, {write_clock(moment, lang)}"


def write_near(moment: dt.datetime, today: dt.date, lang: str) -> str:
    """hari ini, 09.15 WIB; besok, 09.15 WIB; Jum, 22 Mei, 09.15 WIB; another year is named. For lists that are read at a glance."""
    day = moment.date()
    if abs((day - today).days) < 2:
        return f"{write_distance(day, today, lang)}, {write_clock(moment, lang)}"
    return f"{write_day_short(day, lang, year=day.year != today.year)}, {write_clock(moment, lang)}"


def write_number(value: int, lang: str) -> str:
    """12.345.678, in English 12,345,678."""
    return f"{value:,}" if tongue(lang) == "en" else f"{value:,}".replace(",", ".")


def write_rupiah(value: int, lang: str) -> str:
    """Rp12.345.678; a debt is −Rp12.345.678. Rupiah keeps its dots in English: that is how the note itself is written."""
    sign = "−" if value < 0 else ""
    return f"{sign}Rp{write_number(abs(value), 'id')}"


def write_distance(day: dt.date, today: dt.date, lang: str) -> str:
    """hari ini, besok, kemarin, 3 hari lagi, 2 hari lalu: calendar days, not working days."""
    days = (day - today).days
    if tongue(lang) == "en":
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}
        return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
    near = {0: "hari ini", 1: "besok", -1: "kemarin"}
    return near.get(days) or (f"{days} hari lagi" if days > 0 else f"{-days} hari lalu")


def write_size(size: int, lang: str) -> str:
    """842 kB, 1,4 MB: what a download costs."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    text = f"{size / 1_000_000:.1f} MB"
    return text if tongue(lang) == "en" else text.replace(".", ",")


def page_window(number: int, count: int) -> list[int | None]:
    """Which pages a pager names: the ends, the neighbours, and None for what is left out. Page 9 of 18: 1 … 8 9 10 … 18."""
    named = sorted({1, count, *range(max(1, number - 1), min(count, number + 1) + 1)})
    window: list[int | None] = []
    for page in named:
        if window and window[-1] is not None and page - window[-1] == 2:
            window.append(page - 1)
        elif window and window[-1] is not None and page - window[-1] > 2:
            window.append(None)
        window.append(page)
    return window
