"""Codes catch slips; words are folded, cut and made safe; dates are written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.kernel.codes import ALPHABET, clean_code, is_code, make_code, spaced
from serikat.kernel.text import clean_text, fold, one_line, safe_filename, slug


def test_codes_have_no_signs_that_look_alike():
    assert not set(ALPHABET) & set("0O1ILU")
    assert len({make_code() for _ in range(1000)}) == 1000


@given(st.integers(0, 6), st.sampled_from(ALPHABET))
def test_a_wrong_sign_is_noticed(position, sign):
    code = make_code()
    assert is_code(code, 8)
    changed = code[:position] + sign + code[position + 1 :]
    assert is_code(changed) == (changed == code)


def test_what_is_typed_is_forgiven_and_what_is_no_code_is_not():
    code = make_code(8)
    assert clean_code(f" {spaced(code).lower()} ") == code
    for wrong in ("", "AB", "O0O0O0O0", code + "2", "<script>"):
        assert not is_code(clean_code(wrong), 8)
    with pytest.raises(ValueError, match="three"):
        make_code(2)


def test_fold_makes_spellings_equal():
    assert fold("  Jum’at   RÉSUMÉ Øst ") == "jum’at resume ost"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Buruh Menang: Upah Naik 8,5%!", "buruh-menang-upah-naik-8-5"),
        ("Jum'at Berkah", "jumat-berkah"),
        ("中文", "tanpa-judul"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 300, "a" * 80),
        ("kata " * 40, "-".join(["kata"] * 16)),
    ],
)
def test_slug_is_an_address(title, expected):
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\foto\\Rapat (1).JPG", "Rapat (1).JPG"),
        (".htaccess", "htaccess"),
        ('a"b;c\r\nSet-Cookie: x.pdf', "abcSet-Cookie x.pdf"),
        ("gambar\u202egpj.exe", "gambargpj.exe"),
        ("con.txt", "con_.txt"),
        ("", "berkas"),
        ("...", "berkas"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("laporan. akhir tahun", "laporan. akhir tahun"),
    ],
)
def test_file_names_are_safe_everywhere(name, expected):
    assert safe_filename(name) == expected


@given(st.text(max_size=200))
def test_any_name_becomes_a_safe_one(name):
    safe = safe_filename(name)
    assert 0 < len(safe) <= 100
    assert not set(safe) & set('/\\\r\n\0"')
    assert not safe.startswith(".")


def test_clean_text_keeps_paragraphs_and_drops_what_nobody_sees():
    pasted = "Satu\u200b \u00a0dua\r\n\r\n\r\n\r\nTiga \x07\u202eempat 👩\u200d🏭"
    assert clean_text(pasted) == "Satu dua\n\nTiga empat 👩\u200d🏭"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [("a\r\nb", "a\nb"), ("a\n\n\n\nb", "a\n\nb"), (" a\u200b  b ", "a b"), ("x" * 3, "xxx")],
)
def test_typed_text_is_put_in_order(typed, clean):
    assert clean_text(typed) == clean
    assert one_line(typed) == clean.replace("\n\n", " ").replace("\n", " ")
