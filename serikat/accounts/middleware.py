"""The session of who is signed in: seen, used, idled out at the desk; what was being typed then is kept; a sleeping role is led to its
second factor.

Stands after CSRF and before the gate. Public pages are left alone: their session is never even looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from serikat.accounts import rules
from serikat.accounts.models import Session
from serikat.accounts.receivers import SESSION_ROW
from serikat.accounts.services import begin_session, drop_form, keep_form, touch_session
from serikat.kernel.access import Actor
from serikat.kernel.gate import PUBLIC, Entry, entry_of, may_enter

View = Callable[..., Any]


class SessionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept = getattr(request, "sent_again", "")
        if kept and response.status_code < 400:
            drop_form(actor=request.actor, pk=kept)  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        entry = entry_of(view)
        if entry in (None, PUBLIC) or not request.user.is_authenticated:
            return None
        row = _row_of(request)
        now = timezone.now()
        used = rules.counts_as_use(request.method or "GET", request.path, request.headers, settings.BACKGROUND_PATHS)
        idle = rules.is_idle(row.last_active_at, now, settings.IDLE_MINUTES)
        if idle and rules.is_desk(request.path, settings.IDLE_PATHS):
            return idle_end(request) if used else HttpResponse(status=401)
        # An idle session that looks at its own account stays idle for the desk: only signing in again opens the desk.
        touch_session(
            session=row,
            session_key=request.session.session_key or "",
            user_agent=request.headers.get("User-Agent", ""),
            now=now,
            used=used and not idle,
        )
        if request.method == "POST":
            request.sent_again = request.POST.get(rules.KEPT_MARK, "")  # type: ignore[attr-defined]
        return _lead_to_factor(request, entry)


def _row_of(request: HttpRequest) -> Session:
    """The row of this browser's session; made anew for a session that began before there were rows."""
    row = Session.objects.filter(pk=request.session.get(SESSION_ROW) or 0, user_id=request.user.pk or 0).first()
    if row is None:
        row = begin_session(
            user=request.user,  # type: ignore[arg-type]
            session_key=request.session.session_key or "",
            user_agent=request.headers.get("User-Agent", ""),
        )
        request.session[SESSION_ROW] = row.pk
    return row


def keep_what_was_sent(request: HttpRequest) -> str:
    """Keep a posted form for its sender; the address of the page that offers it again, or nothing when there was nothing to keep."""
    if request.method != "POST":
        return ""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if again := request.POST.get(rules.KEPT_MARK, ""):
        drop_form(actor=actor, pk=again)
    held = keep_form(
        actor=actor,
        path=request.get_full_path(),
        fields=[(name, [str(v) for v in values]) for name, values in request.POST.lists()],
        files=[f"{name}: {upload.name}" for name, uploads in request.FILES.lists() for upload in uploads],
    )
    return reverse("accounts:held_form", args=[held.pk]) if held else ""


def idle_end(request: HttpRequest) -> HttpResponse:
    """End the session that idled; keep what was sent; ask to sign in and lead back."""
    back = keep_what_was_sent(request)
    if not back:
        back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("accounts:profile")
    request.idled_out = True  # type: ignore[attr-defined]
    logout(request)
    messages.info(request, _("Anda lama tidak bekerja di meja ini, jadi sesi berakhir. Masuk lagi untuk melanjutkan."))
    answer = redirect_to_login(back, login_url=reverse(settings.LOGIN_URL))
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(answer.url)
    if request.method == "POST":
        answer.status_code = 303
    return answer


def _lead_to_factor(request: HttpRequest, entry: Entry | None) -> HttpResponse | None:
    """Who holds the role for this page, but asleep, is shown what to do instead of being told that there is no such page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.asleep or not isinstance(entry, frozenset) or may_enter(actor, entry):
        return None
    if not any(grant.role in entry for grant in actor.asleep):
        return None
    return redirect("accounts:second_factor_needed")
