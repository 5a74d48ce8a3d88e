"""Who speaks on this site: the organisation's name, its line, its mark. A port: the `web` room fills it from its settings table.

`identity()` is asked by every page, so whoever fills it answers from memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words


@dataclass(frozen=True, slots=True)
class Identity:
    """`mark_url` is the address of a picture; empty means the house's own mark, five tally strokes. `languages` are those on offer.
    `foreign` names what of it is said in Indonesian on a page that is not."""

    name: Words = "Serikat"
    tagline: Words = ""
    mark_url: str = ""
    imprint: Words = ""
    hours: Words = ""
    languages: tuple[str, ...] = ("id", "en")
    foreign: tuple[str, ...] = ()


HOUSE = Identity(tagline=_("Kabar, hak, dan bantuan bagi pekerja"))
_source: list[Callable[[], Identity]] = []


def fill_identity(source: Callable[[], Identity]) -> None:
    """Say where the identity comes from; the last one to say so wins."""
    _source[:] = [source]


def identity() -> Identity:
    return _source[0]() if _source else HOUSE
