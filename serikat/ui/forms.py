"""How forms are drawn and answered: every field the same way, with its error beside it and listed on top; what was typed is kept.

`Renderer` is the project's FORM_RENDERER: `{{ form }}` draws the summary of errors and all fields, `{{ form.field.as_field_group }}` one field.
Widgets that Django draws without words for their parts get them here. What is left empty is named: `Drawn`. `refuse` puts a service's refusal where it belongs in the form.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Refused
from serikat.kernel.money import format_number, parse_rupiah


class Drawn(BoundField):
    """A field of a form. Left empty, it says which it is, unless its form has a sentence of its own."""

    @property
    def errors(self) -> ErrorList:
        found: ErrorList = super().errors
        if self.is_hidden or not any(map(_plain_required, found.as_data())):
            return found
        told = found.copy()
        told.data = [self._missing() if _plain_required(error) else error for error in found.as_data()]
        return told

    def _missing(self) -> ValidationError:
        label = str(self.label).strip().rstrip(".:")
        if label.endswith("?"):
            said = _("Jawab “%(label)s”.") % {"label": label}
        elif isinstance(self.field, forms.BooleanField):
            said = _("Beri tanda pada “%(label)s”.") % {"label": label}
        elif isinstance(self.field, forms.ChoiceField | forms.FileField):
            said = _("Pilih “%(label)s”.") % {"label": label}
        else:
            said = _("Isi “%(label)s”.") % {"label": label}
        return ValidationError(said, code="required")


def _plain_required(error: ValidationError) -> bool:
    return error.code == "required" and error.message is forms.Field.default_error_messages["required"]


class Renderer(DjangoTemplates):
    """Our form and field; Django's own widget templates, so that a library's widgets (the editor's) stay theirs."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Drawn


def refuse(form: forms.BaseForm, error: Refused) -> None:
    """Show a refusal in the form: beside the field it names, or on top."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


def wanted(field: forms.Field, *, when: Any = "") -> Any:
    """A field that stays empty in some cases alone: it says `when` it is needed, and never "boleh kosong"."""
    field.wanted = True  # type: ignore[attr-defined]
    field.help_text = when or field.help_text
    return field


class RupiahField(forms.CharField):
    """Whole rupiah as people write them, "5.600.000" or "Rp 5600000", between `least` and `most`; None where nothing is typed."""

    def __init__(self, *, least: int = 1, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_rupiah(text).amount
        except ValueError:
            raise ValidationError(_("Tulis dengan angka saja, seperti 5.600.000.")) from None
        if not self.least <= amount <= self.most:
            raise ValidationError(_("Jumlah ini tidak mungkin. Tulis dalam rupiah penuh, seperti 5.600.000."))
        return amount


class DateInput(forms.DateInput):
    """The phone's own calendar; its value is always year-month-day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.SplitDateTimeWidget):
    """A day and an hour, side by side."""

    part_names = (_("Tanggal"), _("Jam"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(self, (DateInput(), TimeInput()), attrs)


PART_NAMES = {"_day": _("Tanggal"), "_month": _("Bulan"), "_year": _("Tahun"), "_0": _("Tanggal"), "_1": _("Jam")}


def part_name(widget: forms.Widget, number: int, name: str) -> str:
    """What a part of a widget of several parts is called, for who cannot see it."""
    names = getattr(widget, "part_names", None)
    if names:
        return str(names[number])
    for ending, words in PART_NAMES.items():
        if name.endswith(ending) and isinstance(widget, forms.SelectDateWidget | forms.SplitDateTimeWidget):
            return str(words)
    return str(number + 1)
