"""The shapes of a request to the newsroom, of its sender's answers, and of what the desk decides."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import HoldsFiles, UploadField, UploadsField
from serikat.kernel.text import clean_text
from serikat.newsroom.models import EditorialRequest
from serikat.newsroom.rules import requests as rules
from serikat.newsroom.selectors.stories import read_in_english
from serikat.ui.traps import TrappedForm

Kind = EditorialRequest.Kind
SALT = "newsroom.request"
KINDS = [
    (Kind.REPLY, _("Hak jawab: nama baik saya atau kelompok saya dirugikan, saya ingin menanggapi")),
    (Kind.CORRECTION, _("Hak koreksi: ada yang keliru, tentang siapa pun")),
    (Kind.COMPLAINT, _("Keberatan: etika, privasi, wajah atau nama yang tampil, keselamatan")),
    (Kind.WITHDRAWAL, _("Pencabutan: halaman ini sebaiknya tidak tampil lagi")),
]


class RequestForm(HoldsFiles, TrappedForm):
    """A request without an account. `key` was made when the page was opened: sent twice, it is one request."""

    salt = SALT

    title = forms.CharField(
        label=_("Judul atau alamat halamannya"),
        max_length=200,
        error_messages={"required": _("Tulis judul atau alamat halamannya.")},
    )
    kind = forms.ChoiceField(
        label=_("Apa yang Anda minta"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih yang Anda minta.")},
    )
    words = forms.CharField(
        label=_("Kata-kata Anda"),
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Bagian mana yang dimaksud, dan apa yang benar menurut Anda. Untuk hak jawab: tulis seperti akan tampil; "
            "tanpa persetujuan Anda kami tidak memendekkannya."
        ),
        error_messages={"required": _("Tulis dulu apa yang Anda minta.")},
    )
    pictures = UploadsField(
        label=_("Gambar bukti"),
        required=False,
        most=rules.MOST_PICTURES,
        help_text=_("Paling banyak empat. Hanya redaksi yang melihatnya."),
    )
    document = UploadField(label=_("Surat atau dokumen bukti"), required=False)
    name = forms.CharField(
        label=_("Nama Anda atau organisasi Anda"),
        max_length=120,
        required=False,
        help_text=_("Wajib untuk hak jawab, yang tampil dengan nama. Selain itu boleh kosong."),
    )
    contact = forms.CharField(
        label=_("Nomor telepon atau surel"),
        max_length=200,
        required=False,
        help_text=_("Hanya bila Anda mau kami hubungi. Jawaban kami selalu dapat Anda baca dengan kode yang Anda terima."),
    )
    unnamed = forms.BooleanField(label=_("Jangan sebut nama saya di situs"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ["title", "kind", "words", "pictures", "document", "name", "contact", "unnamed", "key"]

    def __init__(self, *args: Any, about: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        if about is not None:
            del self.fields["title"]

    def clean_key(self) -> uuid.UUID:
        """A key that was lost or spoilt on the way is no reason to refuse what was typed."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()

    def clean_words(self) -> str:
        words = clean_text(self.cleaned_data["words"])
        if not words:
            raise ValidationError(_("Tulis dulu apa yang Anda minta."))
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.REPLY:
            if "name" in cleaned and not cleaned["name"].strip():
                self.add_error("name", _("Hak jawab tampil dengan nama. Tulis nama Anda atau nama organisasi Anda."))
            if cleaned.get("unnamed"):
                self.add_error("unnamed", _("Hak jawab tampil dengan nama. Tanpa nama, pilih hak koreksi atau keberatan."))
        return cleaned

    @property
    def shape(self) -> dict[str, Any]:
        """What the service takes."""
        values = {name: self.cleaned_data[name] for name in ("kind", "words", "name", "contact", "unnamed", "key")}
        document = self.cleaned_data.get("document")
        evidence = [*(self.cleaned_data.get("pictures") or []), *([document] if document else [])]
        return {**values, "title": self.cleaned_data.get("title", ""), "evidence": evidence}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode permintaan"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Tulis kodenya.")},
    )
    words = forms.CharField(max_length=rules.LONGEST_ANSWER, required=False, widget=forms.HiddenInput)


class SenderAnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Jawaban Anda"),
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis jawaban Anda.")},
    )


class AgreeForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AskSenderForm(forms.Form):
    words = forms.CharField(
        label=_("Pertanyaan untuk pengirim"),
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Selama menunggu jawabannya, waktu berhenti."),
        error_messages={"required": _("Tulis kata-katanya untuk pengirim.")},
    )


class ShortenForm(forms.Form):
    shown_words = forms.CharField(
        label=_("Kata-kata yang lebih pendek"), max_length=rules.LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 6})
    )
    words = forms.CharField(
        label=_("Alasan untuk pengirim"), max_length=rules.LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 2})
    )


class HandOverForm(forms.Form):
    colleague = forms.TypedChoiceField(label=_("Kepada"), coerce=int)
    words = forms.CharField(label=_("Catatan"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, colleagues: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [(user.pk, str(user)) for user in colleagues]  # type: ignore[attr-defined]


class _DecisionForm(forms.Form):
    answer = forms.CharField(
        label=_("Jawaban untuk pengirim"),
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis kata-katanya untuk pengirim.")},
    )


class AcceptForm(_DecisionForm):
    """What an accepted request needs, by its kind."""

    correction = forms.CharField(
        label=_("Koreksi, seperti akan tampil"),
        max_length=rules.LONGEST_CORRECTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Apa yang keliru dan apa yang benar. Bila isinya juga harus diubah, sunting halamannya sesudah ini."),
    )
    correction_en = forms.CharField(
        label=_("Koreksi dalam bahasa Inggris"),
        max_length=rules.LONGEST_CORRECTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        help_text=_("Untuk pembaca versi Inggris. Kosong: mereka membaca yang berbahasa Indonesia."),
    )
    ground = forms.ChoiceField(label=_("Alasan pencabutan"), widget=forms.RadioSelect)
    announced = forms.BooleanField(
        label=_("Sebut judulnya dalam pengumuman"),
        required=False,
        initial=True,
        help_text=_("Alasannya selalu diumumkan. Jangan sebut judulnya bila itu merugikan anak atau korban sekali lagi."),
    )
    field_order = ["correction", "correction_en", "ground", "announced", "answer"]

    def __init__(self, *args: Any, request: EditorialRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = _grounds(rules.WITHDRAWALS)  # type: ignore[attr-defined]
        unused = {Kind.CORRECTION: ["ground", "announced"], Kind.WITHDRAWAL: ["correction"]}
        for name in unused.get(Kind(request.kind), ["ground", "announced", "correction"]):
            del self.fields[name]
        if "correction" not in self.fields or request.article is None or not read_in_english(request.article):
            del self.fields["correction_en"]


class RefuseForm(_DecisionForm):
    ground = forms.ChoiceField(
        label=_("Dasar penolakan"), widget=forms.RadioSelect, error_messages={"required": _("Pilih dasarnya.")}
    )
    field_order = ["ground", "answer"]

    def __init__(self, *args: Any, request: EditorialRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = _grounds(rules.REFUSALS[request.kind])  # type: ignore[attr-defined]


def _grounds(codes: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [(code, str(EditorialRequest.Ground(code).label).capitalize()) for code in codes]


class ReturnForm(forms.Form):
    words = forms.CharField(
        label=_("Apa yang harus diubah"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis apa yang harus diubah.")},
    )


class RequestRuleForm(forms.Form):
    complaint_hours = forms.IntegerField(
        label=_("Keberatan dijawab dalam berapa jam"),
        min_value=1,
        max_value=rules.COMPLAINT_HOURS,
        help_text=_("Paling lama 48: Pedoman Pemberitaan Media Siber memberi 2 x 24 jam untuk isi buatan pengguna."),
    )
    answer_days = forms.IntegerField(
        label=_("Permintaan lain dijawab dalam berapa hari"),
        min_value=1,
        max_value=14,
        help_text=_("Aturan sendiri. Makin cepat makin baik."),
    )
    requests_kept_months = forms.IntegerField(
        label=_("Disimpan berapa bulan sesudah diputus"),
        min_value=1,
        max_value=120,
        help_text=_("Sesudah itu nama, kata-kata, dan bukti pengirim dihapus. Nomor, jenis, dan putusannya tetap."),
    )
