"""Pasted and shared chats, as phones here write them."""

# ruff: noqa: DTZ001 what a phone showed has no zone

from __future__ import annotations

import re
import time
from datetime import date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from serikat.messaging.rules.export_marks import Kind, Media, Sort
from serikat.messaging.rules.exports import By, Form, Order, Trouble, read

ANDROID = """22/11/26 09.12 - Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun di luar chat ini yang dapat membacanya.
22/11/26 09.12 - Anda membuat grup "Buruh: Gerbang Timur"
22/11/26 09.13 - Anda menambahkan Siti
22/11/26 09.15 - Siti: Pak, gaji belum dibayar
sudah dua bulan

tolong
22/11/26 09.16 - Budi Santoso: <Media tidak disertakan>
22/11/26 09.17 - +62 812-0000-1111: IMG-20261122-WA0003.jpg (file terlampir)
slip gaji
22/11/26 09.18 - Siti: Pesan ini telah dihapus
22/11/26 09.19 - Siti: jam 3.30 - 4: rapat <Pesan ini diedit>
22/11/26 09.20 - Panggilan suara tak terjawab
22/11/26 09.21 - +62 812-0000-1111 mengganti nomor telepon ke nomor baru. Ketuk untuk mengirim pesan.
22/11/26 09.22 - Siti: Menunggu pesan ini
22/11/26 09.23 - Budi Santoso keluar"""

IOS = """[22/11/26 09.15.03] Grup Buruh: \u200ePesan dan panggilan terenkripsi secara end-to-end.
\u200e[22/11/26 09.15.04] Siti: \u200egambar tidak disertakan
[22/11/26 09.16.10] ~\u202fBudi: halo
[22/11/26 09.16.59] \u202a+62 812-0000-1111\u202c: apa kabar
\u200e[22/11/26 09.17.00] Siti: surat.pdf • 3 halaman \u200edokumen tidak disertakan
\u200e[22/11/26 09.17.30] Siti: \u200e<terlampir: 00000012-PHOTO-2026-11-22-09-17-30.jpg>
\u200e[22/11/26 09.18.00] Siti: \u200ePanggilan video tak terjawab
[22/11/26 09.19.00] Siti: \u200ePesan ini dihapus."""


def test_an_android_export_is_read():
    chat = read(ANDROID)
    assert (chat.form, chat.order, chat.order_by) == (Form.ANDROID, Order.DAY_FIRST, By.NUMBERS)
    assert [(e.kind, e.sender) for e in chat.entries] == [
        (Kind.SYSTEM, ""),
        (Kind.SYSTEM, ""),
        (Kind.SYSTEM, ""),
        (Kind.TEXT, "Siti"),
        (Kind.MEDIA, "Budi Santoso"),
        (Kind.MEDIA, "+62 812-0000-1111"),
        (Kind.DELETED, "Siti"),
        (Kind.TEXT, "Siti"),
        (Kind.SYSTEM, ""),
        (Kind.SYSTEM, ""),
        (Kind.WAITING, "Siti"),
        (Kind.SYSTEM, ""),
    ]
    story, photo, edited = chat.entries[3], chat.entries[5], chat.entries[7]
    assert (story.text, story.lines) == ("Pak, gaji belum dibayar\nsudah dua bulan\n\ntolong", (4, 7))
    assert story.at == datetime(2026, 11, 22, 9, 15)
    assert (photo.text, photo.media) == ("slip gaji", (Media(Sort.IMAGE, "IMG-20261122-WA0003.jpg"),))
    assert (edited.text, edited.edited) == ("jam 3.30 - 4: rapat", True)
    assert chat.senders == {"Siti": 4, "Budi Santoso": 1, "+62 812-0000-1111": 1}
    assert chat.unread == ()


