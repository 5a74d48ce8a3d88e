"""Making a clip's files in a job: 240p first, so that it can soon be watched, then the sound alone and 360p; a poster; and nothing of where and with
what it was filmed. Without ffmpeg the upload is kept as it came, which the desk says."""

from __future__ import annotations

import io
import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import filetype
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from serikat.audit.action import action, inner
from serikat.files.ffmpeg import CannotRead, have_ffmpeg
from serikat.files.pictures import clean_picture
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue
from serikat.kernel.progress import Tracker, tracked
from serikat.newsroom import films, permissions
from serikat.newsroom.models import Clip, LiveClip, Rendition
from serikat.newsroom.rules.films import Film, Target, targets, unfit_length
from serikat.newsroom.selectors.clips import clips_folder, clips_root
from serikat.newsroom.services.uploads import UNFIT, NotAFilm, judge

logger = logging.getLogger(__name__)

POSTER_WIDTH = 960
ORPHANS = timedelta(days=1)


class NothingToRework(Refused):
    message = _("Klip ini sudah diolah.")


@inner("reads only")
def progress_key(clip: Clip) -> str:
    return f"newsroom.clip:{clip.pk}"


@action("newsroom.clip.reworked", may=permissions.may_change_clip, says=_("mengolah ulang klip"), on="clip")
def rework_clip(*, actor: Actor, clip: Clip) -> None:
    """Make the files of a clip that was kept as it came, now that there is ffmpeg."""
    if not Clip.objects.filter(pk=clip.pk, work=Clip.Work.PLAIN).exclude(original="").update(work=Clip.Work.WAITING):
        raise NothingToRework
    enqueue("newsroom.cook_clip", key=f"clip:{clip.pk}", pk=clip.pk)


@inner("machinery")
def cook_clip(*, pk: int) -> None:
    """Make what is missing of a clip that waits. Safe to run twice: a file that stands is not made again."""
    clip = Clip.objects.filter(pk=pk, work=Clip.Work.WAITING).first()
    if clip is None:
        return
    source = clips_root() / clip.original
    if not have_ffmpeg():
        _keep_plain(clip, source)
        return
    with films.alone(clips_root()):
        if not Clip.objects.filter(pk=pk, work=Clip.Work.WAITING).exists():
            return  # another worker made it while this one waited for its turn
        try:
            _cook(clip, source)
        except Refused as refused:
            _refuse(clip, str(refused))
        except CannotRead:
            _refuse(clip, str(NotAFilm.message))


def _cook(clip: Clip, source: Path) -> None:
    film = judge(source)
    if not film.seconds:
        film = replace(film, seconds=films.measure(source))
    if (wrong := unfit_length(film.seconds)) is not None:
        raise NotAFilm(UNFIT[wrong])
    wanted = targets(film)
    with tracked(progress_key(clip), gettext("Mengolah klip"), total=max(1, round(film.seconds * len(wanted)))) as progress:
        for place, target in enumerate(wanted):
            progress.step(0, note=str(Rendition.Name(target.name).label))
            try:
                _make(clip, source, film, target, _telling(progress, film, place))
            except CannotRead:
                if place == 0:
                    raise
                logger.warning("The clip %s has no %s: ffmpeg could not make it", clip.pk, target.name)
            if place == 0 and not film.is_sound and not clip.poster:
                _keep_first_poster(clip, source, film)
    Clip.objects.filter(pk=clip.pk).update(work=Clip.Work.READY, problem="", seconds=film.seconds, original="")
    Rendition.objects.filter(clip_id=clip.pk, name=Rendition.Name.PLAIN).delete()
    tidy_folder(clip=clip)


def _telling(progress: Tracker, film: Film, place: int) -> Callable[[float], None]:
    def told(seconds: float) -> None:
        progress.step(max(0, round(film.seconds * place + min(seconds, film.seconds)) - progress.done))

    return told


