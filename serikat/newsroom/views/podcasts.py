"""Podcast feeds: RSS 2.0 with the elements that podcast programs ask for, of all sound and of one series."""

from __future__ import annotations

from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from serikat.kernel.gate import public, same_for_all
from serikat.newsroom.selectors import watching as selectors
from serikat.newsroom.views.public import not_found
from serikat.ui.identity import identity

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
CATEGORY = "News"
# What podcast programs call the type that the web calls audio/mp4.
TYPES = {"audio/mp4": "audio/x-m4a"}


class PodcastFeed(Rss201rev2Feed):
    """What a podcast needs beside RSS: picture, author, category, whether it is for adults, length."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.feed["author_name"])
        handler.addQuickElement("itunes:image", "", {"href": self.feed["image"]})
        handler.startElement("image", AttributesImpl({}))
        for name, value in (("url", self.feed["image"]), ("title", self.feed["title"]), ("link", self.feed["link"])):
            handler.addQuickElement(name, value)
        handler.endElement("image")
        handler.addQuickElement("itunes:category", "", {"text": CATEGORY})
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:duration", str(item["seconds"]))
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:episodeType", "full")
        if item["captions"]:
            handler.addQuickElement("podcast:transcript", "", {"url": item["captions"], "type": "text/vtt"})


@public
@same_for_all
def podcast(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The newest with sound of all, or of one series; each with its true length and type."""
    series = selectors.series_with(slug) if slug else None
    if slug and series is None:
        return not_found(request)
    who = identity()
    name = str(who.name)
    page = reverse("newsroom:series", args=[series.slug]) if series else reverse("newsroom:sounds")
    title = series.title if series else _("Suara %(name)s") % {"name": name}
    cover = default_storage.url(series.cover) if series and series.cover else static("newsroom/podcast.png")
    feed = PodcastFeed(
        title=title,
        link=_absolute(page),
        description=(series.about if series else "") or str(who.tagline) or title,
        language="id",
        author_name=name,
        feed_url=settings.SITE_ADDRESS + request.path,
        image=_absolute(cover),
    )
    for live in selectors.with_sound(series):
        sound = live.sound or {}
        address = _absolute(reverse("site:clip_file", args=[live.token, sound["file"].rpartition("/")[2]]))
        captions = _absolute(reverse("site:clip_captions", args=[live.token])) if live.captions else ""
        feed.add_item(
            title=live.title,
            link=_absolute(live.path),
            description=live.about or live.title,
            unique_id=f"{settings.SITE_ADDRESS}/klip/{live.pk}",
            unique_id_is_permalink=False,
            pubdate=live.shown_at,
            enclosures=[Enclosure(address, str(sound["size"]), TYPES.get(sound["type"], sound["type"]))],
            seconds=max(1, round(sound["seconds"])),
            captions=captions,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _absolute(path: str) -> str:
    return path if path.startswith("http") else settings.SITE_ADDRESS + path
