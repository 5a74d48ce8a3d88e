"""What every template may ask of the account behind the page. Nothing is looked up until a template asks: public pages stay without a
session."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from serikat.accounts import selectors


class AccountFacts:
    """`account.unread`, `account.held`, `account.asleep`, `account.second_factor_off`."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def unread(self) -> int:
        return selectors.unread_notices(self._request.actor)  # type: ignore[attr-defined]

    @cached_property
    def held(self) -> int:
        """How many kept forms wait to be sent again."""
        return selectors.held_forms_of(self._request.actor).count()  # type: ignore[attr-defined]

    @property
    def asleep(self) -> Any:
        """Roles that sleep until a second factor is set up."""
        return self._request.actor.asleep  # type: ignore[attr-defined]

    @property
    def second_factor_off(self) -> bool:
        """The demo alone does without: every page of the desk says so in a banner."""
        return not settings.SECOND_FACTOR_REQUIRED

    @property
    def signup_open(self) -> bool:
        return bool(settings.SIGNUP_OPEN)


def account(request: HttpRequest) -> dict[str, Any]:
    return {"account": AccountFacts(request)}
