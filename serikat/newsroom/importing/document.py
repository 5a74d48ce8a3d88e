"""What was read from an archive, before anything is written: posts, their body as blocks, comments, notes and problems.

Every `html` here has been cleaned (see `cleaning`): it may be stored and shown as it is. Every other string is plain text.
A path is the place of a file that exists inside the archive; a picture without one is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class State(StrEnum):
    """How the old site held the post. Only `LIVE` was ever for the public."""

    LIVE = "live"
    DRAFT = "draft"
    PRIVATE = "private"
    SCHEDULED = "scheduled"
    PROTECTED = "protected"
    TRASHED = "trashed"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: paragraphs and lists that follow one another."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 2 to 4: the title of the page is 1
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    source: str  # as the post wrote it
    path: Path | None  # None: missing
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    html: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    source: str
    path: Path
    title: str


@dataclass(frozen=True, slots=True)
class Callout:
    kind: str  # "info" | "warning"
    html: str


@dataclass(frozen=True, slots=True)
class Embed:
    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[str, ...], ...]  # cells are inline html; all rows have the same length
    header: bool = False  # the first row names the columns
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose lines and spaces matter: programs, verse."""

    text: str


Block = Paragraph | Heading | Picture | Quote | Document | Callout | Embed | Table | Code


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment. Addresses (e-mail, IP) of who wrote it are not read."""

    key: str
    author: str
    at: datetime | None
    text: str
    parent: str | None = None
    approved: bool = True


# What the notes say of a picture that is not there; an import's last line says it once, in the same words.
MISSING_PICTURE, MISSING_COVER = "Gambar yang tidak ada", "Gambar sampul yang tidak ada"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is not understood or could not be kept, word for word, for the desk's notes."""

    what: str
    literal: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.literal}" if self.literal else self.what


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file of the archive."""

    file: str
    what: str


@dataclass(slots=True)
class ImportedPost:
    """One post. `key` is its lasting identity: the same post has it again at the next import."""

    key: str
    file: str  # for people: the file, or the address in the export
    kind: str = "post"  # "post" | "page"
    title: str = ""
    state: State = State.LIVE
    published_at: datetime | None = None
    updated_at: datetime | None = None
    slug: str = ""
    old_addresses: list[str] = field(default_factory=list)  # paths with their query, beginning with "/"
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    lead: str = ""
    cover: Picture | None = None
    body: list[Block] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    comments_open: bool = True
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def pictures(self) -> Iterator[Picture]:
        """The cover and the pictures of the body, missing ones too."""
        if self.cover is not None:
            yield self.cover
        yield from (block for block in self.body if isinstance(block, Picture))

    def missing_pictures(self) -> list[str]:
        return [picture.source for picture in self.pictures() if picture.path is None]

    def note(self, what: str, literal: str = "") -> None:
        added = Note(what, literal)
        if added not in self.notes:
            self.notes.append(added)

    def problem(self, what: str) -> None:
        self.problems.append(Problem(self.file, what))


@dataclass(slots=True)
class Archive:
    """An archive that is being read. `posts` is read once, one post at a time; `problems` and `skipped` are complete after it."""

    kind: str  # "jekyll" | "wordpress"
    total: int
    posts: Iterator[ImportedPost]
    problems: list[Problem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # technical items that are no posts, by what they are


class ArchiveRefused(Exception):
    """This is no archive of that kind, or one that must not be opened; the message says why, for people."""
