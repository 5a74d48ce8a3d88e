"""Texts as SMS: alphabets, parts, plain forms and shortening."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.messaging.rules.sms import ALONE, JOINED, Coding, coding_of, fit, measure, plain

SIGNS = st.text(st.one_of(st.sampled_from("abc ^{}€~é…“”🙏👍ñç\n"), st.characters(exclude_categories=["Cs"])), max_size=400)


@pytest.mark.parametrize(
    ("text", "coding", "parts", "left"),
    [
        ("", Coding.GSM7, 0, 160),
        ("a" * 160, Coding.GSM7, 1, 0),
        ("a" * 161, Coding.GSM7, 2, 153 - 8),
        ("a" * 306, Coding.GSM7, 2, 0),
        ("a" * 307, Coding.GSM7, 3, 152),
        ("€" * 80, Coding.GSM7, 1, 0),
        ("€" * 81, Coding.GSM7, 2, 153 - 10),
        ("ã" * 70, Coding.UCS2, 1, 0),
        ("ã" * 71, Coding.UCS2, 2, 67 - 4),
        ("🙏" * 35, Coding.UCS2, 1, 0),
        ("🙏" * 36, Coding.UCS2, 2, 67 - 6),
        ("Gaji Rp5.000.000 [belum] dibayar @ pabrik ~ 3 bulan {lembur}", Coding.GSM7, 1, 160 - 60 - 5),
    ],
)
def test_measure_counts_parts_and_what_is_left(text, coding, parts, left):
    found = measure(text)
    assert (found.coding, found.count, found.left) == (coding, parts, left)


def test_measure_never_splits_a_sign_of_two_units():
    extended = measure("a" * 152 + "€" + "b" * 60)
    assert [len(part) for part in extended.parts] == [152, 61]
    pairs = measure("ã" * 66 + "🙏" + "ã" * 10)
    assert [len(part) for part in pairs.parts] == [66, 11]


def test_measure_names_what_forced_the_large_alphabet():
    assert measure("“Upah” — belum “dibayar” 🙏").forced_by == ("“", "”", "—", "🙏")
    assert measure("Upah belum dibayar").forced_by == ()


def test_the_small_alphabet_has_the_signs_of_the_standard():
    assert sum(coding_of(chr(number)) is Coding.GSM7 for number in range(0x10000)) == 127 + 10  # 128 less the escape
    assert [sign for sign in "`çáíóúâêîôû“”…–\t\x1b" if coding_of(sign) is Coding.GSM7] == []


def test_a_text_of_too_many_parts_cannot_be_sent():
    assert measure("a" * 153 * 255).sendable
    assert not measure("a" * 153 * 255 + "a").sendable
    assert not measure("").sendable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Upah” kami – ‘belum’ dibayar…", "\"Upah\" kami - 'belum' dibayar..."),
        ("Rp\u00a05.000\u202fribu\u200b", "Rp 5.000 ribu"),
        ("Terima kasih 🙏🏽 kak", "Terima kasih kak"),
        ("Terima kasih 🙏", "Terima kasih"),
        ("🙏 halo", "halo"),
        ("oke 👍🏾", "oke (oke)"),
        ("sedih 😢", "sedih :("),
        ("Pondok Gedé, façade, Đà Nẵng", "Pondok Gedé, facade, Dà Nang"),
        ("LAPOR pabrik", "LAPOR pabrik"),
        ("1½ bulan, ½ hari", "1 1/2 bulan, 1/2 hari"),
        ("m² №1 ™", "m2 No1 TM"),
        ("• satu\n• dua", "- satu\n- dua"),
        ("1️⃣ datang", "1 datang"),
        ("cafe\u0301", "café"),
        ("a\tb\r\nc", "a b\nc"),
        ("❤️", "<3"),
    ],
)
def test_plain_says_it_in_the_small_alphabet(text, expected):
    assert plain(text).text == expected


def test_plain_names_words_that_it_had_to_leave_out():
    assert plain("kirim 你好 ya").dropped == ("你", "好")
    assert plain("kirim 你好 ya").text == "kirim ya"
    assert plain("halo").dropped == ()


@given(SIGNS)
def test_parts_are_the_text_and_none_is_too_long(text):
    found = measure(text)
    assert "".join(found.parts) == text
    most = ALONE[found.coding] if found.count <= 1 else JOINED[found.coding]
    for part in found.parts:
        if found.coding is Coding.UCS2:
            units = len(part.encode("utf-16-le")) // 2
        else:
            units = len(part) + sum(part.count(sign) for sign in "\f^{}\\[~]|€")
        assert 0 < units <= most


@given(SIGNS)
def test_plain_always_fits_the_small_alphabet_and_is_the_same_twice(text):
    once = plain(text)
    assert coding_of(once.text) is Coding.GSM7
    assert plain(once.text) == type(once)(once.text.replace("\r\n", "\n"), ())


@given(SIGNS, st.integers(1, 4))
def test_fit_never_takes_more_parts(text, segments):
    assert measure(fit(text, segments)).count <= segments


@given(SIGNS)
def test_fit_ends_as_it_was_told(text):
    fitted = fit(text, end="https://s.example/s/ab12")
    assert fitted.endswith("https://s.example/s/ab12")
    assert measure(fitted).count == 1


def test_fit_leaves_what_fits():
    assert fit("Upah naik.") == "Upah naik."


def test_fit_breaks_at_a_word_and_uses_a_tail_of_the_alphabet():
    words = " ".join(["pekerja"] * 40)
    fitted = fit(words)
    assert fitted.endswith("pekerja...")
    assert coding_of(fitted) is Coding.GSM7
    assert 150 <= len(fitted) <= 160
    large = fit("“Upah” " + words)
    assert large.endswith("pekerja…")
    assert 60 <= len(large) <= 70


def test_fit_cuts_within_a_word_only_where_there_is_no_other_way():
    assert fit("a" * 500) == "a" * 157 + "..."
    assert fit("Baca " + "https://alamat.example/" + "x" * 200) == "Baca..."


def test_fit_does_not_pull_signs_of_several_parts_apart():
    family = "👨\u200d👩\u200d👧"
    fitted = fit(family * 30)
    assert fitted.removesuffix("…").replace(family, "") == ""


def test_fit_keeps_the_end_whole():
    fitted = fit("Buruh pabrik sepatu menang di pengadilan " * 8, end="https://s.example/s/ab12")
    assert fitted.endswith("... https://s.example/s/ab12")
    assert measure(fitted).count == 1
    assert fit("x", end="y" * 200) == ""


def test_a_very_long_text_is_measured_and_cut_without_waiting():
    assert measure("a" * 1_000_000).count == 6536
    assert measure(fit("kata " * 200_000)).count == 1
