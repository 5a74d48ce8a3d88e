"""What is pasted from WhatsApp, Word and documents, in the shapes in which it arrives: the words stay, hours, senders and signs go."""

from __future__ import annotations

import pytest

from serikat.newsroom.rules.pasting import clean_plain, clean_rich

ANDROID = """22/11/26 09.15 - Pesan dan panggilan terenkripsi secara end-to-end.
22/11/26 09.15 - Sri Jahit: Upah *belum* dibayar
22/11/26 09.16 - +62 812-3456-7890: Kami _menunggu_ sejak ~Senin~ Selasa 😡
22/11/26 09.17 - Sri Jahit: <Media tidak disertakan>


22/11/26 09.20 - Budi menambahkan Rini
Sudah tiga bulan."""
PHONE = "\u200e[22/11/26 09.15.33] ~ Sri: Upah belum dibayar\n[22/11/26, 09:16:01] Budi: \u200egambar tidak disertakan\n[22/11/26 9:16\u202fPM] Budi: Benar"
WEB = "[09.15, 22/11/2026] Sri Jahit: Upah belum dibayar\n[09.16, 22/11/2026] Pak RT: Pesan ini dihapus"


@pytest.mark.parametrize(
    ("pasted", "text", "senders"),
    [
        (ANDROID, "Upah belum dibayar\nKami menunggu sejak Senin Selasa 😡\n\nSudah tiga bulan.", 5),
        (PHONE, "Upah belum dibayar\nBenar", 3),
        (WEB, "Upah belum dibayar", 2),
        ("22/11/26, 9:15 PM - Sri: <Media omitted>\n22/11/26, 9:16 PM - Sri: Halo: semua", "Halo: semua", 2),
        ("Rapat 22/11/26 09.15 di balai: datanglah.", "Rapat 22/11/26 09.15 di balai: datanglah.", 0),
        ("nama_berkas_baru dan 2*3*4 dan *) catatan", "nama_berkas_baru dan 2*3*4 dan *) catatan", 0),
        ("Satu\n\n\n\n\nDua", "Satu\n\nDua", 0),
        ("IMG-20261122.jpg (file terlampir)\nGerbang pagi", "Gerbang pagi", 0),
        ("", "", 0),
    ],
)
def test_clean_plain_keeps_what_was_said(pasted, text, senders):
    assert clean_plain(pasted) == (text, senders)
    assert clean_plain(text) == (text, 0)


@pytest.mark.parametrize(
    ("pasted", "html", "senders"),
    [
        (
            '<p data-block-key="a">[22/11/26 09.15] Sri: Upah *belum* dibayar<br/>[22/11/26 09.16] Budi: &lt;Media tidak disertakan&gt;</p>',
            '<p data-block-key="a">Upah <b>belum</b> dibayar</p>',
            2,
        ),
        ("<p>22/11/26 09.15 - Sri keluar</p><p>Isi</p>", "<p>Isi</p>", 1),
        ("<p>·&nbsp;&nbsp; Satu</p><p>•\u00a0Dua</p><p>Tiga</p>", "<ul><li>Satu</li><li>Dua</li></ul><p>Tiga</p>", 0),
        ("<p></p><p>\u00a0</p><p><b>Tebal</b> <a href='https://x.id/a_b_c'>a_b_c</a></p>", "<p><b>Tebal</b> <a href='https://x.id/a_b_c'>a_b_c</a></p>", 0),
        ("<ol><li>Satu</li></ol>", "<ol><li>Satu</li></ol>", 0),
        ("", "", 0),
    ],
)  # fmt: skip
def test_clean_rich_keeps_what_was_said(pasted, html, senders):
    assert clean_rich(pasted) == (html, senders)
    assert clean_rich(html) == (html, 0)
