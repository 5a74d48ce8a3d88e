"""The demo's job adverts: firms, numbers and places of work are invented; the numbers come from ranges that nobody is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoAdvert:
    """`days`: how long it stands from today, -1: it ended yesterday. `becomes`: live, waiting, held or false. `reports`: what readers said of it."""

    title: str
    kind: str
    firm: str
    place: str
    work: str
    requirements: str
    days: int
    becomes: str = "live"
    told: str = ""
    country: str = ""
    by: str = ""
    reports: tuple[tuple[str, int, str], ...] = ()
    rest: dict[str, Any] = field(default_factory=dict)


ADVERTS = [
    DemoAdvert(
        "Operator jahit kaus",
        "fixed",
        "PT Sandang Muara Karya",
        "32.15",
        "Menjahit kaus di lini tiga, tiga giliran. Ada bus jemputan dari Klari dan Telukjambe, makan sekali tiap giliran.\n\n"
        "Kontrak pertama enam bulan. Delapan orang dicari.",
        "Pria atau wanita, usia minimal 18 tahun. Pengalaman tidak diminta: dilatih dua minggu dengan upah penuh.",
        24,
        rest={
            "wage_low": 5_650_000,
            "wage_per": "month",
            "wage_note": "ditambah uang makan",
            "address": "Jl. Muara Industri 14, Klari",
        },
    ),
    DemoAdvert(
        "Teknisi mesin rajut",
        "permanent",
        "PT Rajut Tirta Kencana",
        "32.15",
        "Merawat dan menyetel mesin rajut bundar. Lima hari kerja, giliran pagi dan siang.",
        "SMK mesin atau listrik, atau dua tahun pengalaman. Ada tes praktik satu jam.",
        5,
        by="penulis",
        rest={"wage_low": 6_200_000, "wage_high": 7_500_000, "wage_per": "month", "mail": "rekrutmen@rajuttirta.example"},
    ),
    DemoAdvert(
        "Penyortir hasil panen",
        "daily",
        "Koperasi Tani Sumber Muara",
        "32.15",
        "Menyortir cabai dan tomat di gudang, pukul 06.00 sampai 13.00, selama musim panen.",
        "",
        12,
        rest={"wage_low": 150_000, "wage_per": "day", "address": "Gudang koperasi, Desa Tanjungsari"},
    ),
    DemoAdvert(
        "Perawat lansia di rumah jompo",
        "overseas",
        "PT Bina Langkah Samudra",
        "32.12",
        "Merawat penghuni rumah jompo, enam hari kerja. Kontrak dua tahun, tempat tinggal dan makan dari pemberi kerja.",
        "Pernah bekerja atau berlatih sebagai perawat. Bahasa diajarkan tiga bulan, tanpa biaya.",
        60,
        country="HK",
        rest={
            "wage_note": "sesuai kontrak baku, dibayar dalam mata uang setempat",
            "licence": "SIP3MI 117/2025",
            "phone": "(0234) 8900117",
        },
    ),
    DemoAdvert(
        "Staf administrasi gudang",
        "fixed",
        "PT Lintas Gudang Nusa",
        "32.15",
        "Mencatat barang masuk dan keluar, menyiapkan surat jalan.",
        "Bisa memakai lembar hitung. Perempuan dan laki-laki sama-sama diterima.",
        -1,
        rest={"address": "Kawasan Muara Blok C7"},
    ),
    DemoAdvert(
        "Operator produksi, langsung kerja",
        "fixed",
        "PT Elektron Jaya Muara",
        "32.15",
        "Langsung kerja tanpa tes, kenal orang dalam. Biaya administrasi Rp350.000, sisanya setelah masuk.",
        "Wanita maks 22 th, belum menikah. Ijazah asli diserahkan.",
        20,
        "waiting",
        rest={"phone": "0812 0000 0177"},
    ),
    DemoAdvert(
        "Petugas kemasan malam",
        "daily",
        "CV Kemas Bahari",
        "32.15",
        "Mengemas ikan kaleng, giliran malam.",
        "Sehat, biasa bekerja berdiri.",
        15,
        "held",
        reports=(
            ("money", 400_000, "Sesudah wawancara kami diminta membayar seragam kepada orang yang mengaku mandor."),
            ("money", 400_000, "Saya juga diminta. Katanya dikembalikan, ternyata tidak."),
            ("terms", 0, "Upahnya seratus ribu, bukan seratus enam puluh."),
        ),
        rest={"wage_low": 160_000, "wage_per": "day", "address": "Pelabuhan Muara, gudang 3"},
    ),
    DemoAdvert(
        "Satpam pabrik, bisa tanpa pengalaman",
        "permanent",
        "PT Baja Tirta Muara",
        "32.15",
        "Menjaga gerbang dan mencatat tamu.",
        "",
        30,
        "false",
        told="Pelamar diminta mentransfer Rp1.500.000 untuk “pelatihan”. Perusahaan yang namanya dipakai tidak membuka lowongan ini.",
        rest={"wage_low": 5_700_000, "wage_per": "month", "phone": "0812 0000 0188", "address": "Jl. Baja 1"},
    ),
]
