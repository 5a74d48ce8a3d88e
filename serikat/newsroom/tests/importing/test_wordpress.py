"""Every construct of a WordPress export, in sentences of our own."""

from __future__ import annotations

import contextlib
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serikat.newsroom.importing.autop import autop
from serikat.newsroom.importing.document import (
    Archive,
    ArchiveRefused,
    Code,
    Document,
    Embed,
    Heading,
    ImportedPost,
    Paragraph,
    Picture,
    Quote,
    State,
    Table,
)
from serikat.newsroom.importing.wordpress import read_wordpress
from serikat.newsroom.tests.importing.conftest import HEAD, NOW, attachment, export, item
from serikat.newsroom.tests.importing.test_cleaning import assert_safe

Read = Callable[..., Archive]
ReadOne = Callable[..., ImportedPost]
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def meta(name: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


def pictures(post: ImportedPost) -> list[tuple[str | None, str]]:
    return [(each.path.name if each.path else None, each.caption) for each in post.body if isinstance(each, Picture)]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_read_wordpress_knows_each_version(blog: Read, version: str) -> None:
    (post,) = blog(item("Isi.", excerpt="Teras."), version=version).posts
    assert (post.title, post.lead, post.authors) == ("Judul", "Teras.", ["Redaksi Kabar"])
    assert post.key == "wordpress:kabar.example:1"
    assert post.published_at == datetime(2020, 5, 1, 1, tzinfo=UTC)
    assert post.old_addresses == ["/2020/05/judul-1/", "/?p=1"]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.LIVE),
        ({"status": "draft", "date_gmt": "0000-00-00 00:00:00"}, State.DRAFT),
        ({"status": "pending"}, State.DRAFT),
        ({"status": "private"}, State.PRIVATE),
        ({"status": "future", "date_gmt": "2027-01-05 01:00:00"}, State.SCHEDULED),
        ({"status": "future"}, State.DRAFT),
        ({"status": "trash"}, State.TRASHED),
        ({"password": "rahasia"}, State.PROTECTED),
        ({"status": "future", "date_gmt": "2027-01-05 01:00:00", "password": "x"}, State.PROTECTED),
        ({"status": "aneh"}, State.DRAFT),
        ({"kind": "event"}, State.DRAFT),
    ],
)
def test_read_state_keeps_what_was_not_public(article: ReadOne, values: dict[str, str], state: State) -> None:
    post = article("Isi.", **values)
    assert post.state is state
    assert "rahasia" not in repr(post)


@pytest.mark.parametrize(
    ("date", "gmt", "moment"),
    [
        ("2020-05-01 08:00:00", "2020-05-01 01:00:00", datetime(2020, 5, 1, 1, tzinfo=UTC)),
        ("2020-05-01 08:00:00", "0000-00-00 00:00:00", datetime(2020, 5, 1, 1, tzinfo=UTC)),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", datetime(2020, 5, 1, 1, tzinfo=UTC)),
    ],
)
def test_read_date_from_gmt_then_local_then_published(article: ReadOne, date: str, gmt: str, moment: datetime) -> None:
    assert article("Isi.", date=date, date_gmt=gmt).published_at == moment


def test_read_terms(article: ReadOne) -> None:
    terms = "".join(
        f'<category domain="{domain}" nicename="{short}"><![CDATA[{name}]]></category>'
        for domain, short, name in [
            ("category", "kabar", "Kabar &amp; Aksi"), ("category", "uncategorized", "Uncategorized"), ("post_tag", "upah", "upah"),
            ("tag", "phk", "phk"), ("kota", "bekasi", "Bekasi"), ("post_format", "post-format-video", "Video"),
        ]
    )  # fmt: skip
    post = article("Isi.", more=terms)
    assert (post.categories, post.tags) == (["Kabar & Aksi"], ["upah", "phk", "Bekasi"])
    assert [str(note) for note in post.notes] == ["Istilah dari taksonomi kota: Bekasi", "Format di WordPress: Video"]


