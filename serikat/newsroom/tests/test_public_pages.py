"""The public pages: what they show, how few queries they ask, and that they are the same for everybody."""

from __future__ import annotations

import pytest

from serikat.newsroom.tests.builders import a_picture, an_article

pytestmark = pytest.mark.usefixtures("site")


def test_article_page_shows_the_article(client):
    page = an_article("Mogok di pabrik", cover=a_picture())
    answer = client.get("/berita/mogok-di-pabrik/")
    assert answer.status_code == 200
    text = answer.content.decode()
    for words in (
        "<h1>Mogok di pabrik</h1>",
        "Teras Mogok di pabrik.",
        "Isi Mogok di pabrik.",
        "Ratri Pamungkas",
        ">Upah<",
        ">SMC<",
    ):
        assert words in text
    assert page.shown_at == page.first_published_at
