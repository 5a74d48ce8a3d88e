"""The law as it is held, written as Markdown for who reads the code: `docs/law/`, one file an area and one for the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from serikat.law.holding import Law
from serikat.law.showing import in_words
from serikat.law.values import Dated

MADE = "<!-- Written by `serikat law reference`; edit serikat/law/data instead. -->"


def documents(law: Law) -> dict[str, str]:
    """The files by their names."""
    found = {"README.md": _index(law), "articles.md": _articles(law)}
    found |= {f"{area}.md": _area(law, area) for area in law.reviewed}
    return found


def write(law: Law, folder: Path) -> None:
    """Write the files, and take away those that nothing stands for any more."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = documents(law)
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, "utf-8")


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _index(law: Law) -> str:
    def lines() -> Iterator[str]:
        values = [value for held in law.held.values() for value in held]
        yield MADE
        yield "# The law as it is held"
        yield ""
        yield (
            f"{len(law.acts)} acts, {len(law.articles)} articles, {len(law.held)} parameters with {len(values)} values; "
            f"{sum(not value.verified for value in values)} without a source. The register is in [articles.md](articles.md)."
        )
        yield ""
        yield "| area | reviewed | parameters | without a source |"
        yield "|---|---|---|---|"
        for area, reviewed in sorted(law.reviewed.items()):
            names = [name for name, where in law.areas.items() if where == area]
            open_ones = sum(not value.verified for name in names for value in law.held[name])
            yield f"| [{area}]({area}.md) | {reviewed} | {len(names)} | {open_ones} |"

    return _joined(lines())


def _area(law: Law, area: str) -> str:
    names = [name for name, where in law.areas.items() if where == area]
    names.sort(key=lambda name: all(value.verified for value in law.held[name]))

    def lines() -> Iterator[str]:
        yield MADE
        yield f"# {area}"
        yield ""
        yield f"Reviewed {law.reviewed[area]}. What is not verified stands first."
        for name in names:
            yield ""
            yield f"## {name}"
            yield law.whats[name].en
            yield from (line for value in law.held[name] for line in _value(value))

    return _joined(lines())


def _value(value: Dated[object]) -> Iterator[str]:
    days = f"{value.since} to {value.until}" if value.until else f"from {value.since}"
    yield f"- {days}: {in_words(value.value).en} ({', '.join(value.articles)}{'' if value.verified else '; **not verified**'})"
    if value.note:
        yield f"  {value.note.en}"
    yield from _sources(value.sources)


def _sources(sources: Sequence[str]) -> Iterator[str]:
    yield from (f"  - <{source}>" for source in sources)


def _articles(law: Law) -> str:
    def lines() -> Iterator[str]:
        yield MADE
        yield "# The register"
        for act in sorted(law.acts.values(), key=lambda act: act.id):
            yield ""
            yield f"## {act.id}"
            yield f"{act.title.en}. In force from {act.since}{f' to {act.until}' if act.until else ''}."
            if act.note:
                yield act.note.en
            for article in law.articles.values():
                if article.act == act.id:
                    since = (
                        ""
                        if (article.since, article.until) == (act.since, act.until)
                        else f" ({article.since} to {article.until or 'now'})"
                    )
                    yield f"- **{article.place}**{since} {article.says.en}{'' if article.verified else ' **Not verified.**'}"
                    yield from _sources(article.sources)

    return _joined(lines())
