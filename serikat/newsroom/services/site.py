"""The site's root: one site, its front page, and the index under which all articles stand."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from serikat.audit.action import action, inner
from serikat.kernel.access import SYSTEM, Actor
from serikat.newsroom.models import ArticleIndex, HomePage
from serikat.newsroom.permissions import may_found_site
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.services.publishing import reflect_live
from serikat.units.models import Unit


@action("newsroom.site.founded", may=may_found_site, says=_("mendirikan situs"), on="unit")
def found_site(*, actor: Actor, unit: Unit, name: str) -> HomePage:
    """Make the front page and the index of articles. Done again it changes nothing but the name."""
    with approved_batch(actor=SYSTEM, batch="found_site"):
        return _found(unit, name)


def _found(unit: Unit, name: str) -> HomePage:
    home: HomePage | None = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title=name, slug="beranda", unit=unit))
    elif home.title != name:
        home.title = home.draft_title = name
        home.save()
    index = ArticleIndex.objects.first()
    if index is None:
        index = home.add_child(instance=ArticleIndex(title="Berita", slug="berita", unit=unit))
    _point_site_at(home, name)
    for page in (home, index):
        page.refresh_from_db()
        if page.first_published_at is None:
            page.save_revision(log_action=False).publish(log_action=False)  # which draws it
        else:
            reflect_live(page)
    return home


@inner("reads only")
def site_stands() -> bool:
    """Tell whether the site was founded."""
    return bool(HomePage.objects.exists() and ArticleIndex.objects.exists())


def _point_site_at(home: HomePage, name: str) -> None:
    address = urlsplit(settings.SITE_ADDRESS)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name, site.root_page = name, home
    site.save()
