"""Small parts of the room's pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from serikat.kernel.errors import Words
from serikat.rights.telling import Told
from serikat.rights.ways import ways_from
from serikat.rights.wizard import Walk
from serikat.ui.components.marks import badge
from serikat.ui.components.words import day

register = template.Library()


@register.simple_tag
def reviewed(told: Told) -> SafeString:
    """The day of the last review, on top of every result."""
    return badge(_("Aturan ditinjau %(day)s") % {"day": day(told.reviewed)}, level="teal")


@register.filter
def site_of(address: str) -> str:
    """The site of a source: enough to know whose page it is; the link holds the rest."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.simple_tag
def step_title(walk: Walk, number: int) -> Words:
    return walk.steps[number].title


@register.simple_tag
def ways_on(topic: str) -> SafeString:
    """Where one can go with a result: what other rooms offer, the first as the one thing to do now."""
    links = [
        (way.url, "btn main grow" if number == 0 else "btn grow", way.name) for number, way in enumerate(ways_from(topic))
    ]
    return format_html_join("", '<p><a class="{1}" href="{0}">{2}</a></p>', links)
