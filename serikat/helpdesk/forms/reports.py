"""The report in five short steps, and what the desk types: intake while listening, a list of people, decisions."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.files.forms import HoldsFiles, UploadsField
from serikat.helpdesk.forms.beside import Beside
from serikat.helpdesk.forms.conversations import MaybeAgain
from serikat.helpdesk.forms.doubts import AsksOnce
from serikat.helpdesk.models import Report
from serikat.helpdesk.models.subjects import Subject
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.services.reports import NothingTold, Told
from serikat.kernel.text import clean_text
from serikat.messaging.addresses import address_of
from serikat.people.models.persons import Protection, ThreatLevel
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
    SAID = {"place": _("Tempat ini tidak ada di daftar. Perbaiki, atau lanjut saja: yang Anda tulis tetap disimpan.")}

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
    def doubtful(self) -> bool:
        """Something filled the field that nobody sees: a machine, or a phone that fills in what it likes. It is asked once more, never thrown away."""
        return self.is_bound and bool(self.data.get("website"))

    def doubt(self) -> None:
        """Ask to send once more, with the trap empty again."""
        self.data = {**dict(self.data.items()), "website": ""}
        self.add_error(None, _("Kirim sekali lagi, supaya kami tahu ini bukan mesin. Yang Anda tulis tidak hilang."))

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


class IntakeForm(AsksOnce, forms.Form):
    """Typed while listening: the story first, everything else may stay empty. Nothing here refuses a report."""

    DOUBTED = ("number", "place")

    story = forms.CharField(
        label=_("Ceritanya"),
        max_length=rules.LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 12, "autofocus": True}),
    )
    called = forms.CharField(
        label=_("Nama"), max_length=rules.LONGEST_NAME, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    number = forms.CharField(
        label=_("Nomor telepon"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    reach = forms.CharField(
        label=_("Aman dihubungi"), max_length=rules.LONGEST_REACH, required=False, help_text=_("Kapan dan lewat apa.")
    )
    place = SomePlace(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    where = forms.CharField(label=_("Di mana"), max_length=rules.LONGEST_WORDS, required=False)
    against = forms.CharField(label=_("Siapa pelakunya"), max_length=rules.LONGEST_WORDS, required=False)
    happened = forms.CharField(label=_("Kapan"), max_length=80, required=False)
    how_many = forms.IntegerField(
        label=_("Berapa orang"),
        min_value=1,
        max_value=rules.MOST_TOGETHER,
        required=False,
        error_messages=NOT_A_COUNT,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    topic = forms.ChoiceField(
        label=_("Pokok masalah"), choices=[("", _("Belum jelas")), *capitals(Subject.choices)], required=False
    )
    need = forms.ChoiceField(
        label=_("Yang dibutuhkan"), choices=[("", _("Belum jelas")), *capitals(Report.Need.choices)], required=False
    )
    threat_level = forms.ChoiceField(label=_("Tingkat ancaman"), choices=capitals(ThreatLevel.choices), required=False)
    protections = forms.MultipleChoiceField(
        label=_("Dilindungi karena"),
        choices=capitals(Protection.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    alias = forms.CharField(
        label=_("Nama samaran"),
        max_length=60,
        required=False,
        help_text=_("Untuk tingkat ancaman tinggi atau yang dilindungi: hanya nama ini yang tampil."),
    )
    attached = UploadsField(label=_("Berkas atau pindaian"), most=rules.MOST_FILES, private=True, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    clean_key = PublicReportForm.clean_key

    def told(self) -> Told:
        given = dict(self.cleaned_data)
        reach = ", ".join(part for part in (given.get("number", ""), given.get("reach", "")) if part)
        names = ("story", "topic", "need", "against", "happened", "called", "alias", "threat_level")
        words: dict[str, Any] = {name: given.get(name) or "" for name in names}
        return Told(
            **placed(given),
            **words,
            reach=reach,
            how_many=given.get("how_many"),
            protections=tuple(given.get("protections") or ()),
        )


class GroupForm(AsksOnce, forms.Form):
    """One report of many people."""

    DOUBTED = ("place",)

    story = forms.CharField(
        label=_("Apa yang terjadi"), max_length=rules.LONGEST_STORY, required=False, widget=forms.Textarea({"rows": 6})
    )
    people = forms.CharField(
        label=_("Daftar orang"),
        max_length=400_000,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=_("Satu orang satu baris: nama, nomor. Boleh ditempel dari Excel. Paling banyak 2.000 orang."),
    )
    place = SomePlace(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    where = forms.CharField(label=_("Di mana"), max_length=rules.LONGEST_WORDS, required=False)
    against = forms.CharField(label=_("Siapa pelakunya"), max_length=rules.LONGEST_WORDS, required=False)
    topic = forms.ChoiceField(
        label=_("Pokok masalah"), choices=[("", _("Belum jelas")), *capitals(Subject.choices)], required=False
    )
    called = forms.CharField(label=_("Juru bicaranya"), max_length=rules.LONGEST_NAME, required=False)
    reach = forms.CharField(
        label=_("Nomor atau cara menghubungi juru bicara"), max_length=rules.LONGEST_REACH, required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    clean_key = PublicReportForm.clean_key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.lines = rules.read_people(cleaned.get("people", ""), lambda typed: address_of("number", typed))
        if not self.lines and "people" not in self.errors:
            self.add_error("people", _("Belum ada satu nama pun di daftar ini."))
        return cleaned

    def told(self) -> Told:
        given = dict(self.cleaned_data)
        words = {name: given.get(name, "") for name in ("story", "against", "topic", "called", "reach")}
        return Told(**placed(given), people=tuple(self.lines), **words)


class MoveForm(Beside, forms.Form):
    state = forms.ChoiceField(
        label=pgettext_lazy("a report", "Ubah menjadi"),
        choices=[
            (Report.State.READ.value, _("Sedang dibaca")),
            (Report.State.HANDLED.value, _("Sedang ditangani")),
            (Report.State.THEIRS.value, _("Menunggu keterangan pelapor")),
            (Report.State.CLOSED.value, _("Selesai")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Kabar untuk pelapor"),
        max_length=rules.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Tampil di halaman kode. Jangan sebut nama siapa pun."),
    )


class AnswerForm(MaybeAgain):
    field_order = ["text", "despite_same", "by"]
    text = forms.CharField(
        label=_("Jawaban"),
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Tulis jawabannya dulu.")},
    )
    by = forms.ChoiceField(label=_("Kirim lewat"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = report.conversation
        if here is None or here.channel.kind == "web":
            del self.fields["by"]
            return
        self.fields["by"].choices = [("channel", here.channel.name), ("web", _("Halaman kode saja"))]  # type: ignore[attr-defined]
        self.initial.setdefault("by", "web" if report.is_careful else "channel")


class AssignForm(Beside, forms.Form):
    colleague = forms.TypedChoiceField(label=_("Kepada"), coerce=int)

    def __init__(self, *args: Any, colleagues: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {user.pk: user for user in colleagues}
        self.fields["colleague"].choices = [(pk, str(user)) for pk, user in self.people.items()]  # type: ignore[attr-defined]

    def clean_colleague(self) -> Any:
        return self.people.get(self.cleaned_data["colleague"])


class SortForm(Beside, forms.Form):
    topic = forms.ChoiceField(label=_("Pokok masalah"), choices=capitals(Subject.choices))
    need = forms.ChoiceField(
        label=_("Yang dibutuhkan"), choices=[("", _("Belum jelas")), *capitals(Report.Need.choices)], required=False
    )
    place = PlaceField(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    how_many = forms.IntegerField(
        label=_("Berapa orang"), min_value=1, max_value=rules.MOST_TOGETHER, error_messages=NOT_A_COUNT
    )


class GuardForm(Beside, forms.Form):
    threat_level = forms.ChoiceField(label=_("Tingkat ancaman"), choices=capitals(ThreatLevel.choices))
    protections = IntakeForm.base_fields["protections"]
    alias = forms.CharField(label=_("Nama samaran"), max_length=60, required=False)
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)


class TieForm(Beside, forms.Form):
    code = forms.CharField(
        label=_("Kode catatan orang"), max_length=20, help_text=_("Delapan huruf di catatannya, misalnya 3F2A-91BC.")
    )
