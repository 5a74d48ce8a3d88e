"""How channels count, what fits them, and the drafts with which an editor begins, also of hostile titles."""

from __future__ import annotations

import pytest

from serikat.messaging.rules.sms import measure
from serikat.newsroom.rules.spreading import (
    Story,
    Style,
    clean,
    draft,
    hashtags,
    mastodon_length,
    shorten,
    style_of,
    taken,
    x_length,
)

LINK = "https://suara.example/s/b2c5d6"
HOSTILE = [
    "Upah naik",
    "🔥" * 300,
    "👩‍👩‍👧‍👦" * 120,
    "x" * 900,
    "\u202eterbalik\u202c \u2066dalam\u2069 judul " * 30,
    "عمال المصنع يضربون عن العمل " * 20,
    "工人" * 200,
    "a\u0301" * 400,
    "<script>alert(1)</script> & {{ 7*7 }} {% now %}",
    "\u0000\u0007\n\r\t judul \n dua baris",
    "https://jahat.example/" + "a" * 400,
    "   ",
]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Upah naik", 9),
        ("a" * 280, 280),
        ("工" * 140, 280),
        ("é", 1),
        ("e\u0301", 1),  # one sign after NFC
        ("“kutip”—", 8),
        ("🔥", 2),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇮🇩", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        (LINK, 23),
        ("https://a.id", 23),
        (f"Upah\n{LINK}", 28),
        ("baca kompas.example ya", 5 + 23 + 3),
        ("عمال", 4),
    ],
)
def test_x_counts_as_documented(text, length):
    assert x_length(text) == length


def test_mastodon_counts_a_link_as_twenty_three():
    assert mastodon_length(f"Upah {LINK}") == 5 + 23


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_draft_always_fits_and_holds_the_link(style, title):
    longest = {Style.X: 280, Style.MASTODON: 500}.get(style, 4096)
    story = Story(title, lead=title * 2, place=title[:60], tags=(title[:80], "upah minimum"))
    for mark in ("", "Koreksi"):
        words = draft(style, Story(story.title, story.lead, story.place, story.tags, mark), LINK, longest)
        if style is not Style.PUSH:
            assert LINK in words.text
        assert words.text.strip()
        if style is Style.SMS:
            assert measure(words.text).count == 1
        else:
            assert taken(style, words.text, longest).fits
        assert not set(words.text + words.subject) & set("\u202e\u202c\u2066\u2069\u0000\u0007")


def test_a_draft_of_plain_news():
    story = Story("Upah dibayar", "Perusahaan membayar.", "Kabupaten Bekasi", ("upah", "jam kerja", "2026"))
    assert draft(Style.SMS, story, LINK, 1000).text == f"Upah dibayar {LINK}\nStop: balas BERHENTI"
    assert draft(Style.X, story, LINK, 280).text == f"Upah dibayar\n#Upah #JamKerja\n{LINK}"
    assert (
        draft(Style.MASTODON, story, LINK, 500).text
        == f"Upah dibayar\n\nKabupaten Bekasi: Perusahaan membayar.\n\n#Upah #JamKerja\n{LINK}"
    )
    mail = draft(Style.MAIL, story, LINK, 5000)
    assert (mail.subject, mail.text) == ("Upah dibayar", f"Kabupaten Bekasi: Perusahaan membayar.\n\n{LINK}")
    push = draft(Style.PUSH, story, LINK, 1000)
    assert (push.subject, push.text) == ("Upah dibayar", "Perusahaan membayar.")


def test_hashtags_are_one_word_each():
    assert hashtags(["jam kerja", "K3", "2026", "!!", "hong_kong", "jam kerja"]) == ["#JamKerja", "#K3", "#HongKong"]
    assert hashtags(["phk", "iuran bpjs", "upah"]) == ["#PHK", "#IuranBPJS", "#Upah"]


def test_shorten_breaks_at_a_word():
    assert shorten("satu dua tiga", lambda text: len(text) <= 10) == "satu dua…"
    assert shorten("satuduatiga", lambda text: len(text) <= 5) == "satu…"
    assert shorten("satu", lambda text: False) == ""


def test_clean_leaves_one_line():
    assert clean("a\n\u202eb\t c\u0000") == "a b c"


@pytest.mark.parametrize(
    ("kind", "scheme", "style"),
    [
        ("x", "wall", Style.X),
        ("mastodon", "wall", Style.MASTODON),
        ("facebook", "wall", Style.LONG),
        ("kannel", "number", Style.SMS),
        ("whatsapp", "number", Style.LONG),
        ("mail", "mail", Style.MAIL),
        ("webpush", "push", Style.PUSH),
    ],
)
def test_style_of_a_channel(kind, scheme, style):
    assert style_of(kind, scheme) is style
