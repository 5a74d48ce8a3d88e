"""Where a claim is brought, by country: abroad against an employer, at home against an employer, a placement agency or a trafficker.

Amounts are whole units of the currency, as people say them: HK$15,000 is 15000. A claim goes to the first forum that takes it; one that is too large, by
too many claimants or too late for it goes on to the next, and the answer says why.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.dates import months_later
from serikat.law.facts import MISSING, Facts
from serikat.law.holding import Law
from serikat.law.shapes import Forum
from serikat.law.topics import Question
from serikat.law.values import Dated
from serikat.law.words import FieldError, Words

DISPUTES = ("employment", "placement", "trafficking")
OCCUPATIONS = ("domestic", "other")
MOST_CLAIMANTS = 100_000

TAKES = Words("{name} menerima klaim ini.", "{name} takes this claim.")
TOO_LARGE = Words(
    "{name}: paling banyak {currency} {most} tiap penggugat, klaim ini {amount}.",
    "{name}: at most {currency} {most} for each claimant, this claim is {amount}.",
)
TOO_MANY = Words(
    "{name}: paling banyak {most} penggugat, klaim ini {claimants}.",
    "{name}: at most {most} claimants, this claim has {claimants}.",
)
TOO_LATE = Words(
    "{name}: paling lambat {last}, klaim ini diajukan {filed}.",
    "{name}: by {last} at the latest, this claim is filed on {filed}.",
)
FILE_BY = Words("Ajukan paling lambat {last}.", "File by {last}.")
NOWHERE = Words(
    "Tidak ada forum di sini yang menerima klaim ini. Tanyakan kepada ahli hukum apakah masih ada jalan.",
    "No forum known here takes this claim. Ask a lawyer whether a way is left.",
)
AT_HOME = Words(
    "Perselisihan ini diselesaikan di Indonesia: isi negara indonesia.",
    "This dispute is settled in Indonesia: give the country indonesia.",
)
OCCUPATION_ASKED = Words(
    "Di negara ini pekerja rumah tangga punya jalan sendiri. Isi domestic atau other.",
    "In this country domestic workers have a way of their own. Give domestic or other.",
)
OTHER_CURRENCY = Words("Forum ini menghitung dalam {currency}.", "This forum counts in {currency}.")
FILED_BEFORE = Words("Tanggal pengajuan harus setelah haknya timbul.", "The day of filing must be after the right arose.")
NOT_YET = Words(
    "Forum untuk perselisihan ini dipegang di sini sejak {since}.", "The forums of this dispute are held here from {since}."
)


class Claim(NamedTuple):
    """What is claimed. `amount` and `claimants` are -1, and `filed` is None, where nobody said."""

    country: str
    kind: str
    currency: str
    amount: int
    claimants: int
    arose: date
    filed: date | None


Held = dict[str, Dated[Forum]]


def _countries(law: Law) -> list[str]:
    return sorted({value.value.country for name in law.names(p.FORUMS) for value in law.held[name]})


def _answer(law: Law, facts: Facts, day: date) -> dict[str, Any]:
    country = read.one_of(facts, "country", _countries(law))
    arose = read.a_day(facts, "arose_on")
    held = {name: forum for name, forum in law.family(p.FORUMS, day).items() if forum.value.country == country}
    claim = _claim(facts, country, _kind(law, facts, country, held), arose)
    chain = _chain(held, claim)
    refused: list[dict[str, Any]] = []
    for name in chain:
        reasons = _reasons(held[name].value, claim)
        if not reasons:
            return _taken(law, day, held[name], claim, refused)
        refused += [{"forum": name, "why": words} for words in reasons]
    last = held[chain[-1]]
    cited = law.cite(day, last)
    return {
        "forum": None,
        "why": NOWHERE,
        "not_fitting": refused,
        "article": cited.article,
        "articles": list(cited.articles),
        "verified": cited.verified,
        "source": cited.source,
        "warnings": [],
    }


def _kind(law: Law, facts: Facts, country: str, held: Held) -> str:
    """What the claim is about, as forums name it. Raises FieldError where the country wants to know more, or has no forum for it."""
    dispute = read.one_of(facts, "dispute", DISPUTES, otherwise=None if country == "indonesia" else "employment")
    occupation = read.one_of(facts, "occupation", OCCUPATIONS, otherwise="")
    kinds = {name: forum.value.claims for name, forum in held.items()}
    if (
        dispute == "employment"
        and not occupation
        and any(("employment" in of) != ("domestic_employment" in of) for of in kinds.values())
    ):
        raise FieldError("occupation", OCCUPATION_ASKED)
    kind = "domestic_employment" if dispute == "employment" and occupation == "domestic" else dispute
    if not any(kind in of for of in kinds.values()):
        raise _none_for(law, facts, country, kind)
    return kind


def _none_for(law: Law, facts: Facts, country: str, kind: str) -> FieldError:
    """Why nobody takes a kind of claim: another country does, or only from a later day on."""
    values = [law.held[name][0] for name in law.names(p.FORUMS)]
    since = [value.since for value in values if value.value.country == country and kind in value.value.claims]
    if since:
        return FieldError("law_on" if facts.get("law_on") is not None else "arose_on", NOT_YET.filled(since=min(since)))
    return FieldError("dispute", AT_HOME)


def _claim(facts: Facts, country: str, kind: str, arose: date) -> Claim:
    filed = read.maybe_day(facts, "filed_on")
    if filed is not None and filed < arose:
        raise FieldError("filed_on", FILED_BEFORE)
    return Claim(
        country,
        kind,
        read.currency(facts, "currency") if facts.get("currency") is not None else "",
        read.money(facts, "amount_each", -1),
        read.whole(facts, "claimants", 1, MOST_CLAIMANTS) if facts.get("claimants") is not None else -1,
        arose,
        filed,
    )


def _chain(held: Held, claim: Claim) -> list[str]:
    """The forums that take such claims, the first one first, each followed by the one that it names."""
    mine = {name: forum.value for name, forum in held.items() if claim.kind in forum.value.claims}
    named = {forum.next for forum in mine.values()}
    found = [name for name in mine if name not in named]
    while (following := mine[found[-1]].next) in mine and following not in found:
        found.append(following)
    for forum in (mine[name] for name in found):
        if claim.currency and claim.currency != forum.currency:
            raise FieldError("currency", OTHER_CURRENCY.filled(currency=forum.currency))
        if forum.most_each and claim.amount < 0:
            raise FieldError("amount_each", MISSING)
        if forum.most_claimants and claim.claimants < 0:
            raise FieldError("claimants", MISSING)
    return found


def _reasons(forum: Forum, claim: Claim) -> list[Words]:
    """Why a claim does not fit; none where it does."""
    found = []
    if forum.most_each and claim.amount > forum.most_each:
        found.append(TOO_LARGE.filled(name=forum.label, currency=forum.currency, most=forum.most_each, amount=claim.amount))
    if forum.most_claimants and claim.claimants > forum.most_claimants:
        found.append(TOO_MANY.filled(name=forum.label, most=forum.most_claimants, claimants=claim.claimants))
    last = _last(forum, claim)
    if last is not None and claim.filed is not None and claim.filed > last:
        found.append(TOO_LATE.filled(name=forum.label, last=last, filed=claim.filed))
    return found


def _last(forum: Forum, claim: Claim) -> date | None:
    return months_later(claim.arose, forum.within_months) if forum.within_months else None


def _taken(law: Law, day: date, dated: Dated[Forum], claim: Claim, refused: list[dict[str, Any]]) -> dict[str, Any]:
    forum, cited, last = dated.value, law.cite(day, dated), _last(dated.value, claim)
    return {
        "forum": dated.name.removeprefix(f"{p.FORUMS.prefix}."),
        "label": forum.label,
        "country": claim.country,
        "currency": forum.currency,
        "why": TAKES.filled(name=forum.label),
        "not_fitting": refused,
        "first_step": forum.first,
        "course": forum.course,
        "lawyers": forum.lawyers,
        "thresholds": {
            "most_each": forum.most_each or None,
            "most_claimants": forum.most_claimants or None,
            "within_months": forum.within_months or None,
        },
        "file_by": last,
        "next": forum.next or None,
        "article": cited.article,
        "articles": list(cited.articles),
        "verified": cited.verified,
        "source": cited.source,
        "warnings": [
            *([FILE_BY.filled(last=last)] if last is not None and claim.filed is None else []),
            *([dated.note] if dated.note else []),
        ],
    }


def _event(facts: Facts) -> tuple[date | None, str]:
    return read.a_day(facts, "arose_on"), "arose_on"


KEYS = frozenset({"country", "currency", "amount_each", "claimants", "arose_on", "filed_on", "occupation", "dispute"})
FORUM = Question("forum", KEYS, _event, _answer)
