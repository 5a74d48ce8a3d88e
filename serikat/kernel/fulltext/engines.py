"""How each database keeps the texts of an index and is asked for them: FTS5 of SQLite, tsvectors of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from serikat.kernel.fulltext.questions import Phrase, Question, stems_in
from serikat.kernel.indonesian import stem

MANY = 1000  # counting stops here: "more than a thousand" is all that anybody needs to know
WALKED = 5000  # texts of one word that the nearest are chosen from, the newest


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be found. `key` is the room's own number for it."""

    key: int
    title: str
    text: str
    at: datetime

    @property
    def place(self) -> int:
        """Its place in the order of time; within one second by key."""
        return (int(self.at.timestamp()) << 28) | (self.key & 0xFFFFFFF)


def engine(vendor: str | None = None) -> SQLite | PostgreSQL:
    return SQLite() if (vendor or connection.vendor) == "sqlite" else PostgreSQL()


def _places(cursor: Any, one: str, asked: Sequence[str], *columns: str) -> list[tuple[set[int], set[int]]]:
    """Titles and texts of each term, which stand in `asked` by turns, in one query."""
    found: list[set[int]] = [set() for _match in asked]
    if asked:
        parts = [one.format(columns[n % 2]) if columns else one for n in range(len(asked))]
        cursor.execute(" UNION ALL ".join(parts), [value for n, match in enumerate(asked) for value in (n, match)])
        for n, place in cursor.fetchall():
            found[n].add(place)
    return list(zip(found[::2], found[1::2], strict=True))


class SQLite:
    """FTS5 over stems. The row number is the place in time, so that newest first needs no sorting."""

    def make(self, name: str) -> list[str]:
        return [
            f"CREATE TABLE {name}_texts (place INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL)",
            f"CREATE VIRTUAL TABLE {name}_terms USING fts5(title, text, tokenize='unicode61 remove_diacritics 0', prefix='3 4')",
        ]

    def drop(self, cursor: Any, name: str, keys: Iterable[int]) -> None:
        keys = list(keys)
        marks = ",".join(["%s"] * len(keys))
        which = f"SELECT place FROM {name}_texts WHERE key IN ({marks})"  # noqa: S608 - name is checked, values are bound
        cursor.execute(f"DELETE FROM {name}_terms WHERE rowid IN ({which})", keys)  # noqa: S608
        cursor.execute(f"DELETE FROM {name}_texts WHERE key IN ({marks})", keys)  # noqa: S608

    def put(self, cursor: Any, name: str, documents: list[Document]) -> None:
        cursor.executemany(
            f"INSERT INTO {name}_texts (place, key, title, text) VALUES (%s, %s, %s, %s)",  # noqa: S608
            [(d.place, d.key, d.title, d.text) for d in documents],
        )
        cursor.executemany(
            f"INSERT INTO {name}_terms (rowid, title, text) VALUES (%s, %s, %s)",  # noqa: S608
            [(d.place, " ".join(stems_in(d.title)), " ".join(stems_in(d.text))) for d in documents],
        )

    def match(self, question: Question) -> str:
        return " AND ".join(self.term(question, phrase) for phrase in question.phrases)

    def term(self, question: Question, phrase: Phrase) -> str:
        forms = ['"' + " ".join(form) + '"' for form in question.forms(phrase)]
        if question.last and phrase == (stem(question.last),):
            forms.append(f'"{question.last}"*')
        return f"({' OR '.join(forms)})"

    def places(self, cursor: Any, name: str, question: Question, terms: Sequence[Phrase]) -> list[tuple[set[int], set[int]]]:
        """Where each term stands: in which titles, and in which texts at all; the newest."""
        one = f"SELECT * FROM (SELECT %s AS n, rowid FROM {name}_terms WHERE {name}_terms MATCH %s ORDER BY rowid DESC LIMIT {WALKED})"  # noqa: S608
        asked = [match for term in terms for match in (f"title : {self.term(question, term)}", self.term(question, term))]
        return _places(cursor, one, asked)

    def counts(self, cursor: Any, name: str, question: Question) -> tuple[int, int]:
        match = self.match(question)
        one = f"SELECT COUNT(*) FROM (SELECT 1 FROM {name}_terms WHERE {name}_terms MATCH %s LIMIT {MANY + 1})"  # noqa: S608
        cursor.execute(f"SELECT ({one}), ({one})", [f"title : ({match})", match])
        in_titles, anywhere = cursor.fetchone()
        return in_titles, anywhere

    def rows(self, cursor: Any, name: str, question: Question, *, in_titles: int, skip: int, size: int) -> list[Any]:
        match = self.match(question)
        one = f"SELECT rowid AS place, %s AS part FROM {name}_terms WHERE {name}_terms MATCH %s ORDER BY rowid DESC LIMIT %s OFFSET %s"  # noqa: S608
        titles = min(max(in_titles - skip, 0), size)
        cursor.execute(
            f"SELECT t.key, t.title, t.text FROM (SELECT * FROM ({one}) UNION ALL SELECT * FROM ({one})) AS hit"  # noqa: S608
            f" JOIN {name}_texts t ON t.place = hit.place ORDER BY hit.part, hit.place DESC",
            [
                1,
                f"title : ({match})",
                titles,
                skip,
                2,
                f"({match}) NOT title : ({match})",
                size - titles,
                max(skip - in_titles, 0),
            ],
        )
        return list(cursor.fetchall())