def test_read_comments_keeps_people_and_counts_machines(article: ReadOne) -> None:
    def comment(number: int, text: str, *, approved: str = "1", kind: str = "comment", parent: int = 0) -> str:
        return (
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Wati</wp:comment_author>"
            f"<wp:comment_author_email>wati@example.invalid</wp:comment_author_email><wp:comment_author_IP>10.0.0.9</wp:comment_author_IP>"
            f"<wp:comment_date_gmt>2020-05-02 01:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
            f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )

    more = comment(1, "Setuju.\n\n<b>Kirim</b> INFO <spasi>") + comment(2, "Balas", parent=1, approved="0", kind="")
    more += comment(3, "Beli", approved="spam") + comment(4, "x", kind="pingback") + comment(5, "y", kind="trackback")
    post = article("Isi.", more=more)
    assert [(c.key, c.text, c.parent, c.approved) for c in post.comments] == [
        ("1", "Setuju.\n\nKirim INFO <spasi>", None, True),
        ("2", "Balas", "1", False),
    ]
    assert [str(note) for note in post.notes] == [
        f"Tanggapan yang tidak diambil: 1 {what}" for what in ("pingback", "spam", "trackback")
    ]
    assert "wati@example" not in repr(post)
    assert "10.0.0.9" not in repr(post)


def test_read_cover_and_pictures_by_base_name(article: ReadOne) -> None:
    content = '<img class="size-medium wp-image-7" src="https://kabar.example/wp-content/uploads/2020/05/aksi-300x200.jpg" alt="Aksi" />\n\nIsi.'
    post = article(content, more=meta("_thumbnail_id", "8"), others=(attachment(7, "aksi.jpg"), attachment(8, "sampul.png", alt="Sampul", caption="Kota")), pictures=("aksi.jpg", "x/sampul.png"))  # fmt: skip
    assert post.cover is not None
    assert post.cover.path is not None
    assert (post.cover.path.name, post.cover.alt, post.cover.caption) == ("sampul.png", "Sampul", "Kota")
    assert pictures(post) == [("aksi.jpg", "")]


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("foto-300x200.jpg", "foto.jpg"),
        ("foto-300x200.jpg", "foto-300x200.jpg"),
        ("foto.jpg", "foto-scaled.jpg"),
        ("FOTO.JPG", "foto.jpg"),
        ("foto%20kita.jpg", "foto kita.jpg"),
        ("foto-1024x768.jpg", "foto-scaled.jpg"),
    ],
)
def test_find_media_in_their_sizes(article: ReadOne, written: str, file: str) -> None:
    post = article(f'<img src="https://kabar.example/wp-content/uploads/2020/05/{written}" alt="a">', pictures=(file,))
    if written == "foto.jpg":
        assert post.missing_pictures() == [f"https://kabar.example/wp-content/uploads/2020/05/{written}"]
    else:
        assert pictures(post) == [(file, "")]


def test_find_media_of_one_name_by_their_folders(article: ReadOne) -> None:
    post = article(
        '<img src="https://kabar.example/wp-content/uploads/2020/05/a.png">', pictures=("2019/05/a.png", "2020/05/a.png")
    )
    (block,) = post.body
    assert isinstance(block, Picture)
    assert block.path is not None
    assert block.path.parts[-3:] == ("2020", "05", "a.png")


