"""Captions: what people type and what other programs wrote becomes clean WebVTT, or a sentence that names the line."""

from __future__ import annotations

import pytest

from serikat.newsroom.rules import captions
from serikat.newsroom.rules.captions import (
    BadCaptions,
    Cue,
    Wrong,
    read_file,
    read_typed,
    transcript_of,
    write_typed,
    write_vtt,
)

SRT = "1\r\n00:00:01,500 --> 00:00:03,000\r\nSelamat\r\npagi\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\nKawan\r\n"


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        (SRT, [Cue(1500, 3000, "Selamat pagi"), Cue(4000, 5000, "Kawan")]),
        ("\ufeffWEBVTT\n\nNOTE x\n\nintro\n00:01.000 --> 00:02.000 align:start\n<i>Upah</i>", [Cue(1000, 2000, "Upah")]),
        ("WEBVTT\n\nSTYLE\n::cue{background:url(//x)}\n\n00:00.000 --> 00:01.000\nA", [Cue(0, 1000, "A")]),
        ("00:05.000 --> 00:06.000\nDua\n\n00:01.000 --> 00:02.000\nSatu", [Cue(1000, 2000, "Satu"), Cue(5000, 6000, "Dua")]),
        ("00:00.000 --> 00:01.000\n<v Sari Dewi>Halo</v>", [Cue(0, 1000, "Sari Dewi: Halo")]),
        ("00:00.000 --> 00:01.000\n&lt;script&gt;x&lt;/script&gt; <script>y", [Cue(0, 1000, "x y")]),
        ("00:00.000 --> 00:01.000\n{\\an8}A\u202eB \0", [Cue(0, 1000, "AB")]),
    ],
)
def test_a_file_is_read(text, cues):
    assert read_file(text) == cues


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("", []),
        ("0:05 0:08 Kami minta upah.", [Cue(5000, 8000, "Kami minta upah.")]),
        ("1:00:05,5 - 1:00:08 A", [Cue(3605500, 3608000, "A")]),
        ("0:05 A\n0:07 B", [Cue(5000, 7000, "A"), Cue(7000, 14000, "B")]),
        ("0:07 0:09 B\n\n0:05 0:06 A", [Cue(5000, 6000, "A"), Cue(7000, 9000, "B")]),
        ("0:05 0:06", []),
    ],
)
def test_lines_are_read(text, cues):
    assert read_typed(text) == cues


def test_what_was_typed_comes_back_as_it_was():
    cues = [Cue(500, 2000, "A --> B & <b>".replace("-->", "–")), Cue(61_000, 3_723_250, "Panjang")]
    assert read_typed(write_typed(cues)) == [Cue(500, 2000, "A – B &"), cues[1]]
    plain = [Cue(500, 2000, "5 & 6"), cues[1]]
    assert read_file(write_vtt(plain)) == plain
    assert write_vtt([]) == ""


@pytest.mark.parametrize(
    ("read", "text", "wrong"),
    [
        (read_file, "", (Wrong.EMPTY, 0)),
        (read_file, "halo", (Wrong.NO_TIME, 1)),
        (read_file, "WEBVTT\n\n00:05.000 --> 00:04.000\nA", (Wrong.BACKWARDS, 3)),
        (read_file, "x" * (captions.MOST_SIGNS + 1), (Wrong.TOO_LONG, 0)),
        (read_file, "00:00.000 --> 00:01.000\n" + "x" * 501, (Wrong.LONG_CUE, 1)),
        (read_file, "00:00.000 --> 00:01.000\nA\n\n" * 4001, (Wrong.TOO_MANY, 0)),
        (read_typed, "0:01 A\nB", (Wrong.NO_TIME, 2)),
        (read_typed, "0:01 A\n" * 4001, (Wrong.TOO_MANY, 0)),
        (read_typed, "99:59:59 A", (Wrong.BACKWARDS, 1)),
    ],
)
def test_what_cannot_be_read_says_where(read, text, wrong):
    with pytest.raises(BadCaptions) as bad:
        read(text)
    assert (bad.value.wrong, bad.value.line) == wrong


def test_a_transcript_has_paragraphs():
    cues = [Cue(0, 1000, "Satu."), Cue(1500, 2000, "Dua."), Cue(9000, 9500, "Tiga.")]
    assert transcript_of(cues) == "Satu. Dua.\n\nTiga."
