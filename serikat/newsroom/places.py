"""What the newsroom puts into the bars of public pages: home, news, search, the rubrics, the standing pages of the foot."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.newsroom.selectors import public as selectors
from serikat.ui import navigation
from serikat.ui.language import path_in
from serikat.ui.navigation import Item


def rubrics() -> Iterator[tuple[Words, str]]:
    return ((name, reverse("newsroom:rubric", args=[slug])) for name, slug in selectors.rubric_links())


def standing_pages() -> Iterator[tuple[Words, str]]:
    language = get_language() or settings.LANGUAGE_CODE
    return ((title, path_in(language, path)) for title, path in selectors.footer_links())


navigation.bar(Item(_("Beranda"), "newsroom:home", "home", order=10, exact=True))
navigation.bar(Item(_("Berita"), "newsroom:index", "news", order=20))
navigation.utility(Item(_("Cari"), "newsroom:search", "search", order=10))
navigation.foot(Item("RSS", "site:rss", order=90))
navigation.strip_from(rubrics)
navigation.foot_from(standing_pages)
