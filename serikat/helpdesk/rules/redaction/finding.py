"""All passes over a text, in the order in which one leaves to the next what it did not take."""

from __future__ import annotations

from .bare_firms import find_bare_firms
from .dates import find_dates
from .firms import find_firms
from .marks import Mark
from .names import find_names
from .never import block_what_is_never_marked, block_what_is_public
from .numbers import find_numbers, find_plates
from .online import find_online
from .places import find_places
from .rereading import reread
from .tokens import Page, open_page


def find_marks(text: str) -> list[Mark]:
    """What may identify somebody in the text, by position. Marks do not overlap, but a combination may hold others."""
    page = by_rules(text)
    reread(page)
    return sorted(page.marks, key=lambda mark: (mark.start, -mark.end))


def by_rules(text: str) -> Page:
    """What the rules alone say of names, numbers, places and firms."""
    page = open_page(text)
    block_what_is_public(page)
    find_online(page)
    find_dates(page)
    find_plates(page)
    block_what_is_never_marked(page)
    find_numbers(page)
    find_firms(page)
    find_places(page)
    find_bare_firms(page)
    find_names(page)
    return page
