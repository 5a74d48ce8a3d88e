"""Adverts as who sent them sees them: under their account, or with the code that they were shown after sending."""

from __future__ import annotations

from django.db.models import QuerySet

from serikat.kernel.access import Actor
from serikat.kernel.codes import clean_code, is_code
from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index
from serikat.vacancies.models import Advert

CODE_LENGTH = 16


def own_adverts(actor: Actor) -> QuerySet[Advert]:
    """What an account sent, the newest first."""
    return Advert.objects.filter(sender_id=actor.user_id or 0).select_related("place", "country").order_by("-sent_at", "-pk")


def own_advert(actor: Actor, code: str) -> Advert:
    found = own_adverts(actor).select_related("unit").filter(code=code).first()
    if found is None:
        raise Missing
    return found


def mark_of(code: str) -> str:
    """By what a sender's code is found; the code itself stands in no table."""
    return blind_index(code, "vacancies advert")


def sent_with(code: str) -> Advert:
    """What was sent without an account under this code, however it was typed."""
    cleaned = clean_code(code)
    found = Advert.objects.filter(mark=mark_of(cleaned), sender=None).first() if is_code(cleaned, CODE_LENGTH) else None
    if found is None:
        raise Missing
    return found


def opened_advert(pk: str) -> Advert | None:
    """The advert that its sender's code opened a moment ago; None when nothing is open."""
    return Advert.objects.filter(pk=pk or 0, sender=None).first()
