"""What this room does by itself: delete what is past its time, and send mail."""

from __future__ import annotations

from serikat.accounts import services
from serikat.kernel.jobs import daily, job


@daily(at="03:40")
@job("accounts.prune")
def prune() -> None:
    """Old kept forms, spent links, and sessions that nobody can use any more."""
    services.prune_accounts()


@job("accounts.send_password_mail", retries=12, pause=30, slow=True)
def send_password_mail(address: str, language: str) -> None:
    """Tried again for some six hours. In the slow lane: a mail server that does not answer must not hold up what readers wait for."""
    services.send_password_mail(address=address, language=language)
