"""The head of a Jekyll file: its YAML between two lines of dashes, every value as text.

YAML would turn `no` into false and `2014` into a number; titles and tags are words, so nothing is turned into anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from serikat.newsroom.importing.cleaning import strip_controls

LARGEST = 200_000  # characters of a head; a post with more is no post
_HEAD = re.compile(r"\A\s*---[ \t]*\n(?P<head>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HALF_HEAD = re.compile(r"\A\s*(?P<head>(?:(?:[A-Za-z_][\w-]*[ \t]*:|[ \t]*-[ \t]|[ \t]+\S)[^\n]*\n)+)---[ \t]*(?:\n|\Z)")
_PLAIN_LINE = re.compile(r"^(?P<name>[A-Za-z_][\w-]*)[ \t]*:[ \t]*(?P<value>.*)$")
_PLAIN_ITEM = re.compile(r"^\s*-[ \t]+(?P<value>.+)$")


def decode(raw: bytes) -> tuple[str, str]:
    """Text of a file and, when it was not UTF-8, the name of the encoding that was taken instead."""
    for mark, encoding in ((b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _lines(raw.decode(encoding, "replace")), encoding.upper()
    try:
        return _lines(raw.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        return _lines(raw.decode("cp1252", "replace")), "Windows-1252"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split(text: str) -> tuple[str | None, str, str]:
    """The head, the body, and what is wrong with the head's lines if something is; no head at all is None."""
    if found := _HEAD.match(text):
        return found["head"], text[found.end() :], ""
    if found := _HALF_HEAD.match(text):
        return found["head"], text[found.end() :], "Garis pembuka (---) di awal berkas hilang."
    return None, text, "Berkas ini tanpa kepala (baris ---): judul dan tanggal diambil dari nama berkas."


def read_head(head: str) -> tuple[dict[str, Any], str]:
    """Values by name, and what is wrong with the head if something is. A head that is no YAML is read line by line."""
    head = strip_controls(head.replace("\t", "  "))
    if len(head) > LARGEST:
        return _by_lines(head[:LARGEST]), "Kepala berkas terlalu panjang."
    if re.search(r"(?m)(?:^|[\s:,\[{-])[&*][A-Za-z0-9_]+\s*(?:$|[,\]}\[{|>\"'])", head):
        return _by_lines(head), "Kepala berkas memakai rujukan YAML (& atau *) yang tidak dibaca."
    try:
        read = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - this loader makes nothing but text, lists and maps
    except (yaml.YAMLError, RecursionError, ValueError) as slip:
        mark = getattr(slip, "problem_mark", None)
        where = f", baris {mark.line + 2}" if mark else ""
        return _by_lines(head), f"Kepala berkas bukan YAML yang benar{where}: dibaca baris demi baris."
    if read is None or read == "":
        return {}, ""
    if not isinstance(read, dict):
        return {}, "Kepala berkas bukan daftar nama dan nilai."
    return {str(name).strip().lower(): value for name, value in read.items()}, ""


def _by_lines(head: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    name = ""
    for line in head.split("\n"):
        if found := _PLAIN_LINE.match(line):
            name = found["name"].lower()
            values[name] = _unquoted(found["value"])
        elif name and (found := _PLAIN_ITEM.match(line)):
            before = values[name]
            values[name] = [*(before if isinstance(before, list) else [before] if before else []), _unquoted(found["value"])]
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def text_of(value: Any) -> str:
    """A single text; the first of a list; empty for nothing."""
    first = next(_texts(value), "")
    return "" if first in ("~", "null", "Null", "NULL") else first


def texts_of(value: Any, *, split_words: str = "") -> list[str]:
    """A list of texts, each once, from a list or from one text that is split at `split_words` ("," or " ")."""
    if isinstance(value, str) and split_words:
        value = value.strip("[] ").split(None if split_words == " " else split_words)
    return list(
        dict.fromkeys(text for text in (text.strip() for text in _texts(value)) if text and text not in ("~", "null"))
    )


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        named = value.get("name") or value.get("display_name") or value.get("path") or value.get("url") or value.get("src")
        if named is not None and depth < 5:
            yield from _texts(named, depth + 1)
    elif isinstance(value, list) and depth < 5:
        for item in value[:500]:
            yield from _texts(item, depth + 1)


def is_false(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lower() in ("false", "no", "off", "n", "0")
