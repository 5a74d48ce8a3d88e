"""Markup made safe, and text that only looks like markup kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from serikat.newsroom.importing import cleaning
from serikat.newsroom.importing.blocks import read_body
from serikat.newsroom.importing.document import ImportedPost
from serikat.newsroom.importing.media import Shelf
from serikat.newsroom.importing.walking import Surroundings

ALLOWED = re.compile(
    r"</?(?:b|i|s|sub|sup|code|br|p|ul|li)>|<a href=\"[^\"<>]*\">|</(?:a|ol|abbr)>|<ol(?: start=\"\d+\")?>|<abbr(?: title=\"[^\"<>]*\")?>"
)


def assert_safe(html: str) -> None:
    """Nothing but the tags that are allowed, and no link that runs a script."""
    assert "<" not in ALLOWED.sub("", html)
    for address in re.findall(r'href="([^"]*)"', html):
        scheme = re.match(r"\s*([A-Za-z][\w+.-]*):", address)
        assert scheme is None or scheme[1].lower() in cleaning.LINK_SCHEMES


def read(html: str) -> tuple[str, ImportedPost]:
    post = ImportedPost("kunci", "berkas")
    blocks = read_body(html, Surroundings(post, Shelf()))
    return "".join(getattr(block, "html", "") for block in blocks), post


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("JRKL <spasi> Nama", "JRKL &lt;spasi> Nama"),
        ("</spasi>", "&lt;/spasi>"),
        ("a < b dan <3", "a &lt; b dan &lt;3"),
        ("<b>tebal</b><br/>", "<b>tebal</b><br/>"),
        ("<?php echo 1 ?>", "&lt;?php echo 1 ?>"),
        ("isi <data> lalu <menu>", "isi &lt;data> lalu &lt;menu>"),
        ("<label>x</label>", "<label>x</label>"),
        ("<NAMA LENGKAP>", "&lt;NAMA LENGKAP>"),
        ("<o:p>x</o:p>", "<o:p>x</o:p>"),
        ("akhir <b", "akhir &lt;b"),
        ("<a@contoh.example>", "&lt;a@contoh.example>"),
    ],
)
def test_quote_unknown_markup_keeps_text_that_looks_like_markup(written: str, kept: str) -> None:
    assert cleaning.quote_unknown_markup(written) == kept


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='jAvA\tscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<svg onload=alert(1)><a xlink:href='javascript:x'><text>x</text></a></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<form action='https://jahat.example'><input name=sandi><button>Kirim</button></form>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p style='background:url(javascript:x)' onclick='x()'>teks</p>",
        "<style>@import 'https://jahat.example'</style>",
        "<b><i><b>" * 40 + "x",
        "<div" + "<div" * 50,
        "<a href='https://a.example' target=_blank rel=opener>x</a>",
        "<base href='https://jahat.example'><meta http-equiv=refresh content='0;url=x'>",
        "<template><script>alert(1)</script></template><xmp><script>x</script></xmp>",
        "<object data='javascript:alert(1)'></object><embed src='javascript:x'>",
        "<<script>script>alert(1)<</script>/script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_read_body_lets_nothing_hostile_through(hostile: str) -> None:
    html, _ = read(f"Awal {hostile} akhir")
    assert_safe(html)


def test_read_body_keeps_what_it_drops_in_the_notes() -> None:
    _, post = read("<p>Isi.</p><script>lacak()</script><form><input name=nik></form>")
    assert [note.literal for note in post.notes] == ["<script>lacak()</script>", '<form><input name="nik"></form>']


def test_strip_controls_takes_out_what_turns_text_around() -> None:
    assert cleaning.strip_controls("a\u202eb\x00c\u2066d\ufeff\u200be") == "abcde"


def test_strip_controls_reads_windows_quotes() -> None:
    assert cleaning.strip_controls("\x93halo\x94") == "“halo”"


def test_plain_line_keeps_unknown_tags_and_drops_known_ones() -> None:
    assert (
        cleaning.plain_line("<b>Kirim</b> INFO &lt;spasi&gt; <spasi>\n nama &amp; desa")
        == "Kirim INFO <spasi> <spasi> nama & desa"
    )


def test_plain_text_keeps_lines_and_addresses_of_links() -> None:
    written = "Satu<br>dua\r\n\r\n<p>Tiga <a href='https://a.example/x'>di sini</a></p><script>x</script>"
    assert cleaning.plain_text(written) == "Satu\ndua\n\nTiga di sini (https://a.example/x)"


def test_read_body_reads_the_bare_text_of_markup_nested_beyond_reason() -> None:
    html, post = read("<div>" * 5000 + "Isi" + "</div>" * 5000)
    assert html == "<p>Isi</p>"
    assert [problem.what for problem in post.problems] == ["Susunan HTML terlalu dalam: hanya teksnya yang diambil."]


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "<p>",
                "<div",
                "<script>",
                "</script>",
                "<style>",
                "<svg>",
                "<math>",
                "<a href='javascript:x'>",
                "</a>",
                "<img src=x onerror=y>",
                "<table><tr><td>",
                "<ul><li>",
                "<iframe src='//youtube.com/embed/dQw4w9WgXcQ'>",
                "<spasi>",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "&lt;",
                "&#x0;",
                '"',
                "'",
                "=",
                "<noscript>",
                "<template>",
                "<pre>",
                "<figure>",
                "<blockquote>",
                "<ol start=3>",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(PIECES)
@example("<ol start=3><b><!--<!--")
def test_read_body_never_fails_and_never_gives_unsafe_html(written: str) -> None:
    post = ImportedPost("kunci", "berkas")
    for block in read_body(written, Surroundings(post, Shelf(), bare_embeds=True)):
        for html in (getattr(block, "html", ""), *[cell for row in getattr(block, "rows", ()) for cell in row]):
            assert_safe(html)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_clean_rich_gives_the_same_when_it_cleans_again(written: str) -> None:
    once = cleaning.clean_rich(cleaning.quote_unknown_markup(written))
    assert cleaning.clean_rich(once) == once
