"""The shapes of a chat that is begun or pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serikat.units.models import Unit

LARGEST = 20 * 1024 * 1024
NUMBER_HELP = _("Seperti 0812 3456 7890. Di luar negeri dengan +, seperti +852 9123 4567.")


class BeginForm(forms.Form):
    number = forms.CharField(label=_("Nomor"), max_length=40, help_text=NUMBER_HELP)
    called = forms.CharField(label=_("Nama yang mereka sebut"), max_length=120, required=False)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("Tempel chat di sini"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=4_000_000
    )
    file = forms.FileField(
        label=_("Atau berkas .txt dari WhatsApp"),
        required=False,
        help_text=_("WhatsApp: buka chat, Lainnya, Ekspor chat, Tanpa media."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    number = forms.CharField(label=_("Nomor mereka"), max_length=40, required=False, help_text=NUMBER_HELP)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if not given:
            return ""
        if given.size > LARGEST:
            raise ValidationError(_("Berkas ini terlalu besar: paling besar 20 MB."))
        content = given.read()
        if content.startswith((b"PK", b"%PDF", b"\xff\xd8")) or b"\0" in content[:4000].replace(b"\xff\xfe", b"")[:1]:
            raise ValidationError(_("Ini bukan berkas teks. Pilih ekspor chat tanpa media, berakhiran .txt."))
        try:
            return str(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "cp1252", "replace"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not (found.get("text", "").strip() or found.get("file", "").strip()):
            self.add_error("text", _("Tempel chatnya, atau pilih berkasnya."))
        return found

    @property
    def chat(self) -> str:
        return self.cleaned_data["file"] or self.cleaned_data["text"]


class WhoForm(forms.Form):
    """Which of the names in a chat are us."""

    ours = forms.MultipleChoiceField(
        label=_("Yang mana petugas kita?"),
        help_text=_("Beri tanda pada nama petugas. Yang tidak ditandai menulis kepada kita."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    number = forms.CharField(label=_("Nomor mereka"), max_length=40, required=False, help_text=NUMBER_HELP)

    def __init__(self, *args: Any, senders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ours"].choices = [(name, f"{name} ({count})") for name, count in senders.items()]  # type: ignore[attr-defined]
