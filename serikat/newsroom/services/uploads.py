"""Uploads in pieces that go on where they stopped: begun with a name and a size, sent piece by piece, finished into a clip.

What has come is the length of the file in the scratch folder; a piece is taken only at exactly that place. A person has few uploads under way,
and who does not come back is swept.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

import filetype
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, inner, note, notes_say
from serikat.files.ffmpeg import CannotRead, have_ffmpeg
from serikat.files.rules import SOUND_AND_FILM, human_size
from serikat.kernel import text
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue
from serikat.newsroom import films, permissions
from serikat.newsroom.models import Clip, ClipUpload
from serikat.newsroom.rules.films import Film, Unfit, film_of
from serikat.newsroom.selectors.clips import came, clips_folder, scratch_file
from serikat.units.models import Unit

MOST_OPEN = 4  # uploads of one person under way
MOST_A_DAY = 30  # clips of one person
LARGEST_PIECE = 8 * 1024 * 1024
ROOM_LEFT = 500 * 1024 * 1024  # of the disk, for everybody else
KEPT = timedelta(days=3)  # an upload that nobody goes on with

notes_say(upload=_("berkas yang diunggah"), bytes_came=_("besar berkas"))


class EmptyClip(Refused):
    message = _("Berkas ini kosong. Pilih lagi berkasnya.")


class TooLargeClip(Refused):
    http_status = 413


class TooManyUploads(Refused):
    message = _("Masih ada unggahan Anda yang belum selesai. Lanjutkan atau batalkan dahulu.")


class EnoughToday(Refused):
    message = _("Sudah banyak klip Anda hari ini. Lanjutkan besok.")


class DiskFull(Refused):
    message = _("Ruang penyimpanan hampir penuh, berkas ini tidak muat. Beri tahu admin.")


class WrongPlace(Refused):
    """The piece does not begin where the last one ended; `offset` says where to go on."""

    message = _("Potongan ini tidak menyambung.")
    http_status = 409

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__()


class TooMuch(Refused):
    message = _("Potongan ini terlalu besar.")
    http_status = 413


class NotWhole(Refused):
    message = _("Berkas ini belum terkirim seluruhnya.")


class NotAFilm(Refused):
    message = _(
        "Berkas ini bukan video atau rekaman suara yang dapat dibaca. Kirim MP4, WebM, MOV, 3GP, MP3, M4A, OGG, atau WAV."
    )


UNFIT = {
    Unfit.NOTHING: NotAFilm.message,
    Unfit.TOO_SHORT: _("Panjangnya nol detik: tidak ada yang dapat ditonton. Rekam ulang, lalu kirim lagi."),
    Unfit.TOO_LONG: _("Paling panjang tiga jam. Potong dahulu, lalu kirim lagi."),
    Unfit.TRACKS: _(
        "Berkas ini berisi terlalu banyak jalur gambar dan suara. Simpan ulang dengan satu gambar dan satu suara."
    ),
    Unfit.SIZE: _("Ukuran gambarnya tidak wajar. Simpan ulang dengan lebar paling besar 4096 piksel, lalu kirim lagi."),
}


@action("newsroom.upload.begun", may=permissions.may_upload_clip, says=_("mulai mengunggah klip"), on="unit", makes=True)
def begin_upload(*, actor: Actor, unit: Unit, title: str, name: str, size: int) -> ClipUpload:
    """Make place for a file of this size. Refuses what is empty or too large, too many at once or a day, and what does not fit on the disk."""
    if size <= 0:
        raise EmptyClip(field="file")
    if size > settings.CLIP_LIMIT_MB * 1024 * 1024:
        most = human_size(settings.CLIP_LIMIT_MB * 1024 * 1024)
        raise TooLargeClip(_("Berkas ini terlalu besar: paling besar %(limit)s.") % {"limit": most}, field="file")
    if ClipUpload.objects.filter(by_id=actor.user_id).count() >= MOST_OPEN:
        raise TooManyUploads(field="file")
    if (
        Clip.objects.filter(uploaded_by_id=actor.user_id, uploaded_at__gte=timezone.now() - timedelta(days=1)).count()
        >= MOST_A_DAY
    ):
        raise EnoughToday(field="file")
    Path(settings.UPLOADS_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
    awaited = sum(max(0, u.size - came(u)) for u in ClipUpload.objects.all())
    if shutil.disk_usage(settings.UPLOADS_ROOT).free < awaited + size + ROOM_LEFT:
        raise DiskFull(field="file")
    note(upload=text.safe_filename(name), bytes_came=size)
    return ClipUpload.objects.create(
        by_id=actor.user_id or 0, unit=unit, title=title, name=text.safe_filename(name), size=size
    )


@inner("part of another action")
def add_piece(*, upload: ClipUpload, offset: int, piece: IO[bytes], length: int) -> int:
    """Write one piece where the last one ended, and say how much has come. A piece that breaks off counts as far as it came."""
    if not 0 < length <= LARGEST_PIECE:
        raise TooMuch
    with scratch_file(upload).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        here = os.fstat(file.fileno()).st_size
        if here != offset:
            raise WrongPlace(here)
        if here + length > upload.size:
            raise TooMuch
        left = length
        while left and (some := piece.read(min(left, 65536))):
            file.write(some)
            left -= len(some)
    ClipUpload.objects.filter(pk=upload.pk).update(moved_at=timezone.now())
    return came(upload)


def _judge(*, upload: ClipUpload, **_others: Any) -> Mapping[str, Any]:
    """Look into what came, outside any transaction. What is no film goes at once, its upload too."""
    if came(upload) != upload.size:
        raise NotWhole
    try:
        return {"film": judge(scratch_file(upload))}
    except Refused:
        _drop(upload)
        raise


@inner("reads only")
def judge(path: Path) -> Film:
    """What a file is, or a refusal that says why it is not taken. Without ffmpeg only its first bytes are looked at."""
    if not have_ffmpeg():
        kind = filetype.guess_mime(str(path))
        if kind not in SOUND_AND_FILM:
            raise NotAFilm(field="file")
        return Film(0, video=0 if kind.startswith("video/") else -1, audio=0)
    try:
        film = film_of(films.probe(path))
    except CannotRead:
        raise NotAFilm(field="file") from None
    if isinstance(film, Unfit):
        raise NotAFilm(UNFIT[film], field="file")
    return film


@action(
    "newsroom.clip.uploaded",
    may=permissions.may_upload_clip,
    says=_("mengunggah klip"),
    on="upload",
    makes=True,
    prepare=_judge,
)
def finish_upload(*, actor: Actor, upload: ClipUpload, film: Film | None = None) -> Clip:
    """Turn a whole upload into a clip and have its files made. Refuses what is no film or sound, in words."""
    if film is None or not ClipUpload.objects.select_for_update().filter(pk=upload.pk).exists():
        raise NotWhole
    clip = Clip.objects.create(
        kind=Clip.Kind.SOUND if film.is_sound else Clip.Kind.VIDEO,
        title=upload.title,
        slug=free_slug(title=upload.title),
        unit=upload.unit,
        uploaded_by_id=actor.user_id,
    )
    if actor.user_id is not None:
        clip.touched.add(actor.user_id)
    folder = clips_folder(clip)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / f"asli{Path(upload.name).suffix.lower()[:6]}"
    kept.unlink(missing_ok=True)  # left by a transaction that failed, of a number that is given again
    os.link(scratch_file(upload), kept)  # both names until the transaction has committed
    clip.original = f"{clip.pk}/{kept.name}"
    clip.save(update_fields=["original"])
    note(upload=upload.name, bytes_came=upload.size)
    transaction.on_commit(partial(scratch_file(upload).unlink, missing_ok=True))
    upload.delete()
    enqueue("newsroom.cook_clip", key=f"clip:{clip.pk}", pk=clip.pk)
    return clip


@inner("reads only")
def free_slug(*, title: str) -> str:
    """An address that no clip has or had."""
    slug = wanted = text.slug(title, limit=100, empty="klip")
    number = 1
    while Clip.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@action("newsroom.upload.dropped", may=permissions.may_upload_clip, says=_("membatalkan unggahan"), on="upload")
def drop_upload(*, actor: Actor, upload: ClipUpload) -> None:
    """Give an upload up, with what has come of it."""
    _drop(upload)


@inner("part of another action")
def drop_uploads(*, subjects: frozenset[uuid.UUID]) -> int:
    """Take away what these people began to upload, with all that came of it. Returns how many."""
    begun = list(ClipUpload.objects.filter(by__subject__in=subjects))
    for upload in begun:
        _drop(upload)
    return len(begun)


@inner("machinery")
def sweep_uploads(*, older_than: timedelta = KEPT) -> int:
    """Take away uploads that nobody went on with, and scratch files that no upload knows. Returns how many."""
    before, count = timezone.now() - older_than, 0
    for upload in ClipUpload.objects.filter(moved_at__lt=before):
        _drop(upload)
        count += 1
    known = {f"{pk.hex}.part" for pk in ClipUpload.objects.values_list("pk", flat=True)}
    root = Path(settings.UPLOADS_ROOT)
    for path in root.glob("*.part") if root.is_dir() else ():
        if path.name not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count


def _drop(upload: ClipUpload) -> None:
    path = scratch_file(upload)
    ClipUpload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))
