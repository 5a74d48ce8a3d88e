"""Pictures, documents and videos of a Jekyll archive, by whatever way posts name them."""

from __future__ import annotations

import pytest

from serikat.newsroom.importing.document import Document, Embed, Paragraph, Picture
from serikat.newsroom.tests.importing.conftest import Site


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("_uploads/a.png", "/uploads/a.png"),
        ("uploads/a.png", "{{ site.baseurl }}/uploads/a.png"),
        ("_uploads/a b.png", "/uploads/a%20b.png"),
        ("_uploads/a b (1).png", "/uploads/a b (1).png"),
        ("_uploads/a_(1).png", "/uploads/a_(1).png"),
        ("_uploads/A.PNG", "/uploads/a.png"),
        ("_uploads/a.png", "/uploads/a.png\t"),
        ("_uploads/a.png", "../uploads/a.png?x=1#y"),
        ("_uploads/a.png", "https://siapa.example/uploads/a.png"),
        ("_uploads/kafé.png", "/uploads/kaf%C3%A9.png"),
        ("_uploads/a.png", "/uploads/\na.png"),
    ],
)
def test_find_picture_by_the_paths_posts_use(site: Site, file: str, written: str) -> None:
    path = site.picture(file)
    (block,) = site.only(f"![Aksi]({written}){{: .img-responsive }}").body
    assert isinstance(block, Picture)
    assert (block.path, block.alt) == (path, "Aksi")


@pytest.mark.parametrize(
    "written",
    ["/uploads/x.png", "../../../../etc/hosts.png", "/etc/passwd.png", "https://lain.example/a.png", "file:///etc/x.png"],
)
def test_find_picture_that_is_not_there_is_listed(site: Site, written: str) -> None:
    site.picture("_uploads/a.png")
    post = site.only(f"Teks.\n\n<img src='{written}' alt='x'>")
    assert post.missing_pictures() == [written]


def test_find_picture_with_a_wrong_bracket(site: Site) -> None:
    path = site.picture("_uploads/a.png")
    assert site.only("![Aksi](/uploads/a.png]").body == [Picture("/uploads/a.png", path, "Aksi")]


def test_find_picture_that_lost_its_first_bracket(site: Site) -> None:
    path = site.picture("_uploads/a.png")
    assert site.only("!aksi.png](/uploads/a.png){: .tengah }").body == [Picture("/uploads/a.png", path, "aksi")]


def test_read_pictures_between_words_and_in_lists(site: Site) -> None:
    path = site.picture("_uploads/a.png")
    post = site.only("Awal ![b](/uploads/a.png) akhir.\n\n1. satu\n\n    ![c](/uploads/a.png)\n\n    lagi\n\n2. dua")
    assert post.body == [
        Paragraph("<p>Awal</p>"),
        Picture("/uploads/a.png", path, "b"),
        Paragraph("<p>akhir.</p><ol><li>satu</li></ol>"),
        Picture("/uploads/a.png", path, "c"),
        Paragraph('<p>lagi</p><ol start="2"><li>dua</li></ol>'),
    ]


def test_read_alt_that_is_a_file_name_becomes_words(site: Site) -> None:
    site.picture("_uploads/200px-Aksi_Buruh-300x200.png")
    (block,) = site.only("![200px-Aksi_Buruh-300x200.png](/uploads/200px-Aksi_Buruh-300x200.png)").body
    assert isinstance(block, Picture)
    assert block.alt == "Aksi Buruh"


def test_read_cover_that_opens_the_body_shows_once(site: Site) -> None:
    path = site.picture("_uploads/a.png")
    post = site.only("![Aksi](/uploads/a.png)\n\nIsi.\n\n![Lagi](/uploads/a.png)", 'title: A\nimg: "/uploads/a.png"')
    assert post.cover == Picture("/uploads/a.png", path, "Aksi")
    assert post.body == [Paragraph("<p>Isi.</p>"), Picture("/uploads/a.png", path, "Lagi")]


def test_read_captions_and_credits(site: Site) -> None:
    path = site.picture("_uploads/a.png")
    written = '![Aksi](/uploads/a.png "Di depan pabrik (Foto: Sari)")'
    assert site.only(written).body == [Picture("/uploads/a.png", path, "Aksi", "Di depan pabrik", "Sari")]


@pytest.mark.parametrize(
    ("alt", "title", "caption"),
    [
        ("poster-solo", "poster-solo", ""),
        ("NaomiSrikandi", "NaomiSrikandi", ""),
        ("Aksi", "a_besar.png", ""),
        ("Aksi", "Bersama", "Bersama"),
        ("Di depan pabrik", "Di depan pabrik", "Di depan pabrik"),
    ],
)
def test_read_pictures_do_not_take_their_name_for_a_caption(site: Site, alt: str, title: str, caption: str) -> None:
    site.picture("_uploads/a-besar.png")
    (picture,) = site.only(f'![{alt}](/uploads/a-besar.png "{title}")').body
    assert isinstance(picture, Picture)
    assert picture.caption == caption


def test_read_links(site: Site) -> None:
    pdf = site.write("_uploads/panduan.pdf", b"%PDF-1.4")
    post = site.only(
        "[Panduan](/uploads/panduan.pdf)\n\nLihat [ini](/uploads/panduan.pdf) dan [itu](/uploads/x.pdf) [j](javascript:x) <a href='javascript:y'>k</a> [s](#atas)."
    )
    assert post.body == [
        Document("/uploads/panduan.pdf", pdf, "Panduan"),
        Paragraph("<p>Lihat ini dan itu [j](javascript:x) k s.</p>"),
        Document("/uploads/panduan.pdf", pdf, "ini"),
    ]
    assert [problem.what for problem in post.problems] == ["Berkas yang ditautkan tidak ditemukan: /uploads/x.pdf"]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (
            '<iframe width="560" src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0" allowfullscreen></iframe>',
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ('<iframe src="https://player.vimeo.com/video/12345678"></iframe>', "https://vimeo.com/12345678"),
        (
            '<object><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ('<embed src="https://www.youtube.com/v/dQw4w9WgXcQ">', "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        (
            "[![t](https://img.youtube.com/vi/dQw4w9WgXcQ/0.jpg)](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ('<iframe src="https://peta.example/pabrik"></iframe>', "https://peta.example/pabrik"),
    ],
)
def test_read_videos_as_embeds(site: Site, written: str, url: str) -> None:
    assert [block.url for block in site.only(written).body if isinstance(block, Embed)] == [url]


def test_find_picture_never_follows_a_link_out_of_the_archive(site: Site) -> None:
    outside = site.root.parent / "rahasia.png"
    site.post("![x](/uploads/rahasia.png)")
    outside.write_bytes(b"x")
    (site.root / "uploads").mkdir()
    (site.root / "uploads/rahasia.png").symlink_to(outside)
    (post,) = site.read()
    assert post.missing_pictures() == ["/uploads/rahasia.png"]
