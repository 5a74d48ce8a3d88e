"""Mail to who forgot the password. A page only asks for it; the worker looks the address up, writes the mail and talks to the mail server.

So a page takes the same time for a known and an unknown address, and a mail server that is slow or away breaks nothing: the job is tried again.
"""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.kernel.jobs import enqueue
from serikat.kernel.secrets import blind_index

logger = logging.getLogger(__name__)


class NotNow(RuntimeError):
    """The mail server does not take the mail now. Says no address: the words of a failed job are shown and logged."""


@inner("machinery")
def ask_for_password_mail(*, address: str, language: str) -> None:
    """Put the mail into the queue, whoever's address it is. Asked again while one still waits, there is one mail."""
    enqueue(
        "accounts.send_password_mail",
        key=blind_index(address, "accounts.password_mail"),
        address=address,
        language=language,
    )


@inner("machinery")
def send_password_mail(*, address: str, language: str) -> None:
    """Write to the address: how to make a new password, or that no account has it. The link is made now, so it holds from now."""
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    with override(user.language if user is not None else language):
        if user is None:
            _send("unknown_account", address, {"host": urlsplit(settings.SITE_ADDRESS).netloc})
            return
        key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
        _send(
            "password_reset_key",
            user.email,
            {"username": user.username, "password_reset_url": settings.SITE_ADDRESS + path},
        )


def _send(what: str, address: str, context: dict[str, str]) -> None:
    subject, body = (
        render_to_string(f"account/email/{what}_{part}.txt", context).strip() for part in ("subject", "message")
    )
    try:
        send_mail(" ".join(subject.splitlines()), body, None, [address])
    except SMTPRecipientsRefused as error:
        codes = sorted({code for code, _words in error.recipients.values()})
        if min(codes) < 500:
            raise NotNow(f"The mail server refused a recipient for now: {codes}") from None
        logger.warning("The mail server refuses a recipient for good, the mail is dropped: %s", codes)
