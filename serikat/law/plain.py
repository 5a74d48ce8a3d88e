"""From plain values, whether YAML or JSON brought them, to what the law is made of: an act, an article, a value with its days, a version of the rules.

What stands alone is checked here (BadValue says where inside it something is wrong); what one has to do with another is checked in `loading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from serikat.law.holding import Version
from serikat.law.register import Act, Article
from serikat.law.values import BadValue, Dated, Parameter, Record, a_day, both_languages, flag, many, text, whole

DATA = Path(__file__).parent / "data"


def read_act(value: object) -> tuple[Act, Mapping[Any, Any]]:
    """An act, and its articles as they came."""
    record = Record(value)
    act = Act(
        record.take("act", text),
        record.take("title", both_languages),
        record.take("from", a_day),
        record.maybe("to", a_day),
        record.take("sources", many(text), ()),
        record.take("verified", flag),
        record.maybe("note", both_languages),
    )
    if act.verified and not act.sources:
        raise BadValue("is verified without a source", ("act",))
    places = record.take("articles", named)
    record.done()
    return act, places


def read_article(act: Act, place: str, value: object) -> Article:
    record = Record(value)
    article = Article(
        f"{act.id}:{place}",
        act.id,
        place,
        record.take("says", both_languages),
        record.take("from", a_day, act.since),
        record.maybe("to", a_day) or act.until,
        record.take("sources", many(text), ()),
        record.take("verified", flag),
    )
    record.done()
    if article.verified and not article.sources:
        raise BadValue("is verified without a source")
    return article


def named(value: object) -> Mapping[Any, Any]:
    """Names with values, one at least."""
    if not isinstance(value, Mapping) or not value:
        raise BadValue("is not a set of names")
    return value


def read_dated(handle: Parameter[Any], value: object) -> Dated[Any]:
    record = Record(value)
    dated = Dated(
        handle.name,
        record.take("value", handle.read),
        record.take("from", a_day),
        record.maybe("to", a_day),
        record.take("articles", many(text)),
        record.take("sources", many(text), ()),
        record.take("verified", flag),
        record.maybe("note", both_languages),
    )
    record.done()
    if not dated.articles:
        raise BadValue("has no article", ("articles",))
    if dated.verified and not dated.sources:
        raise BadValue("is verified without a source", ("verified",))
    if dated.until is not None and dated.until < dated.since:
        raise BadValue("ends before it begins", ("to",))
    return dated


def read_version(value: object) -> Version:
    record = Record(value)
    version = Version(
        record.take("version", whole),
        record.take("on", a_day),
        record.take("digest", text),
        record.take("what", both_languages),
    )
    record.done()
    return version
