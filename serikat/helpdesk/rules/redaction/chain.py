"""A chain of tags over the words of a text, each weighed by what its word looks like and by the tag before it: the best whole chain wins.

The weights were learned from texts that people marked (`training.py`) and stand in `data/` as whole numbers, one line for each sign. Nothing is random
here and nothing learned while it runs: the same text always gets the same tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

OUT = "O"
STEPS = "steps"  # the line that holds the weights from tag to tag
LOW = -1e12


def tags_of(*kinds: str) -> tuple[str, ...]:
    """Outside, and for each kind its first word and the further ones."""
    return (OUT, *(f"{place}{kind}" for kind in kinds for place in "BI"))


@dataclass(slots=True)
class Chain:
    tags: tuple[str, ...]
    weights: dict[str, list[float]] = field(default_factory=dict)
    before: tuple[tuple[int, ...], ...] = ()  # for each tag, which may stand before it

    def __post_init__(self) -> None:
        self.weights.setdefault(STEPS, [0.0] * len(self.tags) ** 2)
        self.before = tuple(
            tuple(a for a, earlier in enumerate(self.tags) if tag[0] != "I" or earlier[1:] == tag[1:]) for tag in self.tags
        )

    def scores(self, signs: Sequence[str]) -> list[float]:
        total = [0.0] * len(self.tags)
        for sign in signs:
            if (weight := self.weights.get(sign)) is not None:
                total = [a + b for a, b in zip(total, weight, strict=True)]
        return total

    def read(self, scores: Sequence[list[float]]) -> list[int]:
        """The best chain over the words whose scores these are, as numbers of tags."""
        if not scores:
            return []
        many, steps = len(self.tags), self.weights[STEPS]
        best = [LOW if self.tags[k][0] == "I" else scores[0][k] for k in range(many)]
        back: list[list[int]] = []
        for own in scores[1:]:
            came = [max(self.before[k], key=lambda a, k=k: best[a] + steps[a * many + k]) for k in range(many)]  # type: ignore[misc]
            best = [best[a] + steps[a * many + k] + own[k] for k, a in enumerate(came)]
            back.append(came)
        path = [max(range(many), key=best.__getitem__)]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]

    def pieces(self, path: Sequence[int]) -> list[tuple[int, int, str]]:
        """The runs of words that belong together, with their kind: (first, behind the last, kind)."""
        found: list[tuple[int, int, str]] = []
        for i, number in enumerate(path):
            tag = self.tags[number]
            if tag[0] == "B":
                found.append((i, i + 1, tag[1:]))
            elif tag[0] == "I":
                start, _, kind = found[-1]
                found[-1] = (start, i + 1, kind)
        return found


def load(path: Path) -> Chain:
    """A file of weights: the tags in the first line, then a sign and its weights in each."""
    with path.open(encoding="utf-8") as lines:
        tags = tuple(next(lines).split())
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return Chain(tags, {sign: [float(weight) for weight in weights.split()] for sign, weights in rows})


def save(chain: Chain, path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        print(*chain.tags, file=out)
        for sign, weights in sorted(chain.weights.items()):
            print(f"{sign}\t{' '.join(f'{weight:.0f}' for weight in weights)}", file=out)
