"""Who acts in the demo: its people, with their roles awake, since nobody there has a second factor yet."""

from __future__ import annotations

from dataclasses import replace

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.kernel.access import Actor, actor_of


@inner("part of another action")
def acting(*, username: str) -> Actor:
    found = actor_of(User.objects.get(username=username))
    return replace(found, grants=(*found.grants, *found.asleep), asleep=())
