"""Which of Wagtail's addresses exist: an allow-list by name. All others answer 404, to everybody.

The names of the closed ones still resolve, because Wagtail's templates ask for them. A change (POST) runs in one transaction with its trail
entry. What is forbidden, what is absent and what is closed answer alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver

from serikat.kernel.access import Role
from serikat.kernel.errors import Missing
from serikat.kernel.gate import for_roles, public
from serikat.newsroom.cms import asks
from serikat.newsroom.cms.trail import Desk, at_desk
from serikat.newsroom.models import NewsDocument, Picture

Ask = Callable[[HttpRequest, dict[str, Any]], None]


@dataclass(frozen=True)
class Address:
    """An address of Wagtail's that is open: what must be asked first, and which kind of medium it changes."""

    asks: tuple[Ask, ...] = ()
    changes: type | None = None
    pk: str = ""  # the keyword that names the medium


_pages = "wagtailadmin_pages:"
_choose = "wagtailadmin_choose_page"
_img, _imgc = "wagtailimages:", "wagtailimages_chooser:"
_doc, _docc = "wagtaildocs:", "wagtaildocs_chooser:"

ALLOWED: dict[str, Address] = {
    # the explorer and its search
    "wagtailadmin_explore_root": Address(),
    "wagtailadmin_explore": Address((asks.may_walk,)),
    "wagtailadmin_explore_results": Address((asks.may_walk,)),
    _pages + "search": Address(),
    _pages + "search_results": Address(),
    # one page
    _pages + "add_subpage": Address(),
    _pages + "add": Address((asks.parent_is_no_secret,)),
    _pages + "preview_on_add": Address((asks.parent_is_no_secret,)),
    _pages + "edit": Address(),
    _pages + "preview_on_edit": Address(),
    _pages + "view_draft": Address(),
    _pages + "delete": Address((asks.never_shown,)),
    _pages + "unpublish": Address(),
    _pages + "move": Address(),
    _pages + "move_confirm": Address((asks.may_move,)),
    _pages + "copy": Address((asks.may_edit, asks.copy_has_a_parent)),
    _pages + "usage": Address(),
    # its history
    _pages + "revisions_index": Address((asks.may_edit,)),
    _pages + "revisions_view": Address(),
    _pages + "revisions_revert": Address(),
    _pages + "revisions_unschedule": Address(),
    _pages + "revisions_compare": Address(),
    _pages + "history": Address(),
    _pages + "history_results": Address(),
    # choosers
    _choose: Address((asks.numbers,)),
    _choose + "_child": Address((asks.numbers, asks.may_link)),
    _choose + "_search": Address((asks.numbers,)),
    _choose + "_chosen_multiple": Address((asks.numbers, asks.may_link_all)),
    _choose + "_external_link": Address((asks.link_is_named,)),
    _choose + "_email_link": Address(),
    _choose + "_phone_link": Address(),
    _choose + "_anchor_link": Address(),
    "wagtailadmin_tag_autocomplete": Address(),
    "wagtailadmin_tag_model_autocomplete": Address((asks.tags_of_the_site,)),
    "wagtailadmin_editing_sessions:ping": Address((asks.session_of_a_page,)),
    "wagtailadmin_editing_sessions:release": Address(),
    # pictures and documents
    _img + "index": Address(),
    _img + "index_results": Address(),
    _img + "add_multiple": Address(changes=Picture),
    _img + "edit_multiple": Address(changes=Picture, pk="image_id"),
    _img + "delete_multiple": Address((asks.picture_is_unused,), Picture, "image_id"),
    _img + "edit": Address(changes=Picture, pk="image_id"),
    _img + "delete": Address((asks.picture_is_unused,), Picture, "image_id"),
    _img + "image_usage": Address(),
    _imgc + "choose": Address(),
    _imgc + "choose_results": Address(),
    _imgc + "chosen": Address((asks.picture_exists,)),
    _imgc + "create": Address(changes=Picture),
    _doc + "index": Address(),
    _doc + "index_results": Address(),
    _doc + "add_multiple": Address(changes=NewsDocument),
    _doc + "edit_multiple": Address(changes=NewsDocument, pk="doc_id"),
    _doc + "delete_multiple": Address((asks.document_is_unused,), NewsDocument, "doc_id"),
    _doc + "edit": Address(changes=NewsDocument, pk="document_id"),
    _doc + "delete": Address((asks.document_is_unused,), NewsDocument, "document_id"),
    _doc + "document_usage": Address(),
    _docc + "choose": Address(),
    _docc + "choose_results": Address(),
    _docc + "chosen": Address((asks.document_exists,)),
    _docc + "create": Address(changes=NewsDocument),
}
HOME = "wagtailadmin_home"  # Wagtail's own first page; the newsroom has its own
# What the pages above load; nothing in them is anybody's.
ASSETS = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
READS = ("GET", "HEAD", "OPTIONS")


@public
def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """An address that Wagtail has and Serikat does not."""
    raise Missing


@for_roles(Role.EDITOR)
def to_the_desk(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return redirect("newsroom_desk:desk")


def opened(view: Callable[..., Any], address: Address) -> Callable[..., Any]:
    """Put an address of Wagtail's behind the gate, its questions, and the transaction that also holds its trail entry."""

    @for_roles(Role.EDITOR)
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user.desk_actor = request.actor  # type: ignore[attr-defined, union-attr]
        for ask in address.asks:
            ask(request, kwargs)
        if request.method in READS:
            return _answer(view, request, args, kwargs)
        desk = Desk(request.actor, address.changes, kwargs.get(address.pk))  # type: ignore[attr-defined]
        with transaction.atomic(), at_desk(desk):
            response = _answer(view, request, args, kwargs)
            desk.write()
        return response

    return inside


# Wagtail's screens carry inline styles and scripts and read pictures from blobs; nothing comes from elsewhere. Only below /cms/.
WIDER_POLICY: dict[str, list[Any]] = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}


def _answer(view: Callable[..., Any], request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    try:
        response: HttpResponse = view(request, *args, **kwargs)
    except PermissionDenied:
        raise Missing from None
    if response.status_code == 404:
        raise Missing
    response._csp_replace = WIDER_POLICY  # type: ignore[attr-defined]
    return response


def asset(view: Callable[..., Any]) -> Callable[..., Any]:
    @for_roles(Role.EDITOR)
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _answer(view, request, args, kwargs)

    return inside


def named(patterns: list[Any], namespace: str = "") -> list[tuple[str, URLPattern]]:
    """Every address below, with its full name."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += named(pattern.url_patterns, _joined(namespace, pattern.namespace))
        else:
            found.append((_joined(namespace, pattern.name), pattern))
    return found


def _joined(namespace: str, name: str | None) -> str:
    return ":".join(part for part in (namespace, name) if part)


def allowed_patterns(patterns: list[Any], namespace: str = "") -> list[Any]:
    """Wagtail's table of addresses with each view replaced: opened by the list above, or closed."""
    result: list[Any] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = allowed_patterns(pattern.url_patterns, _joined(namespace, pattern.namespace))
            result.append(URLResolver(pattern.pattern, inner, pattern.default_kwargs, pattern.app_name, pattern.namespace))
            continue
        name = _joined(namespace, pattern.name)
        if name == HOME:
            view = to_the_desk
        elif name in ALLOWED and pattern.name:
            view = opened(pattern.callback, ALLOWED[name])
        elif name in ASSETS:
            view = asset(pattern.callback)
        else:
            view = closed
        result.append(URLPattern(pattern.pattern, view, pattern.default_args, pattern.name))
    return result
