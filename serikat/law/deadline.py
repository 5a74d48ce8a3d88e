"""By when something must be done: steps of procedure in working days (`deadline`), and the year within which a dismissal is sued over (`limitation`).

The day of the event is not counted. Two days are answered, because no source settles whether collective leave counts as a working day: `due_safe`, the
earlier one, is the member's own deadline; `due_late` is the other. A ruling applies by the date of the event that it speaks of.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.dates import years_later
from serikat.law.facts import Facts
from serikat.law.holding import Law, NotHeld
from serikat.law.shapes import DISPUTES, EVENTS, Limitation, Step
from serikat.law.topics import Question
from serikat.law.values import Dated
from serikat.law.words import FieldError, Words
from serikat.law.workdays import Calendar, NoCalendar, no_year

TWO_DAYS = Words(
    "Belum pasti apakah cuti bersama dihitung hari kerja. Pakai tanggal yang lebih awal sebagai tenggat Anda.",
    "It is unsettled whether collective leave counts as a working day. Keep to the earlier date as your own deadline.",
)
ESTIMATED = Words(
    "Hari raya tahun {year} masih perkiraan: hitung lagi setelah ditetapkan.",
    "Feasts of {year} are still estimates: count again when they are proclaimed.",
)
CLOSED = Words(
    "{day} adalah cuti bersama, jadi kantor mungkin tutup. Selesaikan paling lambat {before}.",
    "{day} is collective leave, so that offices may be closed. Be done by {before}.",
)
LONGER = Words(
    "Dengan kesepakatan para pihak waktunya dapat diperpanjang {days} hari kerja; tanggal di sini tanpa perpanjangan.",
    "By agreement of the parties the time may be extended by {days} working days; the dates here are without it.",
)
TIMES = Words("Ini dapat terjadi paling banyak {times} kali.", "This may happen {times} times at most.")
NOT_FOR = Words("Langkah ini hanya untuk perselisihan: {names}.", "This step is for these disputes alone: {names}.")
NOT_YET = Words(
    "Untuk tanggal itu langkah ini belum ada. Langkah ini ada sejak {since}.",
    "On that day this step did not exist yet. It exists from {since}.",
)
OTHER_EVENT = Words(
    "Pada {day} waktunya dihitung sejak {starts}. Isi kejadian {event} dengan tanggalnya.",
    "On {day} the time runs from {starts}. Give the event {event} with its day.",
)
NO_WORKING_DAY = Words(
    "{day} bukan hari kerja. Ajukan paling lambat {before}, hari kerja terakhir sebelumnya.",
    "{day} is no working day. File by {before}, the last working day before it.",
)
NOT_CHECKED = Words(
    "Kalender tahun {year} belum ada, jadi belum diperiksa apakah {day} hari kerja.",
    "The calendar of {year} is not held, so that it was not checked whether {day} is a working day.",
)
FAILED_WHEN = Words(
    "Belum pasti tanggal mana yang berarti gagal: anjuran, penolakan, atau risalah. Pakai yang paling awal.",
    "Which date counts as failure is unsettled: the recommendation, its refusal or the minutes. Use the earliest.",
)
EVERY_DISMISSAL = Words(
    "Sebelum putusan MK 94/PUU-XXI/2023 diperdebatkan apakah satu tahun ini berlaku untuk semua PHK. Tanggal ini yang aman.",
    "Before ruling 94/PUU-XXI/2023 it was disputed whether this year binds every dismissal. This date is the safe one.",
)


def _step_of(law: Law, facts: Facts, day: date, field: str) -> Dated[Step]:
    start = len(p.STEPS.prefix) + 1
    name = read.one_of(facts, "step", [full[start:] for full in law.names(p.STEPS)])
    try:
        return law.on(p.STEPS.named(name), day)
    except NotHeld as problem:
        if problem.since is None:
            raise
        raise FieldError(field, NOT_YET.filled(since=problem.since)) from None


def _deadline(law: Law, facts: Facts, day: date) -> dict[str, Any]:
    start = read.a_day(facts, "from")
    dated = _step_of(law, facts, day, "law_on" if facts.get("law_on") is not None else "from")
    step = dated.value
    dispute = read.one_of(facts, "dispute", DISPUTES, otherwise="")
    if dispute and dispute not in step.disputes:
        raise FieldError("dispute", NOT_FOR.filled(names=", ".join(step.disputes)))
    calendar = Calendar(law)
    try:
        dues = [calendar.count(start, step.days, back=step.before, leave_counts=counts) for counts in (True, False)]
        safe, late = min(dues), max(dues)
        warnings = _warnings(calendar, step, safe, late)
    except NoCalendar as problem:
        raise no_year(law, problem.year, "from") from None
    cited = law.cite(day, dated)
    years = [calendar.seen[year] for year in sorted(calendar.seen)]
    return {
        "step": facts["step"],
        "label": step.label,
        "acting_party": step.acts,
        "from": start,
        "working_days": step.days,
        "counted_back": step.before,
        "may_be_longer_by": step.longer_by,
        "times_at_most": step.times if step.times > 1 else None,
        "due_safe": safe,
        "due_late": late,
        "article": dated.articles[0],
        "articles": [*dated.articles, *(article for year in years for article in year.articles)],
        "verified": cited.verified and all(year.verified for year in years) and not calendar.estimated(),
        "source": cited.source,
        "starts": step.starts,
        "silence": step.silence,
        "then": step.goes_on,
        "warnings": warnings,
    }


def _warnings(calendar: Calendar, step: Step, safe: date, late: date) -> list[Words]:
    found = [TWO_DAYS] if safe != late else []
    off = calendar.day_off(safe)
    if off is not None and off.leave:
        found.append(CLOSED.filled(day=safe, before=calendar.last_open(safe)))
    if step.longer_by:
        found.append(LONGER.filled(days=step.longer_by))
    if step.times > 1:
        found.append(TIMES.filled(times=step.times))
    return found + [ESTIMATED.filled(year=year) for year in calendar.estimated()]


def _from(facts: Facts) -> tuple[date | None, str]:
    return read.a_day(facts, "from"), "from"


DEADLINE = Question("deadline", frozenset({"step", "from", "dispute"}), _from, _deadline)


def _limitation(law: Law, facts: Facts, day: date) -> dict[str, Any]:
    event = read.one_of(facts, "event", EVENTS)
    happened = read.a_day(facts, "event_on")
    dated = law.on(p.DISMISSAL_SUIT_LIMIT, day)
    rule = dated.value
    if event != rule.event:
        raise FieldError("event_on", OTHER_EVENT.filled(day=day, starts=rule.starts, event=rule.event))
    due = years_later(happened, rule.years)
    cited = law.cite(day, dated)
    return {
        "event": event,
        "event_on": happened,
        "label": rule.label,
        "acting_party": rule.acts,
        "due_safe": due,
        "due_late": due,
        "article": cited.article,
        "articles": list(cited.articles),
        "verified": cited.verified,
        "source": cited.source,
        "starts": rule.starts,
        "warnings": [*_on_that_day(law, due), _of_event(rule)],
    }


def _on_that_day(law: Law, due: date) -> list[Words]:
    """Whether a year's end is a working day; it is not moved, since no source says that it is."""
    calendar = Calendar(law)
    try:
        before = calendar.last_open(due)
        found = [NO_WORKING_DAY.filled(day=due, before=before)] if before != due else []
        return found + [ESTIMATED.filled(year=year) for year in calendar.estimated()]
    except NoCalendar as problem:
        return [NOT_CHECKED.filled(year=problem.year, day=due)]


def _of_event(rule: Limitation) -> Words:
    return EVERY_DISMISSAL if rule.event == "dismissal_notice" else FAILED_WHEN


def _event_on(facts: Facts) -> tuple[date | None, str]:
    return read.a_day(facts, "event_on"), "event_on"


LIMITATION = Question("limitation", frozenset({"event", "event_on"}), _event_on, _limitation)
