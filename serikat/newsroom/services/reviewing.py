"""What a second person reads before a yes: the whole version as readers will see it, and what is new in it beside the version that is live."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from serikat.audit.action import inner
from serikat.newsroom.models import EnglishVersion, Picture
from serikat.newsroom.rules.posts import plain_words
from serikat.newsroom.rules.reviewing import Change, changed_paragraphs
from serikat.newsroom.services.drawing import Drawn, draw, pictures_of

# What stands around the words: in a drawn page's head, and on the page itself.
AROUND = {
    "cover": _("sampul"),
    "authors": _("penulis"),
    "place": _("tempat"),
    "rubric": _("rubrik"),
    "tags": _("tag"),
    "corrections": _("koreksi"),
    "embeds": _("isi dari situs lain"),
    "lead_story": _("berita utama"),
}
ON_PAGE = {
    "slug": _("alamat"),
    "search_description": _("keterangan untuk pencarian"),
    "in_footer": _("tempat di kaki halaman"),
    "unit_id": _("unit"),
    "expire_at": _("waktu turun"),
}


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the version that is live."""

    words: list[Change] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    pictures_new: list[Picture] = field(default_factory=list)
    pictures_gone: list[Picture] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.words or self.around or self.pictures_new or self.pictures_gone)


@inner("reads only")
def as_readers_see(page: Page) -> Drawn:
    """A version drawn by the same hand as what is live; nothing is written."""
    return draw(page)


@inner("reads only")
def since_live(page: Page, revision: Revision, drawn: Drawn) -> Since | None:
    """How this version differs from the live one; None while the page is not live."""
    if not page.live or page.live_revision_id in (None, revision.pk):
        return None
    before, after = page.live_revision.as_object(), revision.as_object()
    was = draw(before)
    old, new = list(pictures_of(before)), list(pictures_of(after))
    around = [name for key, name in AROUND.items() if was.head.get(key) != drawn.head.get(key)]
    around += [name for key, name in ON_PAGE.items() if getattr(before, key, None) != getattr(after, key, None)]
    return Since(
        words=changed_paragraphs(_words(before, was), _words(after, drawn)),
        around=[str(name) for name in around],
        pictures_new=[p for p in dict.fromkeys(new) if p not in old],
        pictures_gone=[p for p in dict.fromkeys(old) if p not in new],
    )


def _words(page: Any, drawn: Drawn) -> str:
    lead = getattr(page, "lead", "")
    alt = f"{page.cover_alt}\n\n{page.cover_caption}" if isinstance(page, EnglishVersion) else ""
    return "\n\n".join(part for part in (page.title, lead, alt, plain_words(drawn.html)) if part)
