"""How much of what identifies somebody is found: on the house's own marked texts, and on those of the shared archive when it lies beside.

`held_out*` were set aside when the rules were first written; `unseen_1` to `unseen_8` were marked by people who had not seen the rules, and measured before
anybody looked at what was missed in them; `practice_*` were written for the chains to learn from, many short texts of what the rules had missed.
The chains learned from all of them: the floors here hold what was reached. `held_back` they never learned from, nor was anything mended with it, and so
it stays: what is found there is what is found elsewhere (`benchmarks/RESULTS.md`).
"""

import os
from pathlib import Path

import pytest

from serikat.helpdesk.rules.redaction.measuring import NUMBERS, Figures, measure

HERE = Path(__file__).parent / "redaction"
OWN = sorted(HERE.glob("*.jsonl"))
SHARED = Path(os.environ.get("SHARED") or Path(__file__).resolve().parents[4] / "shared") / "data/redaction"


SMALL = ("phone", "nik", "passport", "account", "plate", "card", "email", "place", "address")


def hold(figures: Figures) -> None:
    """What has enough marks in each file to be held there."""
    assert figures.recall(*NUMBERS) >= 0.95, figures.missed
    assert figures.recall("date") >= 0.9, figures.missed
    assert figures.recall("handle", "link") >= 0.85, figures.missed
    assert figures.recall("name") >= 0.85, figures.missed
    assert figures.recall("workplace") >= 0.85, figures.missed
    assert figures.recall("combination") >= 0.6, figures.missed
    assert figures.precision >= 0.8, figures.false


def hold_the_small(figures: Figures) -> None:
    """What a file may have so few of that one missed tells nothing: over all of them together."""
    for kind in SMALL:
        assert figures.recall(kind) >= 0.9, (kind, figures.missed)
    assert figures.recall("email") >= 0.95, figures.missed
    assert figures.recall("place", "address") >= 0.95, figures.missed


@pytest.mark.parametrize("texts", OWN, ids=lambda path: path.stem)
def test_find_marks_finds_enough_in_texts_of_our_own(texts):
    figures = measure(texts)
    assert sum(figures.there.values()) >= 90
    assert figures.lures <= 8  # of up to 130
    hold(figures)


def test_find_marks_finds_enough_of_small_kinds_in_all_texts_of_our_own(tmp_path):
    together = tmp_path / "together.jsonl"
    together.write_text("".join(path.read_text("utf-8") for path in OWN), "utf-8")
    figures = measure(together)
    assert sum(figures.there.values()) >= 1000
    hold_the_small(figures)


@pytest.mark.archive
@pytest.mark.skipif(not SHARED.exists(), reason="needs the archive in ../shared")
def test_find_marks_finds_enough_in_the_shared_texts():
    figures = measure(SHARED / "texts.jsonl", SHARED / "lures.jsonl")
    assert figures.lures <= 3
    hold(figures)
    hold_the_small(figures)


def test_measure_counts_what_is_found_missed_and_wrong(tmp_path):
    texts = tmp_path / "texts.jsonl"
    texts.write_text(
        '{"id": "X2", "text": "hp 0812 3456 7890, gaji 3 juta. Bu Sulastri", "marks": [{"start": 3, "end": 17, "kind": "phone"}, {"start": 19, "end": 23, "kind": "date"}]}\n'
    )
    figures = measure(texts)
    assert (figures.recall("phone"), figures.recall("date"), figures.right, figures.wrong) == (1.0, 0.0, 1, 1)
    assert figures.missed == [("X2", "date", "gaji")]
    assert list(figures.lines())[-1].split()[-1] == "0"
    assert sum(measure(texts, only="odd").there.values()) == 0
