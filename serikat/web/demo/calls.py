"""A day at the demo's telephone: invented callers, numbers from ranges that nobody is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoCall:
    """`ago`: minutes before now. `outcome` "": somebody is still on it; "missed": nobody answered; "ringing": it rings. `back`: minutes from now."""

    number: str
    ago: int
    lasted: int
    outcome: str
    topic: str = ""
    called: str = ""
    notes: str = ""
    back: int = 0
    waited: int = 9
    out: bool = False
    visit: bool = False


CALLS = [
    DemoCall(
        "0812 0000 0101", 190, 8, "answered", "wages", "",
        "Lembur hari Minggu dibayar seperti hari biasa. Sudah dijelaskan hitungannya, slip gaji difoto dan disimpan dulu.",
    ),
    DemoCall(
        "0812 0000 0211", 171, 14, "reported", "dismissal", "Pak Yanto",
        "Sebelas orang di bagian potong dipanggil HRD satu per satu, disuruh tanda tangan surat mundur.", waited=21,
    ),
    DemoCall("", 160, 1, "silent", waited=5),
    DemoCall(
        "0812 0000 0104", 142, 11, "back", "violence", "",
        "Minta ditelepon kalau sudah di kamar kos. Tidak berani bicara dekat mes.", back=45,
    ),
    DemoCall(
        "0812 0000 0212", 121, 6, "question", "leave", "Bu Nani",
        "THR bagi yang baru kerja empat bulan: dihitung menurut bulan kerja, empat per dua belas.", waited=34,
    ),
    DemoCall("0812 0000 0213", 96, 0, "missed"),
    DemoCall("0812 0000 0214", 81, 2, "wrong"),
    DemoCall(
        "0812 0000 0215", 74, 9, "back", "contract", "Asep dari Klari",
        "Kontrak ketiga habis Jumat ini. Janji dicarikan pasalnya dan ditelepon siang.", back=-20, waited=12,
    ),
    DemoCall(
        "", 66, 25, "answered", "papers", "Bu Warsih",
        "Paspor anaknya ditahan agen. Membawa fotokopi kontrak; diminta datang lagi dengan kartu keluarga.", visit=True,
    ),
    DemoCall(
        "0812 0000 0211", 50, 4, "answered", "dismissal", "Pak Yanto", "Dikabari: jangan tanda tangan apa pun dulu.", out=True
    ),
    DemoCall(
        "", 31, 0, "", "brokers", "Rombongan dari Cilamaya",
        "Tiga orang, membayar Rp4 juta kepada penyalur. Sedang menulis kronologi.", visit=True,
    ),
    DemoCall("0812 0000 0216", 12, 0, "missed"),
    DemoCall("0812 0000 0102", 6, 0, "", "wages", "", "Upah Oktober dicicil dua kali, yang kedua belum masuk."),
    DemoCall("0812 0000 0217", 0, 0, "ringing"),
]  # fmt: skip
