"""The demo's reports: people, firms and numbers are invented; the numbers come from ranges that nobody is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CODE = "1020260519001171"  # opens the first of them at /kode/, with SECRET for its story; both are printed with the accounts
SECRET = "mawar-muara"  # noqa: S105 - the demo holds nobody's data


@dataclass(frozen=True, slots=True)
class DemoReport:
    """`ago`: hours. `steps`: (state, words for who reported). `answers`: what the desk wrote; `wrote`: what came back."""

    story: str
    topic: str
    way: str
    ago: int
    place: str = ""
    country: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()
    wrote: tuple[str, ...] = ()
    people: str = ""
    taken_on: bool = False
    told: dict[str, Any] = field(default_factory=dict)


REPORTS = [
    DemoReport(
        "Upah bulan September dan Oktober belum dibayar. Katanya menunggu kiriman dari pembeli. Kami empat puluh orang di lini jahit, "
        "kontraknya habis bulan depan, jadi semua takut bicara.",
        "wages",
        "web",
        70,
        "32.15",
        steps=(
            ("read", ""),
            ("handled", "Kami sudah menyurati perusahaan dan minta perundingan hari Kamis."),
            ("theirs", "Boleh kami lihat slip upah bulan Agustus? Foto saja, nama boleh ditutup."),
        ),
        answers=("Terima kasih sudah melapor. Kami bantu menghitung, dan tidak menyebut nama siapa pun.",),
        wrote=("Saya carikan slipnya malam ini. Teman saya juga mau ikut, boleh?",),
        taken_on=True,
        told={
            "where": "PT Kencana Rajut, gedung B",
            "against": "Bagian personalia",
            "happened": "sejak September",
            "how_many": 40,
            "need": "help",
            "threat_level": "careful",
            "reach": "SMS sesudah jam tujuh malam",
        },
    ),
    DemoReport(
        "Mandor giliran malam memegang-megang anak magang di gudang. Dia bilang kalau lapor, magangnya tidak diluluskan.",
        "violence",
        "phone",
        5,
        "32.16",
        taken_on=True,
        told={
            "where": "Gudang belakang",
            "need": "urgent",
            "threat_level": "high",
            "protections": ("child", "sexual_violence"),
            "alias": "Cempaka",
            "reach": "0812 0000 0311, hanya lewat bibinya",
        },
    ),
    DemoReport(
        "Paspor saya dipegang majikan sejak datang. Saya mau pulang menengok ibu, tidak diberi.",
        "papers",
        "web",
        2,
        country="HK",
        told={"need": "help", "threat_level": "high", "alias": "Kenanga", "reach": "Minggu siang saja"},
    ),
    DemoReport(
        "Kami 14 orang diberhentikan sesudah mogok dua hari. Surat keterangannya menyebut mengundurkan diri.",
        "dismissal",
        "visit",
        30,
        "32.15",
        steps=(("read", ""), ("handled", "Surat keberatan kami kirim hari ini. Jangan menandatangani apa pun dulu.")),
        people="Jumadi Prasaja, 0812 0000 0321\nSri Wahyuning, 0812 0000 0322\nTarno Wijil\nLasmi Kartika, 0812 0000 0324, hamil\n"
        "Wagiman Tirta, 0812 0000 0325\nRatri Suminar",
        taken_on=True,
        told={"against": "PT Elektron Jaya Muara", "called": "Jumadi Prasaja", "reach": "0812 0000 0321", "need": "help"},
    ),
    DemoReport(
        "Tangan teman saya kena mesin potong, dua jari. Pelindungnya dilepas supaya cepat. Belum dilaporkan ke jaminan sosial.",
        "safety",
        "web",
        20,
        "32.16",
        told={"where": "Lini potong 2", "happened": "Selasa sore", "how_many": 1, "need": "help"},
    ),
    DemoReport(
        "Diminta Rp4.500.000 untuk masuk kerja, sudah bayar setengah. Sekarang nomornya tidak aktif.",
        "brokers",
        "web",
        130,
        "32.12",
        steps=(
            ("read", ""),
            ("closed", "Uang Anda kembali lewat mediasi di desa. Terima kasih sudah berani bicara."),
        ),
        answers=("Simpan bukti transfernya. Kami hubungi kepala dusun hari ini.",),
        told={"against": "Orang yang mengaku dari bursa kerja", "need": "advice"},
    ),
    DemoReport(
        "Mau tanya sekaligus lapor: cuti melahirkan saya dipotong jadi satu bulan.",
        "leave",
        "web",
        12,
        "32.15",
        steps=(("read", ""),),
        taken_on=True,
        told={"called": "Ratih", "need": "advice"},
    ),
    DemoReport(
        "Spanduk serikat diturunkan satpam, ketua basis dipindah ke gudang yang jauh.",
        "union",
        "web",
        200,
        "32.15",
        told={"need": "news", "how_many": 120},
    ),
    DemoReport(
        "Dari kertas di kotak pabrik: lembur dihitung dua jam padahal empat, tiap hari, semua orang di pengepakan.",
        "wages",
        "paper",
        26,
        "32.15",
        told={"how_many": 25, "need": "record"},
    ),
    DemoReport(
        "Kontrak saya diperpanjang keenam kali. Apa boleh?",
        "contract",
        "web",
        90,
        steps=(("closed", "Jawaban lengkapnya sudah kami tulis di percakapan."),),
        answers=("Tidak boleh lebih dari lima tahun seluruhnya. Kirim tanggal tiap kontrak, kami hitungkan.",),
        told={"need": "advice"},
    ),
    DemoReport(
        "Kapal sandar tiga minggu, makanan tinggal mi. Gaji dari agen macet. Kami sebelas orang.",
        "abroad",
        "phone",
        1,
        told={
            "where": "Pelabuhan, kapal penangkap cumi",
            "how_many": 11,
            "need": "urgent",
            "reach": "telepon satelit kapten, hati-hati",
        },
    ),
    DemoReport("tolong", "other", "web", 3),
]
