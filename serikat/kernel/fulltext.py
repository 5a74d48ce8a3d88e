"""Finding text: one small interface over SQLite FTS5 and PostgreSQL, for Indonesian words in their forms (kernel.indonesian).

An index is a pair of tables that a room makes in a migration (`fulltext.make("newsroom")`), then fills with `put` and asks with `find`.
A text's place in the index is its time: both databases walk it newest first and stop when a page is full, so that a word that stands in
every article costs no more than a rare one. Hits in the title come before all others. Counts stop at `MANY`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from serikat.kernel.indonesian import STOP, fold, stem, words_in

MANY = 1000  # counting stops here: "more than a thousand" is all that anybody needs to know
LONGEST_QUERY = 200  # characters; what stands behind is not asked for
MOST_WORDS = 12
SHORTEST_PREFIX = 3
AROUND = 110  # characters of a snippet on each side of the first hit
LOOKED_THROUGH = 30_000  # characters of a text that a snippet is looked for in
BATCH = 200

_NAME = re.compile(r"[a-z_]{1,40}")
_PART = re.compile(r'"([^"]*)"?|([^"]+)')


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


@dataclass(frozen=True, slots=True)
class Hit:
    key: int
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `count` says how many there are; when `more` is true there are more than that."""

    hits: list[Hit]
    count: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: terms of which each must stand in a text. A term is a phrase of stems, or one word with its beginnings."""

    phrases: tuple[tuple[str, ...], ...] = ()
    last: str = ""  # the word still being typed: also a beginning of words counts

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(s for phrase in self.phrases for s in phrase)

    def __bool__(self) -> bool:
        return bool(self.phrases)


def read_question(typed: str) -> Question:
    """Read what somebody typed: words in any form, "phrases in quotes", the last word also as a beginning. Any input gives a question."""
    typed = typed[:LONGEST_QUERY]
    loose: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for quoted, free in _PART.findall(typed):
        if free:
            loose += [word for _start, _end, word in words_in(free)]
        elif phrase := _stems(quoted):
            phrases.append(tuple(phrase[:MOST_WORDS]))
    telling = [w for w in loose if fold(w) not in STOP]
    kept = telling or ([] if phrases else loose)
    singles = [(stem(w),) for w in kept]
    terms = tuple(dict.fromkeys([*phrases, *singles]))[:MOST_WORDS]
    last = fold(kept[-1]) if kept and kept[-1] == loose[-1] and typed.rstrip().endswith(kept[-1]) else ""
    return Question(terms, last if len(last) >= SHORTEST_PREFIX and (stem(last),) in terms else "")


def put(index: str, document: Document) -> None:
    """Add a text, or replace it. Part of the transaction that is open."""
    put_many(index, [document])


def put_many(index: str, documents: Iterable[Document]) -> None:
    """Add or replace many texts."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH:
            _put_batch(index, batch)
            batch = []
    if batch:
        _put_batch(index, batch)


def drop(index: str, *keys: int) -> None:
    """Take texts out."""
    if keys:
        with transaction.atomic(), connection.cursor() as cursor:
            _engine().drop(cursor, _checked(index), keys)


def find(index: str, typed: str, *, page: int = 1, size: int = 20) -> Found:
    """One page of what answers the question: title hits first, then newest first. Two queries, whatever is asked."""
    question = read_question(typed)
    if not question:
        return Found([], 0)
    skip = (min(max(page, 1), MANY // size + 1) - 1) * size
    engine = _engine()
    with connection.cursor() as cursor:
        in_titles, anywhere = engine.counts(cursor, _checked(index), question)
        rows = engine.rows(cursor, index, question, in_titles=in_titles, skip=skip, size=size)
    hits = [Hit(key, marked(title, question), snippet(text, question)) for key, title, text in rows]
    return Found(hits, min(anywhere, MANY), anywhere > MANY)


def marked(text: str, question: Question) -> SafeString:
    """The text escaped, with the found words in <mark>."""
    out: list[str] = []
    at = 0
    for start, end, word in words_in(text):
        if stem(word) in question.stems or (question.last and fold(word).startswith(question.last)):
            out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    out.append(escape(text[at:]))
    return mark_safe("".join(out).replace("</mark> <mark>", " "))  # noqa: S308 - each piece was escaped above


def snippet(text: str, question: Question) -> SafeString:
    """The surroundings of the first found word, marked; the beginning of the text when only the title has it."""
    text = text[:LOOKED_THROUGH]
    first = next(
        (
            start
            for start, _end, word in words_in(text)
            if stem(word) in question.stems or (question.last and fold(word).startswith(question.last))
        ),
        0,
    )
    begin = 0 if first <= AROUND else text.rfind(" ", 0, first - AROUND // 2) + 1
    end = len(text) if len(text) <= begin + 2 * AROUND else text.rfind(" ", begin, begin + 2 * AROUND)
    end = end if end > begin else begin + 2 * AROUND
    piece = marked(text[begin:end].strip(), question)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{piece}{after}")  # noqa: S308 - marked() escapes


def make(index: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """For `migrations.RunPython`: make the tables of an index."""
    name = _checked(index)

    def run(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _engine(editor.connection.vendor).make(name):
            editor.execute(statement)

    return run


def unmake(index: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """The way back of `make`."""
    name = _checked(index)

    def run(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for table in (f"{name}_terms", f"{name}_texts"):
            editor.execute(f"DROP TABLE IF EXISTS {table}")

    return run


def _checked(index: str) -> str:
    """The name of an index becomes part of SQL: letters and lines only. It comes from our code, never from a reader."""
    if not _NAME.fullmatch(index):
        raise ValueError(f"{index!r} is no name for an index.")
    return index


def _stems(text: str) -> list[str]:
    return [stem(word) for _start, _end, word in words_in(text)]


def _put_batch(index: str, documents: list[Document]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        engine = _engine()
        engine.drop(cursor, _checked(index), [d.key for d in documents])
        engine.put(cursor, index, documents)


def _engine(vendor: str | None = None) -> _SQLite | _PostgreSQL:
    return _SQLite() if (vendor or connection.vendor) == "sqlite" else _PostgreSQL()


class _SQLite:
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
            [(d.place, " ".join(_stems(d.title)), " ".join(_stems(d.text))) for d in documents],
        )

    def match(self, question: Question) -> str:
        terms = []
        for phrase in question.phrases:
            term = '"' + " ".join(phrase) + '"'
            if len(phrase) == 1 and question.last and phrase[0] == stem(question.last):
                term = f'({term} OR "{question.last}"*)'
            terms.append(term)
        return " AND ".join(terms)

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


class _PostgreSQL:
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
        title = _stems(document.title)
        # a gap between title and text, so that no phrase spans both
        return self.vector(title, 1), self.vector(title, 1) + " " + self.vector(_stems(document.text), len(title) + 10)

    def vector(self, stems: list[str], start: int) -> str:
        return " ".join(f"'{s}':{min(start + i, 16383)}" for i, s in enumerate(stems))

    def match(self, question: Question) -> str:
        terms = []
        for phrase in question.phrases:
            term = " <-> ".join(f"'{s}'" for s in phrase)
            if len(phrase) == 1 and question.last and phrase[0] == stem(question.last):
                term = f"{term} | '{question.last}':*"
            terms.append(f"({term})")
        return " & ".join(terms)

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