def _make(clip: Clip, source: Path, film: Film, target: Target, told: Callable[[float], None]) -> None:
    if Rendition.objects.filter(clip_id=clip.pk, name=target.name).exists():
        return
    ending = "mp4" if target.width else "m4a"
    file = f"{clip.pk}/{target.name}-{secrets.token_hex(3)}.{ending}"
    films.make(source, film, target, clips_root() / file, told)
    made = clips_root() / file
    with transaction.atomic():
        if not Clip.objects.select_for_update().filter(pk=clip.pk).exists():
            made.unlink(missing_ok=True)  # deleted meanwhile
            raise CannotRead
        Rendition.objects.create(
            clip_id=clip.pk,
            name=target.name,
            file=file,
            media_type="video/mp4" if target.width else "audio/mp4",
            size=made.stat().st_size,
            width=target.width,
            height=target.height,
            seconds=film.seconds,
        )


def _keep_first_poster(clip: Clip, source: Path, film: Film) -> None:
    try:
        poster = keep_poster(clip=clip, content=films.picture_at(source, min(1.0, film.seconds / 2)))
    except (CannotRead, Refused):
        return
    Clip.objects.filter(pk=clip.pk, poster="").update(poster=poster)


@inner("part of another action")
def keep_poster(*, clip: Clip, content: bytes) -> str:
    """Draw a picture anew as the poster of a clip; gives its name in the clips' folder."""
    picture = Image.open(io.BytesIO(clean_picture(content, longest_side=POSTER_WIDTH))).convert("RGB")
    file = f"{clip.pk}/sampul-{secrets.token_hex(3)}.jpg"
    clips_folder(clip).mkdir(mode=0o700, parents=True, exist_ok=True)
    picture.save(clips_root() / file, "JPEG", quality=80, optimize=True)
    return file


def _keep_plain(clip: Clip, source: Path) -> None:
    """No ffmpeg: the upload itself is what readers get. It is large, and may say where it was filmed: the desk says both."""
    kind = filetype.guess_mime(str(source)) or "application/octet-stream"
    Rendition.objects.update_or_create(
        clip=clip,
        name=Rendition.Name.PLAIN,
        defaults={"file": clip.original, "media_type": kind, "size": source.stat().st_size},
    )
    Clip.objects.filter(pk=clip.pk).update(work=Clip.Work.PLAIN)


def _refuse(clip: Clip, words: str) -> None:
    Clip.objects.filter(pk=clip.pk).update(work=Clip.Work.REFUSED, problem=words[:300], original="")
    Rendition.objects.filter(clip_id=clip.pk).delete()
    tidy_folder(clip=clip)


@inner("part of another action")
def tidy_folder(*, clip: Clip) -> None:
    """Once the open transaction has committed: erase the files of a clip that neither the desk nor the public needs any more."""
    transaction.on_commit(partial(_tidy, clip.pk))


def _tidy(pk: int) -> None:
    folder = clips_root() / str(pk)
    clip = Clip.objects.filter(pk=pk).first()
    if clip is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    needed = {clip.original, clip.poster, *clip.renditions.values_list("file", flat=True)}
    for shown in LiveClip.objects.filter(pk=pk):
        needed |= {shown.poster, *(file["file"] for file in shown.files)}
    for path in folder.glob("*") if folder.is_dir() else ():
        if f"{pk}/{path.name}" not in needed:
            path.unlink(missing_ok=True)


@inner("machinery")
def sweep_clip_files(*, older_than: timedelta = ORPHANS) -> int:
    """Take away folders of clips that are no more: their transaction failed, or the server stopped before they were erased."""
    before, count = time.time() - older_than.total_seconds(), 0
    known = {str(pk) for pk in Clip.objects.values_list("pk", flat=True)}
    root = clips_root()
    for folder in _folders(root) if root.is_dir() else ():
        if folder.name not in known and folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    stuck = Clip.objects.filter(work=Clip.Work.WAITING, uploaded_at__lt=timezone.now() - timedelta(hours=1))
    for pk in stuck.values_list("pk", flat=True):
        enqueue("newsroom.cook_clip", key=f"clip:{pk}", pk=pk)
    return count


def _folders(root: Path) -> Iterable[Path]:
    return (path for path in root.iterdir() if path.is_dir() and path.name.isdecimal())
