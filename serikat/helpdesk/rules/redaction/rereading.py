"""What the chains make of a text after the rules: places, workplaces and names as whole phrases, and clauses that fit one person only.

The rules know which words open an address or a firm; where such a phrase ends, and that one stands where no known word opens it, the chains see better.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from .chain import Chain, load
from .combinations import find_combinations
from .firmwords import FORMS
from .looks import WHERE, clause_looks, looks
from .marks import Kind, Mark, Why
from .placewords import HOUSES, STREETS
from .tokens import Page
from .words import DATA

SURE = {"place": 70, "work": 70, "name": 70, "one": 60}
# So sure a rule must be that its mark stays where the chain sees nothing
KEPT = {Kind.PLACE: 75, Kind.ADDRESS: 75, Kind.WORKPLACE: 75, Kind.COMBINATION: 60, Kind.NAME: 90}
SHORTEST = 3  # words of a clause that can single somebody out
# What such a rule marked belongs to the clause to its end
_WHOLE = frozenset({Why.ONLY_ONE})
_FORM = re.compile(rf"[.,\s]{{1,3}}(?:{'|'.join(sorted(FORMS))})\b", re.I)
_GIVES_WAY = frozenset({Kind.LINK, Kind.HANDLE})  # shops and papers are called by their domain
# Of marks inside a clause these go with it; whatever identifies alone stays marked of itself
_TAKEN_IN = frozenset({Why.SECTION, Why.CAPITAL, Why.WHERE, Why.BESIDE, Why.LIKE})
_NOTHING = frozenset("\"'“”()[]{},.;:!?-–/&*~_=+")

_IN_USE: dict[str, Chain] = {}


def use(chains: dict[str, Chain]) -> None:
    """Read with these from now on: for measuring what was not learned from everything."""
    _IN_USE.update(chains)


def _chain(name: str) -> Chain:
    return _IN_USE.get(name) or _stored(name)


@functools.cache
def _stored(name: str) -> Chain:
    return load(DATA / f"{name}.tsv")


class _Over:
    """Which of some marks that do not overlap stand over a stretch of the text."""

    def __init__(self, length: int, marks: Iterable[Mark]) -> None:
        self._at: list[Mark | None] = [None] * length
        for mark in marks:
            self._at[mark.start : mark.end] = [mark] * (mark.end - mark.start)

    def all(self, mark: Mark) -> list[Mark]:
        return [held for held in dict.fromkeys(self._at[mark.start : mark.end]) if held]


def reread(page: Page) -> None:
    """All that the chains are asked, from the same signs."""
    signs = looks(page, page.marks)
    _reread_phrases(page, signs)
    _reread_clauses(page, signs)


def _reread_phrases(page: Page, signs: list[list[str]]) -> None:
    """Places, workplaces and names: what the chain sees stands, and of what it does not see the rules' surest marks."""
    soft = [m for m in page.marks if m.kind in KEPT]
    hard = [m for m in page.marks if m.kind not in KEPT]
    public = [Mark(start, end, Kind.NAME, Why.LIKE, 0) for start, end in page.public]
    ruled, fixed = _Over(len(page.text), soft), _Over(len(page.text), [*hard, *public])
    seen: list[Mark] = []
    gone: set[Mark] = set()
    for start, end, kind in _pieces(page, "phrases", signs):
        mark = Mark(start, end, _kind(page, start, end, kind), Why.LIKE, SURE[kind])
        under = fixed.all(mark)
        if all(m.kind in _GIVES_WAY for m in under):
            gone.update(under)
            same = [m for m in ruled.all(mark) if (m.kind in WHERE) == (mark.kind in WHERE)]
            seen.append(_told_by(mark, same))
    page.marks[:] = [*(m for m in hard if m not in gone), *seen, *_still(page, soft, seen)]
    names = {word for m in page.marks if m.kind is Kind.NAME for word in page.text[m.start : m.end].lower().split()}
    over = _Over(len(page.text), page.marks)
    page.marks += [m for m in soft if m.why is Why.AGAIN and page.text[m.start : m.end].lower() in names and not over.all(m)]


def _reread_clauses(page: Page, signs: list[list[str]]) -> None:
    """Clauses that fit one person only, in the same way."""
    ruled = find_combinations(page)
    over = _Over(len(page.text), ruled)
    seen = []
    for start, end, kind in _pieces(page, "clauses", clause_looks(page, signs, ruled)):
        if page.text.count(" ", start, end) >= SHORTEST - 1:
            mark = Mark(start, end, Kind.COMBINATION, Why.TOGETHER, SURE[kind])
            seen.append(_told_by(mark, over.all(mark)))
    found = [*seen, *_still(page, ruled, seen)]
    clauses = _Over(len(page.text), found)
    page.marks[:] = [m for m in page.marks if m.why not in _TAKEN_IN or not _inside(m, clauses.all(m))]
    page.marks += found


def _told_by(mark: Mark, ruled: list[Mark]) -> Mark:
    """With the reason of the rule that saw it too, and what that knew better."""
    if not ruled:
        return mark
    whole = [mark, *(m for m in ruled if m.why in _WHOLE)]
    address = mark.kind is Kind.PLACE and any(m.kind is Kind.ADDRESS for m in ruled)
    return Mark(
        min(m.start for m in whole),
        max(m.end for m in whole),
        Kind.ADDRESS if address else mark.kind,
        ruled[0].why,
        max(mark.sure, ruled[0].sure),
    )


def _still(page: Page, ruled: list[Mark], seen: list[Mark]) -> list[Mark]:
    over = _Over(len(page.text), seen)
    return [m for m in ruled if m.sure >= KEPT[m.kind] and not over.all(m)]


def _inside(mark: Mark, clauses: list[Mark]) -> bool:
    return any(clause.start <= mark.start and mark.end <= clause.end for clause in clauses)


def _pieces(page: Page, name: str, signs: list[list[str]]) -> list[tuple[int, int, str]]:
    """What the chain of that name sees, as stretches of the text without the signs at their ends."""
    chain, tokens = _chain(name), page.tokens
    found = []
    for first, behind, kind in chain.pieces(chain.read([chain.scores(of_one) for of_one in signs])):
        said = [token for token in tokens[first:behind] if token.text not in _NOTHING]
        if said:
            end = said[-1].end
            form = _FORM.match(page.text, end) if kind == "work" else None
            found.append((said[0].start, form.end() if form else end, kind))
    return found


def _kind(page: Page, start: int, end: int, kind: str) -> Kind:
    if kind != "place":
        return Kind.WORKPLACE if kind == "work" else Kind.NAME
    said = page.text[start:end].lower().replace(".", " ").split()
    return Kind.ADDRESS if any(word in STREETS or word in HOUSES for word in said) else Kind.PLACE
