"""Costs of placement that a migrant worker was charged and that must be returned (UU 18/2017 article 30; BP2MI Regulation 9/2020 for ten occupations).

Personal items that the rules let fall on the worker or the employer give no line but a warning. Charges in several currencies have a total each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.deductions import MOST_OF_A_NAME, kinds_by_name
from serikat.law.entries import Cited, Rows, check_sum, earliest, law_day
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Result, one_reading
from serikat.law.shapes import Named
from serikat.law.topics import Topic
from serikat.law.values import Dated
from serikat.law.words import FieldError, Words

PERSONAL = Words(
    "Sebagian biaya adalah keperluan pribadi yang boleh ditanggung pekerja atau pemberi kerja, jadi tidak dihitung. Lihat perjanjian penempatan siapa yang menanggungnya.",
    "Some charges are personal items that may fall on the worker or on the employer, and are not counted. See in the placement agreement who bears them.",
)
PERSONAL_OF_THE_TEN = Words(
    "Untuk sepuluh pekerjaan yang bebas biaya, keperluan pribadi pun mungkin ditanggung pemberi kerja: periksa dengan ahli hukum.",
    "For the ten occupations that are free of costs the employer may have to bear even personal items: have a lawyer check.",
)
OTHER_OCCUPATION = Words(
    "Pekerjaan ini tidak termasuk sepuluh pekerjaan Peraturan BP2MI 9/2020 pada tanggal itu; yang dipakai larangan umum pasal 30 undang-undang.",
    "This occupation is none of the ten of BP2MI Regulation 9/2020 on that day; the general ban of article 30 of the act is used.",
)
NOT_KNOWN = Words(
    "Sebagian jenis biaya tidak dikenal di sini dan dihitung sebagai biaya penempatan; periksa apakah memang itu.",
    "Some kinds of charge are not known here and are counted as costs of placement; check that they are.",
)
SEVERAL = Words(
    "Ada beberapa mata uang: jumlahnya disebut satu per satu, tidak digabung.",
    "There are several currencies: each has its own total, and they are not added.",
)
TOO_EARLY = Words(
    "Untuk tanggal itu aturan tentang jenis biaya ini belum dipegang di sini. Yang dipegang sejak {since}.",
    "On that day the rule on this kind of charge is not held here. It is held from {since}.",
)

KEYS = frozenset({"on", "amount", "currency", "kind"})
RETURNED, MAY_FALL, UNKNOWN = range(3)
_TREATED = {"returned": RETURNED, "may_fall_on_worker": MAY_FALL}


class Charge(NamedTuple):
    """One charge, checked."""

    law_day: date
    on: date
    amount: int
    currency: str
    kind: str
    treated: int


class Case(NamedTuple):
    """One worker's charges, checked. `occupation` is an id of the ten, empty for any other."""

    occupation: str
    charges: tuple[Charge, ...]


def _event(facts: Facts) -> tuple[date | None, str]:
    charges = read.entries(facts, "charged", KEYS)
    return earliest([(read.a_day(charge, "on", path), f"{path}on") for charge, path in charges])


def _occupation(law: Law, typed: str) -> str:
    for full in law.names(p.FREE_OCCUPATIONS):
        name, label = full.rpartition(".")[2], law.held[full][-1].value.label
        if typed.lower() in {name, label.id.lower(), label.en.lower()}:
            return name
    return ""


def _read(law: Law, facts: Facts, day: date) -> Case:
    occupation = _occupation(law, read.words(facts, "occupation", most=MOST_OF_A_NAME))
    names = kinds_by_name(law, p.PLACEMENT_COSTS)
    charges = [_charge(law, facts, names, entry, path) for entry, path in read.entries(facts, "charged", KEYS)]
    for currency in {charge.currency for charge in charges}:
        check_sum([charge.amount for charge in charges if charge.currency == currency], "charged")
    return Case(occupation, tuple(charges))


