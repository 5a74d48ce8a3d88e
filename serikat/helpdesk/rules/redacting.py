"""A draft of a public answer: its marks with what was decided of each, the texts that come of it, and what still shows. Texts in, texts out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from serikat.helpdesk.rules.redaction import Kind, Mark, Why, apply, find_marks, left_over, standing

LONGEST = 20_000  # signs that the check is given
PARTS = ("question", "answer")
HIDE, WRITE, KEEP = "hide", "write", "keep"
# What has the form of a number or an address is looked for in the words that stand instead, too.
PLAIN = frozenset(
    {Kind.PHONE, Kind.MAIL, Kind.NIK, Kind.PASSPORT, Kind.CARD, Kind.ACCOUNT, Kind.HANDLE, Kind.LINK, Kind.PLATE}
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A mark in one of the two texts, and what was decided: hidden by the standing words, other words, or kept because of something."""

    part: str
    mark: Mark
    said: str
    how: str = ""
    words: str = ""

    @property
    def is_made(self) -> bool:
        return self.how == HIDE or (self.how in (WRITE, KEEP) and bool(self.words))

    @property
    def choice(self) -> str | None:
        """What `apply` writes; a mark that nobody decided is hidden."""
        if self.how == KEEP:
            return None
        return self.words if self.how == WRITE and self.words else standing(self.mark.kind)

    @property
    def standing(self) -> str:
        return standing(self.mark.kind)


def marks_of(question: str, answer: str, before: Sequence[Decision] = ()) -> list[Decision]:
    """All marks of both texts: what is marked in one is marked in the other too. What was decided before of the same words stands."""
    texts = {"question": question[:LONGEST], "answer": answer[:LONGEST]}
    found = {part: find_marks(text) for part, text in texts.items()}
    for part, other in (("question", "answer"), ("answer", "question")):
        known = [(mark.start, mark.end) for mark in found[part] if mark.kind is not Kind.COMBINATION]
        told = [mark for mark in found[other] if mark.kind is not Kind.COMBINATION]
        for left in left_over(texts[other], told, texts[part]):
            if all(left.end <= start or left.start >= end for start, end in known):
                known.append((left.start, left.end))
                found[part].append(Mark(left.start, left.end, left.mark.kind, Why.AGAIN, left.mark.sure))
    decided = {(one.mark.kind, one.said.lower()): one for one in before if one.is_made}
    made = []
    for part, text in texts.items():
        for mark in sorted(found[part], key=lambda mark: (mark.start, -mark.end)):
            said = text[mark.start : mark.end]
            same = decided.get((mark.kind, said.lower()))
            made.append(Decision(part, mark, said, same.how if same else "", same.words if same else ""))
    return made


def written(question: str, answer: str, decisions: Iterable[Decision]) -> tuple[str, str]:
    """The two texts as they would show."""
    decisions = list(decisions)
    texts = []
    for part, text in (("question", question[:LONGEST]), ("answer", answer[:LONGEST])):
        mine = [one for one in decisions if one.part == part]
        texts.append(apply(text, [one.mark for one in mine], {one.mark: one.choice for one in mine})[0])
    return texts[0], texts[1]


def still_showing(question: str, answer: str, decisions: Iterable[Decision], shown: Iterable[str]) -> list[str]:
    """The words that were to be taken out and stand in one of the texts that would show, and numbers or addresses in words that stand instead."""
    decisions, shown = list(decisions), list(shown)
    kept = {(one.mark.kind, one.said.lower()) for one in decisions if one.how == KEEP}
    texts = {"question": question[:LONGEST], "answer": answer[:LONGEST]}
    found: dict[str, None] = {}
    for part, text in texts.items():
        out = [
            one.mark
            for one in decisions
            if one.part == part and one.choice is not None and (one.mark.kind, one.said.lower()) not in kept
        ]
        for there in shown:
            found |= {there[left.start : left.end]: None for left in left_over(text, out, there)}
    for one in decisions:
        if one.how == WRITE:
            found |= dict.fromkeys(numbers_in(one.words))
    return list(found)


def numbers_in(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in find_marks(text[:LONGEST]) if mark.kind in PLAIN]


def marked_in(text: str, decisions: Iterable[Decision]) -> list[str]:
    """What the check marks in words that were typed beside the texts (a title), except what was kept."""
    kept = {one.said.lower() for one in decisions if one.how == KEEP}
    said = (text[mark.start : mark.end] for mark in find_marks(text[:LONGEST]))
    return [words for words in said if words.lower() not in kept]


def to_json(decisions: Iterable[Decision], *, bare: bool = False) -> str:
    """For keeping. `bare`: without the words that were taken out."""
    return json.dumps(
        [
            {
                "part": one.part, "start": one.mark.start, "end": one.mark.end, "kind": one.mark.kind, "why": one.mark.why,
                "sure": one.mark.sure, "said": "" if bare else one.said, "how": one.how, "words": one.words,
            }
            for one in decisions
        ],
        ensure_ascii=False,
    )  # fmt: skip


def from_json(kept: str) -> list[Decision]:
    rows: list[dict[str, Any]] = json.loads(kept or "[]")
    return [
        Decision(
            row["part"],
            Mark(row["start"], row["end"], Kind(row["kind"]), Why(row["why"]), row["sure"]),
            row["said"],
            row["how"],
            row["words"],
        )
        for row in rows
    ]


def decide(decisions: Sequence[Decision], choices: Sequence[tuple[str, str]]) -> list[Decision]:
    """The same marks with what was chosen for each, in their order."""
    return [
        replace(one, how=how, words=" ".join(words.split())) for one, (how, words) in zip(decisions, choices, strict=True)
    ]
