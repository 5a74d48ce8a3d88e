"""The shape of what is typed at the desk of persons. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.people import rules
from serikat.people.models import BodyKind, ConsentHow, ContactKind, NameKind, Protection, Purpose, Sex, ThreatLevel
from serikat.people.models.persons import BYLINES
from serikat.people.models.requests import RightKind
from serikat.people.services.bodies import BodyShape
from serikat.people.services.breaches import BreachShape
from serikat.places.forms import PlaceField
from serikat.places.models import Country
from serikat.ui.forms import DateInput, MomentInput
from serikat.units.models import Unit

EMPTY = ("", _("tidak diisi"))


class PersonForm(forms.Form):
    """A new person. Every field but one name may stay empty."""

    legal = forms.CharField(label=_("Nama resmi"), help_text=_("Seperti pada KTP."), max_length=200, required=False)
    called = forms.CharField(label=_("Nama panggilan"), max_length=200, required=False)
    alias = forms.CharField(
        label=_("Nama samaran"), help_text=_("Dipakai bila orang ini harus dilindungi."), max_length=200, required=False
    )
    shows = forms.ChoiceField(
        label=_("Nama yang ditampilkan"), choices=[("", _("pilihkan untuk saya")), *NameKind.choices], required=False
    )
    phone = forms.CharField(label=_("Nomor telepon atau WhatsApp"), max_length=40, required=False)
    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("16 angka. Disimpan tersandi."),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    born_on = forms.DateField(label=_("Tanggal lahir"), required=False, widget=DateInput())
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=[EMPTY, *Sex.choices], required=False)
    place = PlaceField(label=_("Desa atau kelurahan tempat tinggal"), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    despite_doubles = forms.BooleanField(label=_("Ini orang lain. Simpan saja."), required=False)

    def __init__(self, *args: Any, units: QuerySet[Any], doubles: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not doubles:
            self.fields["despite_doubles"].widget = forms.HiddenInput()

    def ask_about_doubles(self) -> None:
        """Show the tick with which a likely double is saved all the same."""
        self.fields["despite_doubles"].widget = forms.CheckboxInput()

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["names"] = {kind: given.pop(kind) for kind in ("legal", "called", "alias")}
        return given


class CorrectPersonForm(forms.Form):
    """What was written down. Masked fields are empty: empty leaves them as they are."""

    legal = forms.CharField(label=_("Nama resmi"), max_length=200, required=False)
    called = forms.CharField(label=_("Nama panggilan"), max_length=200, required=False)
    alias = forms.CharField(label=_("Nama samaran"), max_length=200, required=False)
    shows = forms.ChoiceField(
        label=_("Nama yang ditampilkan"), choices=[("", _("seperti sekarang")), *NameKind.choices], required=False
    )
    nik = forms.CharField(
        label=_("NIK baru"),
        help_text=_("Kosongkan bila tidak berubah."),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    born_on = forms.DateField(
        label=_("Tanggal lahir baru"), help_text=_("Kosongkan bila tidak berubah."), required=False, widget=DateInput()
    )
    clear = forms.MultipleChoiceField(
        label=_("Hapus isian"),
        choices=[("nik", _("NIK")), ("born_on", _("tanggal lahir"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=[EMPTY, *Sex.choices], required=False)
    place = PlaceField(label=_("Desa atau kelurahan tempat tinggal"), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)

    def __init__(self, *args: Any, units: QuerySet[Any], hidden_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if hidden_names:
            for name in ("legal", "called", "shows"):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["names"] = {kind: given.pop(kind) for kind in ("legal", "called", "alias") if kind in given}
        return given


class ContactPointForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Nomor atau alamat"), max_length=500)
    safe_when = forms.CharField(
        label=_("Aman dihubungi kapan"),
        help_text=_("Misalnya: malam, atau hanya lewat pesan."),
        max_length=200,
        required=False,
    )
    preferred = forms.BooleanField(label=_("Paling disukai"), required=False)


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Untuk apa"), choices=Purpose.choices)
    given_on = forms.DateField(label=_("Tanggal"), widget=DateInput(), initial=timezone.localdate)
    how = forms.ChoiceField(label=_("Bagaimana diberikan"), choices=ConsentHow.choices)
    evidence = forms.CharField(
        label=_("Bukti"),
        help_text=_("Di mana suratnya, atau kata-kata pesannya."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ProtectForm(forms.Form):
    threat_level = forms.ChoiceField(
        label=_("Tingkat ancaman"),
        help_text=_("Tinggi: hanya nama samaran yang tampil, di mana pun."),
        choices=ThreatLevel.choices,
        widget=forms.RadioSelect,
    )
    protections = forms.MultipleChoiceField(
        label=_("Dilindungi karena"), choices=Protection.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    alias = forms.CharField(label=_("Nama samaran"), max_length=200, required=False)
    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)


class ReasonForm(forms.Form):
    """One question: why."""

    reason = forms.CharField(label=_("Alasan"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class SeparateForm(forms.Form):
    reason = forms.CharField(
        label=_("Dari mana diketahui bahwa ini dua orang?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    alias = forms.CharField(
        label=_("Nama samaran"),
        max_length=120,
        required=False,
        help_text=_("Perlu bila catatan yang dipakai terlindungi: yang dipisahkan ikut terlindungi."),
    )


class MergeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode catatan kedua"),
        help_text=_("Delapan huruf dan angka di halaman orang itu, seperti 3F9A-21C4."),
        max_length=20,
    )
    reason = forms.CharField(
        label=_("Dari mana diketahui bahwa ini orang yang sama?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class LinkForm(forms.Form):
    username = forms.CharField(
        label=_("Nama pengguna"), help_text=_("Kosongkan untuk melepas akun."), max_length=60, required=False
    )


class RightForm(forms.Form):
    kind = forms.ChoiceField(label=_("Permintaan"), choices=RightKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Penjelasan"),
        help_text=_("Untuk perbaikan: apa yang keliru dan apa yang benar."),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    byline = forms.ChoiceField(
        label=_("Bila data dihapus: nama pada tulisan publik"),
        choices=[("", _("bukan penghapusan")), *BYLINES],
        required=False,
    )


class DeskRightForm(RightForm):
    asked_at = forms.SplitDateTimeField(label=_("Diminta pada"), widget=MomentInput(), initial=timezone.localtime)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Jawaban"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4}))
    sure = forms.BooleanField(label=_("Saya mengerti bahwa penghapusan tidak dapat dibatalkan."), required=False)

    def __init__(self, *args: Any, erases: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.erases = erases
        if not erases:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.erases and self.data.get("do") == "grant" and not given.get("sure"):
            self.add_error("sure", _("Beri tanda dulu: data yang dihapus tidak dapat dikembalikan."))
        return given


class BodyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=BodyKind.choices)
    name = forms.CharField(label=_("Nama"), max_length=200)
    other_names = forms.CharField(
        label=_("Nama lain"),
        help_text=_("Satu nama tiap baris."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    registrations = forms.CharField(
        label=_("Nomor pendaftaran"),
        help_text=_("Satu nomor tiap baris, seperti “NIB: 1234567890123”."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    place = PlaceField(label=_("Desa atau kelurahan"), required=False)
    country = forms.ModelChoiceField(label=_("Negara"), queryset=Country.objects.order_by("name_id"), required=False)
    unit = forms.ModelChoiceField(label=_("Dicatat oleh unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def shape(self) -> BodyShape:
        given = self.cleaned_data
        pairs = [line.partition(":") for line in given["registrations"].splitlines() if line.strip()]
        return BodyShape(
            kind=given["kind"],
            name=given["name"],
            other_names=tuple(given["other_names"].splitlines()),
            registrations=tuple((kind, number) for kind, _colon, number in pairs),
            place=given["place"],
            country=given["country"],
        )


class BreachForm(forms.Form):
    """What article 46 of UU 27/2022 wants told."""

    what = forms.CharField(label=_("Apa yang terjadi"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    data_kinds = forms.CharField(
        label=_("Data apa saja"),
        help_text=_("Misalnya: nama, nomor telepon, NIK."),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    happened_at = forms.SplitDateTimeField(label=_("Terjadi pada"), required=False, widget=MomentInput())
    known_at = forms.SplitDateTimeField(
        label=_("Diketahui pada"), help_text=_("Jam 3×24 dihitung dari saat ini."), widget=MomentInput()
    )
    measures = forms.CharField(
        label=_("Penanganan dan pemulihan"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    others_count = forms.IntegerField(
        label=_("Perkiraan jumlah orang lain yang datanya terkena"), min_value=0, max_value=2_000_000_000, initial=0
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def shape(self) -> BreachShape:
        return BreachShape(**{k: v for k, v in self.cleaned_data.items() if k != "unit"})


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode orang"), help_text=_("Delapan huruf dan angka di halaman orang itu."), max_length=20
    )


NIK_WORDS = {
    rules.NikFlaw.REGION: _("Kode wilayah pada NIK tidak biasa."),
    rules.NikFlaw.BIRTH_DATE: _("Tanggal lahir pada NIK tidak mungkin."),
    rules.NikFlaw.SERIAL: _("Nomor urut pada NIK tidak boleh 0000."),
    rules.NikFlaw.OTHER_BIRTH_DATE: _("Tanggal lahir berbeda dari yang tertulis pada NIK."),
    rules.NikFlaw.OTHER_SEX: _("Jenis kelamin berbeda dari yang tertulis pada NIK."),
}
