"""The demo's consultations: invented people, real articles. `{total}` is counted by the law when the demo is loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoConsultation:
    """`becomes`: waiting, taken, answered, draft, review, published, withdrawn, or guarded: published, then off the site since who asked is in danger. `facts` are what the law is asked for the amount."""

    topic: str
    question: str
    answer: str = ""
    cites: tuple[str, ...] = ()
    becomes: str = "waiting"
    title: str = ""
    title_en: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    called: str = ""
    opinion: str = ""


CONSULTATIONS = [
    DemoConsultation("wages", "Upah lembur hari Minggu dihitung berapa? Kami lima hari kerja.", called="Ningsih"),
    DemoConsultation("leave", "THR saya tahun lalu dibayar sesudah hari raya. Apakah ada dendanya?", becomes="taken"),
    DemoConsultation("brokers", "Saya diminta Rp9.000.000 untuk berangkat ke Hong Kong. Apakah itu boleh?"),
    DemoConsultation(
        "dismissal",
        "Saya bekerja tujuh tahun lebih, upah Rp6.000.000. Perusahaan menutup pabrik, bukan karena rugi. Berapa hak saya?",
        "Pesangon Anda satu kali tabel dan uang penghargaan masa kerja satu kali tabel. Untuk tujuh tahun penuh jumlahnya {total},"
        " belum termasuk cuti yang belum diambil.",
        ("PP35/2021:44(2)", "PP35/2021:40(2)", "PP35/2021:40(3)"),
        "published",
        "Pabrik tutup bukan karena rugi: berapa pesangonnya?",
        "The factory closes without a loss: how much is severance?",
        {"topic": "severance", "years_of_service": 7, "reason": "closure_no_loss", "basic_wage": 6_000_000},
        opinion="good",
    ),
    DemoConsultation(
        "leave",
        "Saya baru bekerja sebelas bulan, upah Rp6.000.000. Apakah dapat THR?",
        "Dapat, sebanding dengan masa kerja: sebelas dibagi dua belas, yaitu {total}. Dibayar paling lambat tujuh hari sebelum hari raya.",
        ("PMK6/2016:3(1)b", "PMK6/2016:5(4)"),
        "published",
        "Belum setahun bekerja, apakah dapat THR?",
        "Less than a year at work: is there a holiday allowance?",
        {"topic": "thr", "hired": "2025-03-21", "holiday": "2026-03-20", "monthly_wage": 6_000_000},
    ),
    DemoConsultation(
        "contract",
        "Kontrak saya setahun habis dan tidak diperpanjang. Upah Rp5.000.000. Apakah ada uangnya?",
        "Ada: uang kompensasi. Kontrak dua belas bulan memberi satu bulan upah, yaitu {total}, dibayar saat kontrak berakhir.",
        ("PP35/2021:15(1)", "PP35/2021:15(2)", "PP35/2021:16(1)"),
        "published",
        "Kontrak habis, apakah ada uang kompensasi?",
        "",
        {"topic": "pkwt_compensation", "start": "2024-01-01", "end": "2024-12-31", "monthly_wage": 5_000_000},
    ),
    DemoConsultation(
        "abroad",
        "Apakah biaya penempatan boleh dipotong dari upah pekerja migran?",
        "Tidak. Pekerja migran tidak boleh dibebani biaya penempatan.",
        ("UU18/2017:30(1)",),
        "published",
        "Bolehkah biaya penempatan dibebankan kepada pekerja migran?",
    ),
    DemoConsultation(
        "wages",
        "Perusahaan memotong lebih dari separuh upah untuk utang koperasi. Apakah ada batasnya?",
        "Ada. Seluruh potongan paling banyak 50 persen dari setiap pembayaran upah, dan potongan utang memerlukan perjanjian tertulis.",
        ("PP36/2021:65", "PP36/2021:63(3)"),
        "published",
        "Berapa banyak upah boleh dipotong?",
    ),
    DemoConsultation(
        "dismissal",
        "Berapa lama saya boleh menunggu sebelum menggugat PHK?",
        "Gugatan diajukan dalam satu tahun sejak keputusan pengusaha diterima atau diberitahukan.",
        ("UU2/2004:82",),
        "published",
        "Sampai kapan PHK boleh digugat?",
    ),
    DemoConsultation(
        "wages",
        "Apakah lembur tanpa perintah tertulis tetap dibayar?",
        "Lembur memerlukan perintah dan persetujuan tertulis atau digital. Yang sudah dijalankan wajib dibayar.",
        ("PP35/2021:28(1)", "PP35/2021:27(1)"),
        "withdrawn",
        "Lembur tanpa surat perintah",
    ),
    DemoConsultation(
        "brokers",
        "Calo menagih biaya penempatan dari upah saya tiap bulan dan mengancam keluarga saya. Apakah ia boleh menagih?",
        "Tidak. Pekerja migran tidak boleh dibebani biaya penempatan. Ceritakan ancamannya kepada posko.",
        ("UU18/2017:30(1)",),
        "guarded",
        "Calo menagih biaya penempatan dan mengancam",
        called="Sulasmi",
    ),
    DemoConsultation(
        "union",
        "Apakah serikat kami boleh mendampingi di pengadilan?",
        "Boleh: serikat pekerja dapat menjadi kuasa hukum anggotanya.",
        ("UU2/2004:87",),
        "review",
        "Bolehkah serikat mendampingi anggotanya di pengadilan?",
    ),
    DemoConsultation(
        "wages",
        "Saya Wiratno Gumilang, hp 0812 0000 0199, operator di PT Rajut Tirta Kencana. Upah saya terlambat lima hari. Apa dendanya?",
        "Pak Wiratno, upah yang terlambat didenda 5 persen untuk setiap hari dari hari keempat sampai hari kedelapan.",
        ("PP36/2021:61(1)a",),
        "draft",
        "Upah terlambat: berapa dendanya?",
        called="Pak Wiratno",
        opinion="good",
    ),
]
