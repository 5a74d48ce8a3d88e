"""What the newsroom puts into the bars of public pages (home, news, search, the rubrics, the standing pages of the foot) and into the
rail of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Words
from serikat.newsroom import permissions
from serikat.newsroom.selectors import editing
from serikat.newsroom.selectors import public as selectors
from serikat.ui import navigation
from serikat.ui.language import path_in
from serikat.ui.navigation import Group, Item


def rubrics() -> Iterator[tuple[Words, str]]:
    return ((name, reverse("newsroom:rubric", args=[slug])) for name, slug in selectors.rubric_links())


def standing_pages() -> Iterator[tuple[Words, str]]:
    language = get_language() or settings.LANGUAGE_CODE
    return ((title, path_in(language, path)) for title, path in selectors.footer_links())


def waiting_for(actor: Actor) -> int:
    """How many pages wait for somebody's approval, of those that this actor did not submit."""
    return editing.waiting(actor).exclude(by_id=actor.user_id).count()


navigation.bar(Item(_("Beranda"), "newsroom:home", "home", order=10, exact=True))
navigation.bar(Item(_("Berita"), "newsroom:index", "news", order=20))
navigation.utility(Item(_("Cari"), "newsroom:search", "search", order=10))
navigation.foot(Item("RSS", "site:rss", order=90))
navigation.strip_from(rubrics)
navigation.foot_from(standing_pages)
navigation.rail(
    Group.PUBLISHING, Item(_("Meja redaksi"), "newsroom_desk:desk", "news", order=10, who=[Role.EDITOR], count=waiting_for)
)
navigation.rail(
    Group.PUBLISHING,
    Item(_("Aturan persetujuan"), "newsroom_desk:editing_rule", "check", order=90, who=permissions.may_change_editing_rule),
)
