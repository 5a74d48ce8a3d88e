"""The table of addresses as the gate has it, and as a person reviewed it (`entries.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from serikat.kernel.access import Role
from serikat.kernel.gate import PUBLIC, SIGNED_IN, Entry, entry_of

REVIEWED = Path(__file__).parent / "entries.toml"
EDITOR = "cms/"  # Wagtail's addresses: serikat/newsroom/tests/test_addresses.py and test_walk.py walk them


@dataclass(frozen=True)
class Address:
    """One address: its full name, its route, whom the gate lets in, and the names of its arguments."""

    name: str
    route: str
    entry: Entry | None
    arguments: tuple[str, ...]


def addresses(resolver: Any = None, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every address but those below /cms/."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if here.startswith(EDITOR):
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here, (*spaces, *filter(None, [pattern.namespace])))
        elif isinstance(pattern, URLPattern):
            arguments = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield Address(":".join((*spaces, pattern.name or here)), here, entry_of(pattern.callback), arguments)


def reviewed(path: Path = REVIEWED) -> dict[str, Entry]:
    """The table in the repository: one line an address, "public", "signed in" or the roles."""
    rows = tomllib.loads(path.read_text("utf-8"))
    return {name: entry if isinstance(entry, str) else frozenset(map(Role, entry)) for name, entry in rows.items()}


def differences(table: dict[str, Entry], found: Iterable[Address]) -> list[str]:
    """Where the reviewed table and the gate do not say the same, in words."""
    now: dict[str, Entry | None] = {}
    problems = []
    for address in found:
        if address.name in now and now[address.name] != address.entry:
            problems.append(f"{address.name}: two addresses of this name let in different people")
        now[address.name] = address.entry
    problems += [f"{name}: the table has a line, the house no such address" for name in sorted(table.keys() - now.keys())]
    problems += [f"{name}: no line in the table" for name in sorted(now.keys() - table.keys())]
    for name in sorted(table.keys() & now.keys()):
        if table[name] != now[name]:
            problems.append(f"{name}: reviewed as {in_words(table[name])}, the gate says {in_words(now[name])}")
    return problems


def in_words(entry: Entry | None) -> str:
    if entry is None:
        return "nobody"
    return entry if entry in (PUBLIC, SIGNED_IN) else ", ".join(sorted(entry))
