"""Finding text: one small interface over SQLite FTS5 and PostgreSQL, for Indonesian words in their forms (kernel.indonesian).

An index is a pair of tables that a room makes in a migration (`fulltext.make("newsroom")`), then fills with `put` and asks with `find`.
A text's place in the index is its time: both databases walk it newest first and stop when a page is full, so that a word that stands in
every article costs no more than a rare one. Hits in the title come before all others. Counts stop at `MANY`. Where no text holds every word, `find` with
`near` gives those that hold most of them; a word that stands nowhere is then read as one that differs by a slip of one letter. For that each index
counts in how many texts a word stands: a word whose last text went is gone too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from serikat.kernel.indonesian import ROOTS, STOP, also_written, fold, is_slip, stem, words_in

MANY = 1000  # counting stops here: "more than a thousand" is all that anybody needs to know
LONGEST_QUERY = 200  # characters; what stands behind is not asked for
MOST_WORDS = 12
SHORTEST_PREFIX = 3
AROUND = 110  # characters of a snippet on each side of the first hit
LOOKED_THROUGH = 30_000  # characters of a text that a snippet is looked for in
BATCH = 200
WALKED = 5000  # texts of one word that the nearest are chosen from, the newest
MOST_GUESSED, GUESSES = 4, 3  # words of a question that may be slips, and what each may mean
LONGEST_WORD = 40  # letters of a word that is counted
SHORTEST_GUESS = 4  # letters: shorter ones resemble too many

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
    """A page of hits. `count` says how many there are; when `more` is true there are more than that. `near`: no text held every word as it was typed."""

    hits: list[Hit]
    count: int
    more: bool = False
    near: bool = False


Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: terms of which each must stand in a text. A term is a phrase of stems, or one word with its beginnings."""

    phrases: tuple[Phrase, ...] = ()
    last: str = ""  # the word still being typed: also a beginning of words counts
    spelled: tuple[tuple[str, str], ...] = ()  # the stems of single words, with the words as they were typed

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(s for phrase in self.phrases for form in self.forms(phrase) for s in form)

    def forms(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The ways in which a term is written: a single word also in its short form."""
        return (phrase, *also_written(phrase[0])) if len(phrase) == 1 else (phrase,)

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
    spelled = tuple({stem(word): fold(word) for word in kept}.items())
    return Question(terms, last if len(last) >= SHORTEST_PREFIX and (stem(last),) in terms else "", spelled)


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
    engine = _engine()
    with connection.cursor() as cursor:
        in_titles, anywhere = engine.counts(cursor, _checked(index), question)
        if near and not anywhere:
            return _nearest(cursor, index, question, skip=skip, size=size)
        rows = engine.rows(cursor, index, question, in_titles=in_titles, skip=skip, size=size)
    hits = [Hit(key, marked(title, question), snippet(text, question)) for key, title, text in rows]
    return Found(hits, min(anywhere, MANY), anywhere > MANY)


def _nearest(cursor: Any, index: str, question: Question, *, skip: int, size: int) -> Found:
    """Texts with at least half of the words that stand anywhere: most words first, then the rarer ones, those in titles, the newest."""
    terms = list(question.phrases)
    found = _engine().places(cursor, index, question, terms)
    spelled = dict(question.spelled)
    unknown = [n for n, (_titles, places) in enumerate(found) if not places and terms[n][0] in spelled][:MOST_GUESSED]
    guessed = [(n, (stem(word),)) for n in unknown for word in _guesses(cursor, index, spelled[terms[n][0]])]
    for (n, _phrase), (titles, places) in zip(
        guessed, _engine().places(cursor, index, question, [phrase for _n, phrase in guessed]), strict=True
    ):
        found[n] = found[n][0] | titles, found[n][1] | places
    known = [one for one in found if one[1]]
    words, weight, titled = Counter[int](), Counter[int](), Counter[int]()
    for titles, places in known:
        words.update(places)
        titled.update(titles)
        rarity = WALKED // len(places)
        weight.update(dict.fromkeys(places, rarity))
    least = (len(known) + 1) // 2
    best = sorted(
        (place for place, n in words.items() if n >= least),
        key=lambda place: (-words[place], -weight[place], -titled[place], -place),
    )
    shown = best[skip : skip + size]
    meant = Question((*question.phrases, *(phrase for _n, phrase in guessed)), question.last)
    texts = _texts_at(cursor, index, shown)
    hits = [Hit(key, marked(title, meant), snippet(text, meant)) for key, title, text in texts]
    return Found(hits, min(len(best), MANY), len(best) > MANY, near=True)


def _texts_at(cursor: Any, index: str, places: Sequence[int]) -> list[tuple[int, str, str]]:
    if not places:
        return []
    marks = ",".join(["%s"] * len(places))
    cursor.execute(f"SELECT place, key, title, text FROM {index}_texts WHERE place IN ({marks})", list(places))  # noqa: S608
    rows = {place: (key, title, text) for place, key, title, text in cursor.fetchall()}
    return [rows[place] for place in places if place in rows]


def _guesses(cursor: Any, index: str, typed: str) -> list[str]:
    """Words of the index that this may be a slip of, the commonest first. One slip leaves the first or the last letter as it was."""
    if len(typed) < SHORTEST_GUESS or not (typed.isascii() and typed.isalpha()) or stem(typed) in ROOTS:
        return []
    cursor.execute(
        f"SELECT word FROM {index}_words WHERE size BETWEEN %s AND %s AND (word LIKE %s OR word LIKE %s) ORDER BY texts DESC, word",  # noqa: S608
        [len(typed) - 3, len(typed) + 1, f"{typed[0]}%", f"%{typed[-1]}"],
    )
    found: dict[str, str] = {}
    for (word,) in cursor.fetchall():
        if word != typed and is_slip(typed, word):
            found.setdefault(stem(word), word)
            if len(found) == GUESSES:
                break
    return list(found.values())


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
        for statement in (*_engine(editor.connection.vendor).make(name), *_words_table(name)):
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
        for statement in _words_table(name):
            editor.execute(statement)
        with editor.connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name}_words")  # noqa: S608
            batch = f"SELECT place, title, text FROM {name}_texts WHERE place > %s ORDER BY place LIMIT 500"  # noqa: S608
            counted = Counter[str]()
            cursor.execute(batch, [-(1 << 62)])
            while rows := cursor.fetchall():
                for _place, title, text in rows:
                    counted.update(_words_of(title, text))
                cursor.execute(batch, [rows[-1][0]])
            _count_words(cursor, name, counted)

    return run


def _words_table(name: str) -> list[str]:
    return [
        f"CREATE TABLE IF NOT EXISTS {name}_words (word VARCHAR({LONGEST_WORD}) PRIMARY KEY, size INTEGER NOT NULL, texts INTEGER NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {name}_words_size ON {name}_words (size)",
    ]


def _words_of(title: str, text: str) -> set[str]:
    """The words that somebody may mistype, each once."""
    folded = {fold(word) for part in (title, text) for _start, _end, word in words_in(part)}
    return {w for w in folded if SHORTEST_GUESS <= len(w) <= LONGEST_WORD and w.isascii() and w.isalpha()}


def _count_words(cursor: Any, name: str, counted: Counter[str]) -> None:
    """In the order of the alphabet, so that two who write at once wait for one another and never both."""
    cursor.executemany(
        f"INSERT INTO {name}_words (word, size, texts) VALUES (%s, %s, %s)"  # noqa: S608
        f" ON CONFLICT (word) DO UPDATE SET texts = {name}_words.texts + excluded.texts",
        [(word, len(word), n) for word, n in sorted(counted.items())],
    )


def _take_out(cursor: Any, name: str, keys: Sequence[int]) -> None:
    """Texts with their words."""
    marks = ",".join(["%s"] * len(keys))
    cursor.execute(f"SELECT title, text FROM {name}_texts WHERE key IN ({marks})", list(keys))  # noqa: S608
    gone = Counter[str]()
    for title, text in cursor.fetchall():
        gone.update(_words_of(title, text))
    if gone:
        words = sorted(gone.items())
        cursor.executemany(f"UPDATE {name}_words SET texts = texts - %s WHERE word = %s", [(n, word) for word, n in words])  # noqa: S608
        cursor.executemany(f"DELETE FROM {name}_words WHERE word = %s AND texts < 1", [(word,) for word, _n in words])  # noqa: S608
    _engine().drop(cursor, name, keys)


def _checked(index: str) -> str:
    """The name of an index becomes part of SQL: letters and lines only. It comes from our code, never from a reader."""
    if not _NAME.fullmatch(index):
        raise ValueError(f"{index!r} is no name for an index.")
    return index


def _stems(text: str) -> list[str]:
    return [stem(word) for _start, _end, word in words_in(text)]


def _put_batch(index: str, documents: list[Document]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _take_out(cursor, _checked(index), [d.key for d in documents])
        _engine().put(cursor, index, documents)
        _count_words(cursor, index, Counter(word for d in documents for word in _words_of(d.title, d.text)))


def _engine(vendor: str | None = None) -> _SQLite | _PostgreSQL:
    return _SQLite() if (vendor or connection.vendor) == "sqlite" else _PostgreSQL()


def _places(cursor: Any, one: str, asked: Sequence[str], *columns: str) -> list[tuple[set[int], set[int]]]:
    """Titles and texts of each term, which stand in `asked` by turns, in one query."""
    found: list[set[int]] = [set() for _match in asked]
    if asked:
        parts = [one.format(columns[n % 2]) if columns else one for n in range(len(asked))]
        cursor.execute(" UNION ALL ".join(parts), [value for n, match in enumerate(asked) for value in (n, match)])
        for n, place in cursor.fetchall():
            found[n].add(place)
    return list(zip(found[::2], found[1::2], strict=True))


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
