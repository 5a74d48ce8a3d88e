"""In how many texts of an index each word stands: what a slip of the finger is found by. A word whose last text went is gone too."""

from __future__ import annotations

from collections import Counter
from typing import Any

from serikat.kernel.indonesian import ROOTS, fold, is_slip, stem, words_in

MOST_GUESSED, GUESSES = 4, 3  # words of a question that may be slips, and what each may mean
LONGEST_WORD = 40  # letters of a word that is counted
SHORTEST_GUESS = 4  # letters: shorter ones resemble too many


def words_table(name: str) -> list[str]:
    return [
        f"CREATE TABLE IF NOT EXISTS {name}_words (word VARCHAR({LONGEST_WORD}) PRIMARY KEY, size INTEGER NOT NULL, texts INTEGER NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {name}_words_size ON {name}_words (size)",
    ]


def words_of(title: str, text: str) -> set[str]:
    """The words that somebody may mistype, each once."""
    folded = {fold(word) for part in (title, text) for _start, _end, word in words_in(part)}
    return {w for w in folded if SHORTEST_GUESS <= len(w) <= LONGEST_WORD and w.isascii() and w.isalpha()}


def count_words(cursor: Any, name: str, counted: Counter[str]) -> None:
    """In the order of the alphabet, so that two who write at once wait for one another and never both."""
    cursor.executemany(
        f"INSERT INTO {name}_words (word, size, texts) VALUES (%s, %s, %s)"  # noqa: S608
        f" ON CONFLICT (word) DO UPDATE SET texts = {name}_words.texts + excluded.texts",
        [(word, len(word), n) for word, n in sorted(counted.items())],
    )


def guesses(cursor: Any, index: str, typed: str) -> list[str]:
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
