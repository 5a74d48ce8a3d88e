"""Numbers that belong to persons, the text as it shows, and what an editor changed."""

from __future__ import annotations

import pytest

from serikat.newsroom.rules import posts as rules


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WA 0812-3456-7890 ya", ["0812-3456-7890"]),
        ("+62 812 3456 7890, kantor 021-5550123", ["+62 812 3456 7890", "021-5550123"]),
        ("NIK 3216085708900001.", ["3216085708900001"]),
        ("surel a.b@contoh.id!", ["a.b@contoh.id"]),
        ("Upah Rp4.901.798 dan Rp 5.000.000 pada 12.05.2026", []),
        ("UU 13/2003 pasal 78, tahun 2019-2024", []),
        ("Nomor perkara 12/Pdt.Sus-PHI/2026", []),
    ],
)
def test_personal_numbers_are_found_and_wages_are_not(text, found):
    assert rules.personal_numbers(text) == found


def test_shown_html_escapes_everything():
    assert rules.shown_html("<b>a</b>\nb\n\nc & d") == "<p>&lt;b&gt;a&lt;/b&gt;<br>b</p>\n<p>c &amp; d</p>"


def test_changes_put_together_give_both_texts():
    before, after = "Kami lembur tiga jam.\n\nTidak dibayar.", "Kami lembur empat jam.\n\nTidak dibayar sampai Mei."
    parts = list(rules.changes(before, after))
    assert "".join(words for kind, words in parts if kind != "new") == before
    assert "".join(words for kind, words in parts if kind != "gone") == after
    assert ("gone", "tiga") in parts
    assert ("new", "empat") in parts


@pytest.mark.parametrize(("shown", "after", "trusted"), [(0, 0, False), (9, 0, False), (2, 3, False), (3, 3, True)])
def test_trust_begins_after_so_many_shown_posts(shown, after, trusted):
    assert rules.is_trusted(shown, after) is trusted
