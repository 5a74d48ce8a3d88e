"""How allauth behaves in this house: its words, its limits, where it leads, and how it keeps the secrets of second factors."""

from __future__ import annotations

import html
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serikat.accounts import rules
from serikat.accounts.selectors import user_signing_in
from serikat.accounts.services import note_failed_sign_in
from serikat.kernel.access import actor_of
from serikat.kernel.secrets import decrypt, encrypt
from serikat.ui.identity import identity

WRONG = _("Nama atau kata sandi ini tidak cocok. Periksa keduanya, lalu coba lagi.")
TOO_MANY = _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.")

# What allauth would say by its own message templates; what is not named here is not said at all.
SAID = {
    "account/messages/logged_out.txt": _("Anda sudah keluar."),
    "account/messages/password_changed.txt": _("Kata sandi Anda sudah diganti."),
    "account/messages/password_set.txt": _("Kata sandi Anda sudah dibuat."),
    "mfa/messages/totp_activated.txt": _("Aplikasi kode terpasang."),
    "mfa/messages/totp_deactivated.txt": _("Aplikasi kode dilepas."),
    "mfa/messages/webauthn_added.txt": _("Kunci sandi terpasang."),
    "mfa/messages/webauthn_removed.txt": _("Kunci sandi dihapus."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Kode cadangan baru sudah dibuat. Cetak atau catat, lalu simpan di tempat aman."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": _("Kata sandi ini tidak cocok."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_code": _("Kode ini tidak cocok atau sudah dipakai."),
        "username_taken": _("Nama pengguna ini sudah dipakai."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_OPEN)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if actor_of(request.user).asleep:
            return reverse("accounts:second_factor_needed")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Pakai kata sandi"),
            "mfa_reauthenticate": _("Pakai aplikasi kode atau kode cadangan"),
            "mfa_reauthenticate:webauthn": _("Pakai kunci sandi"),
        }
        return [{**method, "description": str(words[method["id"]])} for method in super().get_reauthentication_methods(user)]

    def add_message(  # noqa: PLR0917 - as allauth calls it
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, html.unescape(str(said)), extra_tags=extra_tags)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failed_sign_in(user=user_signing_in(credentials.get("username") or ""))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by account, whichever of its names was typed; for an unknown name by the name."""
        typed = credentials.get("username") or credentials.get("email") or ""
        user = user_signing_in(typed)
        return f"user:{user.pk}" if user is not None else "name:" + rules.login_key(typed, settings.PHONE_REGION)[1]


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode ini tidak cocok atau sudah dipakai."),
        "cannot_generate_recovery_codes": _("Pasang dahulu aplikasi kode atau kunci sandi."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_totp_issuer(self) -> str:
        return str(identity().name)

    def build_totp_svg(self, url: str) -> str:
        """A QR code without a single style attribute, on white also in the dark: cameras want the contrast."""
        return mark_safe(  # noqa: S308 - drawn here, from modules alone
            segno.make(url, micro=False).svg_inline(scale=5, border=3, light="#fff", svgclass="qr", lineclass=None)
        )

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("Kunci sandi %(number)s") % {"number": user.authenticator_set.filter(type=type).count() + 1}
