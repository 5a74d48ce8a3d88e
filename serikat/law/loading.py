"""From the YAML files to a checked `Law`: what is wrong is refused with file and line.

Refused: a value without an article; an article that is not in the register, or not in force on all the value's days; a value with neither a source nor
`verified: false`, or verified without a source; days that overlap or leave a gap; a name that no formula knows, a known name without data, a value of
the wrong shape, a topic whose rules changed without a new entry in `versions.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from serikat.law import parameters
from serikat.law.holding import Law, Version
from serikat.law.plain import DATA, named, read_act, read_article, read_dated, read_version
from serikat.law.register import ARTICLE, Act, Article
from serikat.law.values import BadValue, Dated, Record, a_day, both_languages, many, read_at
from serikat.law.words import BadLaw, Words


class _Plain(yaml.CSafeLoader):  # type: ignore[misc]
    """YAML without floats (0.5 stays the text "0.5", so that nothing is rounded before a fraction is made of it) and with true and false alone as flags."""


class _AsJson(_Plain):
    """Without dates too: what a case gives is what JSON could bring."""


def _resolvers(*left_out: str) -> dict[Any, list[tuple[str, re.Pattern[str]]]]:
    flags = "tag:yaml.org,2002:bool"
    kept = {
        first: [(tag, pattern) for tag, pattern in found if tag not in {flags, *left_out}]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    for first in "tf":
        kept[first] = [*kept.get(first, []), (flags, re.compile("^(?:true|false)$"))]
    return kept


_FLOAT, _DAY = "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"
_Plain.yaml_implicit_resolvers = _resolvers(_FLOAT)
_AsJson.yaml_implicit_resolvers = _resolvers(_FLOAT, _DAY)

Lines = dict[tuple[str | int, ...], int]


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """The plain value of a file and the line of each place in it."""
    try:
        loader = _Plain(path.read_bytes().decode())
    except (UnicodeDecodeError, yaml.YAMLError) as problem:
        raise BadLaw(f"{path.name}:1: is no text: {problem}") from None
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise BadLaw(f"{path.name}:1: holds no names and values")
        lines: Lines = {}
        return _plain(loader, node, (), lines, path), lines
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise BadLaw(f"{path.name}:{line}: {problem.problem or problem.context}") from None
    except RecursionError:
        raise BadLaw(f"{path.name}:1: holds itself") from None
    finally:
        loader.dispose()


def _plain(loader: Any, node: Any, at: tuple[str | int, ...], lines: Lines, path: Path) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if key in found:
                raise BadLaw(f"{path.name}:{key_node.start_mark.line + 1}: {key} stands there twice")
            found[key] = _plain(loader, value_node, (*at, key), lines, path)
            lines[*at, key] = key_node.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, entry, (*at, number), lines, path) for number, entry in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError as problem:  # 2021-02-30 has the form of a day
        raise BadLaw(f"{path.name}:{lines[at]}: {node.value} is no day: {problem}") from None


class _File:
    """One file while it is read: it says its name and line when something is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content, self.lines = read_yaml(path)

    def wrong(self, message: str, *at: str | int) -> BadLaw:
        while at and at not in self.lines:
            at = at[:-1]
        return BadLaw(f"{self.path.name}:{self.lines.get(at, 1)}: {message}")

    def reading(self, read: Any, value: object, *at: str | int) -> Any:
        try:
            return read_at(read, value, *at)
        except BadValue as problem:
            raise self.wrong(
                f"{'.'.join(map(str, problem.path[len(at) :])) or at[-1] if at else ''} {problem}".strip(), *problem.path
            ) from None


# The register


def _acts(files: Sequence[_File]) -> tuple[dict[str, Act], dict[str, Article]]:
    acts: dict[str, Act] = {}
    articles: dict[str, Article] = {}
    for file in files:
        act, places = file.reading(read_act, file.content)
        if act.id in acts:
            raise file.wrong(f"the act {act.id} is in another file already", "act")
        acts[act.id] = act
        for place, raw in places.items():
            article = file.reading(
                lambda value, place=place, act=act: read_article(act, str(place), value), raw, "articles", place
            )
            if not ARTICLE.match(article.id):
                raise file.wrong(f"{article.id} is not the name of an article, like PP35/2021:40(2)", "articles", place)
            articles[article.id] = article
    return acts, articles


# The values