BLOCKS = [
    ("<!-- wp:paragraph --><p>Isi <strong>b</strong></p><!-- /wp:paragraph -->", Paragraph("<p>Isi <b>b</b></p>")),
    ('<!-- wp:heading {"level":3} --><h3 class="wp-block-heading">Sub</h3><!-- /wp:heading -->', Heading(3, "Sub")),
    ("<!-- wp:list --><ul><!-- wp:list-item --><li>satu</li><!-- /wp:list-item --></ul><!-- /wp:list -->", Paragraph("<ul><li>satu</li></ul>")),
    ('<!-- wp:quote --><blockquote class="wp-block-quote"><p>Bersatu</p><cite>Sari</cite></blockquote><!-- /wp:quote -->', Quote("<p>Bersatu</p>", "Sari")),
    ("<!-- wp:pullquote --><figure class='wp-block-pullquote'><blockquote><p>Maju</p><cite>Budi</cite></blockquote></figure><!-- /wp:pullquote -->", Quote("<p>Maju</p>", "Budi")),
    ("<!-- wp:table --><figure class='wp-block-table'><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table><figcaption>T</figcaption></figure><!-- /wp:table -->", Table((("a",), ("1",), ("2",)), header=True, caption="T")),
    ('<!-- wp:embed {"url":"https://youtu.be/dQw4w9WgXcQ"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/dQw4w9WgXcQ\n</div><figcaption>V</figcaption></figure><!-- /wp:embed -->', Embed(VIDEO, "V")),
    ('<!-- wp:core-embed/youtube {"url":"https://youtu.be/dQw4w9WgXcQ"} /-->', Embed(VIDEO)),
    ("<!-- wp:code --><pre class='wp-block-code'><code>a &lt;b&gt;\n c</code></pre><!-- /wp:code -->", Code("a <b>\n c")),
    ("<!-- wp:verse --><pre class='wp-block-verse'>satu<br>dua</pre><!-- /wp:verse -->", Code("satu\ndua")),
    ("<!-- wp:preformatted --><pre>x  y</pre><!-- /wp:preformatted -->", Code("x  y")),
    ("<!-- wp:columns --><div class='wp-block-columns'><!-- wp:column --><div><!-- wp:paragraph --><p>k</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->", Paragraph("<p>k</p>")),
    ("<!-- wp:group --><div><!-- wp:paragraph --><p>g</p><!-- /wp:paragraph --></div><!-- /wp:group -->", Paragraph("<p>g</p>")),
    ("<!-- wp:buttons --><div class='wp-block-buttons'><!-- wp:button --><div class='wp-block-button'><a class='wp-block-button__link' href='https://a.example/'>Daftar</a></div><!-- /wp:button --></div><!-- /wp:buttons -->", Paragraph('<p><a href="https://a.example/">Daftar</a></p>')),
    ("<!-- wp:html --><p>mentah <script>x</script></p><!-- /wp:html -->", Paragraph("<p>mentah</p>")),
    ("<!-- wp:shortcode -->[youtube dQw4w9WgXcQ]<!-- /wp:shortcode -->", Embed(VIDEO)),
    ("<!-- wp:freeform -->satu\n\ndua<!-- /wp:freeform -->", Paragraph("<p>satu</p><p>dua</p>")),
    ("Editor lama\n\n<!-- wp:paragraph --><p>baru</p><!-- /wp:paragraph -->", Paragraph("<p>Editor lama</p><p>baru</p>")),
    ('<!-- wp:block {"ref":40} /-->', Paragraph("<p>Blok yang diulang</p>")),
    ("<!-- wp:details --><details><summary>Tanya</summary><!-- wp:paragraph --><p>Jawab</p><!-- /wp:paragraph --></details><!-- /wp:details -->", Paragraph("<p><b>Tanya</b></p><p>Jawab</p>")),
]  # fmt: skip


@pytest.mark.parametrize(("content", "block"), BLOCKS)
def test_read_blocks(article: ReadOne, content: str, block: object) -> None:
    repeated = item("<!-- wp:paragraph --><p>Blok yang diulang</p><!-- /wp:paragraph -->", number=40, kind="wp_block")
    assert article(content, others=(repeated,)).body == [block]


def test_read_blocks_that_part_say_nothing(article: ReadOne) -> None:
    post = article(
        '<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:separator --><hr/><!-- /wp:separator --><!-- wp:spacer {"height":"20px"} -->'
        "<div style='height:20px' aria-hidden='true'></div><!-- /wp:spacer --><!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage -->"
        "<!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->"
    )
    assert (post.body, post.notes) == ([Paragraph("<p>a</p><p>b</p>")], [])


