"""The shapes of what is typed in a conversation."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import HoldsFiles, UploadField
from serikat.helpdesk.forms.beside import Beside
from serikat.helpdesk.models import Report, Subject
from serikat.helpdesk.rules.conversations import places_left, unknown_places
from serikat.messaging.models import ChannelTemplate
from serikat.messaging.selectors.channels import templates_of
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.ui.forms import wanted
from serikat.units.models import Unit


class MaybeAgain(forms.Form):
    """An answer that may be the same as the one before: the tick with which it goes out all the same shows when it is asked for."""

    despite_same = forms.BooleanField(label=_("Kirim sekali lagi"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("despite_same"):
            self.fields["despite_same"].widget = forms.HiddenInput()

    def ask_again(self) -> None:
        self.fields["despite_same"].widget = forms.CheckboxInput()


class AboutReport(forms.Form):
    """Whether the words belong to a report that is open in the conversation: then its code shows them too."""

    report = forms.TypedChoiceField(label=_("Tampil juga di halaman kode"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, reports: Sequence[Report] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reports:
            del self.fields["report"]
            return
        named = [(report.pk, _("ya, ini tentang %(number)s") % {"number": report.number}) for report in reports]
        self.fields["report"].choices = [*named, (0, _("tidak"))]  # type: ignore[attr-defined]
        self.initial.setdefault("report", reports[0].pk if len(reports) == 1 else 0)


class WithFile(HoldsFiles, forms.Form):
    """Words, a file or a voice, or both; the file where the way there carries some. It waits sealed while another button of its page is pressed, under a
    key that is the same for one thing (`about`) whenever its page is opened. `nothing`: what is said of a form with neither."""

    nothing = _("Pesannya masih kosong.")
    file = UploadField(label=_("Berkas atau suara"), required=False, voice=True, played=True)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, about: str = "", with_file: bool = True, **kwargs: Any) -> None:
        if with_file and about:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), "key": uuid.uuid5(uuid.NAMESPACE_URL, f"helpdesk.{about}")}
        super().__init__(*args, **kwargs)
        if not with_file:
            del self.fields["file"], self.fields["key"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("file") and not {"text", "file"} & set(self.errors):
            self.add_error("text", self.nothing)
        return cleaned


class ReplyForm(WithFile, AboutReport, MaybeAgain):
    """An answer in a conversation."""

    field_order = ["text", "despite_same", "file", "report"]
    text = wanted(
        forms.CharField(
            label=_("Jawaban"), max_length=10_000, required=False, strip=True, widget=forms.Textarea(attrs={"rows": 4})
        )
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if left := places_left(text):
            raise forms.ValidationError(_("Ganti dulu dengan kata Anda: %(places)s"), params={"places": ", ".join(left)})
        return text


class TemplateForm(AboutReport):
    """One of the texts that the provider approved, and what fills its places."""

    field_order = ["template", "values", "report"]
    template: forms.ModelChoiceField[ChannelTemplate] = forms.ModelChoiceField(
        label=_("Templat"), queryset=None, empty_label=None
    )
    values = forms.CharField(
        label=_("Isian"),
        required=False,
        max_length=1000,
        help_text=_("Satu baris untuk satu isian, urut seperti {{1}}, {{2}}."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, channel: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates_of(channel)  # type: ignore[attr-defined]
        self.fields["template"].label_from_instance = lambda one: one.text[:120]  # type: ignore[attr-defined]

    def clean_values(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["values"].splitlines() if line.strip()]


class HandOverForm(Beside, forms.Form):
    to = forms.TypedChoiceField(label=_("Serahkan kepada"), coerce=int, empty_value=None, required=False)
    reason = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Siapa saja"))] + [(one.pk, one.name) for one in people]  # type: ignore[attr-defined]


class CloseForm(Beside, forms.Form):
    reason = forms.CharField(label=_("Bagaimana akhirnya"), max_length=300, help_text=_("Satu kalimat. Tersimpan di jejak."))


class SortForm(Beside, forms.Form):
    topic = forms.ChoiceField(label=_("Pokok masalah"), required=False)
    called = forms.CharField(label=_("Nama yang mereka sebut"), max_length=120, required=False)

    def __init__(self, *args: Any, guarded: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("Belum ditetapkan")), *((v, capfirst(n)) for v, n in Subject.choices)]  # type: ignore[attr-defined]
        if guarded:
            del self.fields["called"]


class GuardForm(Beside, forms.Form):
    threat_level = forms.ChoiceField(label=_("Tingkat ancaman"), choices=ThreatLevel.choices, widget=forms.RadioSelect)
    protections = forms.MultipleChoiceField(
        label=_("Dilindungi karena"), choices=Protection.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    alias = forms.CharField(
        label=_("Nama samaran"), max_length=60, required=False, help_text=_("Kosongkan, dan kami pilihkan nama bunga.")
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Nama"), max_length=120)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)
    despite_doubles = forms.BooleanField(label=_("Ini orang lain, catat saja"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class QuickReplyForm(forms.Form):
    title = forms.CharField(label=_("Judul"), max_length=60)
    text = forms.CharField(
        label=_("Isi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Boleh memakai {nama}, {kode} (nomor laporan), dan {lembaga}."),
    )
    topic = forms.ChoiceField(label=_("Pokok masalah"), required=False)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("Semua")), *((v, capfirst(n)) for v, n in Subject.choices)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if unknown := unknown_places(text):
            told = {"places": ", ".join(unknown), "known": "{nama}, {kode}, {lembaga}"}
            raise forms.ValidationError(_("Tidak dikenal: %(places)s. Yang diisi sendiri hanya %(known)s."), params=told)
        return text
