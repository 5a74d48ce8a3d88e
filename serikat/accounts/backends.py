"""Signing in with a phone number, an e-mail address or a user name, all typed into one field.

allauth's own phone sign-in is not used: it wants codes by message, and loops in silence for an account without a phone. Its backend makes a
password hash when no account was found, so that an unknown name takes as long as a wrong password.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from serikat.accounts.selectors import user_signing_in


class SignInBackend(AuthenticationBackend):
    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        typed = credentials.get("username") or ""
        return self._check_password(user_signing_in(typed), credentials.get("password") or "")
