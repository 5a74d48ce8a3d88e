"""Audiences and imported lists, as far as the actor's mandate reaches."""

from __future__ import annotations

import uuid

from django.db.models import Count, QuerySet

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.outreach.models import Audience, ImportedList
from serikat.outreach.selectors.broadcasts import within


def audiences_for(actor: Actor) -> QuerySet[Audience]:
    found = Audience.objects.filter(within(actor), closed_at=None).select_related("unit")
    return found.prefetch_related(
        "parts__unit", "parts__place", "parts__topic", "parts__imported", "parts__person"
    ).order_by("name", "pk")


def audience_for(actor: Actor, pk: int) -> Audience:
    found = audiences_for(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def lists_for(actor: Actor) -> QuerySet[ImportedList]:
    found = ImportedList.objects.filter(within(actor)).select_related("unit", "brought_by")
    return found.annotate(n=Count("entries")).order_by("-brought_at", "-pk")


def list_of_form(actor: Actor, key: uuid.UUID | None) -> ImportedList | None:
    """The list that this very form made before."""
    return lists_for(actor).filter(key=key).first() if key else None