def _charge(law: Law, facts: Facts, names: dict[str, str], entry: Facts, path: str) -> Charge:
    on = read.a_day(entry, "on", path)
    amount, currency = read.money(entry, "amount", path=path), read.currency(entry, "currency", path)
    typed = read.words(entry, "kind", most=MOST_OF_A_NAME, path=path)
    asked = law_day(law, "placement_cost", facts, on, f"{path}on")
    kind = names.get(typed.lower())
    if kind is None:
        return Charge(asked, on, amount, currency, typed, UNKNOWN)
    parameter = p.PLACEMENT_COSTS.named(kind)
    dated = law.maybe(parameter, asked)
    if dated is None:
        raise FieldError(f"{path}on", TOO_EARLY.filled(since=law.held[parameter.name][0].since))
    return Charge(asked, on, amount, currency, kind, _TREATED[dated.value.treated])


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    rows = Rows.of([case.charges for case in cases])
    treated, amount = rows.column(lambda charge: charge.treated), rows.column(lambda charge: charge.amount)
    citations = Cited()
    of_ten = [
        _of_ten(law, cases[person].occupation, charge)
        for person, charge in zip(rows.person.tolist(), rows.entries, strict=True)
    ]
    places = [_place(law, charge, free, citations) for charge, free in zip(rows.entries, of_ten, strict=True)]
    notes = [f"{charge.on} {charge.kind}" for charge in rows.entries]
    banned = rows.column(lambda charge: law.on(p.NO_PLACEMENT_COST, charge.law_day).value)
    counted = (treated != MAY_FALL) & (amount > 0) & (banned == 1)
    currencies = sorted({charge.currency for charge in rows.entries})
    number = rows.column(lambda charge: currencies.index(charge.currency))
    blocks = [
        rows.block(
            "placement_cost", amount, counted & (number == at), cited=places, citations=citations, notes=notes, currency=currency,
        )
        for at, currency in enumerate(currencies)
    ]  # fmt: skip
    free = rows.column(lambda charge: 0)
    free[[at for at, found in enumerate(of_ten) if found]] = 1
    of_person = [{charge.currency for charge in case.charges} for case in cases]
    several = rows.column(lambda charge: 0).astype(bool)
    several[[at for at, person in enumerate(rows.person.tolist()) if len(of_person[person]) > 1]] = True
    warnings = (
        (PERSONAL, rows.persons(treated == MAY_FALL)),
        (PERSONAL_OF_THE_TEN, rows.persons((treated == MAY_FALL) & (free == 1))),
        (OTHER_OCCUPATION, rows.persons(free == 0)),
        (NOT_KNOWN, rows.persons(treated == UNKNOWN)),
        (SEVERAL, rows.persons(several)),
    )
    return Result(
        "placement_cost",
        law.rule_versions["placement_cost"],
        len(cases),
        one_reading(blocks),
        warnings,
        currencies=[min(found) if len(found) == 1 else "" for found in of_person],
    )


def _of_ten(law: Law, occupation: str, charge: Charge) -> Dated[Named] | None:
    return law.maybe(p.FREE_OCCUPATIONS.named(occupation), charge.law_day) if occupation else None


def _place(law: Law, charge: Charge, free: Dated[Named] | None, citations: Cited) -> int:
    """The ban of the act; for one of the ten occupations also the regulation, with what it says of this kind of charge."""
    ban = law.on(p.NO_PLACEMENT_COST, charge.law_day)
    what: list[Dated[Any]] = [ban]
    if free is not None:
        what.append(free)
        kind = law.maybe(p.PLACEMENT_COSTS.named(charge.kind), charge.law_day) if charge.treated == RETURNED else None
        if kind is not None and kind.articles != ban.articles:
            what.append(kind)
    return citations.at(tuple((dated.name, dated.since) for dated in what), lambda: law.cite(charge.law_day, *what))


PLACEMENT_COST = Topic("placement_cost", frozenset({"occupation", "charged"}), _event, _read, _count)
