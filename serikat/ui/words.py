"""The interface's words: collected from the source, where they are Indonesian sentences, into `locale/en`, where their English stands.

Python files are read as they are; templates through Django's own conversion to something that looks like Python. Babel does the rest, so that no
program outside the environment is needed.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SKIPPED = {"tests", "migrations", "static", "__pycache__"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
HEADER_NOISE = re.compile(
    r'^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team)[^\n]*\n', re.M
)


def sources(package: Path) -> Iterator[Path]:
    """Files that may hold words of the interface."""
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".html", ".txt", ".xml") and not SKIPPED & set(path.relative_to(package).parts):
            yield path


def collect(package: Path) -> Catalog:
    """Every marked sentence of a package, with the files it stands in."""
    catalog = Catalog(locale="en", project="Serikat", charset="utf-8")
    for path in sources(package):
        text = path.read_text("utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        name = path.relative_to(package.parent).as_posix()
        for _line, words, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            if words:
                catalog.add(words, locations=[(name, 0)], context=context)
    return catalog


def merge(found: Catalog, po: Path) -> Catalog:
    """The English catalogue brought up to what was found: translations kept, words no longer used dropped."""
    merged = Catalog(
        locale="en",
        project="Serikat",
        version="1",  # babel writes a placeholder for none
        charset="utf-8",
        fuzzy=False,
        header_comment="# The interface in English. See ADR 6.",
    )
    known = read_catalogue(po)
    for message in found:
        if not message.id:
            continue
        old = known.get(message.id, message.context)
        merged.add(
            message.id,
            old.string if old and not old.fuzzy and isinstance(old.id, str) == isinstance(message.id, str) else None,
            locations=sorted({(name, 0) for name, _line in message.locations}),
            context=message.context,
            flags=message.flags,
        )
    return merged


def read_catalogue(po: Path) -> Catalog:
    if not po.is_file():
        return Catalog(locale="en")
    with po.open("rb") as file:
        return read_po(file, locale="en")


def written(catalog: Catalog) -> str:
    """The file's text: sorted, without dates and line numbers, so that a change of words is a small difference."""
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, include_lineno=False, omit_header=False, width=0)
    return HEADER_NOISE.sub("", out.getvalue().decode())


def write_catalogue(catalog: Catalog, po: Path) -> None:
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(written(catalog), "utf-8")


def untranslated(found: Catalog, po: Path) -> list[str]:
    """Sentences without English or with a doubtful one, and those whose English lost or invented a placeholder."""
    known = read_catalogue(po)
    problems = []
    for message in found:
        if not message.id:
            continue
        ids = _texts(message.id)
        there = known.get(message.id, message.context)
        strings = _texts(there.string) if there else ()
        if len(strings) != (1 if len(ids) == 1 else known.num_plurals) or not all(strings):
            problems.append(f"no English: {ids[0]}")
        elif there and there.fuzzy:
            problems.append(f"fuzzy: {ids[0]}")
        elif not _same_placeholders(ids, strings):
            problems.append(f"placeholders differ: {ids[0]}")
    return problems


def _texts(said: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, tuple | list) else (said or "",)


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text.replace("%%", "")))


def _same_placeholders(ids: tuple[str, ...], strings: tuple[str, ...]) -> bool:
    """The sentence for one may say "one" instead of the number; the sentence for many may not."""
    wanted = _placeholders(ids[-1])
    return _placeholders(strings[-1]) == wanted and all(not _placeholders(text) - wanted for text in strings)
