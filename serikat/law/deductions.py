"""Cuts of a wage that the rules do not allow (PP 36/2021 articles 63 to 65).

A kind that the rules forbid, or do not name, is counted. A kind that needs the worker's written agreement is counted unless the facts say that there is
one (`consent`). A kind that is lawful by itself gives no line but a warning. A kind may be given by its id or by its name in either language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.entries import Cited, Rows, check_sum, earliest, law_day
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Result, Warnings, one_reading
from serikat.law.shapes import Treatment
from serikat.law.topics import Topic
from serikat.law.values import Dated, Family
from serikat.law.words import FieldError, Words

NEEDS_CONSENT = Words(
    "Sebagian potongan menjadi sah jika ada dasar tertulis: perjanjian, peraturan perusahaan, atau surat kuasa. Jika ada, isi persetujuan dan hitung lagi.",
    "Some of the cuts are lawful where there is a written ground: a contract, company rules or a power of attorney. If there is one, say so and count again.",
)
LAWFUL = Words(
    "Sebagian potongan memang boleh, jadi tidak dihitung. Seluruh potongan paling banyak {share} persen dari setiap pembayaran upah.",
    "Some of the cuts are lawful and are not counted. All cuts together are at most {share} per cent of each payment of wage.",
)
NOT_LISTED = Words(
    "Sebagian jenis potongan tidak disebut aturan. Yang tidak disebut tidak boleh dipotong, jadi dihitung; periksa apakah namanya memang itu.",
    "Some kinds of cut are not named by the rules. What is not named may not be cut, so that it is counted; check that it has no other name.",
)
NOT_YES_OR_NO = Words("Isi ya (true) atau tidak (false).", "Give true or false.")

ILLEGAL, CONSENT, UNLISTED, IS_LAWFUL = range(4)
_TREATED = {"illegal": ILLEGAL, "with_consent": CONSENT, "lawful": IS_LAWFUL}
KEYS = frozenset({"on", "amount", "kind", "consent"})
MOST_OF_A_NAME = 80


class Item(NamedTuple):
    """One cut, checked. `kind` is an id, or what was typed where the rules do not name it."""

    law_day: date
    on: date
    amount: int
    kind: str
    treated: int


def kinds_by_name(law: Law, family: Family[Treatment]) -> dict[str, str]:
    """The ids of a family by themselves and by their names in both languages, in small letters."""
    found = {}
    for full in law.names(family):
        name, label = full.rpartition(".")[2], law.held[full][-1].value.label
        found.update({label.id.lower(): name, label.en.lower(): name})
    return found | {full.rpartition(".")[2]: full.rpartition(".")[2] for full in law.names(family)}


def _event(facts: Facts) -> tuple[date | None, str]:
    items = read.entries(facts, "items", KEYS)
    return earliest([(read.a_day(item, "on", path), f"{path}on") for item, path in items])


def _read(law: Law, facts: Facts, day: date) -> tuple[Item, ...]:
    names = kinds_by_name(law, p.DEDUCTIONS)
    items = []
    for entry, path in read.entries(facts, "items", KEYS):
        on = read.a_day(entry, "on", path)
        amount = read.money(entry, "amount", path=path)
        typed = read.words(entry, "kind", most=MOST_OF_A_NAME, path=path)
        asked = law_day(law, "illegal_deduction", facts, on, f"{path}on")
        kind = names.get(typed.lower())
        dated = law.maybe(p.DEDUCTIONS.named(kind), asked) if kind else None
        treated = _TREATED[dated.value.treated] if dated else UNLISTED
        if _consents(entry, path) and treated == CONSENT:
            treated = IS_LAWFUL
        items.append(Item(asked, on, amount, kind if dated and kind else typed, treated))
    check_sum([item.amount for item in items], "items")
    return tuple(items)


def _consents(entry: Facts, path: str) -> bool:
    found = entry.get("consent")
    if found is not None and not isinstance(found, bool):
        raise FieldError(f"{path}consent", NOT_YES_OR_NO)
    return bool(found)


def _count(law: Law, cases: Sequence[tuple[Item, ...]], days: Sequence[date]) -> Result:
    rows = Rows.of(cases)
    treated = rows.column(lambda item: item.treated)
    amount = rows.column(lambda item: item.amount)
    citations = Cited()
    places = [_place(law, item, citations) for item in rows.entries]
    notes = [f"{item.on} {item.kind}" for item in rows.entries]
    listed = rows.column(lambda item: law.on(p.DEDUCTIONS_LISTED, item.law_day).value)
    counted = (treated != IS_LAWFUL) & (amount > 0) & ((treated != UNLISTED) | (listed == 1))
    block = rows.block("illegal_deduction", amount, counted, cited=places, citations=citations, notes=notes)
    warnings: Warnings = [(NEEDS_CONSENT, rows.persons(treated == CONSENT)), (NOT_LISTED, rows.persons(treated == UNLISTED))]
    share = rows.column(lambda item: int(law.on(p.DEDUCTION_MOST, item.law_day).value * 100))
    for percent in np.unique(share).tolist():
        warnings.append((LAWFUL.filled(share=percent), rows.persons((treated == IS_LAWFUL) & (share == percent))))
    return Result(
        "illegal_deduction", law.rule_versions["illegal_deduction"], len(cases), one_reading([block]), tuple(warnings)
    )


def _place(law: Law, item: Item, citations: Cited) -> int:
    dated: Dated[Treatment] | Dated[bool] = law.on(p.DEDUCTIONS_LISTED, item.law_day)
    if item.treated != UNLISTED:
        dated = law.on(p.DEDUCTIONS.named(item.kind), item.law_day)
    return citations.at((dated.name, dated.since), lambda: law.cite(item.law_day, dated))


ILLEGAL_DEDUCTION = Topic("illegal_deduction", frozenset({"items"}), _event, _read, _count)
