"""What the joined faces read: the organisation's face, and the trail in the actor's reach."""

from __future__ import annotations

from serikat.audit.selectors import Line, latest_entries
from serikat.kernel.access import Actor
from serikat.ui.identity import HOUSE
from serikat.ui.identity import Identity as Face
from serikat.web.models import Identity
from serikat.web.permissions import TRAIL_READERS


def is_founded() -> bool:
    return Identity.objects.exists()


def identity_row() -> Identity | None:
    return Identity.objects.first()


def face() -> Face:
    """The organisation as the pages show it; the house's own face before it is founded."""
    row = identity_row()
    if row is None:
        return HOUSE
    return Face(
        name=row.name,
        tagline=row.tagline,
        mark_url=row.mark.url if row.mark else "",
        imprint=row.imprint,
        hours=row.hours,
        languages=("id", "en") if row.english else ("id",),
    )


def trail_in_reach(actor: Actor, *, limit: int = 100) -> list[Line]:
    """The newest entries of the units whose trail the actor may read."""
    return latest_entries(actor.reach(*TRAIL_READERS), limit=limit)
