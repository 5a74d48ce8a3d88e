"""The latest news of a topic for who asks by SMS: INFO upah, INFO karawang, INFO alone. Slips are forgiven; an unknown topic names those there are."""

from __future__ import annotations

from difflib import get_close_matches

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from serikat.kernel.indonesian import STOP
from serikat.messaging.rules import sms
from serikat.newsroom.models import Listing, LivePage, Rubric
from serikat.newsroom.rules.spreading import clean
from serikat.newsroom.selectors.public import askable, tags_most_used
from serikat.places.models import Level
from serikat.places.selectors import find_regions

LONGEST_TOPIC = 60
SHORTEST = 2
LIKE = (
    0.78  # two swapped letters in a word of five, one wrong in one of four are less like than this only where little is left
)
TAGS_GUESSED = 200


def news_by_sms(topic: str) -> str:
    """One SMS: the newest article of the topic with its short link, or what one can ask for."""
    asked = " ".join(clean(askable(topic)).casefold().split())[:LONGEST_TOPIC].strip(" .,;:!?#*\"'()")
    live = _newest("all") if not asked else _of_topic(asked)
    if live is not None:
        return sms.fit(_plain(live.title), end=f"{settings.SITE_ADDRESS}/s/{live.head['code']}")
    topics = [name for name, _key in _rubrics()] or [str(tag.name) for tag, _n in tags_most_used(8)]
    if not topics:
        return _("Belum ada berita. Coba lagi besok.")
    return sms.fit(_("Topik itu belum ada. Ketik INFO lalu topiknya: %s") % _plain(", ".join(topics)))


def _plain(text: str) -> str:
    text = clean(text)
    said = sms.plain(text)
    return text if said.dropped and not said.text.strip(" .,!?-") else said.text


def _of_topic(asked: str) -> LivePage | None:
    """The whole of what was asked first, then word by word."""
    words = [word for word in asked.split() if len(word) >= SHORTEST and word not in STOP]
    for topic in dict.fromkeys([asked, *words]):
        for key in _keys(topic):
            if found := _newest(key):
                return found
    return None


def _keys(topic: str) -> list[str]:
    """Lists that this may mean, the likeliest first: a rubric or a tag of that name, one nearly so, a place."""
    slug = slugify(topic)
    rubrics = dict(_rubrics()) | {rubric.slug: f"rubric:{rubric.pk}" for rubric in Rubric.objects.all()}
    if topic in rubrics or slug in rubrics:
        return [rubrics.get(topic) or rubrics[slug]]
    tag = Tag.objects.filter(slug=slug).first() if slug else None
    if tag is not None:
        return [f"tag:{tag.pk}"]
    slugs = {str(tag.slug): str(tag.name) for tag, _n in tags_most_used(TAGS_GUESSED)}
    near = get_close_matches(topic, [*rubrics, *slugs], n=2, cutoff=LIKE) if len(topic) > SHORTEST else []
    keys = [rubrics[name] for name in near if name in rubrics]
    tags = Tag.objects.filter(slug__in=[name for name in near if name not in rubrics])
    keys += [f"tag:{pk}" for pk in tags.values_list("pk", flat=True)]
    regions = [region for level in (Level.REGENCY, Level.PROVINCE) for region in find_regions(topic, level=level, limit=3)]
    return keys + [f"place:{region.code}" for region in regions]


def _rubrics() -> list[tuple[str, str]]:
    rows = Rubric.objects.order_by("position", "name").values_list("name", "pk")
    return [(name.casefold(), f"rubric:{pk}") for name, pk in rows]


def _newest(key: str) -> LivePage | None:
    found = Listing.objects.filter(key=key).select_related("article").order_by("-shown_at", "-article").first()
    return found.article if found else None
