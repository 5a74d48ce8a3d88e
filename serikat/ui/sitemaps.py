"""The sitemap is one index of many lists: rooms say which lists of addresses they have, the room that answers /sitemap.xml names them all.

lists("site:vacancies_sitemap")
"""

from __future__ import annotations

from datetime import datetime
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_lists: list[str] = []


def lists(url_name: str) -> None:
    """Name one list, by the name of its address; it stays below the 50,000 addresses that search engines take."""
    if url_name not in _lists:
        _lists.append(url_name)


def names() -> list[str]:
    return list(_lists)


class Sitemap:
    """A sitemap document being written: root "sitemapindex" or "urlset"."""

    def __init__(self, target: HttpResponse, root: str) -> None:
        self.xml, self.root = SimplerXMLGenerator(target, "utf-8"), root

    def __enter__(self) -> Sitemap:
        self.xml.startDocument()
        self.xml.startElement(self.root, AttributesImpl({"xmlns": SPACE}))
        return self

    def entry(self, name: str, loc: str, at: datetime | None = None) -> None:
        self.xml.startElement(name, AttributesImpl({}))
        self.xml.addQuickElement("loc", loc)
        if at is not None:
            self.xml.addQuickElement("lastmod", at.isoformat(timespec="seconds"))
        self.xml.endElement(name)

    def __exit__(self, *failure: object) -> None:
        self.xml.endElement(self.root)
        self.xml.endDocument()
