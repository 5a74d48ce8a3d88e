"""What other programs read of the adverts: RSS and a list for search engines."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from serikat.kernel.gate import public, same_for_all
from serikat.ui.components.words import date_only
from serikat.ui.identity import identity
from serikat.ui.sitemaps import Sitemap
from serikat.vacancies.selectors import public as reads
from serikat.vacancies.structured import address_of


@public
@same_for_all
def adverts_rss(request: HttpRequest) -> HttpResponse:
    """What is open, the newest first."""
    title = _("Lowongan kerja yang sudah diperiksa")
    feed = Rss201rev2Feed(
        title=f"{identity().name}: {title}",
        link=settings.SITE_ADDRESS + reverse("vacancies:adverts"),
        description=title,
        language="id",
        feed_url=settings.SITE_ADDRESS + request.path,
    )
    for advert in reads.newest_adverts():
        where = str(advert.country or advert.place or "")
        until = _("Lamaran paling lambat %(day)s.") % {"day": date_only(advert.ends_on)}
        feed.add_item(
            title=f"{advert.title}, {advert.body or advert.firm}",
            link=address_of(advert),
            description=" ".join(part for part in (f"{where}." if where else "", until) if part),
            unique_id=address_of(advert),
            unique_id_is_permalink=True,
            pubdate=advert.shown_at,
            categories=[str(advert.get_kind_display())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
@same_for_all
def adverts_sitemap(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(content_type="application/xml")
    with Sitemap(answer, "urlset") as xml:
        xml.entry("url", settings.SITE_ADDRESS + reverse("vacancies:adverts"))
        for code, changed_at in reads.paths_for_search_engines():
            xml.entry("url", settings.SITE_ADDRESS + reverse("vacancies:advert", args=[code]), changed_at)
    return answer
