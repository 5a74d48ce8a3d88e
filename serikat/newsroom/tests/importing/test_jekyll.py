"""Every construct of a Jekyll archive, in sentences of our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serikat.newsroom.importing.document import (
    ArchiveRefused,
    Callout,
    Code,
    Embed,
    Heading,
    Paragraph,
    Picture,
    Quote,
    State,
    Table,
)
from serikat.newsroom.importing.jekyll import read_jekyll
from serikat.newsroom.tests.importing.conftest import NOW, Site
from serikat.newsroom.tests.importing.test_cleaning import assert_safe

WIB = timezone(timedelta(hours=7))
JAKARTA = ZoneInfo("Asia/Jakarta")


def html(site: Site, body: str) -> str:
    return "".join(block.html for block in site.only(body).body if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-08-26 15:08:00 +07:00", datetime(2014, 8, 26, 15, 8, tzinfo=WIB)),
        ("2013-06-27 10:33:00+07:00", datetime(2013, 6, 27, 10, 33, tzinfo=WIB)),
        ("2014-08-26 15:08:00 +0700", datetime(2014, 8, 26, 15, 8, tzinfo=WIB)),
        ("2014-08-26T08:08:00Z", datetime(2014, 8, 26, 8, 8, tzinfo=UTC)),
        ("2014-08-26T08:08:00.250Z", datetime(2014, 8, 26, 8, 8, tzinfo=UTC)),
        ("2014-08-26 15:08 WIB", datetime(2014, 8, 26, 15, 8, tzinfo=WIB)),
        ("2014-08-26 15:08 WITA", datetime(2014, 8, 26, 15, 8, tzinfo=timezone(timedelta(hours=8)))),
        ("2014-08-26 15:08:00", datetime(2014, 8, 26, 15, 8, tzinfo=JAKARTA)),
        ("2014-08-26", datetime(2014, 8, 26, tzinfo=JAKARTA)),
        ("2014-8-6", datetime(2014, 8, 6, tzinfo=JAKARTA)),
        ("26 Agustus 2014", datetime(2014, 8, 26, tzinfo=JAKARTA)),
        ("Selasa, 26 Agustus 2014, pukul 15.08 WIB", datetime(2014, 8, 26, 15, 8, tzinfo=WIB)),
        ("'2014-08-26'", datetime(2014, 8, 26, tzinfo=JAKARTA)),
    ],
)
def test_read_date_knows_every_shape_with_its_zone(site: Site, written: str, moment: datetime) -> None:
    post = site.only(head=f"title: Judul\ndate: {written}")
    assert (post.published_at, post.problems) == (moment, [])


@pytest.mark.parametrize("written", ["2014-02-30", "kemarin", "2014-13-01", "0000-00-00", "9999-99-99 99:99"])
def test_read_date_falls_back_to_the_name_of_the_file(site: Site, written: str) -> None:
    post = site.only(head=f"title: Judul\ndate: {written}")
    assert post.published_at == datetime(2020, 5, 1, tzinfo=JAKARTA)
    assert [problem.what for problem in post.problems] == [f"Tanggal tidak terbaca: {written}"]


def test_read_post_without_any_date_is_a_draft(site: Site) -> None:
    post = site.only(name="tanpa-tanggal.md")
    assert (post.state, post.published_at) == (State.DRAFT, None)


def test_read_config_gives_zone_address_and_permalinks(site: Site) -> None:
    site.write("_config.yml", "timezone: Asia/Makassar\nurl: https://www.kabar.example\npermalink: pretty\n")
    site.picture("uploads/a.png")
    post = site.only("![a](https://kabar.example/uploads/a.png)", "title: Judul\ndate: 2020-05-01 10:00")
    assert post.published_at == datetime(2020, 5, 1, 10, tzinfo=ZoneInfo("Asia/Makassar"))
    assert post.key == "jekyll:kabar.example:_posts/2020-05-01-judul.md"
    assert post.old_addresses == ["/2020/05/01/judul/"]
    assert post.missing_pictures() == []


@pytest.mark.parametrize(
    ("head", "state"),
    [
        ("title: A", State.LIVE),
        ("title: A\npublished: false", State.DRAFT),
        ("title: A\npublished: no", State.DRAFT),
        ("title: A\ndraft: true", State.DRAFT),
        ("title: A\ndate: 2027-01-01", State.SCHEDULED),
    ],
)
def test_read_state_keeps_what_was_not_public(site: Site, head: str, state: State) -> None:
    assert site.only(head=head).state is state


def test_read_drafts_and_pages(site: Site) -> None:
    site.write("_drafts/nanti.md", "---\ntitle: Nanti\n---\nBelum.")
    site.write("tentang.md", "---\ntitle: Tentang kami\n---\nKami.")
    site.write("README.md", "Bukan halaman.")
    found = [(post.title, post.kind, post.state) for post in site.read()]
    assert found == [("Nanti", "post", State.DRAFT), ("Tentang kami", "page", State.LIVE)]


def test_read_head_takes_words_as_words(site: Site) -> None:
    post = site.only(
        head='title: 2014\ncategories: "CMS  Kabar"\ntags: [no, 2014, "hak & upah"]\nauthors:\n- Sari\n- name: Budi\ncomments: false'
    )
    assert post.title == "2014"
    assert (post.categories, post.tags, post.authors) == (["CMS", "Kabar"], ["no", "2014", "hak & upah"], ["Sari", "Budi"])
    assert post.comments_open is False


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("upah phk", ["upah", "phk"]),
        ("upah layak, phk", ["upah layak", "phk"]),
        ("\n- a\n- a\n- b", ["a", "b"]),
        ("", []),
        ("~", []),
    ],
)
def test_read_tags_from_lists_and_texts(site: Site, written: str, tags: list[str]) -> None:
    assert site.only(head=f"title: A\ntags: {written}").tags == tags


def test_read_head_that_is_no_yaml_line_by_line(site: Site) -> None:
    post = site.only(head="title: Upah: berapa?\ntags:\n- satu\n- dua\nimg: [")
    assert (post.title, post.tags) == ("Upah: berapa?", ["satu", "dua"])
    assert post.problems[0].what.startswith("Kepala berkas bukan YAML yang benar")


def test_read_head_without_its_first_line(site: Site) -> None:
    site.write("_posts/2020-05-01-a.md", "title: Judul sendiri\ntags:\n- x\n---\n\nIsi.")
    (post,) = site.read()
    assert (post.title, post.tags) == ("Judul sendiri", ["x"])
    assert [problem.what for problem in post.problems] == ["Garis pembuka (---) di awal berkas hilang."]


def test_read_file_without_head(site: Site) -> None:
    site.write("_posts/2020-05-01-kabar-dari-pabrik.md", "Hanya isi.")
    (post,) = site.read()
    assert (post.title, post.body) == ("Kabar dari pabrik", [Paragraph("<p>Hanya isi.</p>")])


@pytest.mark.slow
def test_read_head_refuses_yaml_that_swells(site: Site) -> None:
    bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: Tetap"
    assert site.only(head=bomb).title == "Tetap"
    assert site.only(head="title: " + "[" * 5000).problems != []


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("---\ntitle: Kafé\n---\n“Isi”".encode("utf-8-sig"), []),
        ("---\r\ntitle: Kafé\r\n---\r\n“Isi”".encode(), []),
        ("---\ntitle: Kafé\n---\n“Isi”".encode("cp1252"), ["Berkas ini bukan UTF-8; dibaca sebagai Windows-1252."]),
        ("---\ntitle: Kafé\n---\n“Isi”".encode("utf-16"), ["Berkas ini bukan UTF-8; dibaca sebagai UTF-16."]),
    ],
)
def test_read_file_in_any_encoding(site: Site, raw: bytes, problem: list[str]) -> None:
    site.write("_posts/2020-05-01-a.md", raw)
    (post,) = site.read()
    assert (post.title, post.body) == ("Kafé", [Paragraph("<p>“Isi”</p>")])
    assert [each.what for each in post.problems] == problem


def test_read_addresses_by_the_rules_of_jekyll(site: Site) -> None:
    post = site.only(
        head="title: A\ncategories: [CMS, Kabar Buruh]\nredirect_from:\n- /lama/\n- https://lain.example/tua.html\n- ../../etc",
        name="2020-05-01-Upah-Naik.md",
    )
    assert post.old_addresses == [
        "/cms/kabar-buruh/2020/05/01/Upah-Naik.html",
        "/cms/kabar buruh/2020/05/01/Upah-Naik.html",
        "/lama/",
        "/tua.html",
    ]
    assert post.slug == "upah-naik"
    assert site.only(head="title: A\npermalink: /berita/upah/", name="2020-05-01-Upah-Naik.md").old_addresses == [
        "/berita/upah/"
    ]


def test_read_text_that_looks_like_markup_stays_text(site: Site) -> None:
    written = "Ketik JRKL <spasi> Nama <spasi>`x <spasi>`\n\n<spasi> di awal baris **tebal**\n\n* <nama> kirim\n\n3 < 4 & 5"
    assert html(site, written) == (
        "<p>Ketik JRKL &lt;spasi&gt; Nama &lt;spasi&gt;<code>x &lt;spasi&gt;</code></p>"
        "<p>&lt;spasi&gt; di awal baris <b>tebal</b></p><ul><li>&lt;nama&gt; kirim</li></ul><p>3 &lt; 4 &amp; 5</p>"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "Lihat https://a.example/x?y=1&z=2.",
            'Lihat <a href="https://a.example/x?y=1&amp;z=2">https://a.example/x?y=1&amp;z=2</a>.',
        ),
        ("(http://a.example/b_(c)) dan", '(<a href="http://a.example/b_(c)">http://a.example/b_(c)</a>) dan'),
        ("[di sini https://a.example](https://b.example)", '<a href="https://b.example">di sini https://a.example</a>'),
        ("`https://a.example`", "<code>https://a.example</code>"),
        ("ftp://a.example dan https:// saja, http://[rusak", "ftp://a.example dan https:// saja, http://[rusak"),
        ('https://a.example/" onclick=1', '<a href="https://a.example/">https://a.example/</a>" onclick=1'),
    ],
)
def test_read_address_in_plain_sight_can_be_followed(site: Site, written: str, read: str) -> None:
    assert html(site, written) == f"<p>{read}</p>"


def test_read_letters_that_were_read_wrongly_stay_and_are_noted(site: Site) -> None:
    post = site.only("Hari Jumâ€™at mengajukanÂ  permohonan, pulang ke São Paulo")
    assert [note.literal for note in post.notes] == ["Jumâ€™at", "mengajukanÂ"]
    assert post.body == [Paragraph("<p>Hari Jumâ€™at mengajukanÂ permohonan, pulang ke São Paulo</p>")]


def test_read_kramdown_attribute_lists_go(site: Site) -> None:
    assert (
        html(site, "Teks _miring_{: .merah} biasa.\n{: #satu .tengah }\n\n## Sub {#dua}\n")
        == "<p>Teks <i>miring</i> biasa.</p>"
    )
    assert site.only("{:.besar}\n## Sub {#dua}\n").body == [Heading(2, "Sub")]
    assert site.only("    {: .x } kode\n").body == [Code("{: .x } kode")]


def test_read_kramdown_callouts(site: Site) -> None:
    assert site.only("Awas.\n{: .alert .alert-warning }").body == [Callout("warning", "<p>Awas.</p>")]
    assert site.only("> Kata.\n{: .notice }").body == [Callout("info", "<p>Kata.</p>")]
    assert site.only('<div class="note" markdown="1">\n**Ingat**\n</div>').body == [Callout("info", "<p><b>Ingat</b></p>")]


def test_read_tables_with_and_without_head(site: Site) -> None:
    assert site.only("| Nama | Upah |\n|---|---:|\n| Sari | **5** |").body == [
        Table((("Nama", "Upah"), ("Sari", "<b>5</b>")), header=True)
    ]
    assert site.only("| a | b |\n| c | d |").body == [Table((("a", "b"), ("c", "d")))]


def test_read_footnotes_definitions_abbreviations(site: Site) -> None:
    post = site.only("Upah UMR[^1].\n\n[^1]: Catatan.\n\n*[UMR]: Upah Minimum\n\nPHK\n: Pemutusan\n")
    assert post.body == [
        Paragraph('<p>Upah <abbr title="Upah Minimum">UMR</abbr><sup>1</sup>.</p><p><b>PHK</b></p><p>Pemutusan</p>'),
        Heading(2, "Catatan kaki"),
        Paragraph("<ol><li>Catatan.</li></ol>"),
    ]


def test_read_typography_as_kramdown(site: Site) -> None:
    assert (
        html(site, "\"Halo\" -- kata dia --- 'ya'... <<x>> ~~salah~~") == "<p>“Halo” – kata dia — ‘ya’… «x» <s>salah</s></p>"
    )


def test_read_line_breaks_and_lists(site: Site) -> None:
    assert html(site, "Satu  \ndua\\\\\ntiga") == "<p>Satu<br>dua<br>tiga</p>"
    assert (
        html(site, "3. tiga\n4. empat\n    * dalam\n")
        == '<ol start="3"><li>tiga</li><li>empat<ul><li>dalam</li></ul></li></ol>'
    )


def test_read_prose_that_was_pushed_in_is_no_program(site: Site) -> None:
    long = "Kalimat panjang yang menjorok empat spasi karena kebiasaan mengetik, bukan karena ia adalah program komputer."
    assert html(site, f"Awal.\n\n    {long}") == f"<p>Awal.</p><p>{long}</p>"
    assert site.only("Awal.\n\n    x = 1\n    y = 2").body == [Paragraph("<p>Awal.</p>"), Code("x = 1\ny = 2")]


def test_read_kramdown_extensions_are_noted(site: Site) -> None:
    post = site.only(
        "* TOC\n{:toc}\n\n{::comment}rahasia{:/comment}Isi $$x^2$$.\n\n{::nomarkdown}<b>b</b>{:/}\n\n~~~\n{::comment}kode{:/}\n~~~"
    )
    assert [note.what for note in post.notes] == ["Perintah kramdown", "Daftar isi otomatis", "Rumus yang tidak dipahami"]
    assert post.body[-1] == Code("{::comment}kode{:/}")


@pytest.mark.parametrize(
    ("liquid", "block"),
    [
        ("{% youtube dQw4w9WgXcQ %}", Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        ("{% youtube https://youtu.be/dQw4w9WgXcQ?t=3 %}", Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        ('{% include youtube.html id="dQw4w9WgXcQ" %}', Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        ('{% include video id="12345678" provider="vimeo" %}', Embed("https://vimeo.com/12345678")),
        ("{%- vimeo 12345678 -%}", Embed("https://vimeo.com/12345678")),
        ("{% raw %}{{ apa adanya }}{% endraw %}", Paragraph("<p>{{ apa adanya }}</p>")),
        ("{% highlight ruby %}\nputs <spasi>\n{% endhighlight %}", Code("puts <spasi>")),
        ("[x]({{ site.baseurl }}/y/)", Paragraph('<p><a href="/y/">x</a></p>')),
        ("[x]({{ '/y/' | relative_url }})", Paragraph('<p><a href="/y/">x</a></p>')),
        ("{{ page.title }}", Paragraph("<p>Judul</p>")),
        ("{% tidak tertutup", Paragraph("<p>{% tidak tertutup</p>")),
    ],
)
def test_read_liquid_that_stands_in_posts(site: Site, liquid: str, block: object) -> None:
    post = site.only(liquid)
    assert (post.body, post.notes) == ([block], [])


def test_read_liquid_pictures_and_posts(site: Site) -> None:
    path = site.picture("assets/a.png")
    site.post("Lain.", "title: Lain\ncategories: kabar", "2020-04-01-lain.md")
    site.post(
        '{% include figure image_path="/assets/a.png" alt="Aksi" caption="Depan pabrik" %}[l]({% post_url 2020-04-01-lain %})'
    )
    _, post = site.read()
    assert post.body == [
        Picture("/assets/a.png", path, "Aksi", "Depan pabrik"),
        Paragraph('<p><a href="/kabar/2020/04/01/lain.html">l</a></p>'),
    ]


def test_read_liquid_that_nobody_understands_is_noted_word_for_word(site: Site) -> None:
    post = site.only("Awal {% assign x = 1 %}{{ x | plus: 2 }} akhir {% include petak.html %}")
    assert [note.literal for note in post.notes] == ["{% assign x = 1 %}", "{{ x | plus: 2 }}", "{% include petak.html %}"]
    assert post.body == [Paragraph("<p>Awal akhir</p>")]


def test_read_quotes_headings_code(site: Site) -> None:
    post = site.only("# Satu\n\n> Bersatu.\n> <cite>Sari</cite>\n\n##### Lima\n\n```\na <b>\n```\n")
    assert post.body == [Heading(2, "Satu"), Quote("<p>Bersatu.</p>", "Sari"), Heading(4, "Lima"), Code("a <b>")]


def test_read_excerpt_before_the_separator(site: Site) -> None:
    post = site.only("Pembuka berita.\n\n<!--more-->\n\nLanjutan.")
    assert post.lead == "Pembuka berita."
    assert post.body == [Paragraph("<p>Pembuka berita.</p><p>Lanjutan.</p>")]
    assert site.only(head="title: A\ndescription: Ringkas <b>saja</b>").lead == "Ringkas saja"


def test_read_comments_in_the_head(site: Site) -> None:
    post = site.only(
        head="title: A\ncomments:\n- {id: 5, name: Wati, date: 2020-05-02 10:00, message: 'Setuju <script>x</script>'}\n- teks"
    )
    (comment,) = post.comments
    assert (comment.key, comment.author, comment.text, comment.at) == (
        "5",
        "Wati",
        "Setuju",
        datetime(2020, 5, 2, 10, tzinfo=JAKARTA),
    )


def test_read_unknown_fields_are_noted(site: Site) -> None:
    assert [str(note) for note in site.only(head="title: A\nlokasi: Semper\nlayout: post").notes] == ["Isian lokasi: Semper"]


def test_read_file_of_another_kind_keeps_it_in_the_notes(site: Site) -> None:
    post = site.only("h2. Textile", name="2020-05-01-a.textile")
    assert (post.body, [note.literal for note in post.notes]) == ([], ["h2. Textile"])


def test_read_html_post(site: Site) -> None:
    assert site.only("<h2>Sub</h2>Teks <em>miring</em>", name="2020-05-01-a.html").body == [
        Heading(2, "Sub"),
        Paragraph("<p>Teks <i>miring</i></p>"),
    ]


def test_read_jekyll_refuses_a_folder_without_posts(site: Site) -> None:
    with pytest.raises(ArchiveRefused):
        read_jekyll(site.root, now=NOW)
    site.root.mkdir()
    with pytest.raises(ArchiveRefused):
        read_jekyll(site.root, now=NOW)


def test_read_jekyll_takes_the_posts_folder_itself(site: Site) -> None:
    site.post()
    assert read_jekyll(site.root / "_posts", now=NOW).total == 1


MARKDOWN = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "# ",
                "* ",
                "1. ",
                "> ",
                "```\n",
                "    ",
                "\n\n",
                "\n",
                "**",
                "_",
                "`",
                "[a](b)",
                "![x](/y (1).png)",
                "![x](",
                "{: .a }",
                "{:toc}",
                "{% raw %}",
                "{% endraw %}",
                "{% include x %}",
                "{{ y }}",
                "{{",
                "{%",
                "<spasi>",
                "<div markdown='1'>",
                "</div>",
                "<script>",
                "| a | b |\n",
                "|---|\n",
                "[^1]",
                "\n[^1]: x\n",
                "*[A]: b\n",
                "\nA\n: b\n",
                "$$",
                "{::comment}",
                "{:/comment}",
                "&#x202e;",
                "---\n",
            ]
        ),
        st.text(max_size=10),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MARKDOWN)
def test_read_jekyll_never_fails_and_never_gives_unsafe_html(site: Site, written: str) -> None:
    post = site.only(written)
    for block in post.body:
        for each in (getattr(block, "html", ""), *[cell for row in getattr(block, "rows", ()) for cell in row]):
            assert_safe(each)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.text(max_size=100))
def test_read_jekyll_takes_any_bytes(site: Site, raw: bytes, head: str) -> None:
    site.write("_posts/2020-05-01-a.md", raw)
    site.write("_posts/2020-05-02-b.md", f"---\n{head}\n---\nIsi.".encode("utf-8", "replace"))
    assert len(site.read()) == 2
