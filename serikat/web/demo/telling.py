"""What the demo's workers told in Ruang Buruh. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post of the account `penulis`; `shown` tells whether a moderator let it show."""

    title: str
    text: str
    named_as: str
    pen_name: str
    shown: bool


POSTS = [
    DemoPost(
        "Tiga bulan kipas mati di ruang jahit",
        "Di ruang jahit kami ada enam kipas. Sejak Maret yang menyala tinggal dua.\n\n"
        "Kami sudah bilang ke mandor, lalu ke bagian umum. Jawabannya selalu minggu depan. Siang hari suhunya seperti di dapur. "
        "Dua teman sudah pulang cepat karena pusing.\n\n"
        "Minggu lalu kami menulis surat bersama, ditandatangani satu lajur. Besoknya teknisi datang. Ternyata bisa.",
        "pen",
        "Benang Merah",
        True,
    ),
    DemoPost(
        "Pertama kali ikut rapat serikat",
        "Saya kira rapat serikat itu marah-marah. Ternyata kami menghitung slip gaji bersama, dan saya baru tahu lembur hari libur "
        "dihitung lain dari lembur hari biasa.\n\nPulangnya saya bawa catatan dua halaman.",
        "own",
        "",
        True,
    ),
    DemoPost(
        "Antar-jemput dihapus mulai Senin",
        "Mulai Senin bus jemputan tidak ada. Pengumumannya ditempel Jumat sore. Kami yang masuk malam bingung pulang naik apa. "
        "Yang mau urun kendaraan bisa hubungi 0800-1234-5678.",
        "nobody",
        "",
        False,
    ),
]


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """A request to the newsroom about an article; `answer` is what its sender reads once two editors accepted it."""

    article: str
    kind: str
    name: str
    contact: str
    words: str
    answer: str


REQUESTS = [
    DemoRequest(
        "gerbang-muara-ditutup",
        "reply",
        "Bagian personalia PT Kencana Rajut Muara",
        "personalia@contoh.id",
        "Produksi kami hentikan sementara karena pesanan musim ini batal. Tidak ada pekerja yang diberhentikan pada hari itu.\n\n"
        "Undangan berunding kami terima pukul dua siang dan kami jawab sore harinya. Kami mengakui satu lembar kertas di pagar bukan cara "
        "yang baik untuk memberi tahu, dan itu sudah kami katakan kepada pengurus serikat.",
        "Terima kasih. Hak jawab Anda kami muat utuh di halaman berita itu.",
    ),
    DemoRequest(
        "gerbang-muara-ditutup",
        "correction",
        "Seorang penjahit",
        "0800-1234-5678",
        "Di judul tertulis 286 penjahit. Yang mencatat di buku itu memang 286 orang, tetapi 19 di antaranya bagian gudang dan pengepakan.",
        "",
    ),
]
