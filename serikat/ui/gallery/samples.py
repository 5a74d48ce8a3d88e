"""Made-up values for the gallery: long words, long names and big sums on purpose."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone

from serikat.ui.components.lists import Column
from serikat.ui.components.matter import Moment
from serikat.ui.components.reading import Picture
from serikat.ui.forms import DateInput, MomentInput

TODAY = dt.date(2026, 11, 23)


class FilledForm(forms.Form):
    """Fields of every kind."""

    name = forms.CharField(label="Nama panggilan", help_text="Boleh bukan nama asli.", max_length=60)
    password = forms.CharField(
        label="Sandi",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Sekurangnya 10 huruf atau angka.",
    )
    started = forms.DateField(label="Tanggal mulai kerja", widget=DateInput)
    born = forms.DateField(label="Tanggal lahir", widget=forms.SelectDateWidget(years=range(1960, 2011)), required=False)
    call_at = forms.SplitDateTimeField(label="Kapan boleh ditelepon", widget=MomentInput, required=False)
    reason = forms.ChoiceField(
        label="Alasan PHK",
        choices=[("e", "Efisiensi, mencegah kerugian"), ("r", "Efisiensi karena rugi"), ("t", "Perusahaan tutup")],
    )
    place = forms.ChoiceField(
        label="Jenis tempat",
        widget=forms.RadioSelect,
        choices=[("p", "Pabrik, toko, atau kantor"), ("r", "Rumah majikan"), ("k", "Kapal")],
    )
    owed = forms.MultipleChoiceField(
        label="Yang belum dibayar",
        widget=forms.CheckboxSelectMultiple,
        choices=[("u", "Upah pokok"), ("l", "Lembur"), ("t", "THR"), ("c", "Sisa cuti")],
        required=False,
    )
    story = forms.CharField(label="Ceritakan", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    proof = forms.FileField(label="Bukti", help_text="Foto atau PDF, paling besar 20 MB.", required=False)
    agreed = forms.BooleanField(label="Saya mengerti siapa yang membaca isian ini")


def filled_form() -> FilledForm:
    return FilledForm(
        auto_id="contoh_%s",
        initial={
            "name": "Mbak Tun",
            "started": dt.date(2017, 3, 4),
            "place": "p",
            "owed": ["u", "l"],
            "story": "Pengumuman ditempel di pagar.",
        },
    )


def wrong_form() -> FilledForm:
    return FilledForm(
        {"name": "", "started": "31 Februari 2017", "reason": "x", "born_day": "31", "born_month": "2", "born_year": "1990"},
        auto_id="salah_%s",
    )


def context() -> dict[str, Any]:
    at = dt.datetime(2026, 11, 22, 9, 15, tzinfo=timezone.get_current_timezone())
    return {
        "today": TODAY,
        "at": at,
        "deadline": dt.date(2026, 11, 25),
        "deadline_late": dt.date(2026, 11, 20),
        "deadline_far": dt.date(2026, 12, 11),
        "columns": ["Perkara", "Tahap", "Tenggat", Column("Dituntut", number=True)],
        "rows": [
            ["Melati 3, PHK 38 pekerja jahit", "Mediasi", "Rab, 25 Nov 2026", "Rp2.318.640.000"],
            ["Lembur 12 satpam", "Bipartit", "Sen, 30 Nov 2026", "Rp186.420.000"],
            ["Pertanggungjawaban jaminan ketenagakerjaan", "Selesai", "—", "Rp9.450.000"],
        ],
        "foot": ["Jumlah", "", "", "Rp2.514.510.000"],
        "pairs": [
            ("Mulai kerja", "4 Maret 2017"),
            ("Masa kerja", "9 tahun 8 bulan"),
            ("Alasan PHK", "Efisiensi, mencegah kerugian"),
        ],
        "sums": [("Upah pokok", "Rp4.850.000"), ("Tunjangan tetap", "Rp350.000"), ("Jumlah", "Rp5.200.000")],
        "moments": [
            Moment(dt.date(2026, 12, 14), "Sidang pertama", "Pengadilan Hubungan Industrial, Bandung"),
            Moment(dt.date(2026, 11, 30), "Perundingan bipartit berakhir", "Paling lambat"),
            Moment(dt.date(2026, 11, 18), "Undangan diterima perusahaan", "Tanda terima difoto.", "Dicatat Bagas Kelana"),
            Moment(
                dt.datetime(2026, 11, 17, 19, 31, tzinfo=timezone.get_current_timezone()),
                "Laporan lewat SMS",
                "Dijawab dalam 40 menit.",
                url="#",
            ),
        ],
        "stages": [
            ("Laporan", "17 November 2026"),
            ("Bipartit", "sampai 30 November 2026, 5 hari kerja lagi"),
            ("Mediasi", "paling lama 30 hari kerja"),
            ("Pengadilan", "bila anjuran ditolak"),
            ("Pelaksanaan", ""),
        ],
        "ranked": [("pesangon", 412, "#"), ("upah minimum", 268, "#"), ("kontrak", 31, "")],
        "bars": [("Jun", 31), ("Jul", 44), ("Agu", 38), ("Sep", 62), ("Okt", 57), ("Nov", 49)],
        "filters": [
            {"name": "Semua", "url": "#", "current": True},
            {"name": "Upah", "url": "#", "count": 12},
            {"name": "PHK", "url": "#", "count": 8},
            {"name": "Buruh migran", "url": "#", "count": 3},
        ],
        "parts": [
            {"name": "Lini masa", "url": "#", "current": True},
            {"name": "Bukti", "url": "#", "count": 11},
            {"name": "Surat", "url": "#", "count": 6},
            {"name": "Uang", "url": "#"},
            {"name": "Jejak", "url": "#"},
        ],
        "way": [("Perkara", "#"), ("Melati 3, PHK 38 pekerja jahit", "#"), ("Bukti", "")],
        "page": Paginator(range(360), 20).page(9),
        "notices": [
            SimpleNamespace(
                text="Naskah “Upah telat di gudang” menunggu persetujuan Anda.", at=at, url="#", read=False, icon="news"
            ),
            SimpleNamespace(
                text="Ada masuk baru dari peramban lain. Bila bukan Anda, akhiri sesinya.",
                at=at,
                url="#",
                read=False,
                icon="key",
            ),
            SimpleNamespace(text="Surat Keputusan 4/2026 sudah terbit.", at=at, url="", read=True, icon=""),
        ],
        "picture": Picture(static("ui/sample.svg"), "Cukil: kapal ikan di laut saat matahari terbit", 640, 400),
        "form": filled_form(),
        "wrong": wrong_form(),
    }
