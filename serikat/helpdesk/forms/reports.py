"""The report in five short steps."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import HoldsFiles, UploadsField
from serikat.helpdesk.forms.doubts import AsksOnce
from serikat.helpdesk.models import Report
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.services.reports import NothingTold, Told
from serikat.kernel.text import clean_text
from serikat.people.models.persons import ThreatLevel
from serikat.places.forms import PlaceField
from serikat.places.models import Country, Level, Region
from serikat.ui.stepping import Step, SteppedForm
from serikat.ui.traps import TrappedForm

later = lazy(capfirst, str)
NOT_A_COUNT = {"min_value": _("Tulis 1 atau lebih."), "invalid": _("Tulis dengan angka saja, misalnya 12.")}


def capitals(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [(value, later(name)) for value, name in choices]


class SomePlace(PlaceField):
    """A place, or words that we cannot place: those are told in `where`, and refuse nothing."""

    def clean(self, value: Any) -> Region | str | None:  # type: ignore[override]
        try:
            return super().clean(value)
        except ValidationError as error:
            if error.code == "choose":
                raise
            return value[0] if isinstance(value, tuple) else None


FEARS = [
    (ThreatLevel.NONE.value, _("Tidak berbahaya")),
    (ThreatLevel.CAREFUL.value, _("Saya lebih suka tidak diketahui")),
    (ThreatLevel.HIGH.value, _("Ya, saya bisa disakiti, diancam, atau dipecat")),
]
NEEDS = [
    (Report.Need.HELP.value, _("Didampingi menuntut hak saya")),
    (Report.Need.ADVICE.value, _("Tahu hak saya dulu")),
    (Report.Need.NEWS.value, _("Diberitakan, tanpa nama saya")),
    (Report.Need.RECORD.value, _("Dicatat saja dulu")),
    (Report.Need.URGENT.value, _("Diselamatkan: ini mendesak")),
]
STEPS = (
    Step("cerita", _("Apa yang terjadi"), ("story", "attached")),
    Step("tempat", _("Di mana dan kapan"), ("where", "place", "country", "happened")),
    Step("siapa", _("Siapa"), ("against", "how_many", "called")),
    Step("butuh", _("Apa yang Anda butuhkan"), ("need", "threat_level")),
    Step("hubungi", _("Menghubungi Anda dengan aman"), ("reach", "secret")),
)


class PublicReportForm(AsksOnce, SteppedForm, HoldsFiles, TrappedForm):
    """A report without an account. `key` was made when the page was opened: sent twice, it is one report."""

    STEPS = STEPS
    NEVER_CARRIED = frozenset({"secret", "attached"})
    salt = "helpdesk.report"
    DOUBTED = ("place",)
    SAID = {
        "place": _("Tempat ini tidak ada di daftar. Perbaiki, atau lanjut saja: yang Anda tulis tetap disimpan."),
        "choose": _("Ada beberapa tempat yang mirip. Pilih salah satu, atau lanjut saja bila tempatnya tidak ada di sana."),
    }

    story = forms.CharField(
        label=_("Ceritakan dengan kata-kata Anda"),
        max_length=rules.LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Satu kalimat pun cukup. Bahasa apa saja."),
    )
    attached = UploadsField(
        label=_("Foto, surat, atau pesan suara"),
        most=rules.MOST_FILES,
        private=True,
        voice=True,
        required=False,
        help_text=_("Paling banyak enam berkas. Disimpan tersandi; hanya petugas yang membukanya."),
    )
    where = forms.CharField(
        label=_("Di mana terjadinya"),
        max_length=rules.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Nama pabrik, jalan, rumah majikan, kapal."),
    )
    place = SomePlace(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    country = forms.ModelChoiceField(
        label=_("Bila di luar negeri: negaranya"),
        queryset=Country.objects.order_by("name_id"),
        required=False,
        empty_label=_("Bukan di luar negeri"),
    )
    happened = forms.CharField(
        label=_("Kapan"), max_length=80, required=False, help_text=_("Misalnya: kemarin, sejak Lebaran, tiap bulan.")
    )
    against = forms.CharField(
        label=_("Siapa yang melakukannya"),
        max_length=rules.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Perusahaan, atasan, agen, siapa pun. Boleh kosong."),
    )
    how_many = forms.IntegerField(
        label=_("Berapa orang yang mengalaminya"),
        min_value=1,
        max_value=rules.MOST_TOGETHER,
        required=False,
        error_messages=NOT_A_COUNT,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    called = forms.CharField(
        label=_("Nama Anda"),
        max_length=rules.LONGEST_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Boleh kosong, boleh nama panggilan. Tanpa nama, laporan ini tetap dibaca."),
    )
    need = forms.ChoiceField(label=_("Yang paling Anda butuhkan"), choices=NEEDS, widget=forms.RadioSelect, required=False)
    threat_level = forms.ChoiceField(
        label=_("Berbahayakah bila orang tahu Anda melapor?"), choices=FEARS, widget=forms.RadioSelect, required=False
    )
    reach = forms.CharField(
        label=_("Cara yang aman menghubungi Anda"),
        max_length=rules.LONGEST_REACH,
        required=False,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=_(
            "Misalnya: SMS ke 0812…, hanya sesudah jam 7 malam. Boleh kosong: jawaban kami selalu dapat dibaca dengan kode."
        ),
    )
    secret = forms.CharField(
        label=_("Sandi kedua"),
        max_length=rules.LONGEST_SECRET,
        min_length=rules.SHORTEST_SECRET,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_(
            "Pilihan. Hanya dengan sandi ini cerita Anda dapat dibaca lagi di situs. Kalau lupa, tidak ada yang dapat membukakannya."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean_key(self) -> uuid.UUID:
        """A key that was lost or spoilt on the way is no reason to refuse what was typed."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """One word is needed, or one file: asked for where the story is, before anybody goes on. Asked first, since a trap ends what follows."""
        given = self.cleaned_data
        told = any(map(clean_text, (given.get("story", ""), given.get("against", ""), placed(given)["where"])))
        waits = any(one.field == "attached" for one in self._waiting)
        if not (told or given.get("attached") or waits or self.errors.keys() & {"story", "attached", "where", "against"}):
            self.add_error("story", str(NothingTold.message))
        return super().clean()

    def asks_now(self) -> bool:
        """Of a place that nobody knows: whoever goes on from it."""
        return "place" in self.step.fields and not self.data.keys() & {self.BACK, self.STAY}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All of the other steps, the empty ones too, so that a draft of the phone finds its fields."""
        held = dict(super().carried)
        others = {name for step in self.STEPS for name in step.fields} - {f.name for f in self.shown} - self.NEVER_CARRIED
        names = sorted(others | ({"place-text"} if "place" in others else set()))
        return [(name, held.get(name, "")) for name in names]

    def told(self) -> Told:
        given = dict(self.cleaned_data)
        return Told(
            **placed(given),
            story=given.get("story", ""),
            need=given.get("need", ""),
            country=given.get("country"),
            against=given.get("against", ""),
            happened=given.get("happened", ""),
            how_many=given.get("how_many"),
            called=given.get("called", ""),
            anonymous=not given.get("called"),
            reach=given.get("reach", ""),
            threat_level=given.get("threat_level", ""),
        )


def placed(given: dict[str, Any]) -> dict[str, Any]:
    """The place, and what was typed as one and is none, with the other words about where it was."""
    place, where = given.get("place"), given.get("where") or ""
    if isinstance(place, str):
        return {"place": None, "where": f"{where}\n{place}".strip()}
    return {"place": place, "where": where}
