"""Small archives that tests write: a Jekyll folder, a WordPress export."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from serikat.newsroom.importing.document import Archive, ImportedPost
from serikat.newsroom.importing.jekyll import read_jekyll
from serikat.newsroom.importing.wordpress import read_wordpress

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def png(width: int = 3, height: int = 2, shade: int = 120) -> bytes:
    """A small picture, made by hand."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + bytes([shade, 60, 90] * width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Site:
    """A Jekyll folder in the making."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def picture(self, name: str, shade: int = 120) -> Path:
        return self.write(name, png(shade=shade))

    def post(self, body: str = "Isi.", head: str = "title: Judul", name: str = "2020-05-01-judul.md") -> Path:
        return self.write(f"_posts/{name}", f"---\n{head}\n---\n{body}")

    def archive(self) -> Archive:
        return read_jekyll(self.root, now=NOW)

    def read(self) -> list[ImportedPost]:
        return list(self.archive().posts)

    def only(self, body: str = "Isi.", head: str = "title: Judul", name: str = "2020-05-01-judul.md") -> ImportedPost:
        """Write one post and read it."""
        self.post(body, head, name)
        (post,) = self.read()
        return post


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "situs")


HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{v}/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{v}/">
<channel><title>Kabar Serikat</title><wp:wxr_version>{v}</wp:wxr_version>
<wp:base_site_url>https://kabar.example</wp:base_site_url><wp:base_blog_url>https://kabar.example</wp:base_blog_url>
<wp:author><wp:author_login>redaksi</wp:author_login><wp:author_display_name><![CDATA[Redaksi Kabar]]></wp:author_display_name></wp:author>
"""


def item(
    content: str = "Isi.", *, number: int = 1, kind: str = "post", status: str = "publish", more: str = "", **values: str
) -> str:
    """One <item>; `values` replace single fields."""
    fields = {
        "title": "Judul", "link": f"https://kabar.example/2020/05/judul-{number}/", "guid": f"https://kabar.example/?p={number}",
        "date": "2020-05-01 08:00:00", "date_gmt": "2020-05-01 01:00:00", "name": f"judul-{number}", "excerpt": "", "password": "",
    } | values  # fmt: skip
    return f"""<item><title>{fields["title"]}</title><link>{fields["link"]}</link><pubDate>Fri, 01 May 2020 01:00:00 +0000</pubDate>
<dc:creator>redaksi</dc:creator><guid isPermaLink="false">{fields["guid"]}</guid>
<content:encoded><![CDATA[{content.replace("]]>", "]]]]><![CDATA[>")}]]></content:encoded><excerpt:encoded><![CDATA[{fields["excerpt"]}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{fields["date"]}</wp:post_date><wp:post_date_gmt>{fields["date_gmt"]}</wp:post_date_gmt>
<wp:comment_status>open</wp:comment_status><wp:post_name>{fields["name"]}</wp:post_name><wp:status>{status}</wp:status>
<wp:post_parent>0</wp:post_parent><wp:post_type>{kind}</wp:post_type><wp:post_password>{fields["password"]}</wp:post_password>
<wp:is_sticky>0</wp:is_sticky>{more}</item>"""


def attachment(number: int, name: str, *, caption: str = "", alt: str = "", parent: int = 0) -> str:
    meta = (
        f"<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>{alt}</wp:meta_value></wp:postmeta>"
    )
    return f"""<item><title>{name}</title><link>https://kabar.example/{number}/</link><content:encoded></content:encoded>
<excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id><wp:status>inherit</wp:status><wp:post_parent>{parent}</wp:post_parent>
<wp:post_type>attachment</wp:post_type><wp:attachment_url>https://kabar.example/wp-content/uploads/2020/05/{name}</wp:attachment_url>{meta}</item>"""


def export(*items: str, version: str = "1.2") -> str:
    return HEAD.replace("{v}", version) + "".join(items) + "</channel></rss>"


@pytest.fixture
def blog(tmp_path: Path) -> Callable[..., Archive]:
    """Read an export; names in `pictures` lie in its folder of media."""

    def read(*items: str, pictures: tuple[str, ...] = (), version: str = "1.2", raw: bytes | None = None) -> Archive:
        media = tmp_path / "media"
        media.mkdir(exist_ok=True)
        for number, name in enumerate(pictures):
            (media / name).parent.mkdir(parents=True, exist_ok=True)
            (media / name).write_bytes(png(shade=number))
        path = tmp_path / "export.xml"
        path.write_bytes(raw if raw is not None else export(*items, version=version).encode())
        return read_wordpress(path, media=media, now=NOW)

    return read


@pytest.fixture
def article(blog: Callable[..., Archive]) -> Callable[..., ImportedPost]:
    """Read a single post with this content."""

    def read(content: str, *, pictures: tuple[str, ...] = (), others: tuple[str, ...] = (), **values: str) -> ImportedPost:
        (post,) = blog(item(content, **values), *others, pictures=pictures).posts
        return post

    return read


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real archives, beside the repository; a test that needs it says aloud when it is not there."""
    folder = Path(os.environ.get("SHARED") or Path(__file__).resolve().parents[5] / "shared")
    if not (folder / "data").is_dir():
        pytest.skip(f"THE REAL ARCHIVES ARE NOT HERE: {folder}/data. Set SHARED to their folder to run this test.")
    return folder
