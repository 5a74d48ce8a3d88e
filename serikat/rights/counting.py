"""From what was typed to a result, or back to the step whose field the law refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serikat.kernel.errors import Words
from serikat.kernel.money import Money, format_money
from serikat.law import compute_many
from serikat.rights.calculators import Calculator
from serikat.rights.selectors.choices import language
from serikat.rights.selectors.held import law
from serikat.rights.telling import Told, ToldDue, said_days, tell, tell_due
from serikat.rights.wizard import Walk


@dataclass
class Counted:
    """The results of the questions that a calculator asks, or the step to which one of them goes back."""

    walk: Walk
    told: list[Told] = field(default_factory=list)
    answers: list[Mapping[str, Any]] = field(default_factory=list)
    typed: list[tuple[Words, Any]] = field(default_factory=list)
    due: list[ToldDue] = field(default_factory=list)
    refused: bool = False


def count(calculator: Calculator, walk: Walk) -> Counted:
    held = law()
    counted = Counted(walk)
    counted.answers = list(compute_many(held, calculator.facts(walk.given), language()))
    if not any("error" in answer for answer in counted.answers):
        counted.answers += compute_many(held, calculator.then(walk.given, counted.answers), language())
    for answer in counted.answers:
        if "error" in answer:
            _send_back(walk, answer["error"]["field"], said_days(answer["error"]["message"]))
            counted.refused = True
            return counted
    counted.told = [tell(held, answer, language()) for answer in counted.answers if "lines" in answer]
    counted.due = [tell_due(held, answer, language()) for answer in counted.answers if "due_safe" in answer]
    counted.typed = typed(calculator, walk)
    return counted


def _send_back(walk: Walk, field_name: str, message: str) -> None:
    """Show the step that holds the field, with what the law says beside it; on the last step where none does."""
    name = walk.field_of(field_name)
    for number in walk.asked:
        form = walk.steps[number].form(walk.posted, given=walk.given)
        if name in form.fields:
            form.add_error(name, message)
            walk.at, walk.form, walk.done = number, form, False
            return
    number = walk.asked[-1]
    form = walk.steps[number].form(walk.posted, given=walk.given)
    form.add_error(None, message)
    walk.at, walk.form, walk.done = number, form, False


def typed(calculator: Calculator, walk: Walk) -> list[tuple[Words, Any]]:
    """What was typed, as pairs for the result and the sheet; empty answers are left out."""
    pairs: list[tuple[Words, Any]] = []
    for number in walk.asked:
        form = walk.steps[number].form(walk.posted, given=walk.given)
        for name, bound in form.fields.items():
            if name in form.passed_over:
                continue
            value = walk.given.get(name)
            if value not in (None, "", False) and not bound.widget.is_hidden:
                pairs.append((bound.label or name, spoken(bound, value)))
    return pairs


def spoken(bound: forms.Field, value: Any) -> str:
    """A cleaned value as it is read."""
    if isinstance(bound, forms.ChoiceField):
        return str(_choice(bound.choices, value))
    if isinstance(value, bool):
        return _("ya")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, int) and not isinstance(bound, forms.IntegerField):
        return format_money(Money(value))
    return str(value)


def _choice(choices: Any, value: str) -> Words:
    for key, label in choices:
        if isinstance(label, list | tuple):
            found = _choice(label, value)
            if found != value:
                return found
        elif str(key) == value:
            return label  # type: ignore[no-any-return]
    return value
