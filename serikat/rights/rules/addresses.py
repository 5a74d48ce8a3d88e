"""How articles and acts are written in addresses and spoken: "PP35/2021:40(4)a" is at `/aturan/pasal/pp35-2021/#pp35-2021-40-4-a`."""

from __future__ import annotations

import re

_PLACE = re.compile(r"^(?P<number>[0-9]+[A-Z]?)(?:\((?P<paragraph>[0-9]+[a-z]?)\))?(?P<letter>[a-z])?$")
_SPACED = re.compile(r"^([A-Za-z]+)(\d)")
_LETTER = re.compile(r"([0-9)])([a-z])$")


def slug_of(name: str) -> str:
    """The name of an act or a parameter as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def anchor_of(article: str) -> str:
    """The place of an article on a page; no two have one."""
    return slug_of(_LETTER.sub(r"\1-\2", article))


def address_of_article(article: str) -> str:
    """Where an article stands, under `/aturan/`: what follows that address."""
    return f"pasal/{slug_of(article.partition(':')[0])}/#{anchor_of(article)}"


def spoken_act(act: str) -> str:
    """ "PP35/2021" as "PP 35/2021"."""
    return _SPACED.sub(r"\1 \2", act)


def spoken_article(name: str, article: str = "Pasal", paragraph: str = "ayat", letter: str = "huruf") -> str:
    """An article as people say it: "PP 35/2021 Pasal 40 ayat (4) huruf a"."""
    act, _colon, place = name.partition(":")
    found = _PLACE.match(place)
    if not found:
        return spoken_act(act)  # a decree or a foreign page without numbered articles
    parts = [spoken_act(act), article, found["number"]]
    if found["paragraph"]:
        parts += [paragraph, f"({found['paragraph']})"]
    if found["letter"]:
        parts += [letter, found["letter"]]
    return " ".join(parts)