def _values(
    files: Sequence[_File], articles: Mapping[str, Article]
) -> tuple[dict[str, tuple[Dated[Any], ...]], dict[str, Words], dict[str, date], dict[str, str]]:
    held: dict[str, tuple[Dated[Any], ...]] = {}
    whats: dict[str, Words] = {}
    reviewed: dict[str, date] = {}
    areas: dict[str, str] = {}
    for file in files:
        reviewed[file.path.stem] = file.reading(a_day, file.content.get("reviewed"), "reviewed")
        for name, raw in file.reading(named, file.content.get("parameters"), "parameters").items():
            at: tuple[str | int, ...] = ("parameters", name)
            handle = parameters.known(name)
            if handle is None:
                raise file.wrong(f"no formula knows the parameter {name}", *at)
            if name in held:
                raise file.wrong(f"{name} is in another file already", *at)
            record = file.reading(Record, raw, *at)
            whats[name] = file.reading(both_languages, record.left.pop("what", None), *at, "what")
            entries = record.left.pop("values", None)
            file.reading(lambda _, record=record: record.done(), raw, *at)
            if not isinstance(entries, list) or not entries:
                raise file.wrong(f"{name} has no values", *at)
            values = [
                file.reading(lambda value, handle=handle: read_dated(handle, value), entry, *at, "values", number)
                for number, entry in enumerate(entries)
            ]
            _check_days(file, name, values, at)
            _check_articles(file, values, articles, at)
            held[name] = tuple(values)
            areas[name] = file.path.stem
    missing = sorted(parameters.wanted() - set(held))
    if missing:
        raise BadLaw(f"a formula asks for {', '.join(missing)}, which no file holds")
    return held, whats, reviewed, areas


def _check_days(file: _File, name: str, values: list[Dated[Any]], at: tuple[str | int, ...]) -> None:
    for number, (one, two) in enumerate(pairwise(values), start=1):
        place = (*at, "values", number)
        if one.until is None or two.since <= one.until:
            raise file.wrong(f"{name}: the value from {two.since} overlaps the one from {one.since}", *place)
        if two.since != one.until + timedelta(days=1):
            raise file.wrong(f"{name}: nothing is held between {one.until} and {two.since}", *place)


def _check_articles(
    file: _File, values: list[Dated[Any]], articles: Mapping[str, Article], at: tuple[str | int, ...]
) -> None:
    for number, value in enumerate(values):
        for name in value.articles:
            place = (*at, "values", number, "articles")
            article = articles.get(name)
            if article is None:
                raise file.wrong(f"the article {name} is not in the register", *place)
            if value.since < article.since or (
                article.until is not None and (value.until is None or value.until > article.until)
            ):
                said = f"from {article.since}" + (f" to {article.until}" if article.until else "")
                raise file.wrong(f"the article {name} is in force {said}, not on all days of this value", *place)


# The versions of the rules


def _versions(file: _File) -> dict[str, tuple[Version, ...]]:
    found = {topic: file.reading(many(read_version), entries, topic) for topic, entries in file.content.items()}
    for topic, versions in found.items():
        if [one.version for one in versions] != list(range(1, len(versions) + 1)):
            raise file.wrong(f"the versions of {topic} are not numbered from 1 on", topic)
    return found


def check_versions(law: Law, file: str = "versions.yaml") -> Iterator[str]:
    """What `versions.yaml` lacks: a topic whose rules are not those of its last entry."""
    for topic in parameters.USES:
        digest = law.digest_of(topic)
        versions = law.versions.get(topic, ())
        if not versions or versions[-1].digest != digest:
            yield f"{file}: the rules of {topic} are not those of its last version: add version {len(versions) + 1} with digest {digest}"


# Everything


def load(folder: Path = DATA) -> Law:
    """Read and check a folder of law. Raises BadLaw with file and line."""
    registers = [_File(path) for path in sorted((folder / "articles").glob("*.yaml"))]
    acts, articles = _acts(registers)
    files = [_File(path) for path in sorted(folder.glob("*.yaml")) if path.name != "versions.yaml"]
    held, whats, reviewed, areas = _values(files, articles)
    versions = folder / "versions.yaml"
    return Law(acts, articles, held, whats, reviewed, _versions(_File(versions)) if versions.exists() else {}, areas)


def read_yaml_list(path: Path) -> list[dict[str, Any]]:
    """A YAML list as it may come by JSON: no floats and no dates, a number with a point and a day stay text."""
    loader = _AsJson(path.read_text("utf-8"))
    try:
        found = loader.get_single_data()
    finally:
        loader.dispose()
    if not isinstance(found, list):
        raise BadLaw(f"{path.name}:1: holds no list")
    return found
