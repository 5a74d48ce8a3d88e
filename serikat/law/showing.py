"""Values of the law in words: for the console, the pages and the generated reference."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import singledispatch

from serikat.law.lines import plain
from serikat.law.shapes import DayOff, Forum, Limitation, Named, Reason, Step, Treatment
from serikat.law.values import Bands, Multiplier
from serikat.law.words import Words

YES, NO = Words("ya", "yes"), Words("tidak", "no")


@singledispatch
def in_words(value: object) -> Words:
    """One line. Numbers are written as the law writes them: 1,5 in Indonesian, 1.5 in English."""
    return Words(str(value), str(value))


@in_words.register
def _(value: bool) -> Words:
    return YES if value else NO


@in_words.register
def _(value: int) -> Words:
    return Words(f"{value:,}".replace(",", "."), f"{value:,}")


@in_words.register
def _(value: Fraction) -> Words:
    text = plain(value)
    return Words(text.replace(".", ","), text)


@in_words.register
def _(value: date) -> Words:
    return Words(value.isoformat(), value.isoformat())


@in_words.register
def _(value: Bands) -> Words:
    pairs = list(zip(value.starts, value.values, strict=True))
    return Words(
        "; ".join(f"mulai {start}: {found}" for start, found in pairs),
        "; ".join(f"from {start}: {found}" for start, found in pairs),
    )


@in_words.register
def _(value: Reason) -> Words:
    if value.reinstated:
        return Words(f"{value.label.id}: dipekerjakan kembali", f"{value.label.en}: taken back to work")
    pay, service = in_words(value.pay), in_words(value.service)
    also = Words(", uang pisah", ", separation money") if value.separation else Words("", "")
    return Words(
        f"{value.label.id}: pesangon {pay.id} kali, penghargaan {service.id} kali{also.id}",
        f"{value.label.en}: severance {pay.en} times, long service {service.en} times{also.en}",
    )


@in_words.register
def _(value: Named) -> Words:
    return Words(*(": ".join(part for part in pair if part) for pair in zip(value.label, value.says, strict=True)))


TREATED = {
    "illegal": Words("tidak boleh", "not allowed"),
    "with_consent": Words("boleh dengan dasar tertulis", "allowed on a written ground"),
    "lawful": Words("boleh", "allowed"),
    "returned": Words("dikembalikan", "to be returned"),
    "may_fall_on_worker": Words("boleh ditanggung pekerja", "may fall on the worker"),
}
PARTY = {
    "worker": Words("pekerja", "the worker"),
    "employer": Words("pengusaha", "the employer"),
    "both": Words("kedua pihak", "both sides"),
    "registering_party": Words("pihak yang mencatatkan", "the party that registers"),
    "agency": Words("dinas", "the labour office"),
    "mediator": Words("mediator", "the mediator"),
    "conciliator": Words("konsiliator", "the conciliator"),
    "arbitrator": Words("arbiter", "the arbitrator"),
    "court": Words("pengadilan", "the court"),
    "supreme_court": Words("Mahkamah Agung", "the Supreme Court"),
    "suing_party": Words("pihak yang menggugat", "the party that sues"),
    "losing_party": Words("pihak yang tidak menerima putusan", "the party that does not accept the judgment"),
}


@in_words.register
def _(value: Treatment) -> Words:
    treated = TREATED[value.treated]
    return Words(f"{value.label.id}: {treated.id}", f"{value.label.en}: {treated.en}")


@in_words.register
def _(value: Step) -> Words:
    acts = PARTY[value.acts]
    when = Words("sebelum", "before") if value.before else Words("sejak", "from when")
    return Words(
        f"{value.label.id}: {value.days} hari kerja {when.id} {value.starts.id}; {acts.id}",
        f"{value.label.en}: {value.days} working days {when.en} {value.starts.en}; {acts.en}",
    )


@in_words.register
def _(value: Limitation) -> Words:
    return Words(
        f"{value.label.id}: {value.years} tahun sejak {value.starts.id}",
        f"{value.label.en}: {value.years} year{'s' if value.years != 1 else ''} from {value.starts.en}",
    )


@in_words.register
def _(value: DayOff) -> Words:
    also = Words(" (perkiraan)", " (estimated)") if value.estimated else Words("", "")
    return Words(f"{value.on} {value.name.id}{also.id}", f"{value.on} {value.name.en}{also.en}")


@in_words.register
def _(value: Forum) -> Words:
    limits = Words("", "")
    if value.most_each:
        limits = Words(
            f"paling banyak {value.currency} {in_words(value.most_each).id} tiap orang",
            f"at most {value.currency} {in_words(value.most_each).en} each",
        )
    if value.most_claimants:
        limits = Words(f"{limits.id}, {value.most_claimants} penggugat", f"{limits.en}, {value.most_claimants} claimants")
    if value.within_months:
        limits = Words(
            f"{limits.id}, dalam {value.within_months} bulan".lstrip(", "),
            f"{limits.en}, within {value.within_months} months".lstrip(", "),
        )
    return Words(*(": ".join(part for part in pair if part) for pair in zip(value.label, limits, strict=True)))


@in_words.register
def _(value: Multiplier) -> Words:
    times = in_words(value.times)
    if value.last == 0:
        hours = Words(f"jam {value.first} dan sesudahnya", f"hour {value.first} and later")
    elif value.first == value.last:
        hours = Words(f"jam {value.first}", f"hour {value.first}")
    else:
        hours = Words(f"jam {value.first}-{value.last}", f"hours {value.first}-{value.last}")
    return Words(f"{hours.id}: {times.id} kali", f"{hours.en}: {times.en} times")


@in_words.register(tuple)
def _(value: tuple[object, ...]) -> Words:
    told = [in_words(entry) for entry in value]
    return Words("; ".join(one.id for one in told), "; ".join(one.en for one in told))
