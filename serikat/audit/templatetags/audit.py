"""`{% load audit %}`: the way from a thing's own page to its trail."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from serikat.audit.pages import address_of

register = template.Library()


@register.simple_tag
def trail_link(thing: Any) -> SafeString:
    """A line that leads to what was done to a thing; nothing when it has no trail page. The page asks again who may open it."""
    address = address_of(thing)
    if not address:
        return SafeString("")
    return format_html(
        '<p class="small"><a class="inline-tap" href="{}">{}</a></p>', address, _("Jejak: siapa berbuat apa, kapan")
    )
