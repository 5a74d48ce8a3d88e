"""The outside of the law: facts in, answers out, as plain dictionaries; many at a time in columns.

An answer has `id`, `topic`, `currency`, `total`, `lines`, `warnings`, `reviewed`, `rule_version` and `mark`; where two readings of the law exist also
`readings`, and then `total` and `lines` are those of the reading that is better for the worker. A topic without money has entries of its own. What
cannot be counted has `error` with `field` and `message`, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any, cast

import numpy as np
import orjson

from serikat.law import facts as read
from serikat.law.catalogue import TOPICS
from serikat.law.holding import Law, NotHeld
from serikat.law.lines import Block, Reading, Result, plain
from serikat.law.topics import Question, Topic, day_of_law
from serikat.law.words import FieldError, Words, listed

Answer = dict[str, Any]

COMMON = frozenset({"id", "topic", "law_on", "clause"})

TWO_READINGS = Words(
    "Ada dua cara membaca aturannya. Yang dipakai di sini yang lebih baik bagi pekerja: {name}.",
    "Two readings of the rule exist. Taken here is the one better for the worker: {name}.",
)
REVIEWED = Words(
    "Aturan ditinjau terakhir {day}. Undang-undang ketenagakerjaan baru diminta Mahkamah Konstitusi paling lambat 31 Oktober 2026: periksa apakah sudah berlaku.",
    "The rules were last reviewed on {day}. The Constitutional Court asked for a new labour act by 31 October 2026: check whether it is in force.",
)
UNVERIFIED = Words(
    "Sebagian aturannya belum ditemukan sumbernya: periksa dengan ahli hukum sebelum dipakai.",
    "For part of the rules no source was found: have a lawyer check before use.",
)
BY_REVIEW = Words(
    "Yang tidak bertanggal dihitung menurut hukum pada tinjauan terakhir.",
    "What has no date is counted by the law of the last review.",
)
NO_TOPIC = Words("Topik ini tidak dikenal. Yang dikenal: {names}.", "This topic is not known. Known are: {names}.")
NOT_FACTS = Words(
    "Tiap baris harus berisi nama dan nilai dalam JSON.", "Each line must hold names and values, written as JSON."
)
NOT_A_NAME = Words("Tulis id sebagai kata atau bilangan.", "Write the id as a word or a number.")


def compute(law: Law, facts: Mapping[str, Any], language: str = "en") -> Answer:
    """Answer one question: a batch of one."""
    return compute_many(law, [facts], language)[0]


def compute_many(law: Law, asked: Sequence[Any], language: str = "en") -> list[Answer]:
    """Answer questions of any topics, in their order. Nothing raises for what was typed: it is in `error` of its answer."""
    answers: list[Answer] = [{} for _ in asked]
    groups: dict[str, tuple[list[int], list[Any], list[date], list[bool]]] = {}
    for place, facts in enumerate(asked):
        try:
            topic = _topic_of(facts)
            event = topic.event(facts)
            day = day_of_law(law, topic.name, facts, event)
            if isinstance(topic, Question):
                dated = event[0] is not None or facts.get("law_on") is not None
                answers[place] = _answered(law, topic, facts, topic.answer(law, facts, day), dated=dated, language=language)
                continue
            case = topic.read(law, facts, day)
        except FieldError as problem:
            answers[place] = _refused(facts, problem, language)
            continue
        except NotHeld as problem:
            answers[place] = _refused(facts, _too_early(problem), language)
            continue
        places, cases, days, named = groups.setdefault(topic.name, ([], [], [], []))
        places.append(place)
        cases.append(case)
        days.append(day)
        named.append(event[0] is not None or facts.get("law_on") is not None)
    for name, (places, cases, days, named) in groups.items():
        counting = cast(Topic[Any], TOPICS[name])
        found = [asked[place] for place in places]
        for place, answer in zip(
            places, _counted(law, counting, cases, days=days, asked=found, dated=named, language=language), strict=True
        ):
            answers[place] = answer
    return answers


def _counted(
    law: Law,
    topic: Topic[Any],
    cases: Sequence[Any],
    *,
    days: Sequence[date],
    asked: Sequence[Mapping[str, Any]],
    dated: Sequence[bool],
    language: str,
) -> list[Answer]:
    """The answers of one topic in columns; where one of many cannot be counted each is counted alone, so that the others go on."""
    try:
        return told(law, topic.count(law, cases, days), asked, dated, language)
    except (FieldError, NotHeld) as problem:
        if len(cases) == 1:
            return [_refused(asked[0], problem if isinstance(problem, FieldError) else _too_early(problem), language)]
    singles = zip(cases, days, asked, dated, strict=True)
    return [
        _counted(law, topic, [case], days=[day], asked=[facts], dated=[named], language=language)[0]
        for case, day, facts, named in singles
    ]


def _topic_of(facts: Any) -> Topic[Any] | Question:
    if not isinstance(facts, Mapping):
        raise FieldError("", NOT_FACTS)
    if not isinstance(facts.get("id"), _NAME):
        raise FieldError("id", NOT_A_NAME)
    name = facts.get("topic")
    topic = TOPICS.get(name) if isinstance(name, str) else None
    if topic is None:
        raise FieldError("topic", NO_TOPIC.filled(names=listed(TOPICS)))
    read.known_keys(facts, ALLOWED[topic.name])
    if facts.get("clause") is not None:  # also where it is not used: what a mark is made of can be written
        read.words(facts, "clause")
    return topic


_NAME = str | int | float | None
ALLOWED = {name: topic.keys | COMMON for name, topic in TOPICS.items()}


def _head(facts: Mapping[str, Any]) -> Answer:
    """Whose answer it is. What is no name is not repeated: it may be nested deeper than JSON is written."""
    name, topic = facts.get("id"), facts.get("topic")
    return {"id": name if isinstance(name, _NAME) else None, "topic": topic if isinstance(topic, str) else None}


def _refused(facts: Any, problem: FieldError, language: str) -> Answer:
    head = _head(facts) if isinstance(facts, Mapping) else {"id": None, "topic": None}
    return head | {"error": {"field": problem.field, "message": problem.words.said(language)}}


def _too_early(problem: NotHeld) -> FieldError:
    if problem.since is not None:
        return FieldError("law_on", read.TOO_EARLY.filled(since=problem.since))
    return FieldError("law_on", read.TOO_LATE.filled(until=problem.until))


# Days and places, told


def _answered(law: Law, topic: Question, facts: Mapping[str, Any], found: Answer, *, dated: bool, language: str) -> Answer:
    """The answer of a question: its sentences said, the warnings that all answers have, and its mark, which is the same in both languages."""
    figures = {key: value for key, value in found.items() if not _has_words(value)}
    warnings = found.pop("warnings", [])
    if not dated:
        warnings = [*warnings, BY_REVIEW]
    if not found["verified"]:
        warnings = [*warnings, UNVERIFIED]
    reviewed = law.reviewed_for(topic.name)
    version = law.rule_versions[topic.name]
    return _head(facts) | {key: _said(value, language) for key, value in found.items()} | {
        "warnings": [words.said(language) for words in [*warnings, REVIEWED.filled(day=reviewed)]],
        "reviewed": reviewed.isoformat(),
        "rule_version": version,
        "mark": mark(topic.name, version, facts, None, figures),
    }  # fmt: skip


def _has_words(value: Any) -> bool:
    if isinstance(value, Words):
        return True
    if isinstance(value, Mapping):
        return any(map(_has_words, value.values()))
    return isinstance(value, list) and any(map(_has_words, value))


def _said(value: Any, language: str) -> Any:
    """Sentences in the language, an empty one as None; days as text."""
    if isinstance(value, Words):
        return value.said(language) or None
    if isinstance(value, Mapping):
        return {key: _said(entry, language) for key, entry in value.items()}
    if isinstance(value, list):
        return [_said(entry, language) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


# Money, told


def told(law: Law, result: Result, asked: Sequence[Mapping[str, Any]], dated: Sequence[bool], language: str) -> list[Answer]:
    """The answers of many persons of one topic; `dated`: whether the facts name the day whose law is asked."""
    lines = [_lines(reading, result.size) for reading in result.readings]
    totals = [result.totals(reading).tolist() for reading in result.readings]
    reviewed = law.reviewed_for(result.topic)
    said = REVIEWED.filled(day=reviewed).said(language)
    warnings: list[list[str]] = [[] for _ in asked]
    for words, mask in result.warnings:
        sentence = words.said(language)
        for person in range(result.size) if mask is None else np.flatnonzero(mask).tolist():
            warnings[person].append(sentence)
    unverified, by_review = UNVERIFIED.said(language), BY_REVIEW.said(language)
    answers = []
    for person, facts in enumerate(asked):
        best = 0
        if len(totals) > 1:
            mine = [total[person] for total in totals]
            best = mine.index(max(mine))
        chosen, warned = lines[best][person], warnings[person]
        answer: Answer = {
            "id": facts.get("id"), "topic": result.topic, "currency": result.currency_of(person), "total": totals[best][person], "lines": chosen,
        }  # fmt: skip
        if len(totals) > 1 and any(total[person] != totals[0][person] for total in totals):
            warned.insert(0, TWO_READINGS.filled(name=result.readings[best].words.said(language)).said(language))
            answer["readings"] = [
                {
                    "reading": reading.key,
                    "what": reading.words.said(language),
                    "total": totals[number][person],
                    "lines": lines[number][person],
                }
                for number, reading in enumerate(result.readings)
            ]
        if result.mixed:
            answer |= _by_currency(result, person)
        if not dated[person]:
            warned.append(by_review)
        if not all(line["verified"] for line in chosen):
            warned.append(unverified)
        warned.append(said)
        answer["warnings"] = warned
        answer["reviewed"] = reviewed.isoformat()
        answer["rule_version"] = result.rule_version
        answer["mark"] = mark(result.topic, result.rule_version, facts, answer["total"], chosen)
        answers.append(answer)
    return answers


def _by_currency(result: Result, person: int) -> Answer:
    """The totals by currency, and the one total where there is one currency alone."""
    found = result.totals_by_currency(person)
    if len(found) > 1:
        return {"currency": None, "total": None, "totals": found}
    own = result.currency_of(person) or None
    return {"currency": next(iter(found), own), "total": sum(found.values()), "totals": found}


def _lines(reading: Reading, size: int) -> list[list[dict[str, Any]]]:
    """For each person the lines of a reading, as they are told."""
    found: list[list[dict[str, Any]]] = [[] for _ in range(size)]
    for block in reading.blocks:
        _put_lines(block, found)
    return found


def _put_lines(block: Block, found: list[list[dict[str, Any]]]) -> None:
    heads = [_cited(citation) for citation in block.citations]
    texts = [factor.text for factor in block.factors]
    quantities = _quantities(block)
    rows = range(len(block.amount)) if block.row is None else block.row.tolist()
    head = block.head
    columns = (
        rows,
        block.amount.tolist(),
        block.base.tolist(),
        quantities,
        block.factor.tolist(),
        block.cited.tolist(),
        block.there().tolist(),
    )
    for at, (person, amount, base, quantity, factor, cited, present) in enumerate(zip(*columns, strict=True)):
        if present:
            line = {
                "head": head,
                "amount": amount,
                "base": base,
                "quantity": quantity,
                "factor": texts[factor],
                **heads[cited],
            }
            if block.currency:
                line["currency"] = block.currency
            if block.notes:
                line["note"] = block.notes[at]
            found[person].append(line)


def _cited(citation: Any) -> dict[str, Any]:
    told = {"article": citation.article, "source": citation.source, "verified": citation.verified}
    return told | {"clause": citation.clause} if citation.clause else told


def _quantities(block: Block) -> list[Any]:
    numbers: list[int] = block.quantity.tolist()
    over = block.quantity_over
    if over == 1:
        return numbers
    return [number // over if number % over == 0 else plain(Fraction(number, over)) for number in numbers]


def mark(topic: str, version: str, facts: Mapping[str, Any], total: Any, lines: Any) -> str:
    """`topic:rule version:hash`: the same facts, counted by the same rules, have the same mark always, on every machine."""
    asked = {key: value for key, value in facts.items() if key != "id"}
    told = orjson.dumps([asked, total, lines], option=orjson.OPT_SORT_KEYS)
    return f"{topic}:{version}:{hashlib.sha256(told).hexdigest()[:16]}"


def answer_lines(law: Law, lines: Iterable[bytes | str], language: str = "en", at_a_time: int = 4000) -> Iterable[bytes]:
    """JSON lines in, JSON lines out, in their order; a line that is no JSON is answered with an error and the others go on."""
    asked = read_lines(lines)
    while batch := list(islice(asked, at_a_time)):
        yield from map(orjson.dumps, compute_many(law, batch, language))


def read_lines(lines: Iterable[bytes | str]) -> Iterator[Any]:
    """What stands in JSON lines; None for a line that is no JSON. Empty lines, and the mark that some programs put before a file, are passed over."""
    for line in lines:
        written = line.encode("utf-8", "surrogateescape") if isinstance(line, str) else line
        written = written.removeprefix(b"\xef\xbb\xbf").strip()
        if not written:
            continue
        try:
            yield orjson.loads(written)
        except orjson.JSONDecodeError:
            yield None
