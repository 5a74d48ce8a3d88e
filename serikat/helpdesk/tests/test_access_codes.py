"""Access codes: what they find wrong, and what they forgive."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from serikat.helpdesk.rules.access_codes import (
    ENTROPY_BITS,
    PAIR,
    Flaw,
    Reading,
    check_digit,
    grouped,
    is_access_code,
    make_access_code,
    read_access_code,
    spoken,
)

CODE = make_access_code(lambda below: 2345678901234)
CODES = st.integers(0, 10**13 - 1).map(lambda number: make_access_code(lambda below: number))


def test_a_code_has_its_form():
    assert CODE[:15] == "102345678901234"
    assert is_access_code(CODE)
    assert make_access_code(lambda below: 0).startswith("100000000000000")
    assert 43 < ENTROPY_BITS < 44


def test_codes_are_drawn_from_all_of_the_numbers():
    asked = []
    make_access_code(lambda below: asked.append(below) or 0)
    assert asked == [10**13]
    assert len({make_access_code() for _ in range(1000)}) == 1000


def test_no_province_begins_with_the_pair():
    assert not 11 <= int(PAIR) <= 96
    assert PAIR[0] not in "0268"


@given(CODES)
def test_every_single_wrong_digit_is_found(code):
    for place, digit in product(range(16), "0123456789"):
        if code[place] != digit:
            assert check_digit(code[:place] + digit + code[place + 1 :]) != "0"


@given(CODES)
def test_every_swap_of_neighbours_is_found(code):
    for place in range(15):
        if code[place] != code[place + 1]:
            assert check_digit(code[:place] + code[place + 1] + code[place] + code[place + 2 :]) != "0"


def test_the_check_digit_misses_none_of_all_single_slips_and_swaps():
    """Over all states and digits: this is the whole proof, since what stands before only makes a state."""
    digits = [str(n) for n in range(10)]
    starts = {check_digit(start): start for start in digits}
    assert len(starts) == 10
    for start, a, b in product(starts.values(), digits, digits):
        if a != b:
            assert check_digit(start + a) != check_digit(start + b)
            assert check_digit(start + a + b) != check_digit(start + b + a)


def forms(code):
    a, b, c, d = grouped(code).split()
    return [
        code,
        f"{a} {b} {c} {d}",
        f"{a}-{b}-{c}-{d}",
        f"{a}.{b}.{c}.{d}",
        f"STATUS {a} {b} {c} {d}",
        f"STATUS{code}",
        f"status: {a} - {b} - {c} - {d}.",
        f"kode saya {a} {b} {c} {d} ya pak",
        f"halo pak {a} {b} {c} {d}",
        f"{code}terima kasih",
        f"#{code}",
        f"{a}|{b}|{c}|{d}",
        f'"{code}"',
        " ".join(code),
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I"),
        f"{a} {b} {c} {d}".replace("0", "O").replace("1", "|"),
        code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"\u200f{a}\u00a0{b}\u202f{c}\u200b {d}",
        f"{a}\n{b}\n{c}\n{d}",
        f"nomor 0812-3456-7890, kode {a} {b} {c} {d}",
        f"{a} {b} {c} {d} dari 081234567890",
        f"{a} {b} {c} {d} 081234567890",
        f"081234567890 {a} {b} {c} {d}",
        f"nik 3201010101010001 kode {code}",
    ]


@given(CODES)
@example("1000000000011010")  # nothing in it that could not be a letter
def test_what_was_typed_is_forgiven(code):
    for text in forms(code):
        assert read_access_code(text) == Reading(code), text


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.NOTHING),
        ("status laporan saya", Flaw.NOTHING),
        ("5 orang, 3 bulan", Flaw.NOTHING),
        ("lo lil oil", Flaw.NOTHING),
        (CODE[:15], Flaw.SHORT),
        (grouped(CODE[:12]), Flaw.SHORT),
        (CODE + "7", Flaw.LONG),
        (CODE[:15] + str((int(CODE[15]) + 1) % 10), Flaw.SLIP),
        ("3201010101010001", Flaw.OTHER),
        ("081234567890", Flaw.OTHER),
        ("6281234567890", Flaw.OTHER),
        ("+852 9812 3456", Flaw.OTHER),
        (f"{CODE[:8]} orang {CODE[8:]}", Flaw.SHORT),
    ],
)
def test_what_is_no_code_is_told(text, flaw):
    found = read_access_code(text)
    assert (found.code, found.flaw) == ("", flaw)


def test_another_number_is_never_shown_back():
    assert read_access_code("3201010101010001").digits == ""
    assert read_access_code(CODE[:15]).digits == CODE[:15]


@given(st.text(max_size=300))
def test_reading_takes_anything(text):
    found = read_access_code(text)
    assert bool(found.code) != bool(found.flaw)


def test_a_code_is_grouped_and_spoken():
    assert grouped("1012345678901234") == "1012 3456 7890 1234"
    assert grouped("1012345678901234", "-") == "1012-3456-7890-1234"
    assert (
        spoken("1012345678901234")
        == "satu nol satu dua, tiga empat lima enam, tujuh delapan sembilan nol, satu dua tiga empat"
    )
    assert spoken("1012345678901234", "en").startswith("one zero one two, three four five six")
