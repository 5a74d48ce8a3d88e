"""Small forms that stand beside the one in which somebody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Form = forms.Form
else:
    _Form = object


NOTHING_DONE = _("Belum ada yang diputuskan. Tekan tombol di bawah isiannya.")


class Beside(_Form):
    """Its fields belong to the page's main form (`MAIN`), so that whichever button is pressed, all that is typed on the page travels along. Each of its
    buttons names that form and its own address. Enter presses the main form's first button, which only draws the page again: nothing is decided by a slip;
    with JavaScript (`own_button.js`) it presses the form's own. Stands before the form class."""

    MAIN: ClassVar[str] = "jawab"
    use_required_attribute = False  # what another button needs is no reason to hold this one up
    begun = False  # something is typed in it that was not decided yet

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = self.MAIN

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong stands far down the page of a phone: it opens there."""
        super().add_error(field, error)
        if wrong := next((each for name, each in self.fields.items() if name in self.errors), None):
            wrong.widget.attrs["autofocus"] = True

    def begin(self, data: Any) -> Self:
        """Show what came along with another button's press."""
        ticks = forms.CheckboxSelectMultiple  # of which none ticked looks like none sent
        come = [
            (name, field)
            for name, field in self.fields.items()
            if not field.widget.value_omitted_from_data(data, {}, self.add_prefix(name))
        ]
        if self.is_bound or all(isinstance(field.widget, ticks) for _name, field in come):
            return self
        for name, field in come:
            typed = field.widget.value_from_datadict(data, {}, self.add_prefix(name))
            if field.has_changed(self.get_initial_for_field(field, name), typed):
                self.initial[name], self.begun = typed, True
        return self

    @property
    def stands_open(self) -> bool:
        return self.begun or bool(self.errors)
