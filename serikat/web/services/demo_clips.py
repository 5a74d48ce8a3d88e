"""The demo's clips: made by ffmpeg, uploaded by the demo's writer, published by its editor, in a series with a podcast. Without ffmpeg there are none."""

from __future__ import annotations

import io
import logging
import subprocess
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.files.ffmpeg import have_ffmpeg
from serikat.kernel.access import Actor, actor_of
from serikat.kernel.errors import Refused
from serikat.newsroom.models import Clip, Series
from serikat.newsroom.models.safety import Aspect
from serikat.newsroom.rules.safety import Answer
from serikat.newsroom.services import clips, cooking, uploads
from serikat.newsroom.services.series import add_series
from serikat.units.models import Unit
from serikat.web.demo import clips as drawn
from serikat.web.services.demo_requests import awake

logger = logging.getLogger(__name__)


@inner("part of another action")
def load_clips(*, unit: Unit) -> None:
    """The demo is whole without them: where ffmpeg is missing or cannot, it says so in the log and goes on."""
    if not have_ffmpeg():
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            made = [(clip, *drawn.make(clip, Path(folder))) for clip in drawn.CLIPS]
        except (OSError, subprocess.SubprocessError) as problem:
            logger.warning("The demo has no clips: %s", problem)
            return
    writer, editor = (awake(actor_of(User.objects.get(username=name))) for name in ("penulis", "redaktur"))
    title, about = drawn.SERIES
    picture = SimpleUploadedFile("seri.jpg", drawn.cover(), "image/jpeg")
    series = add_series(actor=editor, title=title, about=about, picture=picture)
    for clip, name, content in made:
        try:
            _load(clip, name, content, unit=unit, writer=writer, editor=editor, series=series)
        except Refused as refused:
            logger.warning("The demo has no clip “%s”: %s", clip.title, refused)


def _load(
    clip: drawn.DemoClip, name: str, content: bytes, *, unit: Unit, writer: Actor, editor: Actor, series: Series
) -> None:
    """The way that every clip goes; its files are made here and not in a job, since nobody waits at a desk."""
    upload = uploads.begin_upload(actor=writer, unit=unit, title=clip.title, name=name, size=len(content))
    uploads.add_piece(upload=upload, offset=0, piece=io.BytesIO(content), length=len(content))
    made = uploads.finish_upload(actor=writer, upload=upload)
    cooking.cook_clip(pk=made.pk)
    made.refresh_from_db()
    words = {"title": clip.title, "about": clip.about, "credit": drawn.CREDIT, "transcript": clip.transcript}
    clips.change_clip(actor=writer, clip=made, series=series, **words)
    if clip.captions:
        clips.caption_clip(actor=writer, clip=made, typed=clip.captions)
    clips.publish_clip(actor=editor, clip=made, answers={aspect: Answer(False) for aspect in Aspect.values})


@inner("part of another action")
def clear_demo_clips() -> int:
    """Remove the clips and the series that the demo brought, as the trail remembers them; a series that holds others' clips stays."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    made = Entry.objects.filter(group__in=loaded, action__in=("newsroom.clip.uploaded", "newsroom.series.added"))
    refs = list(made.values_list("subject_ref", flat=True))
    found = Clip.objects.filter(pk__in=_keys(refs, "newsroom.clip:"))
    count = len(found)
    for clip in found:
        clips.drop_shown(clip=clip)
        cooking.tidy_folder(clip=clip)
    found.delete()
    Series.objects.filter(pk__in=_keys(refs, "newsroom.series:"), clips=None).delete()
    return count


def _keys(refs: list[str], kind: str) -> list[int]:
    return [int(ref.removeprefix(kind)) for ref in refs if ref.startswith(kind)]