class PostgreSQL:
    """Two tsvectors of stems under GIN. Written as literals: the stems are ours, no dictionary of the server takes part."""

    def make(self, name: str) -> list[str]:
        return [
            f"CREATE TABLE {name}_texts (place BIGINT PRIMARY KEY, key BIGINT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL)",
            f"CREATE TABLE {name}_terms (place BIGINT PRIMARY KEY, title TSVECTOR NOT NULL, terms TSVECTOR NOT NULL)",
            f"CREATE INDEX {name}_terms_title ON {name}_terms USING GIN (title)",
            f"CREATE INDEX {name}_terms_terms ON {name}_terms USING GIN (terms)",
        ]

    def drop(self, cursor: Any, name: str, keys: Iterable[int]) -> None:
        keys = list(keys)
        cursor.execute(
            f"DELETE FROM {name}_terms USING {name}_texts t WHERE t.place = {name}_terms.place AND t.key = ANY(%s)",  # noqa: S608
            [keys],
        )
        cursor.execute(f"DELETE FROM {name}_texts WHERE key = ANY(%s)", [keys])  # noqa: S608

    def put(self, cursor: Any, name: str, documents: list[Document]) -> None:
        cursor.executemany(
            f"INSERT INTO {name}_texts (place, key, title, text) VALUES (%s, %s, %s, %s)",  # noqa: S608
            [(d.place, d.key, d.title.replace("\0", ""), d.text.replace("\0", "")) for d in documents],
        )
        cursor.executemany(
            f"INSERT INTO {name}_terms (place, title, terms) VALUES (%s, %s::tsvector, %s::tsvector)",  # noqa: S608
            [(d.place, *self.vectors(d)) for d in documents],
        )

    def vectors(self, document: Document) -> tuple[str, str]:
        title = stems_in(document.title)
        # a gap between title and text, so that no phrase spans both
        return self.vector(title, 1), self.vector(title, 1) + " " + self.vector(stems_in(document.text), len(title) + 10)

    def vector(self, stems: list[str], start: int) -> str:
        return " ".join(f"'{s}':{min(start + i, 16383)}" for i, s in enumerate(stems))

    def match(self, question: Question) -> str:
        return " & ".join(self.term(question, phrase) for phrase in question.phrases)

    def term(self, question: Question, phrase: Phrase) -> str:
        forms = [" <-> ".join(f"'{s}'" for s in form) for form in question.forms(phrase)]
        if question.last and phrase == (stem(question.last),):
            forms.append(f"'{question.last}':*")
        return f"({' | '.join(forms)})"

    def places(self, cursor: Any, name: str, question: Question, terms: Sequence[Phrase]) -> list[tuple[set[int], set[int]]]:
        """Where each term stands: in which titles, and in which texts at all; the newest."""
        one = f"(SELECT %s AS n, place FROM {name}_terms WHERE {{}} @@ %s::tsquery ORDER BY place DESC LIMIT {WALKED})"  # noqa: S608
        asked = [self.term(question, term) for term in terms for _part in ("title", "terms")]
        return _places(cursor, one, asked, "title", "terms")

    def counts(self, cursor: Any, name: str, question: Question) -> tuple[int, int]:
        match = self.match(question)
        one = "SELECT COUNT(*) FROM (SELECT 1 FROM {}_terms WHERE {} @@ %s::tsquery LIMIT {}) AS counted"
        titles, terms = one.format(name, "title", MANY + 1), one.format(name, "terms", MANY + 1)
        cursor.execute(f"SELECT ({titles}), ({terms})", [match, match])
        in_titles, anywhere = cursor.fetchone()
        return in_titles, anywhere

    def rows(self, cursor: Any, name: str, question: Question, *, in_titles: int, skip: int, size: int) -> list[Any]:
        match = self.match(question)
        titles = min(max(in_titles - skip, 0), size)
        one = f"(SELECT place, %s AS part FROM {name}_terms WHERE {{}} ORDER BY place DESC LIMIT %s OFFSET %s)"  # noqa: S608
        rest = one.format("terms @@ %s::tsquery AND NOT title @@ %s::tsquery")
        cursor.execute(
            f"SELECT t.key, t.title, t.text FROM ({one.format('title @@ %s::tsquery')} UNION ALL {rest}) AS hit"  # noqa: S608
            f" JOIN {name}_texts t ON t.place = hit.place ORDER BY hit.part, hit.place DESC",
            [1, match, titles, skip, 2, match, match, size - titles, max(skip - in_titles, 0)],
        )
        return list(cursor.fetchall())
