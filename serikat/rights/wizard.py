"""Short steps on a phone without anything being kept: what was answered before travels in the form itself, never in the address, a cookie or a table.

A calculator is a list of steps, each a form whose fields have the names of the law's facts. One address takes every post: `langkah` says which step was
shown, the button says where to go. All steps up to the shown one are checked each time, so that nothing is taken on trust from hidden fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from serikat.kernel.errors import Words

STEP, BACK, TO, MORE = "langkah", "kembali", "ke", "tambah"
LONGEST = 4000  # signs of one hidden answer


class StepForm(forms.Form):
    """One step. `given` holds what the steps before it gave, cleaned."""

    def __init__(self, *args: Any, given: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.given = dict(given or {})
        super().__init__(*args, **kwargs)
        self.shape()

    @property
    def passed_over(self) -> set[str]:
        """Fields that hold something though nobody filled them in, as a choice that stands at its first."""
        return set()

    def shape(self) -> None:
        """Leave only the fields that what was given before asks for."""


@dataclass(frozen=True)
class Step:
    """A title, and the form; `wanted` says from what was given whether the step is asked at all."""

    title: Words
    form: type[StepForm]
    lead: Words = ""
    wanted: Callable[[Mapping[str, Any]], bool] = lambda given: True


@dataclass
class Walk:
    """Where somebody stands: the forms of all steps that were reached, what they gave, and the step to show."""

    steps: Sequence[Step]
    posted: QueryDict
    at: int = 0
    form: StepForm | None = None
    given: dict[str, Any] = field(default_factory=dict)
    done: bool = False
    asked: list[int] = field(default_factory=list)

    def standing_at(self, number: int) -> Walk:
        """Show this step; the steps after it are counted as far as it can be known now."""
        self.at = number
        self.asked = [n for n in self.asked if n < number]
        self.asked += [number, *(n for n in range(number + 1, len(self.steps)) if self.steps[n].wanted(self.given))]
        return self

    @property
    def number(self) -> int:
        """The shown step among those that are asked, from 1 on."""
        return self.asked.index(self.at) + 1

    @property
    def step(self) -> Step:
        return self.steps[self.at]

    def field_of(self, law_field: str) -> str:
        """The field of a form behind a field of the law: `days[2].hours` is `hours_<row>` of the third day that was typed."""
        if law_field == "from":  # no name for a field of Python
            return "from_day"
        found = re.match(r"^days\[(\d+)\]\.(\w+)$", law_field)
        if not found:
            return law_field
        days = self.given.get("days", [])
        at = int(found[1])
        return f"{found[2]}_{days[at]['row']}" if at < len(days) else law_field

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The answers of the other steps, as they were typed."""
        shown = (
            set(self.form.fields) | {STEP, BACK, TO, MORE}
            if self.form is not None and not self.done
            else {STEP, BACK, TO, MORE}
        )
        return [(name, value[:LONGEST]) for name, values in self.posted.lists() for value in values if _own(name, shown)]


def _own(name: str, shown: set[str]) -> bool:
    return name not in shown and name != "csrfmiddlewaretoken" and name.removesuffix("-text") not in shown


def walk(steps: Sequence[Step], posted: QueryDict) -> Walk:
    """Check the steps before the one to which the button leads; what is wrong is shown first. `done`: all are right, and the last was sent."""
    here = Walk(steps, posted)
    shown, limit = _shown(steps, posted), 0
    if posted:
        limit = shown + 1
        if BACK in posted or MORE in posted:
            limit = shown
        elif (to := str(posted.get(TO, ""))).isdecimal() and len(to) < 3:
            limit = min(int(to), len(steps) - 1)
    for number in range(limit):
        if not steps[number].wanted(here.given):
            continue
        here.asked.append(number)
        form = steps[number].form(posted, given=here.given)
        if not form.is_valid():
            here.form = form
            return here.standing_at(number)
        here.given |= form.cleaned_data
    if BACK in posted and here.asked:
        limit = here.asked.pop()
    following = next((n for n in range(limit, len(steps)) if steps[n].wanted(here.given)), None)
    if following is None:
        here.done = True
        return here.standing_at(here.asked[-1])
    here.form = steps[following].form(initial=posted.dict(), given=here.given)
    return here.standing_at(following)


def _shown(steps: Sequence[Step], posted: QueryDict) -> int:
    """The step whose form was sent."""
    text = posted.get(STEP, "")
    return int(text) if text.isdecimal() and len(text) < 3 and int(text) < len(steps) else 0
