"""The report on paper: the questions of `/lapor/` with room to write, a list for many people, and a slip that the worker keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serikat.helpdesk.forms.reports import STEPS, PublicReportForm
from serikat.helpdesk.rules.access_codes import GROUP, LENGTH, PAIR
from serikat.kernel.access import ANONYMOUS
from serikat.ui.identity import identity
from serikat.ui.printing import draw

FORM = Path(__file__).resolve().parent / "printing" / "report_form.typ"
LINES = {"story": 10, "where": 2, "against": 2, "reach": 2}  # to write on; one for what is not named here
PEOPLE = 24  # rows on the back
NOT_ON_PAPER = frozenset({"attached", "secret", "country"})  # brought along; set at /kode/; told with the place


def draw_report_form() -> bytes:
    """The PDF in the language of the page: one sheet, both sides. It names nobody and carries no code: that is written in when the report is kept."""
    address = settings.SITE_ADDRESS + reverse("helpdesk_public:find_report")
    form = PublicReportForm(actor=ANONYMOUS)
    data = {
        "name": str(identity().name or "Serikat"),
        "steps": [
            {"title": str(step.title), "fields": [_field(form, name) for name in step.fields if name not in NOT_ON_PAPER]}
            for step in STEPS
        ],
        "code": {"pair": PAIR, "group": GROUP, "length": LENGTH},
        "people": PEOPLE,
        "language": get_language(),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "words": _words(),
    }
    return draw(FORM, data, qr=address)


def _field(form: PublicReportForm, name: str) -> dict[str, Any]:
    field = form.fields[name]
    choices = (
        [str(said) for value, said in getattr(field, "choices", ()) if value] if name in ("need", "threat_level") else []
    )
    help_text = "" if name in ("story", "called") else str(field.help_text)
    return {"label": str(field.label), "help": help_text, "choices": choices, "lines": LINES.get(name, 1)}


def _words() -> dict[str, str]:
    return {
        "title": pgettext("one, on paper", "Laporan"),
        "lead": _(
            "Isi yang Anda mau saja; semua boleh kosong, nama pun. Satu kalimat sudah cukup. Serahkan langsung kepada petugas, jangan titipkan pada orang yang tidak Anda percaya."
        ),
        "danger": _("Dalam bahaya sekarang? Telepon 112. Pekerja migran: telepon perwakilan Indonesia di negara itu."),
        "desk": _("Diisi petugas"),
        "taken": _("Diterima tanggal, oleh"),
        "number": _("Nomor laporan"),
        "slip": _("Gunting di sini. Bagian ini disimpan pelapor."),
        "code": _("Kode akses Anda"),
        "how": _(
            "Ditulis petugas saat laporan dicatat. Dengan kode ini Anda membaca keadaan laporan dan jawaban kami, tanpa nama. Simpan di tempat aman; jangan difoto, jangan dikirim."
        ),
        "open": _("Buka"),
        "sms": _("Atau SMS: STATUS lalu 16 angka ini."),
        "people": _("Bila banyak orang yang mengalami"),
        "person": _("Nama"),
        "phone": _("Nomor"),
        "note": _("Catatan (misalnya: berapa bulan, berapa rupiah)"),
    }