def test_read_picture_blocks(article: ReadOne) -> None:
    post = article(
        '<!-- wp:image {"id":7} --><figure class="wp-block-image"><a href="https://kabar.example/wp-content/uploads/2020/05/aksi.jpg"><img src="https://kabar.example/wp-content/uploads/2020/05/aksi-300x200.jpg" alt="A" class="wp-image-7"/></a>'
        "<figcaption>Aksi (Foto: Sari)</figcaption></figure><!-- /wp:image -->"
        '<!-- wp:gallery --><figure class="wp-block-gallery"><!-- wp:image --><figure><img src="/wp-content/uploads/dua.png" alt=""/><figcaption>Dua</figcaption></figure><!-- /wp:image -->'
        '<!-- wp:image --><figure><img src="/wp-content/uploads/tiga.png" alt=""/></figure><!-- /wp:image --></figure><!-- /wp:gallery -->'
        '<!-- wp:gallery {"ids":[8]} --><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img src="/wp-content/uploads/dua.png"/><figcaption>Lama</figcaption></figure></li></ul><!-- /wp:gallery -->'
        '<!-- wp:cover --><div class="wp-block-cover" style="background-image:url(/wp-content/uploads/tiga.png)"><p>Di atas</p></div><!-- /wp:cover -->'
        '<!-- wp:media-text --><div class="wp-block-media-text"><figure><img src="/wp-content/uploads/dua.png"/></figure><div><!-- wp:paragraph --><p>Samping</p><!-- /wp:paragraph --></div></div><!-- /wp:media-text -->',
        others=(attachment(7, "aksi.jpg"),),
        pictures=("aksi.jpg", "dua.png", "tiga.png"),
    )
    assert pictures(post) == [
        ("aksi.jpg", "Aksi"),
        ("dua.png", "Dua"),
        ("tiga.png", ""),
        ("dua.png", "Lama"),
        ("tiga.png", ""),
        ("dua.png", ""),
    ]
    assert [block.html for block in post.body if isinstance(block, Paragraph)] == ["<p>Di atas</p>", "<p>Samping</p>"]
    assert next(block.credit for block in post.body if isinstance(block, Picture)) == "Sari"


def test_read_file_blocks(article: ReadOne, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    for name in ("panduan.pdf", "siaran.mp3", "rekaman.mp4"):
        (tmp_path / "media" / name).write_bytes(b"x")
    post = article(
        '<!-- wp:file --><div class="wp-block-file"><a href="/wp-content/uploads/panduan.pdf">Panduan</a><a href="/wp-content/uploads/panduan.pdf" class="wp-block-file__button" download>Unduh</a></div><!-- /wp:file -->'
        '<!-- wp:audio --><figure class="wp-block-audio"><audio controls src="/wp-content/uploads/siaran.mp3"></audio></figure><!-- /wp:audio -->'
        '<!-- wp:video --><figure class="wp-block-video"><video controls src="/wp-content/uploads/rekaman.mp4"></video></figure><!-- /wp:video -->'
    )
    assert [block.title for block in post.body if isinstance(block, Document)] == ["Panduan", "siaran.mp3", "rekaman.mp4"]
    assert len(post.body) == 3


def test_read_blocks_that_nobody_understands_are_noted(article: ReadOne) -> None:
    post = article(
        '<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:acme/box {"a":{"b":1}} --><div><p>Dalam kotak</p></div><!-- /wp:acme/box --><!-- wp:block {"ref":99} /-->'
    )
    assert post.body == [Paragraph("<p>Dalam kotak</p>")]
    assert [note.literal for note in post.notes] == [
        '<!-- wp:latest-posts {"postsToShow":3} /-->',
        '<!-- wp:acme/box {"a":{"b":1}} -->',
        '<!-- wp:block {"ref":99} /-->',
    ]


def test_read_footnotes_block(article: ReadOne) -> None:
    post = article(
        '<!-- wp:paragraph --><p>Isi<sup data-fn="x" class="fn"><a href="#x" id="x-link">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->',
        more=meta("footnotes", '[{"content":"Sumber <b>satu</b>","id":"x"}]'),
    )
    assert post.body == [
        Paragraph("<p>Isi<sup>1</sup></p>"),
        Heading(2, "Catatan kaki"),
        Paragraph("<ol><li>Sumber <b>satu</b></li></ol>"),
    ]


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        ("[youtube dQw4w9WgXcQ]", [Embed(VIDEO)]),
        ("[youtube=http://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;w=320]", [Embed(VIDEO)]),
        ("[youtube id=\"dQw4w9WgXcQ\" mode='x']", [Embed(VIDEO)]),
        ("[embed width=\"1\"]https://youtu.be/dQw4w9WgXcQ[/embed]", [Embed(VIDEO)]),
        ("[vimeo 12345678]", [Embed("https://vimeo.com/12345678")]),
        ("https://youtu.be/dQw4w9WgXcQ", [Embed(VIDEO)]),
        ("[video src=\"https://youtu.be/dQw4w9WgXcQ\"][/video]", [Embed(VIDEO)]),
        ("[[youtube x]] tampil", [Paragraph("<p>[youtube x] tampil</p>")]),
        ("Kata [sic] dan [1] dan [pranala ini] dan [Redaksi]", [Paragraph("<p>Kata [sic] dan [1] dan [pranala ini] dan [Redaksi]</p>")]),
        ("[code]a <b>[/code]", [Code("a <b>")]),
        ("[quote author=\"Sari\"]Maju[/quote]", [Quote("<p>Maju</p>", "Sari")]),
    ],
)  # fmt: skip
def test_read_short_codes(article: ReadOne, content: str, blocks: list[object]) -> None:
    post = article(content)
    assert (post.body, post.notes) == (blocks, [])


