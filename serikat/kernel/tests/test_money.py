"""Money is exact: splits sum, currencies do not mix, words are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.kernel.money import (
    CurrenciesDiffer,
    Money,
    format_money,
    parse_rupiah,
    rupiah_in_words,
    split,
    terbilang,
)

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_split_sums_exactly_and_each_part_is_less_than_one_off(amount, weights):
    parts = split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


def test_split_gives_the_rest_to_the_largest_remainders_first_of_equals_first():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(-100, [1, 1, 1]) == [-34, -33, -33]
    assert split(10, [1, 2, 4]) == [1, 3, 6]
    assert Money(5).split([0, 1]) == [Money(0), Money(5)]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [0.5, 0.5]])
def test_split_refuses_weights_that_mean_nothing(weights):
    with pytest.raises(ValueError, match="Weights"):
        split(10, weights)


def test_money_refuses_floats_and_mixed_currencies():
    with pytest.raises(TypeError):
        Money(1.5)
    with pytest.raises(TypeError):
        Money(True)
    with pytest.raises(ValueError, match="not known"):
        Money(1, "XYZ")
    for mix in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a <= b):
        with pytest.raises(CurrenciesDiffer):
            mix(Money(1), Money(1, "USD"))
    assert Money(3) * 2 - Money(1) == Money(5)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(12345678), "Rp12.345.678"),
        (Money(0), "Rp0"),
        (Money(-5000), "−Rp5.000"),
        (Money(123450, "USD"), "US$1.234,50"),
        (Money(7, "SGD"), "SGD 0,07"),
    ],
)
def test_money_is_written_the_indonesian_way(money, text):
    assert (format_money(money), str(money)) == (text, text)


@pytest.mark.parametrize("typed", ["12.345.678", "Rp 12345678", "rp12,345,678", "Rp. 12.345.678,00", "12.345.678,-"])
def test_rupiah_is_read_as_people_type_it(typed):
    assert parse_rupiah(typed) == Money(12345678)


@pytest.mark.parametrize("typed", ["", "Rp", "12.34", "1,5", "12.3456", "-5", "1e6", "١٢٣", "12.345,678"])
def test_rupiah_that_could_mean_two_things_is_refused(typed):
    with pytest.raises(ValueError, match="not a clear amount"):
        parse_rupiah(typed)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (199, "seratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1250, "seribu dua ratus lima puluh"),
        (11_000, "sebelas ribu"),
        (1_000_000, "satu juta"),
        (5_599_001, "lima juta lima ratus sembilan puluh sembilan ribu satu"),
        (10**9, "satu miliar"),
        (2 * 10**12, "dua triliun"),
        (-7, "minus tujuh"),
    ],
)
def test_terbilang_writes_numbers_out(number, words):
    assert terbilang(number) == words
    assert rupiah_in_words(Money(number)) == f"{words} rupiah"


def test_terbilang_refuses_what_nobody_can_read():
    with pytest.raises(ValueError, match="too large"):
        terbilang(10**18)
