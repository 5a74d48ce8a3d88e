"""Coming in and going out: allauth's views, each marked for whom it is open, and the one-time link.

Only the addresses that this house wants are mounted (`urls.py`); what is not named there does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account_views
from allauth.account.utils import perform_login
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from serikat.accounts import rules, selectors, services
from serikat.accounts.forms import LinkPasswordForm, say_refusal
from serikat.accounts.middleware import keep_what_was_sent
from serikat.accounts.services.links import LinkSpent
from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import for_signed_in, public

View = Callable[..., HttpResponse]


def _dressed(view: View) -> View:
    """allauth's view with this house's manners: a form that is sent back says so by its status, and nothing is stored on the way."""

    @wraps(view)
    def dressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Cache-Control"] += ", no-store"
        context = getattr(response, "context_data", None) or {}
        forms = [context.get("form"), context.get("webauthn_form")]
        if response.status_code == 200 and request.method == "POST" and any(f is not None and f.errors for f in forms):
            response.status_code = 422
        return response

    return dressed


def _open(view: View) -> View:
    return public(_dressed(view))


def _closed(view: View) -> View:
    return for_signed_in(_dressed(view))


sign_in = _open(account_views.login)
sign_in_by_passkey = _open(passkey_views.login_webauthn)
second_factor = _open(factor_views.authenticate)
sign_out = _open(account_views.logout)
account_closed = _open(account_views.account_inactive)
forgotten = _open(account_views.password_reset)
forgotten_sent = _open(account_views.password_reset_done)
password_from_mail = _open(account_views.password_reset_from_key)
password_from_mail_done = _open(account_views.password_reset_from_key_done)

confirm = _closed(account_views.reauthenticate)
confirm_by_code = _closed(factor_views.reauthenticate)
confirm_by_passkey = _closed(passkey_views.reauthenticate_webauthn)
change_password = _closed(account_views.password_change)
set_password = _closed(account_views.password_set)
factors = _closed(factor_views.index)
add_app = _closed(app_views.activate_totp)
remove_app = _closed(app_views.deactivate_totp)
codes = _closed(code_views.view_recovery_codes)
renew_codes = _closed(code_views.generate_recovery_codes)
passkeys = _closed(passkey_views.list_webauthn)
add_passkey = _closed(passkey_views.add_webauthn)
rename_passkey = _closed(passkey_views.edit_webauthn)
remove_passkey = _closed(passkey_views.remove_webauthn)


@public
def sign_up(request: HttpRequest) -> HttpResponse:
    """Only where the organisation lets anybody make an account; elsewhere there is no such page."""
    if not settings.SIGNUP_OPEN:
        raise Missing
    return _dressed(account_views.signup)(request)


@public
@sensitive_post_parameters("password1", "password2")
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the link uses nothing up (messengers look at links too): sending the new password does."""
    link = selectors.link_with(token)
    if link is None:
        raise LinkSpent
    form = LinkPasswordForm(request.POST if request.method == "POST" else None, user=link.user)
    if form.is_valid():
        try:
            user = services.use_link(actor=ANONYMOUS, user=link.user, link=link, password=form.cleaned_data["password1"])
        except Refused as error:
            say_refusal(form, error)
        else:
            return perform_login(request, user)
    response = render(request, "accounts/link.html", {"form": form, "link": link}, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from this very site."""
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is out of date: the page was open while somebody signed in elsewhere in this browser. What our own page sent for
    a signed-in person is kept and offered again; what came from another site is only refused."""
    if request.user.is_authenticated and _from_here(request):
        back = keep_what_was_sent(request)
        if back:
            messages.info(request, _("Halaman itu sudah lama terbuka. Isian Anda disimpan: periksa, lalu kirim lagi."))
            answer = redirect(back)
            answer.status_code = 303
            return answer
    typed = [text for name, texts in rules.worth_keeping(_lists(request)) for text in texts if len(text.split()) > 1]
    context = {"no_cookies": not request.COOKIES, "typed": typed if _from_here(request) else []}
    return render(request, "accounts/stale.html", context, status=403)


def _lists(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [(name, [str(text) for text in texts]) for name, texts in request.POST.lists()]