def test_an_ios_export_is_read():
    chat = read(IOS.replace("\n", "\r\n"))
    assert chat.form is Form.BRACKETS
    assert [(e.kind, e.sender, e.text) for e in chat.entries] == [
        (Kind.SYSTEM, "", "Pesan dan panggilan terenkripsi secara end-to-end."),
        (Kind.MEDIA, "Siti", ""),
        (Kind.TEXT, "Budi", "halo"),
        (Kind.TEXT, "+62 812-0000-1111", "apa kabar"),
        (Kind.MEDIA, "Siti", ""),
        (Kind.MEDIA, "Siti", ""),
        (Kind.CALL, "Siti", "Panggilan video tak terjawab"),
        (Kind.DELETED, "Siti", "Pesan ini dihapus."),
    ]
    assert [m for e in chat.entries for m in e.media] == [
        Media(Sort.IMAGE),
        Media(Sort.DOCUMENT, "surat.pdf"),
        Media(Sort.IMAGE, "00000012-PHOTO-2026-11-22-09-17-30.jpg"),
    ]
    assert chat.entries[0].at == datetime(2026, 11, 22, 9, 15, 3)


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("22/11/26 09.15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("22/11/26, 09.15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("22/11/2026 09:15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("22/11/2026, 9:15\u202fam - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("11/22/26, 9:15\u202fPM - Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("11/22/26, 12:15\u00a0AM - Siti: a", datetime(2026, 11, 22, 0, 15)),
        ("11/22/26, 12:15 p.m. - Siti: a", datetime(2026, 11, 22, 12, 15)),
        ("22-11-2026 09.15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("22.11.26, 09:15 – Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("2026-11-22, 09:15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("2026/11/22 09:15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("22/11/26 9.15 malam - Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("22/11/26 pukul 09.15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("٢٢/١١/٢٠٢٦، ٩:١٥ - Siti: a".replace("،", ","), datetime(2026, 11, 22, 9, 15)),
        ("[22/11/26 09.15.03] Siti: a", datetime(2026, 11, 22, 9, 15, 3)),
        ("[22/11/26, 09.15.03] Siti: a", datetime(2026, 11, 22, 9, 15, 3)),
        ("\u200e[22/11/2026, 9:15:03\u202fPM] Siti: a", datetime(2026, 11, 22, 21, 15, 3)),
        ("\ufeff[11/22/26, 9:15:03 AM] Siti: a", datetime(2026, 11, 22, 9, 15, 3)),
        ("[22/11/26 09:15] Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("[09.15, 22/11/2026] Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("[22/11 09.15] Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("[24/12 09.15] Siti: a", datetime(2025, 12, 24, 9, 15)),
        ("[22.11.2026 09:15] Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("Siti, [22/11/2026 09:15]\na", datetime(2026, 11, 22, 9, 15)),
        ("Siti, [22.11.26 09:15]:\na", datetime(2026, 11, 22, 9, 15)),
        ("Siti, [22 Nov 2026 at 09.15.03]\na", datetime(2026, 11, 22, 9, 15, 3)),
        ("Siti, [22 Agustus 2026 09.15]\na", datetime(2026, 8, 22, 9, 15)),
        ("Siti, [Nov 22, 2026 at 9:15 PM]\na", datetime(2026, 11, 22, 21, 15)),
        ("2026/11/22 下午9:15 - Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("2026/11/22 上午 9:15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("22/11/2026 上午12:15 - Siti: a", datetime(2026, 11, 22, 0, 15)),
        ("22/11/2026, 下午12:15 - Siti: a", datetime(2026, 11, 22, 12, 15)),
        ("2026/11/22 凌晨12:15 - Siti: a", datetime(2026, 11, 22, 0, 15)),
        ("2026/11/22 凌晨3:15 - Siti: a", datetime(2026, 11, 22, 3, 15)),
        ("2026/11/22 清晨5:15 - Siti: a", datetime(2026, 11, 22, 5, 15)),
        ("2026/11/22 早上9:15 - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("2026/11/22 中午12:15 - Siti: a", datetime(2026, 11, 22, 12, 15)),
        ("2026/11/22 中午1:15 - Siti: a", datetime(2026, 11, 22, 13, 15)),
        ("2026/11/22 中午11:45 - Siti: a", datetime(2026, 11, 22, 11, 45)),
        ("2026/11/22 晚上9:15 - Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("2026/11/22 午夜12:00 - Siti: a", datetime(2026, 11, 22, 0, 0)),
        ("[2026/11/22 下午9:15:03] Siti: a", datetime(2026, 11, 22, 21, 15, 3)),
        ("\u200e[22/11/2026, 下午9:15:03] Siti: a", datetime(2026, 11, 22, 21, 15, 3)),
        ("[下午9:15, 22/11/2026] Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("22/11/2026, 9:15\u202fPTG - Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("22/11/2026, 12:15 PTG - Siti: a", datetime(2026, 11, 22, 12, 15)),
        ("22/11/26, 9:15 PG - Siti: a", datetime(2026, 11, 22, 9, 15)),
        ("[22/11/2026, 12:15:03 PG] Siti: a", datetime(2026, 11, 22, 0, 15, 3)),
        ("22/11/2026 9:15 petang - Siti: a", datetime(2026, 11, 22, 21, 15)),
        ("22/11/2026 1:15 tengah hari - Siti: a", datetime(2026, 11, 22, 13, 15)),
        ("22/11/2026 12:15 tengah malam - Siti: a", datetime(2026, 11, 22, 0, 15)),
    ],
)
def test_heads_of_many_phones_are_read(head, moment):
    chat = read(head, today=date(2026, 11, 23))
    assert [(e.at, e.sender, e.text) for e in chat.entries] == [(moment, "Siti", "a")]


HONGKONG = """[22/11/2026 下午9:14:00] 家傭群組: \u200e訊息和通話經端對端加密。對話以外的任何人 (即使是 WhatsApp) 均無法查看或聆聽那些內容。
[22/11/2026 下午9:15:03] Siti: Bu, gaji saya belum dibayar
sudah dua bulan
\u200e[22/11/2026 下午9:16:10] ~\u202f陳太: \u200e圖片已略去
[22/11/2026 下午9:17:00] 陳太: 明天再說
\u200e[23/11/2026 上午12:05:00] Siti: \u200e未接語音通話"""
TAIWAN = """2026/11/22 下午9:14 - 訊息和通話經端對端加密。
2026/11/22 下午9:15 - Siti: gaji belum dibayar
2026/11/22 下午9:16 - 仲介: <省略多媒體檔案>
2026/11/23 凌晨12:05 - 仲介離開了"""
MALAYSIA = """22/11/2026, 9:14 PTG - Mesej dan panggilan disulitkan hujung ke hujung.
22/11/2026, 9:15 PTG - Siti: gaji belum dibayar
22/11/2026, 9:16 PTG - Ejen: <Media disingkirkan>
23/11/2026, 12:05 PG - Ejen: Mesej ini telah dipadam"""


@pytest.mark.parametrize(
    ("text", "form", "kinds", "senders"),
    [
        (HONGKONG, Form.BRACKETS, "system text media text call", {"Siti": 2, "陳太": 2}),
        (TAIWAN, Form.ANDROID, "system text media system", {"Siti": 1, "仲介": 1}),
        (MALAYSIA, Form.ANDROID, "system text media deleted", {"Siti": 1, "Ejen": 2}),
    ],
)
def test_exports_of_phones_in_other_countries_are_read(text, form, kinds, senders):
    chat = read(text)
    assert (chat.form, chat.order, " ".join(e.kind for e in chat.entries)) == (form, Order.DAY_FIRST, kinds)
    assert (chat.senders, chat.unread) == (senders, ())
    assert [e.at.minute for e in chat.entries if e.kind is Kind.TEXT][:1] == [15]
    assert chat.entries[-1].at == datetime(2026, 11, 23, 0, 5)


def test_telegram_copies_are_read_with_their_texts_below():
    chat = read("Siti, [22/11/2026 09:15]\nhalo\npak\n\nBudi S., [22/11/2026 09:16]\nya?\n")
    assert chat.form is Form.TELEGRAM
    assert [(e.sender, e.text) for e in chat.entries] == [("Siti", "halo\npak"), ("Budi S.", "ya?")]


@pytest.mark.parametrize(
    ("dates", "order", "by"),
    [
        (["03/04/26", "13/04/26"], Order.DAY_FIRST, By.NUMBERS),
        (["03/04/26", "03/14/26"], Order.MONTH_FIRST, By.NUMBERS),
        (["01/04/26", "05/04/26", "02/05/26"], Order.DAY_FIRST, By.SEQUENCE),
        (["04/01/26", "04/05/26", "05/02/26"], Order.MONTH_FIRST, By.SEQUENCE),
        (["03/04/26", "03/04/26"], Order.DAY_FIRST, By.HABIT),
        (["13/04/26", "04/14/26"], Order.DAY_FIRST, By.NEITHER),
        (["2026-04-03"], Order.DAY_FIRST, By.NEITHER),
    ],
)
def test_the_order_of_day_and_month_is_decided_over_the_whole_text(dates, order, by):
    chat = read("\n".join(f"{day} 09.15 - Siti: a" for day in dates))
    assert (chat.order, chat.order_by) == (order, by)
    assert all(entry.at for entry in chat.entries)


def test_a_phone_with_american_habits_counts_when_nothing_else_shows_it():
    chat = read("3/4/26, 9:15 PM - Siti: a")
    assert (chat.order, chat.order_by, chat.entries[0].at) == (Order.MONTH_FIRST, By.HABIT, datetime(2026, 3, 4, 21, 15))


@pytest.mark.parametrize(
    ("text", "kind", "media"),
    [
        ("<Media omitted>", Kind.MEDIA, Sort.FILE),
        ("<Media tidak disertakan>", Kind.MEDIA, Sort.FILE),
        ("image omitted", Kind.MEDIA, Sort.IMAGE),
        ("stiker tidak disertakan", Kind.MEDIA, Sort.STICKER),
        ("audio omitted", Kind.MEDIA, Sort.AUDIO),
        ("Contact card omitted", Kind.MEDIA, Sort.CONTACT),
        ("PTT-20261122-WA0001.opus (file attached)", Kind.MEDIA, Sort.AUDIO),
        ("Pak Budi.vcf (file terlampir)", Kind.MEDIA, Sort.CONTACT),
        ("<attached: 00000001-VIDEO-2026.mp4>", Kind.MEDIA, Sort.VIDEO),
        ("This message was deleted", Kind.DELETED, None),
        ("Anda menghapus pesan ini.", Kind.DELETED, None),
        ("Waiting for this message. This may take a while.", Kind.WAITING, None),
        ("Missed voice call", Kind.CALL, None),
        ("<View once photo omitted>", Kind.MEDIA, Sort.IMAGE),
        ("view once video omitted", Kind.MEDIA, Sort.VIDEO),
        ("<View once voice message omitted>", Kind.MEDIA, Sort.AUDIO),
        ("<View once media omitted>", Kind.MEDIA, Sort.FILE),
        ("foto sekali lihat tidak disertakan", Kind.MEDIA, Sort.IMAGE),
        ("<省略多媒體檔案>", Kind.MEDIA, Sort.FILE),
        ("<已省略多媒體檔案>", Kind.MEDIA, Sort.FILE),
        ("<忽略多媒體檔>", Kind.MEDIA, Sort.FILE),
        ("圖片已略去", Kind.MEDIA, Sort.IMAGE),
        ("圖像已省略", Kind.MEDIA, Sort.IMAGE),
        ("影片已省略", Kind.MEDIA, Sort.VIDEO),
        ("音訊已略去", Kind.MEDIA, Sort.AUDIO),
        ("貼圖已忽略", Kind.MEDIA, Sort.STICKER),
        ("GIF 圖片已被省略", Kind.MEDIA, Sort.IMAGE),
        ("聯絡人卡片已略去", Kind.MEDIA, Sort.CONTACT),
        ("surat.pdf • 3 頁 文件已略去", Kind.MEDIA, Sort.DOCUMENT),
        ("IMG-20261122-WA0003.jpg (附件檔案)", Kind.MEDIA, Sort.IMAGE),
        ("<附件: 00000012-AUDIO-2026.opus>", Kind.MEDIA, Sort.AUDIO),
        ("此訊息已刪除。", Kind.DELETED, None),
        ("您已刪除此訊息", Kind.DELETED, None),
        ("未接語音通話", Kind.CALL, None),
        ("未接視像通話", Kind.CALL, None),
        ("圖片已略去了嗎", Kind.TEXT, None),
        ("此訊息已刪除是老闆說的", Kind.TEXT, None),
        ("<Media disingkirkan>", Kind.MEDIA, Sort.FILE),
        ("\u200eimej tidak dimasukkan", Kind.MEDIA, Sort.IMAGE),
        ("slip.pdf • 3 halaman \u200edokumen tidak dimasukkan", Kind.MEDIA, Sort.DOCUMENT),
        ("dokumen tidak dimasukkan", Kind.TEXT, None),
        ("foto disingkirkan", Kind.TEXT, None),
        ("\u200eKad kenalan tidak dimasukkan", Kind.MEDIA, Sort.CONTACT),
        ("pelekat tidak disertakan", Kind.MEDIA, Sort.STICKER),
        ("PTT-20261122-WA0001.opus (fail dilampirkan)", Kind.MEDIA, Sort.AUDIO),
        ("<dilampir: 00000012-PHOTO-2026.jpg>", Kind.MEDIA, Sort.IMAGE),
        ("Mesej ini telah dipadam", Kind.DELETED, None),
        ("Anda telah memadamkan mesej ini", Kind.DELETED, None),
        ("Panggilan suara terlepas", Kind.CALL, None),
        ("Panggilan video terlepas", Kind.CALL, None),
        ("nama saya tidak dimasukkan", Kind.TEXT, None),
        ("gambar tidak disertakan dalam surat pemecatan", Kind.TEXT, None),
        ("pesan ini telah dihapus mandor", Kind.TEXT, None),
        ("saya keluar", Kind.TEXT, None),
        ("mandor menambahkan jam kerja", Kind.TEXT, None),
        ("keluar", Kind.TEXT, None),
    ],
)
def test_marks_of_the_app_are_told_from_words(text, kind, media):
    (entry,) = read(f"22/11/26 09.15 - Siti: {text}").entries
    assert (entry.kind, entry.media[0].sort if entry.media else None) == (kind, media)


def test_a_name_that_holds_a_colon_is_kept_whole():
    lines = [f"22/11/26 09.1{n} - PT Maju: HRD: pesan {n}" for n in range(4)] + [
        "22/11/26 09.20 - Siti: Catatan: satu",
        "22/11/26 09.21 - Siti: ya",
    ]
    assert read("\n".join(lines)).senders == {"PT Maju: HRD": 4, "Siti": 2}


def test_a_group_that_was_named_with_a_colon_is_no_sender():
    (entry,) = read('22/11/26 09.15 - Siti mengubah subjek dari "Upah: 2025" menjadi "Upah: 2026"').entries
    assert (entry.kind, entry.sender) == (Kind.SYSTEM, "")


def test_what_stands_before_the_first_head_and_days_that_never_were_are_told():
    chat = read("sisa pesan\n\n31/02/26 09.15 - Siti: a\nb\n22/11/26 25.15 - Siti: c\n22/11/26 09.15 - Siti: d")
    assert [(u.line, u.trouble) for u in chat.unread] == [(1, Trouble.BEFORE), (3, Trouble.MOMENT), (5, Trouble.MOMENT)]
    assert [(e.text, e.at is None) for e in chat.entries] == [("a\nb", True), ("c", True), ("d", False)]


def test_a_chat_pasted_into_a_chat_stays_within_its_message():
    chat = read(
        "22/11/26 09.15 - Siti: ini buktinya\n[21/11/26 08.00.00] Mandor: besok tidak usah masuk\n22/11/26 09.16 - Siti: begitu"
    )
    assert [e.text for e in chat.entries] == ["ini buktinya\n[21/11/26 08.00.00] Mandor: besok tidak usah masuk", "begitu"]


def test_blocks_with_names_are_a_talk():
    chat = read("Siti: pak gaji belum\nsudah dua bulan\nPak Budi: nanti\nSiti: kapan?")
    assert chat.form is Form.NAMED
    assert [(e.sender, e.text) for e in chat.entries] == [
        ("Siti", "pak gaji belum\nsudah dua bulan"),
        ("Pak Budi", "nanti"),
        ("Siti", "kapan?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Gaji kami belum dibayar.\nTolong dibantu.",
        "Nama: Siti\nAlamat: Sukamaju\nMasalah: gaji",
        "Kronologi kejadian: kami diusir\nlalu pulang\nlalu dipanggil",
        "10.30 - kami dipanggil\n11.00 - kami diusir",
        "22/11/26 kami diusir",
        "satu",
    ],
)
def test_plain_words_are_one_message(text):
    chat = read(text)
    assert (chat.form, [e.text for e in chat.entries]) == (Form.PLAIN, [text])


def test_nothing_is_nothing():
    assert read("").entries == ()
    assert read("\n \n").entries == ()


@pytest.mark.parametrize("said", ["pesan :", "Kronologi:", "Kronologi:\nkami diusir", "catatan : lembur"])
def test_a_sender_whose_messages_all_begin_alike_keeps_the_name(said):
    chat = read("\n".join(f"22/11/26 09.1{n} - Pak Budi: {said}" for n in range(3)))
    assert (chat.senders, {e.text for e in chat.entries}) == ({"Pak Budi": 3}, {said})


NAMES = st.sampled_from(["Siti", "Pak Budi", "+62 812-0000-1111", "Ibu ❤️", "HRD (PT)"])
BODY = st.lists(st.text(st.sampled_from("abc de.,:;-–/[]<>()🙏é\u200e"), max_size=30), min_size=1, max_size=4)
LINES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="\n\r"), max_size=60),
        st.sampled_from(
            [
                *ANDROID.splitlines(),
                *IOS.splitlines(),
                "Siti, [22/11/2026 09:15]",
                "Siti: a",
                "Budi: b",
                "1/2/26 1.2 -",
                "[",
                "]",
            ]
        ),
    ),
    max_size=25,
)


def _reads_like_a_name(firsts):
    """Three messages that all begin with the same words, a colon and more: nobody can tell "Pak Budi" who says "pesan a: b" from a contact whom the
    phone calls "Pak Budi: pesan a". The reader takes the longer name there, so that is left out of what is read back."""
    begun = {re.match(r"(.*?\S)?: +\S|", first)[1] for first in firsts}
    return len(firsts) > 2 and len(begun) == 1 and begun != {None}


@given(
    st.lists(st.tuples(NAMES, BODY, st.integers(0, 59)), min_size=1, max_size=8),
    st.sampled_from(["{:%d/%m/%y %H.%M} - ", "[{:%d/%m/%y, %H:%M:%S}] "]),
)
def test_what_was_written_is_read_back(talk, head):
    rows = [
        (name, ["pesan " + body[0], *("> " + line for line in body[1:])], datetime(2026, 11, 22, 9, minute))
        for name, body, minute in talk
    ]
    assume(not any(_reads_like_a_name([body[0] for other, body, _at in rows if other == name]) for name, *_ in rows))
    chat = read("\n".join(head.format(at) + f"{name}: " + "\n".join(body) for name, body, at in rows))
    assert [(e.sender, e.at) for e in chat.entries] == [(name, at) for name, _body, at in rows]
    assert [e.text for e in chat.entries] == ["\n".join(body).replace("\u200e", "").strip() for _name, body, _at in rows]


@given(LINES)
def test_every_line_is_somewhere(lines):
    chat = read(lines)
    held = {n for entry in chat.entries for n in range(entry.lines[0], entry.lines[1] + 1)} | {
        unread.line for unread in chat.unread
    }
    assert [n for n, line in enumerate(lines, 1) if line.strip() and n not in held] == []
    assert sum(chat.senders.values()) == sum(bool(entry.sender) for entry in chat.entries)


@given(LINES)
def test_a_text_and_its_lines_are_read_alike(lines):
    assert read("\n".join(lines)) == read([line + "\r\n" for line in "\n".join(lines).split("\n")])


def seconds(text):
    begun = time.thread_time()
    read(text)
    return time.thread_time() - begun


@pytest.mark.parametrize(
    "unit",
    [
        "22/11/26 09.15 - Siti: gaji belum dibayar, tolong dibantu: sudah dua bulan\n",
        "[" * 50 + "\n",
        "22/11/26 09.15 - " + "a: " * 40 + "\n",
        "<" * 70,
        "22/11/26 " * 8,
        "Siti, [" * 8,
        "a" * 70,
        ": " * 35,
        "\u200e" * 70,
        "1" * 70,
        "\n" * 70,
        "gambar " * 10,
    ],
)
def test_time_grows_with_the_length_and_not_faster(unit):
    small, large = unit * 1000, unit * 8000
    few = min(seconds(small) for _ in range(3))
    many = min(seconds(large) for _ in range(2))
    assert many < 25 * few + 0.05  # with the square it would be 64 times
