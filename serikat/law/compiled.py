"""The checked law as JSON, which is read without YAML and without checks, as long as the files are the ones it was made of and nobody wrote into it.

`compile_law` writes it, `the_law` reads it, or the files where there is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from serikat.law import parameters
from serikat.law.holding import Law
from serikat.law.plain import DATA, read_act, read_article, read_dated, read_version
from serikat.law.register import Act, Article
from serikat.law.values import a_day, both_languages

LAW_DATA_FORMAT = 2


def _stamp(folder: Path) -> str:
    """What the files are, by name, size and time: enough to see that they are others."""
    seen = [
        (path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*.yaml"))
    ]
    return hashlib.sha256(repr((LAW_DATA_FORMAT, seen)).encode()).hexdigest()


def compile_law(target: Path, folder: Path = DATA) -> Law:
    """Check a folder of law and write it as JSON that is read without YAML. Raises BadLaw."""
    from serikat.law.loading import load, read_yaml  # reason: whoever reads the compiled law needs no YAML

    law = load(folder)
    plain = {
        "articles": {path.name: read_yaml(path)[0] for path in sorted((folder / "articles").glob("*.yaml"))},
        "values": {path.name: read_yaml(path)[0] for path in sorted(folder.glob("*.yaml"))},
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(plain, default=str).encode()
    new = target.with_suffix(".new")
    new.write_bytes(_seal(folder, content) + content)
    new.replace(target)
    return law


def _seal(folder: Path, content: bytes) -> bytes:
    """The first line of a compiled law: of which files it was made, and that it is as it was written."""
    return f"{_stamp(folder)} {hashlib.sha256(content).hexdigest()}\n".encode()


def read_compiled(target: Path, folder: Path = DATA) -> Law | None:
    """The compiled law, or None when there is none, it is not as it was written, or it was made of other files or by another program."""
    try:
        written = target.read_bytes()
        content = written[written.find(b"\n") + 1 :]
        return _from_plain(json.loads(content)) if written == _seal(folder, content) + content else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _from_plain(plain: Mapping[str, Any]) -> Law | None:
    acts: dict[str, Act] = {}
    articles: dict[str, Article] = {}
    for content in plain["articles"].values():
        act, places = read_act(content)
        acts[act.id] = act
        articles.update((f"{act.id}:{place}", read_article(act, str(place), raw)) for place, raw in places.items())
    ledger = plain["values"].pop("versions.yaml", {})
    held, whats, reviewed, areas = {}, {}, {}, {}
    for file, content in plain["values"].items():
        reviewed[file.removesuffix(".yaml")] = a_day(content["reviewed"])
        for name, raw in content.get("parameters", {}).items():
            handle = parameters.known(name)
            if handle is None:
                return None
            whats[name] = both_languages(raw["what"])
            held[name] = tuple(read_dated(handle, entry) for entry in raw["values"])
            areas[name] = file.removesuffix(".yaml")
    versions = {topic: tuple(map(read_version, entries)) for topic, entries in ledger.items()}
    return Law(acts, articles, held, whats, reviewed, versions, areas)


@cache
def the_law(compiled: Path | None = None) -> Law:
    """The law as it is shipped, read once a process: from `compiled` when that is of these files, from YAML otherwise."""
    found = read_compiled(compiled) if compiled else None
    if found is None:
        from serikat.law.loading import load  # reason: whoever reads the compiled law needs no YAML

        found = load()
    return found
