"""Time tags: words for people, the exact form for machines, nothing for nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from serikat.ui.components import lists, words
from serikat.ui.components.words import rupiah, when

MOMENT = dt.datetime(2026, 5, 22, 2, 15, tzinfo=dt.UTC)


def test_when_writes_local_words_and_exact_time():
    assert when(MOMENT) == '<time datetime="2026-05-22T09:15+07:00">Jumat, 22 Mei 2026, 09.15 WIB</time>'
    with translation.override("en"):
        assert when(MOMENT, "clock") == '<time datetime="2026-05-22T09:15+07:00">09:15 WIB</time>'


def test_when_gives_a_plain_day_its_day():
    assert when(dt.date(2026, 5, 22)) == '<time datetime="2026-05-22">Jumat, 22 Mei 2026</time>'


def test_nothing_is_written_for_nothing():
    assert when(None) == ""
    assert rupiah(None) == ""
    assert rupiah(0) == "Rp0"


@pytest.mark.parametrize(
    ("media_type", "said"),
    [
        ("audio/x-wav", "rekaman suara"),
        ("image/heic", "gambar"),
        ("application/pdf", "PDF"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tabel"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "dokumen"),
        ("text/csv", "tabel"),
        ("text/plain", "teks"),
        ("application/x-unknown", "berkas"),
    ],
)
def test_a_kind_of_file_is_said_in_a_word(media_type, said):
    row = lists.file_row("a", "#", 16_000, media_type)
    assert (words.kind_in_words(media_type), row["kind"]) == (said, said)


def test_a_kind_that_is_a_word_stays_it():
    assert lists.file_row("a", "#", kind="PDF")["kind"] == "PDF"
