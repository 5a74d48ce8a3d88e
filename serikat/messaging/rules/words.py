"""How the key words that people are told are read. What each does is registered by the room that answers it."""

from __future__ import annotations

from serikat.messaging.rules.keywords import Takes, Word, word_set

ASIDE = word_set(
    "jadi anggota serikat mau saya gimana bagaimana cara caranya online baru"
)  # after DAFTAR, and no part of a name

WORDS = {
    "LAPOR": Word(Takes.STORY, labels=("laporan",), sentences=word_set("ke kemana polisi disnaker balik")),
    "INFO": Word(Takes.TOPIC, aliases=("inpo",), sentences=word_set("dari yang bahwa ini itu katanya")),
    "TANYA": Word(Takes.STORY, aliases=("nanya",), sentences=word_set("ke kepada sama saja aja balik tanya")),
    "STATUS": Word(Takes.CODE, company=word_set("laporan kasus aduan saya")),
    "DAFTAR": Word(Takes.NAME, sentences=word_set("gaji hadir harga upah isi tamu hitam pekerja karyawan buruh nama ulang"), company=ASIDE),
    "BERHENTI": Word(
        Takes.NOTHING,
        aliases=("stop", "setop", "unreg", "brenti", "unsubscribe"),
        company=word_set("sms smsnya wa pesan pesannya info infonya kiriman langganan berlangganan broadcast stop unreg"),
        joining=word_set("kirim mengirim terima menerima ke nomor nomer no hp ini saya lagi semua all jangan tidak mau dari"),
        careful=True,
    ),
    "BANTUAN": Word(Takes.NOTHING, aliases=("help",), company=word_set("saya")),
}  # fmt: skip
