"""What is typed at /kode/, and for a code that was lost."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import UploadsField
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.rules.access_codes import Flaw, read_access_code
from serikat.ui.forms import wanted

FLAWS = {
    Flaw.NOTHING: _("Tulis enam belas angka yang Anda terima."),
    Flaw.SHORT: _("Angkanya kurang. Kode ada enam belas angka, dalam empat kelompok."),
    Flaw.LONG: _("Angkanya lebih. Kode ada enam belas angka, dalam empat kelompok."),
    Flaw.SLIP: _("Ada angka yang keliru atau tertukar. Bandingkan lagi dengan catatan Anda."),
    Flaw.OTHER: _("Ini bukan kode akses. Kode akses mulai dengan 10 dan ada enam belas angka."),
}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode akses"),
        max_length=200,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Enam belas angka. Spasi dan tanda hubung tidak apa-apa."),
        error_messages={"required": _("Tulis enam belas angka yang Anda terima.")},
    )
    words = forms.CharField(widget=forms.HiddenInput, required=False, max_length=rules.LONGEST_WORDS)

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        read = read_access_code(typed)
        if read.flaw is not None:
            raise forms.ValidationError(FLAWS[read.flaw])
        return read.code


class FindForm(forms.Form):
    """At the desk: what somebody on the phone has in hand."""

    typed = forms.CharField(
        label=_("Nomor laporan atau kode akses"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Tulis nomornya, misalnya LP-2026-00012, atau kodenya.")},
    )


class WriteForm(forms.Form):
    text = wanted(
        forms.CharField(
            label=_("Tulis kepada kami"), max_length=rules.LONGEST_WORDS, required=False, widget=forms.Textarea({"rows": 4})
        )
    )
    attached = UploadsField(
        label=_("Berkas atau pesan suara"), most=rules.MOST_FILES, private=True, voice=True, required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class SecretForm(forms.Form):
    secret = forms.CharField(
        label=_("Sandi kedua"),
        max_length=rules.LONGEST_SECRET,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        error_messages={"required": _("Tulis sandinya dulu.")},
    )


class RenewForm(forms.Form):
    known_by = forms.MultipleChoiceField(
        label=_("Jawaban yang cocok"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tanyakan tanpa memberi petunjuk. Paling sedikit tiga harus cocok."),
        error_messages={"required": _("Beri tanda pada jawaban yang cocok.")},
    )
    words = forms.CharField(
        label=_("Catatan untuk orang kedua"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, questions: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_by"].choices = list(questions.items())  # type: ignore[attr-defined]
