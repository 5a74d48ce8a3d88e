"""A topic, an article, a parameter or a mark in plain sentences, for the console."""

from __future__ import annotations

from collections.abc import Iterator

from serikat.law import parameters
from serikat.law.holding import Law
from serikat.law.register import Article
from serikat.law.showing import in_words
from serikat.law.values import Dated


def explain(law: Law, what: str, language: str = "en") -> list[str]:
    """The sentences, none where nothing has this name. Articles may be joined as in a line: PP35/2021:43(1)+40(2)."""
    topic, _, rest = what.partition(":")
    if topic in parameters.USES:
        return list(_topic(law, topic, rest.partition(":")[0], language))
    if what in law.held:
        return list(_parameter(law, what, language))
    return list(_articles(law, what, language))


def days(since: object, until: object) -> str:
    return f"from {since}" + (f" to {until}" if until else "")


def _topic(law: Law, topic: str, version: str, language: str) -> Iterator[str]:
    yield f"{topic}: rule version {law.rule_versions[topic]}, rules held {days(law.since(topic), law.until(topic))}, last reviewed {law.reviewed_for(topic)}"
    number = version.partition("+")[0]
    for entry in law.versions.get(topic, ()):
        here = " <- this mark" if number == str(entry.version) else ""
        yield f"  version {entry.version}, {entry.on}: {entry.what.said(language)}{here}"
    if number and not any(number == str(entry.version) for entry in law.versions.get(topic, ())):
        yield f"  version {version} is not known here: it was counted by another program or a later one."
    if "+" in version and version != law.rule_versions[topic]:
        yield "  the organisation's own values were others then."
    for name in law.names_of(topic):
        yield from _parameter(law, name, language)


def _parameter(law: Law, name: str, language: str) -> Iterator[str]:
    yield f"{name}: {law.whats[name].said(language) if name in law.whats else ''}"
    for value in law.held[name]:
        yield f"  {days(value.since, value.until)}: {shown(value.value, language)} ({'; '.join(value.articles)}{_marked(value)})"
        if value.note:
            yield f"    {value.note.said(language)}"
        yield from (f"    {source}" for source in value.sources)


def _marked(value: Dated[object] | Article) -> str:
    return "" if value.verified else ", not verified"


def shown(value: object, language: str) -> str:
    """A value of the law in one line."""
    return in_words(value).said(language)


def _articles(law: Law, what: str, language: str) -> Iterator[str]:
    for group in what.split(";"):
        act, _, places = group.strip().partition(":")
        for place in places.split("+"):
            article = law.articles.get(f"{act}:{place}")
            if article is None:
                continue
            yield f"{article.id} ({days(article.since, article.until)}{_marked(article)}): {article.says.said(language)}"
            yield f"  {law.acts[act].title.said(language)}"
            yield from (f"  {source}" for source in article.sources or law.acts[act].sources)
            yield from (
                f"  used by {name}"
                for name, values in law.held.items()
                if any(article.id in value.articles for value in values)
            )
