"""The shapes of what is typed: an advert, a reader's report, a checker's answers, the desk's decisions."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serikat.people.models import Body
from serikat.places.forms import PlaceField
from serikat.places.models import Country, Level
from serikat.ui.forms import DateInput, RupiahField
from serikat.ui.stepping import Step, SteppedForm
from serikat.ui.traps import TrappedForm
from serikat.vacancies.models import Advert, Report
from serikat.vacancies.rules import adverts as rules
from serikat.vacancies.selectors.desk import Asked
from serikat.vacancies.services.shaping import Shape
from serikat.vacancies.templatetags.vacancies import as_dialled

later = lazy(capfirst, str)  # the language is known only when the form is drawn


def capitals(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices that stand by themselves begin with a capital; inside of a sentence the same words do not."""
    return [(value, later(name)) for value, name in choices]


def rupiah(label: Any, **kwargs: Any) -> RupiahField:
    """An amount that an advert may name, or leave out."""
    return RupiahField(label=label, most=rules.MOST_RUPIAH, required=False, **kwargs)


class AdvertForm(forms.Form):
    """What an advert says. Whether it may stand is asked in the service."""

    title = forms.CharField(label=_("Pekerjaan"), max_length=rules.LONGEST_TITLE, help_text=_("Misalnya: Operator jahit."))
    firm = forms.CharField(label=_("Perusahaan"), max_length=160, help_text=_("Nama lengkapnya, seperti di papan nama."))
    kind = forms.ChoiceField(label=_("Jenis"), choices=capitals(Advert.Kind.choices), widget=forms.RadioSelect)
    place = PlaceField(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    country = forms.ModelChoiceField(
        label=_("Negara"),
        queryset=Country.objects.order_by("name_id"),
        required=False,
        empty_label=_("Bukan di luar negeri"),
    )
    licence = forms.CharField(
        label=_("Nomor izin P3MI"),
        max_length=60,
        required=False,
        help_text=_("Hanya untuk kerja di luar negeri: nomor SIP3MI."),
    )
    wage_low = rupiah(_("Upah, dari"), help_text=_("Dalam rupiah. Iklan yang jujur menyebut upah."))
    wage_high = rupiah(_("Upah, sampai"))
    wage_per = forms.ChoiceField(
        label=_("Upah itu untuk"), choices=[("", _("Pilih")), *capitals(Advert.Per.choices)], required=False
    )
    wage_note = forms.CharField(
        label=_("Keterangan upah"), max_length=120, required=False, help_text=_("Misalnya: sesuai UMK, ditambah uang makan.")
    )
    work = forms.CharField(
        label=_("Tentang pekerjaannya"), max_length=rules.LONGEST_TEXT, widget=forms.Textarea({"rows": 5})
    )
    requirements = forms.CharField(
        label=_("Syarat"), max_length=rules.LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 4})
    )
    address = forms.CharField(
        label=_("Melamar ke alamat"), max_length=200, required=False, help_text=_("Isi sedikitnya satu cara melamar.")
    )
    phone = forms.CharField(
        label=_("Nomor telepon perusahaan"), max_length=30, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    mail = forms.CharField(
        label=_("Surel perusahaan"), max_length=120, required=False, widget=forms.TextInput({"inputmode": "email"})
    )
    link = forms.CharField(label=_("Tautan"), max_length=200, required=False, widget=forms.TextInput({"inputmode": "url"}))
    ends_on = forms.DateField(
        label=_("Lamaran paling lambat"), widget=DateInput(), help_text=_("Paling lama enam bulan dari sekarang.")
    )

    def shape(self) -> Shape:
        return Shape(**{name: self.cleaned_data[name] for name in Shape.__dataclass_fields__})

    @staticmethod
    def begun_with(advert: Advert) -> dict[str, Any]:
        """What stands in the form of an advert that is there already."""
        return {name: getattr(advert, name) for name in Shape.__dataclass_fields__}


STEPS = (
    Step("mulai", _("Untuk mulai"), ("abroad", "sender_is")),
    Step("kerja", _("Pekerjaannya"), ("title", "firm", "kind", "country", "licence", "place", "work", "requirements")),
    Step(
        "upah",
        _("Upah dan cara melamar"),
        ("wage_low", "wage_high", "wage_per", "wage_note", "address", "phone", "mail", "link", "ends_on", "contact"),
    ),
)
HERE, ABROAD = "dalam", "luar"
ONLY_ABROAD = ("country", "licence")


class SendForm(SteppedForm, AdvertForm):
    """A new advert, asked in steps: what is answered first decides what is asked then. `key` was made when the page was opened."""

    STEPS = STEPS

    abroad = forms.ChoiceField(
        label=_("Di mana pekerjaannya?"),
        choices=[(HERE, _("Di Indonesia")), (ABROAD, _("Di luar negeri"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dahulu: di Indonesia atau di luar negeri.")},
    )
    sender_is = forms.ChoiceField(
        label=_("Siapa yang mengirim?"),
        choices=capitals(Advert.SenderIs.choices),
        widget=forms.RadioSelect,
        help_text=_("Hanya dibaca pemeriksa."),
        error_messages={"required": _("Pilih siapa Anda bagi lowongan ini.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.is_abroad = self.data.get("abroad") == ABROAD
        if self.is_abroad:
            self.fields["country"].required = True
            self.fields["country"].error_messages["required"] = _("Pilih negaranya.")
            self.fields["country"].empty_label = _("Pilih negaranya")  # type: ignore[attr-defined]
            self.fields["licence"].help_text = _("Nomor SIP3MI perusahaan yang memberangkatkan.")
            self.fields["place"].label = _("Direkrut di kabupaten atau kota")
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = capitals([one for one in Advert.Kind.choices if one[0] != Advert.Kind.OVERSEAS])  # type: ignore[attr-defined]
            self.fields["place"].required = True
            self.fields["place"].error_messages["required"] = _("Tulis kabupaten atau kotanya.")
            for name in ONLY_ABROAD:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_abroad:
            return {**cleaned, "kind": Advert.Kind.OVERSEAS.value}
        return {**cleaned, "country": None, "licence": ""}


class PublicSendForm(TrappedForm, SendForm):
    """A new advert without an account."""

    salt = "vacancies.advert"

    contact = forms.CharField(
        label=_("Kontak Anda"),
        max_length=200,
        required=False,
        help_text=_(
            "Hanya untuk pemeriksa bila ada yang ditanyakan, tidak pernah tampil. Dihapus 90 hari sesudah lowongan berakhir."
        ),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode lowongan"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Enam belas huruf dan angka. Huruf kecil dan tanda hubung tidak apa-apa."),
        error_messages={"required": _("Tulis kodenya.")},
    )


class ReportForm(TrappedForm):
    salt = "vacancies.report"

    what = forms.ChoiceField(label=_("Apa yang terjadi?"), choices=Report.What.choices, widget=forms.RadioSelect)
    amount = rupiah(_("Bila diminta uang, berapa?"))
    words = forms.CharField(
        label=_("Ceritakan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Siapa yang meminta, kapan, lewat apa. Tidak ditampilkan kepada umum."),
    )
    contact = forms.CharField(
        label=_("Kontak Anda"),
        max_length=200,
        required=False,
        help_text=_("Hanya dibaca pemeriksa, dan dihapus 90 hari sesudah lowongan berakhir."),
    )


class CheckForm(forms.Form):
    """One answer for each point; each is asked for, and each says what was found."""

    def __init__(self, *args: Any, asked: list[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[one.point.value] = forms.CharField(
                label=one.point.label,
                max_length=300,
                initial=one.words,
                widget=forms.TextInput({"autocomplete": "off"}),
                help_text=_("Di iklan: “%s”") % as_dialled(one.found) if one.found else "",
                error_messages={"required": _("Jawab dengan beberapa kata: bagaimana Anda tahu, atau mengapa boleh.")},
            )


class RefuseForm(forms.Form):
    reason = forms.CharField(label=_("Alasan untuk pengirim"), max_length=600, widget=forms.Textarea({"rows": 2}))
    remember = forms.BooleanField(
        label=_("Ini calo atau penipuan"),
        required=False,
        help_text=_("Nomor, tautan, dan nama perusahaannya diingat: iklan berikutnya langsung ditandai."),
    )


class ReasonForm(forms.Form):
    """Why, in one or two sentences."""

    reason = forms.CharField(label=_("Alasan"), max_length=600, widget=forms.Textarea({"rows": 2}))


class FalseForm(forms.Form):
    told = forms.CharField(
        label=_("Apa yang terjadi"),
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Tampil bagi umum sebagai peringatan, dan tidak dapat dibatalkan. Jangan sebut nama atau kontak pelapor."
        ),
    )


class ExtendForm(forms.Form):
    ends_on = forms.DateField(label=_("Lamaran paling lambat"), widget=DateInput())


class FirmForm(forms.Form):
    """Which body of the register the firm is."""

    body = forms.ModelChoiceField(
        label=_("Perusahaan di daftar"), queryset=Body.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    hide_after = forms.IntegerField(
        label=_("Sembunyikan sesudah berapa laporan"),
        min_value=0,
        max_value=100,
        help_text=_("0: tidak pernah dengan sendirinya. Moderator selalu dapat menyembunyikannya."),
    )
