"""The real archives, where they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from serikat.newsroom.importing.document import Embed, Quote, State
from serikat.newsroom.importing.jekyll import read_jekyll
from serikat.newsroom.importing.wordpress import read_wordpress
from serikat.newsroom.tests.importing.conftest import NOW

pytestmark = pytest.mark.archive


def test_read_jekyll_archive_whole(shared: Path) -> None:
    archive = read_jekyll(shared / "data/cipta-media", now=NOW)
    posts = list(archive.posts)
    assert (archive.total, len(posts), len({post.key for post in posts})) == (107, 107, 107)
    assert {post.state for post in posts} == {State.LIVE}
    assert all(post.title and post.body and post.published_at and post.old_addresses for post in posts)
    found = {picture.path.name for post in posts for picture in post.pictures() if picture.path}
    assert found == {path.name for path in (shared / "data/cipta-media/_uploads").iterdir()} - _unused(shared)
    assert len([source for post in posts for source in post.missing_pictures()]) == 8


def _unused(shared: Path) -> set[str]:
    """Files that no post names."""
    texts = "".join(path.read_text() for path in (shared / "data/cipta-media/_posts").iterdir())
    return {path.name for path in (shared / "data/cipta-media/_uploads").iterdir() if path.name not in texts}


def test_read_jekyll_archive_keeps_what_looks_like_markup(shared: Path) -> None:
    posts = read_jekyll(shared / "data/cipta-media", now=NOW).posts
    assert sum(str(post.body).count("&lt;spasi&gt;") for post in posts) == 26


def test_read_wordpress_archive_with_every_state(shared: Path) -> None:
    archive = read_wordpress(shared / "data/wordpress/export.xml", media=shared / "data/cipta-media/_uploads", now=NOW)
    posts = list(archive.posts)
    assert (archive.total, len(posts)) == (207, 207)
    assert Counter(str(post.state) for post in posts) == {
        "live": 202,
        "draft": 2,
        "private": 1,
        "scheduled": 1,
        "protected": 1,
    }
    assert [source for post in posts for source in post.missing_pictures()] == ["http://127.0.0.1/wp-content/uploads/a.jpg"]
    about = next(post for post in posts if post.slug == "tentang-kami")
    assert [type(block) for block in about.body if isinstance(block, Quote | Embed)] == [Quote, Embed]
    assert sum(len(post.comments) for post in posts) == 3
