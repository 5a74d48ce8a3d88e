"""What one can do: buttons, the search field, copying, sharing, saving for later, a sheet that asks first."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from serikat.kernel.errors import Words
from serikat.ui.components import register
from serikat.ui.components.frame import icon as draw_icon


@register.inclusion_tag("ui/c/button.html")
def button(
    label: Words,
    *,
    kind: str = "",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    why_not: Words = "",
    busy: bool = False,
) -> dict[str, Any]:
    """kind: main (one a page), less, plain, danger. why_not: the button is off and says why. busy: it is at work, the label says on what."""
    why_id = f"why-{slugify(str(label))}" if why_not else ""
    return {
        "label": label,
        "kind": kind,
        "icon": icon,
        "type": type,
        "name": name,
        "value": value,
        "why_not": why_not,
        "why_id": why_id,
        "busy": busy,
    }


@register.inclusion_tag("ui/c/link_button.html")
def link_button(label: Words, href: str, *, kind: str = "", icon: str = "") -> dict[str, Any]:
    """A link that looks like a button: it leads somewhere and changes nothing. kind as for `button`."""
    return {"label": label, "href": href, "kind": kind, "icon": icon}


@register.inclusion_tag("ui/c/search_field.html")
def search_field(action: str, *, value: str = "", label: Words = "", name: str = "q", hint: Words = "") -> dict[str, Any]:
    """A search by GET: the address can be kept and shared. label is always visible."""
    return {
        "action": action,
        "value": value,
        "label": label,
        "name": name,
        "hint": hint,
        "id": f"cari-{slugify(action) or 'semua'}",
    }


@register.inclusion_tag("ui/c/copyable.html")
def copyable(text: str, label: Words = "") -> dict[str, Any]:
    """A code or a short text with a button that copies it. Without a script the text is there to select. A long address breaks after a slash."""
    breaking = format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in re.split(r"(?<=[^:/])/(?=[^/])", text)))
    return {"text": breaking, "label": label, "id": f"salin-{slugify(text)[:40] or 'teks'}"}


@register.inclusion_tag("ui/c/share.html")
def share(url: str, href: str) -> dict[str, Any]:
    """Sharing: the phone's own sheet where there is one, else the page of choices at href. url is what is shared."""
    return {"url": url, "href": href}


@register.inclusion_tag("ui/c/quick_exit.html")
def quick_exit() -> dict[str, Any]:
    """Stands first on a page where somebody types what others must not see, and stays in sight. The page is emptied at once, what a code opened is
    closed, another site opens, and going back does not lead here. Without a script it still closes and leaves. It brings its style and script along."""
    return {}


@register.inclusion_tag("ui/c/keep_button.html")
def keep_button() -> dict[str, Any]:
    """Saves this article on the phone, to be read without network, and drops it again. It comes with its script; without one it does not show."""
    return {}


@register.simple_block_tag
def sheet(content: str, id: str, *, title: Words, opener: Words = "", kind: str = "less", icon: str = "") -> SafeString:
    """A question over the page. opener: the words of the button that opens it (or open it with popovertarget). Nothing is lost by closing it."""
    from_button = (
        format_html(
            '<button class="btn {}" type="button" popovertarget="{}">{}{}</button>',
            kind,
            id,
            draw_icon(icon) if icon else "",
            opener,
        )
        if opener
        else ""
    )
    return format_html(
        '{}<div class="sheet stack" id="{}" popover role="dialog" aria-labelledby="{}-h"><h2 id="{}-h">{}</h2>{}</div>',
        from_button,
        id,
        id,
        id,
        title,
        content,
    )