def test_read_caption_and_gallery(article: ReadOne) -> None:
    post = article(
        '[caption id="attachment_7" align="alignnone" width="300"]<a href="x"><img src="/wp-content/uploads/2020/05/aksi.jpg" alt="A" /></a> Di <em>depan</em> pabrik[/caption]\n\n[gallery ids="8,7,99"]\n\n[gallery]',
        others=(attachment(7, "aksi.jpg", caption="Aksi", parent=1), attachment(8, "dua.png")),
        pictures=("aksi.jpg", "dua.png"),
    )
    assert pictures(post) == [("aksi.jpg", "Di depan pabrik"), ("dua.png", ""), ("aksi.jpg", "Aksi"), ("aksi.jpg", "Aksi")]
    assert ("Gambar galeri yang tidak ada dalam ekspor", "99") in [(note.what, note.literal) for note in post.notes]


def test_read_short_codes_of_plugins_are_noted(article: ReadOne) -> None:
    post = article('[contact-form-7 id="4" title="Kontak"]\n\n[su_box title="x"]Di dalam[/su_box] [contact-form]')
    assert post.body == [Paragraph("<p>Di dalam</p>")]
    assert [note.literal for note in post.notes] == [
        '[contact-form-7 id="4" title="Kontak"]',
        '[su_box title="x"]',
        "[contact-form]",
    ]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("satu\n\ndua", "<p>satu</p><p>dua</p>"),
        ("satu\ndua", "<p>satu<br>dua</p>"),
        ("satu\r\n\r\n\r\ndua", "<p>satu</p><p>dua</p>"),
        ("satu<br /><br />dua", "<p>satu</p><p>dua</p>"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nlalu", "<ul><li>a</li><li>b</li></ul><p>lalu</p>"),
        ("<p>a\nb</p>", "<p>a<br>b</p>"),
        ("", ""),
        ("<strong>a\n\nb</strong>", "<p><b>a</b></p><p>b</p>"),
    ],
)
def test_read_old_editor_text(article: ReadOne, written: str, made: str) -> None:
    assert "".join(block.html for block in article(written).body if isinstance(block, Paragraph)) == made


def test_autop_leaves_what_is_preformatted(article: ReadOne) -> None:
    assert article("<pre>a\n\nb</pre>\n\nc").body == [Code("a\n\nb"), Paragraph("<p>c</p>")]
    assert "<p>" not in autop("<pre>a\n\nb</pre>")


def test_read_more_gives_the_lead(article: ReadOne) -> None:
    post = article("Pembuka [b]\n\n<!--more Baca-->\n\nLanjut<!--nextpage-->Halaman dua")
    assert post.lead == "Pembuka [b]"
    assert post.body == [Paragraph("<p>Pembuka [b]</p><p>Lanjut</p><p>Halaman dua</p>")]


def test_read_text_that_looks_like_markup_stays_text(article: ReadOne) -> None:
    assert article("Ketik INFO <spasi> Nama").body == [Paragraph("<p>Ketik INFO &lt;spasi&gt; Nama</p>")]
    assert article("<!-- wp:paragraph --><p>A <spasi> B</p><!-- /wp:paragraph -->").body == [
        Paragraph("<p>A &lt;spasi&gt; B</p>")
    ]


