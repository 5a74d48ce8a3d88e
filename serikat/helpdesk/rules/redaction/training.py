"""How the weights of the chains came about: an averaged perceptron over marked texts, with much left out and disguised on purpose.

`python -m serikat.helpdesk.rules.redaction.training FILES…` learns from all and writes `data/`; with `--leave-out` it learns from all files but one, for
each in turn, and says what is found in the one that was left out, which is the honest figure. `held_back.jsonl` of the tests is never among them.

The rules were mended with most of these texts, so what they say there is truer than it will be elsewhere. So that the chains do not lean on them, a share
of the rules' marks is left out at random; so that they do not lean on capitals and signs either, texts are read again in small letters, and again
without signs as a telephone writes what it hears.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .chain import STEPS, Chain, save, tags_of
from .combinations import find_combinations
from .finding import by_rules
from .looks import clause_looks, looks
from .marks import Kind, Mark
from .measuring import measure
from .rereading import use
from .tokens import Page
from .words import DATA

ROUNDS = 6
SEEDS = (1, 2, 3, 4, 5)
LEFT_OUT = 0.3  # of the rules' marks of places and names
DISGUISED = 0.5  # of the texts, once for each disguise
LEAST = 4  # texts in which a sign must stand to be weighed
SCALE = 10
PRUNED = 12
_SOFT = frozenset({Kind.PLACE, Kind.ADDRESS, Kind.WORKPLACE, Kind.NAME})
_SIGNS = re.compile(r"[.,;!?](?=\s|$)")
DISGUISES: tuple[Callable[[str], str], ...] = (str.lower, lambda text: _SIGNS.sub(" ", text.lower()))
PHRASES = {"place": "place", "address": "place", "workplace": "work", "name": "name"}
CLAUSES = {"combination": "one"}
FILES = {"phrases": PHRASES, "clauses": CLAUSES}

Lesson = tuple[list[list[str]], list[int]]


@dataclass(slots=True)
class Text:
    page: Page
    marks: list[Mark]
    clauses: list[Mark]
    truths: list[tuple[int, int, str]]


def read(paths: Iterable[Path]) -> list[list[Text]]:
    """Each text with its disguises behind it."""
    found = []
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                truths = [(m["start"], m["end"], m["kind"]) for m in row["marks"]]
                forms = [row["text"], *(disguise(row["text"]) for disguise in DISGUISES)]
                found.append([_text(form, truths) for form in forms if len(form) == len(row["text"])])
    return found


def _text(text: str, truths: list[tuple[int, int, str]]) -> Text:
    page = by_rules(text)
    return Text(page, list(page.marks), find_combinations(page), truths)


def _truth(text: Text, chain: Chain, kinds: dict[str, str]) -> list[int]:
    number = {tag: k for k, tag in enumerate(chain.tags)}
    path = [0] * len(text.page.tokens)
    for start, end, kind in text.truths:
        if kind in kinds:
            inside = [i for i, token in enumerate(text.page.tokens) if start <= token.start < end]
            for i in inside:
                path[i] = number[("B" if i == inside[0] else "I") + kinds[kind]]
    return path


def learn(texts: Sequence[list[Text]], kinds: dict[str, str]) -> Chain:
    """The weights of several runs over the texts in different orders, added up."""
    chain = Chain(tags_of(*dict.fromkeys(kinds.values())))
    for seed in SEEDS:
        chance = random.Random(seed)  # noqa: S311 - no secret: the order of lessons
        for sign, weights in _run(_lessons(texts, chain, kinds, chance), chain.tags, chance).items():
            held = chain.weights.setdefault(sign, [0.0] * len(weights))
            for k, weight in enumerate(weights):
                held[k] += weight * SCALE / len(SEEDS)
    chain.weights = {
        sign: weights for sign, weights in chain.weights.items() if sign == STEPS or max(map(abs, weights)) >= PRUNED
    }
    return chain


def _lessons(texts: Sequence[list[Text]], chain: Chain, kinds: dict[str, str], chance: random.Random) -> list[Lesson]:
    lessons: list[Lesson] = []
    for forms in texts:
        for k, text in enumerate(forms):
            if k and chance.random() >= DISGUISED:
                continue
            marks = [m for m in text.marks if m.kind not in _SOFT or chance.random() >= LEFT_OUT]
            signs = looks(text.page, marks)
            if kinds is CLAUSES:
                signs = clause_looks(text.page, signs, [m for m in text.clauses if chance.random() >= LEFT_OUT])
            lessons.append((signs, _truth(text, chain, kinds)))
    often = Counter(sign for words, _ in lessons for sign in {sign for signs in words for sign in signs})
    return [([[sign for sign in signs if often[sign] >= LEAST] for signs in words], path) for words, path in lessons]


def _run(lessons: list[Lesson], tags: tuple[str, ...], chance: random.Random) -> dict[str, list[float]]:
    """Read each text, and where the reading is wrong move the weights of what stands there; the mean of all weights on the way is the answer."""
    chain, many = Chain(tags), len(tags)
    late: dict[str, list[float]] = {STEPS: [0.0] * many**2}
    turn = 1

    def move(sign: str, at: int, by: int, size: int) -> None:
        chain.weights.setdefault(sign, [0.0] * size)[at] += by
        late.setdefault(sign, [0.0] * size)[at] += by * turn

    for _ in range(ROUNDS):
        chance.shuffle(lessons)
        for words, truth in lessons:
            scores = [chain.scores(signs) for signs in words]
            for own, right in zip(scores, truth, strict=True):
                for k in range(many):
                    own[k] += k != right  # the right one must win by a margin
            path = chain.read(scores)
            for i, (right, said) in enumerate(zip(truth, path, strict=True)):
                if right != said:
                    for sign in words[i]:
                        move(sign, right, 1, many)
                        move(sign, said, -1, many)
                if i and (step := truth[i - 1] * many + right) != (other := path[i - 1] * many + said):
                    move(STEPS, step, 1, many**2)
                    move(STEPS, other, -1, many**2)
            turn += 1
    return {
        sign: [weight - late[sign][k] / turn for k, weight in enumerate(weights)] for sign, weights in chain.weights.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--leave-out", action="store_true")
    chosen = parser.parse_args(arguments)
    if not chosen.leave_out:
        texts = read(chosen.files)
        for name, kinds in FILES.items():
            save(learn(texts, kinds), DATA / f"{name}.tsv")
        return
    for path in chosen.files:
        texts = read(other for other in chosen.files if other != path)
        use({name: learn(texts, kinds) for name, kinds in FILES.items()})
        sys.stdout.write("\n".join((path.stem, *measure(path).lines(), "")))


if __name__ == "__main__":
    main()
