"""What is typed at the desk of the law: a wage, a workbook, a day off, a year, a lawyer's mark. Names of fields are those of the services."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import UploadField
from serikat.rights.models import DayOff, Review
from serikat.rights.rules.wages import LEAST, MOST
from serikat.rights.selectors.workbook import Row
from serikat.ui.forms import DateInput, RupiahField

XLSX = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx"}
SALT = "rights.wages.rows"
KEPT_SECONDS = 3600
later = lazy(capfirst, str)


def source_field() -> forms.URLField:
    return forms.URLField(
        label=_("Alamat sumber"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Halaman tempat keputusannya dibaca. Tanpa alamat, angkanya ditandai belum terverifikasi."),
    )


class WageForm(forms.Form):
    """A wage of a region. `corrects`: the day stays as it is."""

    from_day = forms.DateField(label=_("Berlaku sejak"), widget=DateInput())
    amount = RupiahField(label=_("Upah sebulan"), least=LEAST, most=MOST)
    decree = forms.CharField(
        label=_("Nomor keputusan"), max_length=120, help_text=_("Keputusan gubernur yang menetapkannya.")
    )
    source = source_field()

    def __init__(self, *args: Any, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if corrects:
            del self.fields["from_day"]


class WorkbookForm(forms.Form):
    file = UploadField(label=_("Tabel Excel (.xlsx)"), only=XLSX)


class RowsForm(forms.Form):
    """The rows that were shown, signed for the person who saw them."""

    rows = forms.CharField(widget=forms.HiddenInput(), max_length=1_500_000)

    def __init__(self, *args: Any, who: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = f"{SALT}:{who}"

    @classmethod
    def holding(cls, rows: list[Row], who: object) -> RowsForm:
        plain = [asdict(row) | {"from_day": row.from_day.isoformat()} for row in rows]
        return cls(initial={"rows": signing.dumps(plain, salt=f"{SALT}:{who}", compress=True)}, who=who)

    def clean_rows(self) -> list[Row]:
        try:
            plain = signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=KEPT_SECONDS)
        except signing.BadSignature:
            raise ValidationError(_("Hasil pemeriksaan ini sudah lama atau rusak. Unggah berkasnya lagi.")) from None
        return [Row(**row | {"from_day": date.fromisoformat(row["from_day"])}) for row in plain]


class YearForm(forms.Form):
    """The decree that a person read before taking a year over."""

    SOURCES = [("library", _("Dari pustaka hari libur")), ("shipped", _("Dari bawaan aplikasi"))]

    decree = forms.CharField(
        label=_("Nomor keputusan"), max_length=120, help_text=_("Keputusan bersama tiga menteri yang Anda baca.")
    )
    source = source_field()


class DayForm(forms.Form):
    on = forms.DateField(label=_("Tanggal"), widget=DateInput())
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[(value, later(label)) for value, label in DayOff.Kind.choices], widget=forms.RadioSelect
    )
    name_id = forms.CharField(label=_("Nama"), max_length=120)
    name_en = forms.CharField(label=_("Nama dalam bahasa Inggris"), max_length=120, required=False)
    estimated = forms.BooleanField(
        label=_("Masih perkiraan"), required=False, help_text=_("Hari raya yang belum ditetapkan.")
    )
    decree = forms.CharField(label=_("Nomor keputusan"), max_length=120)
    source = source_field()

    @staticmethod
    def begun_with(day: DayOff) -> dict[str, Any]:
        return {name: getattr(day, name) for name in DayForm.base_fields}


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Hasil"),
        choices=[(value, later(label)) for value, label in Review.Verdict.choices],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Catatan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: dibandingkan dengan Lembaran Negara. Tampil di halaman aturan."),
    )
    source = forms.URLField(label=_("Alamat sumber"), required=False, max_length=500, assume_scheme="https")
    digest = forms.CharField(widget=forms.HiddenInput(), max_length=16)
