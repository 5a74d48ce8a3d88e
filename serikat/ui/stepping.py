"""A form that is asked in steps, without script and without keeping anything here: what stands in the other steps travels along in hidden fields, so
that nothing typed is lost, whichever way one goes.

    class SendForm(SteppedForm, forms.Form):
        STEPS = (Step("mulai", _("Untuk mulai"), ("title", "kind")), …)

The view asks `form.turn()`: True when all of it may be taken. The template draws `form.shown`, `form.carried` and two buttons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS


class Step(NamedTuple):
    name: str
    title: Any
    fields: tuple[str, ...]


if TYPE_CHECKING:
    _Form = forms.Form
else:
    _Form = object


class SteppedForm(_Form):
    """Stands before the form class. `NEVER_CARRIED` names fields that no page repeats: a password is typed where it is asked."""

    STEPS: ClassVar[tuple[Step, ...]] = ()
    NEVER_CARRIED: ClassVar[frozenset[str]] = frozenset()
    AT, BACK = "langkah", "kembali"  # which step was sent, and the button that leads to the one before
    STAY = "tetap"  # the button that draws the same step again, as in the other language
    lost = False  # a file came along that could not be held

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [step.name for step in self.STEPS]
        sent = self.data.get(self.AT, names[-1])  # sent whole, it is judged whole
        self.at = (names.index(sent) if sent in names else 0) if self.is_bound else 0

    def turn(self) -> bool:
        """Judge what was sent up to this step, and turn to the step that is shown then; True when all of it may be sent in."""
        if self.STAY in self.data:
            self._judge(-1)
            return False
        if self.BACK in self.data:
            self.at = max(self.at - 1, 0)
            self._judge(-1)
            return False
        last = len(self.STEPS) - 1
        ready = self.at == last and self.is_valid()
        wrong = self._first_wrong()
        if wrong <= self.at:
            self._judge(self.at)
            self.at = wrong
        elif not ready and self.at < last:
            self._judge(self.at)
            self.at += 1
        return ready

    def turn_to_wrong(self) -> None:
        """After a refusal: to the step that holds the field it names."""
        self.at = min(self._first_wrong(), self.at)

    def _first_wrong(self) -> int:
        at = [n for n, step in enumerate(self.STEPS) if any(name in self.errors for name in step.fields)]
        return min(at, default=len(self.STEPS))

    def _judge(self, upto: int) -> None:
        """Say nothing of the steps that nobody has come to yet; of the whole only at the end."""
        come = {name for step in self.STEPS[: upto + 1] for name in step.fields} | {"key"}
        whole = {NON_FIELD_ERRORS} if upto == len(self.STEPS) - 1 else set()
        for name in [name for name in self.errors if name not in come | whole]:
            del self.errors[name]

    def all_typed(self) -> dict[str, list[str]]:
        """Everything that travels along, for a page of its own: what no page repeats aside, and which button was pressed."""
        names = {name for step in self.STEPS for name in step.fields} - self.NEVER_CARRIED
        names |= {name for name, field in self.fields.items() if field.widget.is_hidden}
        getlist = getattr(self.data, "getlist", lambda name: [self.data[name]])
        return {name: list(getlist(name)) for name in self.data if name.removesuffix("-text") in names}

    def say_again(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Say of the step what was found wrong when it was sent, and nothing else: what stands in its fields is only shown now."""
        self.full_clean()
        self.errors.clear()
        for name, told in errors.items():
            self.add_error(None if name == NON_FIELD_ERRORS or name not in self.fields else name, list(told))

    @property
    def step(self) -> Step:
        return self.STEPS[self.at]

    @property
    def number(self) -> int:
        return self.at + 1

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.step.fields if name in self.fields]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What stands in the other steps, as it was typed, what does not apply now too: who turns back finds it again."""
        others = (
            {name for step in self.STEPS for name in step.fields} - {field.name for field in self.shown} - self.NEVER_CARRIED
        )
        if not self.is_bound:
            return [(name, str(value)) for name, value in self.initial.items() if name in others and value]
        return [(name, str(value)) for name, value in self.data.items() if name.removesuffix("-text") in others and value]
