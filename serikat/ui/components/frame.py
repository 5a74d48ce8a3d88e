"""The frame of a page: icons, the mark, the bars, the rail, the languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from serikat.kernel.access import ANONYMOUS
from serikat.ui import icons, navigation
from serikat.ui.components import register
from serikat.ui.drawing import drawn_once
from serikat.ui.identity import Identity, identity
from serikat.ui.language import neutral_path, path_in

LANGUAGE_NAMES = {"id": ("ID", "Bahasa Indonesia"), "en": ("EN", "English")}


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request is not None else "/"


def _who(context: Context) -> Identity:
    """The identity that this page was given; asked for once a page."""
    given = context.get("identity")
    return given if isinstance(given, Identity) else identity()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon by name, inline. Beside words it needs no label; alone it must have one."""
    return mark_safe(icons.draw(name, conditional_escape(label)))  # noqa: S308 - our own paths, the label escaped


@register.simple_tag
def home_url() -> str:
    """The front page in the language of this page."""
    return path_in(get_language() or settings.LANGUAGE_CODE, "/")


@drawn_once(register, "ui/parts/brand.html", takes_context=True)
def brand(context: Context, href: str = "") -> dict[str, Any]:
    """The nameplate: mark and name of the organisation, a link home."""
    return {"identity": _who(context), "href": href or home_url()}


def _part(context: Context) -> tuple[Identity, tuple[str, ...]]:
    return _who(context), navigation.part_of_site(_path(context))


@drawn_once(register, "ui/parts/bar.html", takes_context=True, known_by=_part)
def public_bar(context: Context) -> dict[str, Any]:
    """The public places that rooms registered: under the thumb on a phone, in the head on a wide screen."""
    return {"links": navigation.bar_links(_path(context))}


def _spoken(context: Context) -> tuple[str, ...]:
    """The languages in which this page has words of its own: those its view names as `spoken`, else all."""
    return tuple(context.get("spoken") or _who(context).languages)


@drawn_once(register, "ui/parts/utilities.html", takes_context=True)
def utilities(context: Context) -> dict[str, Any]:
    """Search and the other language, beside the nameplate. A page names as `language_form` the stepped form that is to come along."""
    path = _path(context)
    request = context.get("request")
    query = f"?{request.GET.urlencode()}" if request is not None and request.GET else ""
    here = get_language() or settings.LANGUAGE_CODE
    others = [
        {
            "code": code,
            "short": LANGUAGE_NAMES[code][0],
            "name": LANGUAGE_NAMES[code][1],
            "url": path_in(code, path) + query,
            "own": code in _spoken(context),
        }
        for code in _who(context).languages
        if code != here
    ]
    return {"links": navigation.utility_links(path), "languages": others, "carried_by": context.get("language_form", "")}


@drawn_once(register, "ui/parts/strip.html", takes_context=True, known_by=_part)
def strip(context: Context) -> dict[str, Any]:
    """The rubrics under the nameplate."""
    return {"links": navigation.strip_links(_path(context))}


@drawn_once(register, "ui/parts/foot.html", takes_context=True, known_by=_part)
def foot(context: Context) -> dict[str, Any]:
    """The foot: imprint, links, hours."""
    return {"links": navigation.foot_links(_path(context)), "identity": _who(context)}


@register.inclusion_tag("ui/parts/rail.html", takes_context=True)
def rail(context: Context) -> dict[str, Any]:
    """The desk's places as this actor may see them."""
    request = context.get("request")
    actor = request.actor if request is not None else ANONYMOUS
    groups = navigation.rail_links(actor, _path(context))
    return {"groups": [(f"rail-{group.value}", group.label, links) for group, links in groups], "who": actor.name}


@drawn_once(register, "ui/parts/alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """The same page in each language in which it has words of its own, for search engines; nothing for a page that has one."""
    bare, spoken = neutral_path(_path(context)), _spoken(context)
    codes = [code for code in _who(context).languages if code in spoken]
    return {
        "pages": [(code, settings.SITE_ADDRESS + path_in(code, bare)) for code in codes] if len(codes) > 1 else [],
        "default": settings.SITE_ADDRESS + bare,
    }


@register.inclusion_tag("ui/parts/messages.html", takes_context=True)
def messages(context: Context) -> dict[str, Any]:
    """What the last step left to say (django.contrib.messages). Only on pages of one person, never on a cached page."""
    levels = {"success": ("teal", "check"), "warning": ("amber", "clock"), "error": ("red", "alert")}
    said = context.get("messages") or []
    return {"said": [(*levels.get(m.level_tag, ("", "info")), m.message) for m in said], "label": gettext("Pesan")}
