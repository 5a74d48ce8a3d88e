"""What the joined faces read: the organisation's face, and the trail in the actor's reach."""

from __future__ import annotations

import uuid

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language

from serikat.audit.selectors import Line, latest_entries
from serikat.kernel import generation
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.kernel.jobs import Parked, parked_jobs
from serikat.ui.identity import HOUSE
from serikat.ui.identity import Identity as Face
from serikat.ui.today import Row
from serikat.web.models import Identity
from serikat.web.permissions import TRAIL_READERS, may_mend_jobs


def is_founded() -> bool:
    return Identity.objects.exists()


def identity_row() -> Identity | None:
    return Identity.objects.first()


_known: tuple[int, dict[str, Face]] = (-1, {})


def face() -> Face:
    """The organisation as the pages show it, in the language of the page; asked by every page, so it is remembered until something is committed.

    Inside a transaction it is read anew: what is not committed yet must not be remembered.
    """
    global _known  # noqa: PLW0603 one face a process
    if connection.in_atomic_block:
        return _read_face()
    now, language = generation.current(), get_language() or ""
    if _known[0] != now:
        _known = (now, {})
    faces = _known[1]
    if language not in faces:
        faces[language] = _read_face()
    return faces[language]


def _read_face() -> Face:
    row = identity_row()
    if row is None:
        return HOUSE
    words = ("tagline", "imprint", "hours")
    english = (get_language() or "").startswith("en")
    said = {name: (english and getattr(row, f"{name}_en")) or getattr(row, name) for name in words}
    return Face(
        name=row.name,
        mark_url=row.mark.url if row.mark else "",
        languages=("id", "en") if row.english else ("id",),
        foreign=tuple(name for name in words if english and said[name] and not getattr(row, f"{name}_en")),
        **said,
    )


def trail_in_reach(actor: Actor, *, limit: int = 100) -> list[Line]:
    """The newest entries of the units whose trail the actor may read."""
    return latest_entries(actor.reach(*TRAIL_READERS), limit=limit)


def parked_for(actor: Actor) -> list[Parked]:
    """Jobs that nobody tries any more, for who may mend them; the latest first."""
    return parked_jobs() if may_mend_jobs(actor) else []


def parked_job_for(actor: Actor, pk: uuid.UUID) -> Parked:
    found = next((job for job in parked_for(actor) if job.id == pk), None)
    if found is None:
        raise Missing
    return found


def parked_rows(actor: Actor) -> list[Row]:
    """The same for the desk's first page."""
    return [Row(job.name, reverse("web:jobs"), job.problem, "red") for job in parked_for(actor)]
