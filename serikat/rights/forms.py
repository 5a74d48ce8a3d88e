"""The steps of the calculators. Fields have the names of the law's facts, so that what the law refuses is said beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serikat.law.lines import MOST_MONEY
from serikat.law.severance_facts import ENDS_BEFORE
from serikat.rights.selectors.choices import deadline_steps, language, severance_reasons
from serikat.rights.wizard import MORE, StepForm
from serikat.ui.forms import DateInput, RupiahField

ROWS, MOST_ROWS = 7, 35
NO_ROW = _("Isi sedikitnya satu hari lembur.")


def rupiah(label: Any, *, required: bool = True, hint: Any = "") -> RupiahField:
    return RupiahField(label=label, least=int(required), most=MOST_MONEY, required=required, help_text=hint)


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput(), help_text=hint)


def choose(label: Any, choices: Any, *, hint: Any = "", required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=hint, required=required)


WAGE_KINDS = [
    ("monthly", _("Bulanan: jumlah yang sama tiap bulan")),
    ("daily", _("Harian: dihitung per hari masuk")),
    ("piece", _("Borongan: dihitung per hasil")),
]


class WageKind(StepForm):
    wage_kind = choose(_("Upah Anda dihitung bagaimana?"), WAGE_KINDS)


class Wage(StepForm):
    """The fields of the kind of wage that was chosen before."""

    basic_wage = rupiah(_("Upah pokok sebulan"), hint=_("Lihat slip upah."))
    fixed_allowance = rupiah(
        _("Tunjangan tetap sebulan"),
        required=False,
        hint=_("Dibayar sama, tidak bergantung masuk kerja. Kosongkan jika tidak ada."),
    )
    variable_allowance = rupiah(
        _("Tunjangan tidak tetap sebulan"), required=False, hint=_("Misalnya uang makan atau transpor per hari masuk.")
    )
    daily_wage = rupiah(_("Upah sehari"))
    piece_rate_average = rupiah(_("Rata-rata upah sebulan, 12 bulan terakhir"))
    minimum_wage = rupiah(
        _("Upah minimum di tempat perusahaan, sebulan"), hint=_("Upah borongan tidak boleh dihitung di bawahnya.")
    )

    KEPT = {
        "daily": ["daily_wage"],
        "piece": ["piece_rate_average", "minimum_wage"],
        "monthly": ["basic_wage", "fixed_allowance", "variable_allowance"],
    }

    def shape(self) -> None:
        kept = self.KEPT[self.given.get("wage_kind", "monthly")]
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]


# Severance


class Reason(StepForm):
    reason = forms.ChoiceField(
        label=_("Alasan hubungan kerja berakhir"), help_text=_("Pilih yang tertulis di surat PHK, atau yang paling dekat.")
    )

    def shape(self) -> None:
        self.fields["reason"].choices = [("", _("pilih")), *severance_reasons()]  # type: ignore[attr-defined]


class Service(WageKind):
    hired = day(_("Hari pertama bekerja"))
    terminated = day(_("Hari hubungan kerja berakhir"))
    field_order = ("hired", "terminated", "wage_kind")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hired") and cleaned.get("terminated") and cleaned["terminated"] < cleaned["hired"]:
            self.add_error("terminated", ENDS_BEFORE.said(language()))  # said before the wage is asked
        return cleaned


class OtherRights(StepForm):
    """What tables do not know; all of it may stay empty."""

    unused_leave_days = forms.IntegerField(
        label=_("Sisa cuti tahunan, hari"),
        min_value=0,
        max_value=1000,
        required=False,
        help_text=_("Yang belum diambil dan belum gugur."),
    )
    leave_day_divisor = forms.IntegerField(
        label=_("Upah sebulan dibagi berapa untuk sehari cuti?"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("Undang-undang tidak menetapkannya. Lihat perjanjian; 20, 22, dan 25 banyak dipakai."),
    )
    return_travel = rupiah(_("Ongkos pulang Anda dan keluarga"), required=False, hint=_("Ke tempat Anda diterima bekerja."))
    separation_money = rupiah(
        _("Uang pisah menurut perjanjian"), required=False, hint=_("Hanya untuk alasan tertentu, seperti mengundurkan diri.")
    )
    other_rights = rupiah(_("Hak lain menurut perjanjian"), required=False)
    clause = forms.CharField(
        label=_("Pasal perjanjian yang memberinya"),
        max_length=200,
        required=False,
        help_text=_("Misalnya: PKB pasal 41 ayat 2."),
    )
    pension_contributions = rupiah(
        _("Iuran pensiun yang dibayar perusahaan"),
        required=False,
        hint=_("Isi hanya jika perusahaan memperhitungkannya dengan pesangon."),
    )
    micro_or_small = forms.BooleanField(label=_("Perusahaannya usaha mikro atau kecil"), required=False)
    agreed_amount = rupiah(_("Jumlah yang disepakati"), required=False, hint=_("Untuk usaha mikro dan kecil."))


# Fixed-term contract


class Contract(StepForm):
    start = day(_("Hari pertama kontrak"))
    end = day(_("Hari terakhir kontrak"), hint=_("Hari terakhir bekerja, ikut dihitung."))
    monthly_wage = rupiah(_("Upah sebulan"), hint=_("Upah pokok dan tunjangan tetap."))


# Religious-holiday allowance

PAID = [("same", _("Sama tiap bulan")), ("differs", _("Berubah tiap bulan, harian, atau borongan"))]
CONTRACTS = [("permanent", _("Tetap (PKWTT)")), ("fixed_term", _("Kontrak (PKWT)"))]


class Feast(StepForm):
    hired = day(_("Hari pertama bekerja"))
    holiday = day(_("Hari raya"), hint=_("Hari raya keagamaan Anda tahun itu."))
    paid = choose(_("Upah Anda"), PAID)
    left = day(_("Sudah keluar? Hari terakhir bekerja"), required=False, hint=_("Kosongkan jika masih bekerja."))
    contract = choose(_("Hubungan kerja Anda"), CONTRACTS, required=False, hint=_("Diperlukan jika sudah keluar."))


class FeastWage(StepForm):
    """One wage, or the wages of the last months."""

    monthly_wage = rupiah(_("Upah sebulan"), hint=_("Upah pokok dan tunjangan tetap."))

    def shape(self) -> None:
        if self.given.get("paid") != "differs":
            return
        del self.fields["monthly_wage"]
        for number in range(1, 13):
            label = _("Upah bulan terakhir") if number == 1 else _("%(n)d bulan sebelumnya") % {"n": number - 1}
            self.fields[f"wage_{number}"] = rupiah(label, required=number == 1)


class FeastPaid(StepForm):
    late = forms.BooleanField(label=_("THR belum dibayar tujuh hari sebelum hari raya"), required=False)


# Overtime

WEEKS = [("5", _("Lima hari")), ("6", _("Enam hari"))]
KINDS = [
    ("workday", _("hari kerja")),
    ("rest", _("istirahat mingguan")),
    ("holiday", _("hari libur resmi")),
    ("holiday_on_shortest_day", _("hari libur resmi pada hari kerja terpendek")),
]
ROUNDINGS = [("exact", _("Tepat, sampai akhir")), ("hourly_down", _("Upah sejam dipotong ke bawah dulu"))]


class Week(WageKind):
    week = choose(_("Hari kerja seminggu"), WEEKS)
    rounding = choose(
        _("Cara membulatkan"), ROUNDINGS, hint=_("Banyak perusahaan memotong upah sejam; bandingkan keduanya.")
    )
    field_order = ("week", "wage_kind", "rounding")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rounding"].initial = "exact"


class OvertimeDays(StepForm):
    """Rows of day, kind and hours; seven at first, more by a button."""

    layout = "rights/parts/days.html"
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def shape(self) -> None:
        source = self.data if self.is_bound else self.initial
        typed = str(source.get("rows", "") or "")
        wanted = int(typed) if typed.isdecimal() and len(typed) < 4 else ROWS
        self.count = min(max(wanted, 1) + (ROWS if MORE in source else 0), MOST_ROWS)
        self.initial["rows"] = self.count
        for number in range(self.count):
            self.fields[f"date_{number}"] = day(_("Tanggal"), required=False)
            self.fields[f"kind_{number}"] = forms.ChoiceField(label=_("Jenis hari"), choices=KINDS, required=False)
            self.fields[f"hours_{number}"] = forms.CharField(
                label=_("Jam lembur"), max_length=6, required=False, widget=forms.TextInput({"inputmode": "decimal"})
            )

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The rows, as bound fields."""
        return [(self[f"date_{n}"], self[f"kind_{n}"], self[f"hours_{n}"]) for n in range(self.count)]

    @property
    def passed_over(self) -> set[str]:
        """The kind and date of rows without hours."""
        filled = {day["row"] for day in self.given.get("days", ())}
        return {f"{part}_{number}" for number in range(self.count) if number not in filled for part in ("kind", "date")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = []
        for number in range(self.count):
            hours = (cleaned.get(f"hours_{number}") or "").replace(",", ".").strip()
            if not hours:
                continue
            if not _is_hours(hours):
                self.add_error(f"hours_{number}", _("Tulis jam dengan angka, misalnya 3 atau 2,5."))
                continue
            entry: dict[str, Any] = {"kind": cleaned.get(f"kind_{number}") or "workday", "hours": hours, "row": number}
            if cleaned.get(f"date_{number}"):
                entry["date"] = cleaned[f"date_{number}"].isoformat()
            days.append(entry)
        if not days and not self.errors:
            raise ValidationError(NO_ROW)
        cleaned["days"] = days
        return cleaned


def _is_hours(text: str) -> bool:
    whole, _dot, part = text.partition(".")
    return whole.isdecimal() and (part == "" or part.isdecimal()) and len(text) <= 5


# Late wages and deadlines


class LateWage(StepForm):
    wage = rupiah(_("Upah yang terlambat"))
    due_on = day(_("Seharusnya dibayar pada"))
    paid_on = day(_("Dibayar pada"), hint=_("Belum dibayar? Tulis hari ini."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("due_on") and cleaned.get("paid_on"):
            if cleaned["paid_on"] < cleaned["due_on"]:
                self.add_error("paid_on", _("Hari pembayaran harus pada atau sesudah hari seharusnya."))
            else:
                cleaned["days_late"] = (cleaned["paid_on"] - cleaned["due_on"]).days
        return cleaned


class DeadlineStep(StepForm):
    step = forms.ChoiceField(label=_("Apa yang baru terjadi atau dimulai?"))

    def shape(self) -> None:
        self.fields["step"].choices = [("", _("pilih")), *deadline_steps()]  # type: ignore[attr-defined]


class DeadlineFrom(StepForm):
    from_day = day(_("Pada hari apa?"), hint=_("Hari kejadiannya sendiri tidak dihitung."))


def numbers_of(given: Mapping[str, Any], *names: str) -> dict[str, int]:
    """The amounts and counts that were typed, by the names of the law's facts."""
    return {name: given[name] for name in names if given.get(name) is not None}
