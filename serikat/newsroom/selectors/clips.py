"""Clips as the desk sees them: an editor those of units in reach, a contributor their own; and where their files lie."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Missing
from serikat.newsroom import permissions
from serikat.newsroom.models import Clip, ClipUpload, LiveClip, Rendition, SafetyCheck, Series
from serikat.newsroom.rules import captions
from serikat.newsroom.rules.approval import content_digest
from serikat.newsroom.selectors.editing import approval_required, reach
from serikat.units.models import Unit
from serikat.units.selectors import units_within

MOST_CHECKS = 20  # times that a clip was published, on its page
KINDS = {"mp4": "video/mp4", "m4a": "audio/mp4", "jpg": "image/jpeg"}


def clips_root() -> Path:
    return Path(settings.CLIPS_ROOT)


def clips_folder(clip: Clip) -> Path:
    return clips_root() / str(clip.pk)


def scratch_file(upload: ClipUpload) -> Path:
    return Path(settings.UPLOADS_ROOT) / f"{upload.pk.hex}.part"


def came(upload: ClipUpload) -> int:
    """How many bytes of an upload have come."""
    try:
        return scratch_file(upload).stat().st_size
    except FileNotFoundError:
        return 0


def units_to_upload_in(actor: Actor) -> QuerySet[Unit]:
    return units_within(actor, Role.EDITOR, Role.CONTRIBUTOR).order_by("path")


def clips(actor: Actor) -> QuerySet[Clip]:
    """The newest first; `shown` says whether the public sees one."""
    scope = reach(actor)
    for path in actor.reach(Role.CONTRIBUTOR) if actor.user_id is not None else ():
        scope |= Q(unit__path__startswith=path, uploaded_by_id=actor.user_id)
    return Clip.objects.filter(scope).select_related("uploaded_by", "shown", "series", "unit").order_by("-pk")


def clip_for(actor: Actor, pk: int) -> Any:
    found = clips(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def uploads_of(actor: Actor) -> list[dict[str, Any]]:
    """What this person began and did not finish."""
    found = ClipUpload.objects.filter(by_id=actor.user_id or 0)
    return [{"upload": upload, "percent": came(upload) * 100 // upload.size} for upload in found]


def upload_for(actor: Actor, pk: uuid.UUID) -> ClipUpload:
    """An upload of this very person; nobody else goes on with it."""
    found = ClipUpload.objects.select_related("unit").filter(pk=pk, by_id=actor.user_id or 0).first()
    if found is None:
        raise Missing
    return found


def live_of(clip: Clip) -> LiveClip | None:
    return LiveClip.objects.filter(pk=clip.pk).first()


def desk_page(actor: Actor, clip: Clip) -> dict[str, Any]:
    """One clip with what this reader may do about it."""
    live = live_of(clip)
    renditions = list(clip.renditions.all())
    ready = clip.work in (Clip.Work.READY, Clip.Work.PLAIN)
    touched = clip.touched.filter(pk=actor.user_id or 0).exists()
    may_publish = bool(permissions.may_publish_clip(actor, clip)) and ready
    needed = approval_required()
    return {
        "clip": clip,
        "live": live,
        "renditions": renditions,
        "player": next((r for r in renditions if r.name != Rendition.Name.SOUND), next(iter(renditions), None)),
        "typed": captions.write_typed(cues_of(clip.captions)),
        "may_change": bool(permissions.may_change_clip(actor, clip)),
        "has_news": live is None or differs(clip, live),
        "may_publish": may_publish and not (needed and touched),
        "own_work": may_publish and needed and touched,
        "may_withdraw": bool(live and permissions.may_withdraw_clip(actor, clip)),
        "rule_lifted": not needed,
        "touched": list(clip.touched.all()),
        "checks": list(SafetyCheck.objects.filter(clip=clip).select_related("by")[:MOST_CHECKS]),
    }


def cues_of(kept: str) -> list[captions.Cue]:
    return captions.read_file(kept) if kept else []


SHOWN = ("title", "series_id", "about", "credit", "captions", "transcript", "poster")


def differs(clip: Clip, live: LiveClip) -> bool:
    """Whether the desk's clip says something else than what the public sees."""
    return any(getattr(clip, name) != getattr(live, name) for name in SHOWN) or live.files != files_of(clip)


def clip_digest(clip: Clip) -> str:
    """Stands for all that the public would see of the clip as it is now."""
    return content_digest({"files": files_of(clip), **{name: getattr(clip, name) for name in SHOWN}})


def files_of(clip: Clip) -> list[dict[str, Any]]:
    """What a reader may choose from, the smallest picture first, sound alone last."""
    order = [Rendition.Name.SMALL, Rendition.Name.LARGE, Rendition.Name.PLAIN, Rendition.Name.SOUND]
    rows = sorted(clip.renditions.all(), key=lambda r: order.index(Rendition.Name(r.name)))
    return [
        {
            "name": r.name, "file": r.file, "type": r.media_type, "size": r.size, "width": r.width, "height": r.height,
            "seconds": r.seconds,
        }
        for r in rows
    ]  # fmt: skip


def desk_file(clip: Clip, name: str) -> tuple[Path, str]:
    """A file of a clip, for those who see the clip at the desk."""
    for file, kind in [(r.file, r.media_type) for r in clip.renditions.all()] + [(clip.poster, KINDS["jpg"])]:
        if file and file.rpartition("/")[2] == name:
            return clips_root() / file, kind
    raise Missing


def all_series() -> QuerySet[Series]:
    return Series.objects.all()


def series_by_key(pk: int) -> Series:
    found = Series.objects.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found
