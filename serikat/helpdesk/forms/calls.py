"""What is typed on the screen of a call, about a visitor, about a telephone line."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serikat.helpdesk.forms.beside import Beside
from serikat.helpdesk.models import Call, Subject
from serikat.helpdesk.rules.calls import LONGEST_NOTES
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.ui.forms import DateInput, MomentInput, wanted

Outcome = Call.Outcome


def _capitals(choices: Iterable[Any]) -> list[tuple[Any, Any]]:
    return [(value, capfirst(words)) for value, words in choices]


def _moment() -> Any:
    field = forms.SplitDateTimeField(
        label=_("Kapan dihubungi lagi"),
        required=False,
        widget=MomentInput(),
        error_messages={"invalid_date": _("Tanggal ini tidak ada."), "invalid_time": _("Tulis jamnya seperti 14:30.")},
    )
    return wanted(field, when=_("Perlu bila hasilnya “Dihubungi lagi nanti”."))


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Nomor telepon"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Tulis nomornya.")},
    )


class NotesForm(forms.Form):
    """What is said, written while listening."""

    notes = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 7, "id": "catatan", "autocomplete": "off"}),
    )
    called = forms.CharField(
        label=_("Nama yang disebut"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    topic = forms.ChoiceField(
        label=_("Pokok masalah"), required=False, choices=[("", _("Belum tahu")), *_capitals(Subject.choices)]
    )

    def __init__(self, *args: Any, guarded: bool = False, listening: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if guarded:
            del self.fields["called"]
        if listening:
            self.fields["notes"].widget.attrs["autofocus"] = True


class CloseForm(NotesForm):
    """The same, with how it ended. The outcomes stand in the order of the keys 1 to 8."""

    outcome = forms.ChoiceField(
        label=_("Hasilnya"),
        choices=lambda: [(value, f"{n}. {words}") for n, (value, words) in enumerate(Outcome.choices, 1)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih hasilnya: tombol 1 sampai 8."), "invalid_choice": _("Pilih salah satu hasil.")},
    )
    call_back_at = _moment()
    field_order = ["notes", "called", "topic", "outcome", "call_back_at"]


class MoveForm(forms.Form):
    call_back_at = _moment()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call_back_at"].required = True
        self.fields["call_back_at"].help_text = ""
        self.fields["call_back_at"].error_messages["required"] = _("Isi kapan mereka dihubungi lagi.")


class GuardForm(Beside, forms.Form):
    MAIN = "selesai"

    threat_level = forms.ChoiceField(label=_("Tingkat ancaman"), choices=_capitals(ThreatLevel.choices))
    protections = forms.MultipleChoiceField(
        label=_("Dilindungi karena"),
        required=False,
        choices=_capitals(Protection.choices),
        widget=forms.CheckboxSelectMultiple,
    )
    alias = forms.CharField(label=_("Nama samaran"), required=False, max_length=60)


class VisitorForm(forms.Form):
    called = forms.CharField(
        label=_("Siapa"),
        max_length=120,
        help_text=_("Nama seperti yang disebut tamu. Boleh samaran."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Tulis siapa tamunya, boleh samaran.")},
    )
    number = forms.CharField(
        label=_("Nomor telepon"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    topic = forms.ChoiceField(
        label=_("Perlu apa"), required=False, choices=[("", _("Belum tahu")), *_capitals(Subject.choices)]
    )
    notes = forms.CharField(
        label=_("Catatan"), required=False, max_length=LONGEST_NOTES, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen_by: Any = forms.ModelChoiceField(
        label=_("Ditemui oleh"), required=False, queryset=None, empty_label=_("Saya sendiri")
    )
    outcome = forms.ChoiceField(
        label=_("Hasilnya"),
        required=False,
        choices=[("", _("Masih di sini")), *[c for c in Outcome.choices if c[0] not in ("wrong", "silent")]],
    )
    call_back_at = _moment()
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_by"].queryset = people  # type: ignore[attr-defined]
        self.initial.setdefault("key", uuid.uuid4())


class LineForm(forms.Form):
    name = forms.CharField(
        label=_("Nama sambungan"),
        max_length=60,
        help_text=_("Misalnya: Telepon kantor, Ponsel posko."),
        error_messages={"required": _("Beri nama sambungan ini.")},
    )
    number = forms.CharField(label=_("Nomor untuk umum"), required=False, max_length=40)
    unit: Any = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    since = forms.DateField(label=_("Dari"), widget=DateInput())
    until = forms.DateField(label=_("Sampai"), widget=DateInput())
