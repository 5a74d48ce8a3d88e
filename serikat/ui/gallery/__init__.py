"""What `/ui/` shows: each component with its states. A component without an entry fails a house test."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.ui.gallery import samples


@dataclass(frozen=True, slots=True)
class State:
    """One state of a component and the template text that makes it: what is printed as the way to call it is what was run."""

    name: Words
    call: str

    def render(self) -> SafeString:
        template = engines["django"].from_string("{% load i18n ui %}" + self.call)
        return SafeString(template.render(samples.context()))


@dataclass(frozen=True, slots=True)
class Entry:
    """A component in the gallery; `tag` is the function behind it, whose signature and docstring are shown."""

    tag: Callable[..., Any]
    what: Words
    states: tuple[State, ...]
    name: str = ""

    @property
    def key(self) -> str:
        return self.name or self.tag.__name__

    @property
    def arguments(self) -> str:
        given = [p for p in inspect.signature(self.tag).parameters.values() if p.name not in ("context", "content")]
        return ", ".join(p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in given)

    @property
    def explained(self) -> str:
        return inspect.getdoc(self.tag) or ""


@dataclass(frozen=True, slots=True)
class Chapter:
    id: str
    title: Words
    entries: tuple[Entry, ...]
    compact: bool = False


def chapters() -> list[Chapter]:
    from serikat.ui.gallery import entries  # reason: the entries are written with the classes above

    return entries.CHAPTERS


INTRO = _("Setiap bagian dalam setiap keadaannya. Di sini rupa dibicarakan.")
