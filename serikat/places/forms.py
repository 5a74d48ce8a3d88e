"""The picker of a place: type a part of the name, choose from what is found.

Without JavaScript the choices come back with the form as radio buttons; with it they appear while typing. Both send the same two fields:
what was typed and the code of what was chosen. A typed text that fits one place only needs no choosing.

    class MyForm(forms.Form):
        village = PlaceField(label=_("Desa atau kelurahan"))     # cleaned: a Region, or None when not required

The page must draw `{{ form.media }}`.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serikat.places.models import Level, Region
from serikat.places.rules import LONGEST_QUERY, plain_words
from serikat.places.selectors import find_regions, region_by_code

Typed = tuple[str, str]  # what was typed, the code of what was chosen


class PlaceWidget(forms.Widget):
    """A text field with the choices below it."""

    template_name = "places/picker.html"
    use_fieldset = False

    class Media:
        css = {"all": ["places/picker.css"]}
        js = [Script("places/picker.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None, *, level: int = Level.VILLAGE) -> None:
        super().__init__(attrs)
        self.level = level

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return data.get(f"{name}-text", "").strip(), data.get(name, "").strip()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-text" not in data and name not in data

    def typed_of(self, value: Any) -> Typed:
        """What stands in the two fields: as typed, or of the region that the form began with."""
        if isinstance(value, tuple):
            return value
        region = value if isinstance(value, Region) else region_by_code(str(value)) if value else None
        return (region.full, region.pk) if region else ("", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed, code = self.typed_of(value)
        chosen = region_by_code(code)
        settled = chosen is not None and plain_words(chosen.full) == plain_words(typed)
        found = [] if settled or not typed else find_regions(typed, level=self.level)
        if len(found) == 1:  # nothing is left to choose: the field says which place is meant
            chosen, typed, code, found = found[0], found[0].full, found[0].pk, []
        context["widget"].update(
            typed=typed[:LONGEST_QUERY],
            code=code if chosen else "",
            level=int(self.level),
            choices=found,
            address=reverse("places:find"),
            longest=LONGEST_QUERY,
        )
        return context


class PlaceField(forms.Field):
    """A region of one level (a village unless said otherwise); cleaned to the `Region`, or None."""

    default_error_messages = {
        "required": _("Tulis nama tempatnya, lalu pilih."),
        "unknown": _("Tidak ada tempat dengan nama itu. Periksa ejaannya, atau tulis nama kecamatannya juga."),
        "choose": _(
            "Ada beberapa tempat dengan nama itu. Pilih salah satu, atau tulis juga nama kecamatan atau kabupatennya."
        ),
    }

    def __init__(self, *, level: int = Level.VILLAGE, **kwargs: Any) -> None:
        self.level = level
        kwargs.setdefault("widget", PlaceWidget(level=level))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Region | None:
        typed, code = value if isinstance(value, tuple) else ("", str(value or ""))
        chosen = region_by_code(code)
        if chosen is not None and chosen.level == self.level and _is_of(chosen, typed):
            return chosen
        if not typed:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = find_regions(typed, level=self.level)
        exact = [r for r in found if plain_words(r.full) == plain_words(typed)]
        if len(exact or found) == 1:
            return (exact or found)[0]
        code = "choose" if found else "unknown"
        raise ValidationError(self.error_messages[code], code=code)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial.pk if isinstance(initial, Region) else initial or ""
        return before != (data[1] if isinstance(data, tuple) else data or "")


def _is_of(region: Region, typed: str) -> bool:
    """Tell whether the chosen place still belongs to what was typed: who changes the text after choosing means the text."""
    return not typed or plain_words(typed) == plain_words(region.full) or region in find_regions(typed, level=region.level)
