"""The demo's inbox: what is written to a helpdesk in a week. Everybody is invented; the numbers come from ranges that nobody is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoTalk:
    """`kind` is the channel's (`hand`: a phone in the hand). `said`: (minutes ago, who, words), `<` theirs, `>` ours, `!` ours and in doubt, `?` ours and
    given up. `state`: open, waiting, closed."""

    kind: str
    address: str
    said: tuple[tuple[int, str, str], ...]
    state: str = "open"
    name: str = ""
    topic: str = ""
    threat: str = "none"
    protections: tuple[str, ...] = ()
    alias: str = ""
    by: str = ""
    question: bool = False
    unread: int = 1
    voice: bool = False


TALKS = [
    DemoTalk(
        "sms",
        "0812 0000 0211",
        (
            (1700, "<", "gaji 2 bulan tdk dibayar mandor blg tunggu. kami 9 org di mess blkg pabrik es. takut diusir"),
            (1690, ">", "Sudah kami baca. Jangan tanda tangan apa pun. Apakah aman bila kami menelepon pukul 12.00?"),
            (55, "<", "bu apa sudah dibaca. mandor dtg lg pagi ini"),
        ),
        topic="wages",
        by="operator",
    ),
    DemoTalk(
        "whatsapp",
        "0812 0000 0212",
        ((300, "<", "Bu, surat anjurannya sudah saya foto. Dikirim ke mana?"),),
        topic="dismissal",
        threat="high",
        alias="Kamboja 3",
        unread=1,
    ),
    DemoTalk(
        "sms",
        "0812 0000 0213",
        ((1500, "<", "TANYA kontrak habis tgl 30 apa dpt kompensasi"),),
        name="Sutinah",
        topic="contract",
        question=True,
    ),
    DemoTalk(
        "whatsapp",
        "0812 0000 0214",
        (
            (4000, "<", "Selamat siang, lembur hari Minggu dihitung biasa. Benar tidak?"),
            (3900, ">", "Tidak benar. Kirim slip upah dan jam lembur Anda, kami hitungkan."),
            (120, "<", "Ini suara saya saja ya Bu, susah mengetik"),
        ),
        name="Pak Wardi",
        topic="wages",
        by="operator",
        voice=True,
    ),
    DemoTalk(
        "telegram",
        "70021145",
        ((30, "<", "min, pabrik tutup mendadak, pesangon gimana? kami 40 orang"),),
        name="Rangga",
        topic="dismissal",
    ),
    DemoTalk(
        "mail",
        "mediator@disnaker.example",
        ((2880, "<", "Bersama ini kami sampaikan panggilan sidang mediasi kedua, Kamis pukul 10.00."),),
        state="closed",
        name="Mediator Dinas Tenaga Kerja",
        unread=0,
    ),
    DemoTalk(
        "mail",
        "yuni@surat.example",
        (
            (900, "<", "Apakah organisasi menerima anggota dari toko swalayan?"),
            (700, ">", "Menerima. Formulirnya kami lampirkan; boleh dikembalikan lewat surel ini."),
        ),
        state="waiting",
        name="Yuni",
        topic="union",
        by="paralegal",
        unread=0,
    ),
    DemoTalk(
        "hand",
        "+852 6000 0215",
        (
            (600, "<", "Mbak paspor saya disimpan majikan, katanya sampai lunas potongan"),
            (580, ">", "Itu tidak boleh. Apakah Mbak aman malam ini?"),
            (575, "<", "aman, tapi hp diperiksa tiap jam 9"),
        ),
        topic="papers",
        protections=("trafficking",),
        alias="Seroja 8",
        by="paralegal",
    ),
    DemoTalk(
        "hand",
        "0812 0000 0216",
        ((5000, "<", "Terima kasih Pak, THR sudah masuk semua"), (4990, ">", "Syukurlah. Salam untuk teman-teman.")),
        state="closed",
        name="Bu Tinah",
        topic="leave",
        by="operator",
        unread=0,
    ),
    DemoTalk(
        "sms",
        "0812 0000 0217",
        (
            (240, "<", "apa benar calo minta 15 jt utk ke taiwan"),
            (200, "!", "Jangan bayar. Biaya penempatan ditanggung majikan."),
        ),
        state="waiting",
        topic="brokers",
        by="operator",
        unread=0,
    ),
    DemoTalk(
        "sms",
        "0812 0000 0218",
        ((400, "<", "tolong telp saya"), (380, "?", "Kami telepon pukul 15.00. Apakah aman?")),
        state="waiting",
        by="operator",
        unread=0,
    ),
    DemoTalk(
        "whatsapp", "0812 0000 0219", ((12, "<", "Assalamualaikum, mau tanya BPJS tidak dibayarkan 5 bulan"),), topic="leave"
    ),
    DemoTalk(
        "sms",
        "0812 0000 0220",
        ((3000, "<", "jari saya kena mesin pres, pabrik blg salah saya"),),
        topic="safety",
        threat="careful",
        name="Dasmin",
    ),
]
QUICK_REPLIES = [
    ("Sudah dibaca", "Pesan Anda sudah dibaca petugas {lembaga}. Kami jawab hari ini. Nomor laporan: {kode}."),
    ("Amankah ditelepon?", "Halo {nama}, apakah aman bila kami menelepon? Pukul berapa sebaiknya?"),
    (
        "Jangan tanda tangan",
        "Jangan tanda tangani surat apa pun sebelum bicara dengan kami. Foto suratnya, simpan di tempat aman.",
    ),
    ("Kirim bukti", "Kirim foto slip upah, kontrak, dan kartu jam kerja Anda. Hapus foto di ponsel bila tidak aman."),
]
