"""Finding text: one small interface over SQLite FTS5 and PostgreSQL, for Indonesian words in their forms (kernel.indonesian).

An index is a pair of tables that a room makes in a migration (`fulltext.make("newsroom")`), then fills with `put` and asks with `find`.
A text's place in the index is its time: both databases walk it newest first and stop when a page is full, so that a word that stands in
every article costs no more than a rare one. Hits in the title come before all others. Counts stop at `MANY`. Where no text holds every word, `find` with
`near` gives those that hold most of them; a word that stands nowhere is then read as one that differs by a slip of one letter. For that each index
counts in how many texts a word stands (`counting`). What is asked is read by `questions`, what a database is told stands in `engines`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.safestring import SafeString

from serikat.kernel.fulltext.counting import MOST_GUESSED, count_words, guesses, words_of, words_table
from serikat.kernel.fulltext.engines import MANY, WALKED, Document, engine
from serikat.kernel.fulltext.questions import MOST_WORDS, Question, marked, read_question, snippet
from serikat.kernel.indonesian import stem

__all__ = ["Document", "Found", "Hit", "add_words", "drop", "find", "make", "put", "put_many", "related", "unmake"]

BATCH = 200

_NAME = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class Hit:
    key: int
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `count` says how many there are; when `more` is true there are more than that. `near`: no text held every word as it was typed."""

    hits: list[Hit]
    count: int
    more: bool = False
    near: bool = False


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
            _take_out(cursor, _checked(index), keys)


