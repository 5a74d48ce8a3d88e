"""The gate before every view: closed unless the view says whom it lets in.

A view says so with `@public`, `@for_signed_in` or `@for_roles(Role.EDITOR, …)`. A view that says nothing lets nobody in. The gate decides who
may *enter* a face; what may be seen and done there is asked by selectors and by the doorway. Every answer behind the gate is `no-store`.
It also turns a `Refused` that nobody caught into its page, and leads who opens an address that only takes what is sent to the page above it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control

from serikat.kernel.access import ANONYMOUS, Actor, Role, actor_of
from serikat.kernel.errors import Denied, Refused, Unsent

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed in"
Entry = str | frozenset[Role]


def public(view: View) -> View:
    """Anybody may enter."""
    view.lets_in = PUBLIC  # type: ignore[attr-defined]
    return view


def for_signed_in(view: View) -> View:
    """Whoever has signed in may enter."""
    view.lets_in = SIGNED_IN  # type: ignore[attr-defined]
    return view


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Whoever holds one of these roles in some unit may enter."""

    def mark(view: View) -> View:
        view.lets_in = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


SAME_FOR_ALL = "X-Serikat-Same-For-All"


def same_for_all(view: View) -> View:
    """The answer is the same for every reader: no cookie, no name, no token. The cache before Django may keep it until something public changes.
    Stands with `@public`. An answer that sets a cookie or varies by one is a bug and is not marked."""

    @functools.wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD") and not response.cookies and "Cookie" not in response.get("Vary", ""):
            response[SAME_FOR_ALL] = "1"
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return marked  # type: ignore[return-value]


OFFLINE = "X-Serikat-Offline"


def readable_offline(kind: str) -> Callable[[View], View]:
    """The answer may be kept on a reader's phone and read there without network (ui.offline). kind: "article", of which the last are kept, or
    "page", for lists and standing pages. Stands below `@same_for_all`: what is not the same for all, or is no whole page, is not marked. Where no
    view of a part of the site carries this mark or `@told_offline`, the phone's worker does not even look at the requests."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = view(request, *args, **kwargs)
            whole = response.status_code == 200 and request.method in ("GET", "HEAD")
            if whole and not response.cookies and "Cookie" not in response.get("Vary", ""):
                response[OFFLINE] = kind
            return response

        marked.when_offline = kind  # type: ignore[attr-defined]
        return marked  # type: ignore[return-value]

    return mark


def told_offline(view: View) -> View:
    """The answer is never kept; without network the reader gets the plain page that says so instead of the browser's own."""
    view.when_offline = ""  # type: ignore[attr-defined]
    return view


_foreign: dict[str, Entry] = {}


def let_in(module_prefix: str, entry: Entry) -> None:
    """Say whom the views of a library let in, by the prefix of their module; the longest prefix wins."""
    _foreign[module_prefix] = entry


def entry_of(view: Callable[..., Any]) -> Entry | None:
    """Whom a view lets in; None when it says nothing, which means nobody."""
    entry: Entry | None = getattr(view, "lets_in", None) or getattr(getattr(view, "view_class", None), "lets_in", None)
    if entry is None:
        module = getattr(getattr(view, "view_class", view), "__module__", "")
        for prefix in sorted(_foreign, key=len, reverse=True):
            if module == prefix or module.startswith(prefix + "."):
                return _foreign[prefix]
    return entry


def may_enter(actor: Actor, entry: Entry | None) -> bool:
    if entry is None:
        return False
    if entry == PUBLIC:
        return True
    if actor.kind == "anonymous":
        return False
    return entry == SIGNED_IN or (isinstance(entry, frozenset) and actor.holds(*entry))


class Request(HttpRequest):
    """A request as a view gets it: with who acts. For annotations alone."""

    actor: Actor


class _LazyActor:
    """`request.actor`, worked out once, when first asked."""

    def __get__(self, request: Any, owner: type | None = None) -> Actor:
        if request is None:
            return ANONYMOUS
        if "_actor" not in request.__dict__:
            request.__dict__["_actor"] = actor_of(getattr(request, "user", None))
        actor: Actor = request.__dict__["_actor"]
        return actor


HttpRequest.actor = _LazyActor()  # type: ignore[attr-defined]


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and _in_a_browser(request):
            response = way_back(request)
        if getattr(request, "behind_gate", False):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        entry = entry_of(view)
        if entry == PUBLIC:
            return None
        request.behind_gate = True  # type: ignore[attr-defined]
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if may_enter(actor, entry):
            return None
        if actor.kind == "anonymous" and entry is not None and _by_the_page_itself(request):
            return HttpResponse(status=401)  # the page says so and stays; a sign-in page must not be drawn into it
        if actor.kind == "anonymous" and entry is not None and request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path(), login_url=settings.LOGIN_URL)
        return refusal(request, Denied())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, Refused) else None


def _by_the_page_itself(request: HttpRequest) -> bool:
    """A small update (htmx), not a person's way to another page."""
    told: Any = getattr(request, "htmx", None)
    return bool(told and not told.boosted)


def _in_a_browser(request: HttpRequest) -> bool:
    """Somebody opened this address as a page: a reload, the way back, the other language."""
    return (
        request.method in ("GET", "HEAD")
        and not _by_the_page_itself(request)
        and "text/html" in request.headers.get("Accept", "")
    )


def way_back(request: HttpRequest) -> HttpResponse:
    """From an address that only takes what is sent to the nearest page above it, in the same language. Which that is, the address alone says: whether
    the thing is there is asked by that page."""
    above = request.path_info.rstrip("/")
    with translation.override(translation.get_language_from_path(above) or settings.LANGUAGE_CODE):
        while above := above.rpartition("/")[0]:
            try:
                found = resolve(f"{above}/")
            except Resolver404:
                continue
            if found.route.endswith("/") and may_enter(request.actor, entry_of(found.func)):  # type: ignore[attr-defined]
                return redirect(f"{request.path.removesuffix(request.path_info)}{above}/")
    return refusal(request, Unsent())


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page of a refusal; for a small update (htmx) the message alone."""
    template = "ui/refused_part.html" if getattr(request, "htmx", False) else "ui/refused.html"
    return render(request, template, {"error": error}, status=error.http_status)
