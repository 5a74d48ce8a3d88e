"""The law as Markdown is the law that is held."""

from __future__ import annotations

from pathlib import Path

from serikat.law import the_law
from serikat.law.reference import documents, write

DOCS = Path(__file__).resolve().parents[3] / "docs" / "law"


def test_the_written_law_is_the_law_that_is_held():
    written = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}
    assert written == documents(the_law()), "Run `serikat law reference`."


def test_what_nothing_stands_for_any_more_is_taken_away(tmp_path):
    (tmp_path / "old.md").write_text("gone")
    write(the_law(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(documents(the_law()))