def find(index: str, typed: str, *, page: int = 1, size: int = 20, near: bool = False) -> Found:
    """One page of what answers the question: title hits first, then newest first. Two queries, whatever is asked. `near`: where nothing does, what
    comes nearest."""
    question = read_question(typed)
    if not question:
        return Found([], 0)
    skip = (min(max(page, 1), MANY // size + 1) - 1) * size
    database = engine()
    with connection.cursor() as cursor:
        in_titles, anywhere = database.counts(cursor, _checked(index), question)
        if near and not anywhere:
            return _nearest(cursor, index, question, skip=skip, size=size)
        rows = database.rows(cursor, index, question, in_titles=in_titles, skip=skip, size=size)
    hits = [Hit(key, marked(title, question), snippet(text, question)) for key, title, text in rows]
    return Found(hits, min(anywhere, MANY), anywhere > MANY)


def _nearest(cursor: Any, index: str, question: Question, *, skip: int, size: int) -> Found:
    """Texts with at least half of the words that stand anywhere: most words first, then the rarer ones, those in titles, the newest."""
    terms = list(question.phrases)
    found = engine().places(cursor, index, question, terms)
    spelled = dict(question.spelled)
    unknown = [n for n, (_titles, places) in enumerate(found) if not places and terms[n][0] in spelled][:MOST_GUESSED]
    guessed = [(n, (stem(word),)) for n in unknown for word in guesses(cursor, index, spelled[terms[n][0]])]
    for (n, _phrase), (titles, places) in zip(
        guessed, engine().places(cursor, index, question, [phrase for _n, phrase in guessed]), strict=True
    ):
        found[n] = found[n][0] | titles, found[n][1] | places
    least = (sum(1 for _titles, places in found if places) + 1) // 2
    best = _ranked(found, lambda words, _titled: words >= least)
    shown = best[skip : skip + size]
    meant = Question((*question.phrases, *(phrase for _n, phrase in guessed)), question.last)
    texts = _texts_at(cursor, index, shown)
    hits = [Hit(key, marked(title, meant), snippet(text, meant)) for key, title, text in texts]
    return Found(hits, min(len(best), MANY), len(best) > MANY, near=True)


def related(index: str, words: Iterable[str], *, size: int) -> list[int]:
    """The keys of texts that are about the same as these words, in whatever form they stand there: one of them is in the title, or two are anywhere. A
    single one somewhere in a text is chance, and where few texts are kept nothing better would stand before it. In the order of `_ranked`; two queries."""
    terms = list(dict.fromkeys((root,) for word in words if (root := stem(word))))[:MOST_WORDS]
    if not terms:
        return []
    with connection.cursor() as cursor:
        found = engine().places(cursor, _checked(index), Question(tuple(terms)), terms)
        best = _ranked(found, lambda words, titled: bool(titled) or words > 1)[:size]
        return [key for key, _title, _text in _texts_at(cursor, index, best)]


def _ranked(found: Iterable[tuple[set[int], set[int]]], fits: Callable[[int, int], bool]) -> list[int]:
    """Places by how many of the words stand there, how rare those are, how many stand in the title, and how new they are; of those that fit, asked with
    how many words stand in the text and in its title."""
    words, weight, titled = Counter[int](), Counter[int](), Counter[int]()
    for titles, places in found:
        words.update(places)
        titled.update(titles)
        weight.update(dict.fromkeys(places, WALKED // max(len(places), 1)))
    fitting = (place for place, n in words.items() if fits(n, titled[place]))
    return sorted(fitting, key=lambda place: (-words[place], -weight[place], -titled[place], -place))


def _texts_at(cursor: Any, index: str, places: Sequence[int]) -> list[tuple[int, str, str]]:
    if not places:
        return []
    marks = ",".join(["%s"] * len(places))
    cursor.execute(f"SELECT place, key, title, text FROM {index}_texts WHERE place IN ({marks})", list(places))  # noqa: S608
    rows = {place: (key, title, text) for place, key, title, text in cursor.fetchall()}
    return [rows[place] for place in places if place in rows]


def make(index: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """For `migrations.RunPython`: make the tables of an index."""
    name = _checked(index)

    def run(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in (*engine(editor.connection.vendor).make(name), *words_table(name)):
            editor.execute(statement)

    return run


def unmake(index: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """The way back of `make`."""
    name = _checked(index)

    def run(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for table in (f"{name}_terms", f"{name}_texts", f"{name}_words"):
            editor.execute(f"DROP TABLE IF EXISTS {table}")

    return run


def add_words(index: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """For `migrations.RunPython`: give an index that was made before its words, and count those of the texts in it."""
    name = _checked(index)

    def run(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in words_table(name):
            editor.execute(statement)
        with editor.connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name}_words")  # noqa: S608
            batch = f"SELECT place, title, text FROM {name}_texts WHERE place > %s ORDER BY place LIMIT 500"  # noqa: S608
            counted = Counter[str]()
            cursor.execute(batch, [-(1 << 62)])
            while rows := cursor.fetchall():
                for _place, title, text in rows:
                    counted.update(words_of(title, text))
                cursor.execute(batch, [rows[-1][0]])
            count_words(cursor, name, counted)

    return run


def _take_out(cursor: Any, name: str, keys: Sequence[int]) -> None:
    """Texts with their words."""
    marks = ",".join(["%s"] * len(keys))
    cursor.execute(f"SELECT title, text FROM {name}_texts WHERE key IN ({marks})", list(keys))  # noqa: S608
    gone = Counter[str]()
    for title, text in cursor.fetchall():
        gone.update(words_of(title, text))
    if gone:
        words = sorted(gone.items())
        cursor.executemany(f"UPDATE {name}_words SET texts = texts - %s WHERE word = %s", [(n, word) for word, n in words])  # noqa: S608
        cursor.executemany(f"DELETE FROM {name}_words WHERE word = %s AND texts < 1", [(word,) for word, _n in words])  # noqa: S608
    engine().drop(cursor, name, keys)


def _checked(index: str) -> str:
    """The name of an index becomes part of SQL: letters and lines only. It comes from our code, never from a reader."""
    if not _NAME.fullmatch(index):
        raise ValueError(f"{index!r} is no name for an index.")
    return index


def _put_batch(index: str, documents: list[Document]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _take_out(cursor, _checked(index), [d.key for d in documents])
        engine().put(cursor, index, documents)
        count_words(cursor, index, Counter(word for d in documents for word in words_of(d.title, d.text)))
