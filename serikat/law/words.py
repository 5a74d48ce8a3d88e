"""A sentence in the two languages in which the law is explained, and the refusals that are said in them."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One sentence, Indonesian and English, with `{name}` for what is filled in."""

    id: str
    en: str

    def filled(self, **values: object) -> Words:
        """With what is filled in; a sentence among the values is filled in each in its own language."""
        id_, en = ({key: v[at] if isinstance(v, Words) else v for key, v in values.items()} for at in (0, 1))
        return Words(self.id.format(**id_), self.en.format(**en))

    def said(self, language: str) -> str:
        return self.id if language == "id" else self.en


class FieldError(Exception):
    """What was typed cannot be counted with: the field, as a path like `days[2].hours`, and why, for the person who typed it."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(f"{field}: {words.en}")
        self.field, self.words = field, words


class BadLaw(Exception):
    """The data of the law is not what it must be: file, line and what is wrong. Said to whoever edits the data."""


def listed(names: object) -> str:
    """Names one after the other, sorted, for a message."""
    return ", ".join(sorted(str(name) for name in names))  # type: ignore[attr-defined]
