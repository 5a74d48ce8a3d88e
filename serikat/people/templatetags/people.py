"""Tags of the people room: plain values as nested lists, and how much time a clock leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serikat.people import rules
from serikat.ui.components.marks import badge

register = template.Library()


@register.simple_tag
def plain_tree(value: Any) -> SafeString:
    """Dictionaries as definition lists, lists as lists; everything escaped."""
    if isinstance(value, dict):
        rows = ((key, plain_tree(one)) for key, one in value.items())
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))
    if isinstance(value, list):
        if not value:
            return format_html("<p>{}</p>", _("Tidak ada."))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((plain_tree(one),) for one in value)))
    return format_html("{}", "–" if value in (None, "") else value)


@register.filter
def time_left(due: datetime) -> str:
    """How much a clock leaves, in words: days and hours, or how late it is."""
    hours = rules.hours_left(due, timezone.now())
    if hours < 0:
        return _("terlambat %(span)s") % {"span": _span(-hours)}
    return _("sisa %(span)s") % {"span": _span(hours)} if hours else _("sisa kurang dari satu jam")


@register.simple_tag
def clock_badge(due: datetime) -> SafeString:
    """The time that is left, in words; the colour only goes with them."""
    level = {rules.Urgency.CALM: "teal", rules.Urgency.SOON: "amber", rules.Urgency.LATE: "red"}
    return badge(time_left(due), level[rules.urgency(due, timezone.now())], "clock")


def _span(hours: int) -> str:
    days, rest = divmod(hours, 24)
    parts = [ngettext("%(n)d hari", "%(n)d hari", days) % {"n": days}] if days else []
    if rest or not days:
        parts.append(ngettext("%(n)d jam", "%(n)d jam", rest) % {"n": rest})
    return " ".join(parts)