def test_read_addresses(article: ReadOne) -> None:
    post = article(
        "Isi.", name="judul-1", more=meta("_wp_old_slug", "judul-lama") + meta("_pingme", "1") + meta("narasumber", "Sari")
    )
    assert post.old_addresses == ["/2020/05/judul-1/", "/?p=1", "/2020/05/judul-lama/"]
    assert [str(note) for note in post.notes] == ["Isian narasumber: Sari"]


def test_read_counts_what_is_no_post(blog: Read) -> None:
    archive = blog(item(), item(number=2, kind="nav_menu_item"), attachment(3, "a.png"))
    assert (archive.total, len(list(archive.posts)), dict(archive.skipped)) == (1, 1, {"nav_menu_item": 1, "attachment": 1})


# Bad input

BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss></rss>'


@pytest.mark.parametrize(
    "raw",
    [b"", b"   ", b"\x00\x01\x02", b"<html><body>x</body></html>", BOMB.encode(), OUTSIDE.encode(), b'{"json": 1}', b"<rss><channel><title>x</title></channel></rss>",
     "<rss></rss>".encode("utf-16"), b"<rss"],
)  # fmt: skip
def test_read_wordpress_refuses_what_is_no_export(blog: Read, raw: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        blog(raw=raw)


def test_read_wordpress_leaves_out_the_item_in_which_the_file_ends(blog: Read) -> None:
    whole = export(item(), item(number=2, content="Isi kedua yang akan terpotong."))
    archive = blog(raw=whole[: whole.index("terpotong")].encode())
    assert [post.key for post in archive.posts] == ["wordpress:kabar.example:1"]
    assert archive.problems[0].what.startswith("Berkas ini terpotong")


def test_read_wordpress_survives_bad_bytes(blog: Read) -> None:
    raw = export(item("Isi \x0b\x08 baik KOTOR akhir")).encode().replace(b"KOTOR", b"\xff\xfe\xc3")
    (post,) = blog(raw=raw).posts
    assert post.body == [Paragraph("<p>Isi baik \ufffd\ufffd\ufffd akhir</p>")]


def test_read_wordpress_reads_cdata_that_holds_its_own_end(article: ReadOne) -> None:
    assert article("a ]]> b").body == [Paragraph("<p>a ]]&gt; b</p>")]


def test_read_wordpress_refuses_missing_paths(tmp_path: Path) -> None:
    with pytest.raises(ArchiveRefused):
        read_wordpress(tmp_path / "tidak-ada.xml", now=NOW)


@pytest.mark.slow
def test_read_wordpress_holds_one_item_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "besar.xml"
    with path.open("w") as opened:
        opened.write(HEAD.replace("{v}", "1.2"))
        for number in range(80):
            opened.write(item("Kata yang diulang. " * 5000, number=number))
        opened.write("</channel></rss>")
    archive = read_wordpress(path, now=NOW)
    tracemalloc.start()
    count = sum(1 for _ in archive.posts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 80
    assert peak < 4_000_000 < path.stat().st_size


CONTENT = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<!-- wp:image {",
                "<!-- wp:paragraph -->",
                "<!-- /wp:paragraph -->",
                '<!-- wp:block {"ref":1} /-->',
                "<!--more-->",
                "[caption]",
                "[/caption]",
                "[gallery ids=",
                "[[",
                "]]",
                "[x y='",
                "<spasi>",
                "<script>",
                "<p>",
                "</p>",
                "<pre>",
                "</pre>",
                "\n\n",
                "\n",
                "<img src=a>",
                "<svg>",
                "-->",
                "<br />",
            ]
        ),
        st.text(max_size=10),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONTENT)
def test_read_wordpress_never_fails_and_never_gives_unsafe_html(article: ReadOne, written: str) -> None:
    for block in article(written).body:
        for each in (getattr(block, "html", ""), *[cell for row in getattr(block, "rows", ()) for cell in row]):
            assert_safe(each)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4000), st.binary(max_size=40))
def test_read_wordpress_takes_any_bytes(blog: Read, place: int, raw: bytes) -> None:
    whole = export(item("Isi.", more=meta("a", "b")), attachment(2, "a.png")).encode()
    with contextlib.suppress(ArchiveRefused):
        list(blog(raw=whole[:place] + raw + whole[place:]).posts)
