"""Clips from the desk to the public: words, captions, poster, published by somebody who did not work on them, withdrawn at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner, note, notes_say
from serikat.files.ffmpeg import CannotRead
from serikat.files.inspection import check_upload
from serikat.files.refusals import FileRefused, UnknownType
from serikat.files.rules import PICTURES
from serikat.kernel import generation
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.jobs import enqueue
from serikat.newsroom import films, permissions
from serikat.newsroom.models import Clip, LiveClip, Rendition, Series
from serikat.newsroom.models.clips import make_token
from serikat.newsroom.rules import captions
from serikat.newsroom.rules.captions import BadCaptions, Wrong
from serikat.newsroom.rules.safety import Answer
from serikat.newsroom.selectors.clips import clip_digest, clips_root, cues_of, files_of
from serikat.newsroom.selectors.editing import approval_required
from serikat.newsroom.services.approval import in_batch
from serikat.newsroom.services.cooking import keep_poster, tidy_folder
from serikat.newsroom.services.finding import find_clips
from serikat.newsroom.services.safety import keep_answers

LARGEST_CAPTIONS = 1_000_000  # bytes of a file

notes_say(cues=_("jumlah takarir"), second=_("detik"))


class NotReady(Refused):
    message = _("Klip ini belum selesai diolah.")


class OwnClip(Refused):
    message = _("Anda ikut mengerjakan klip ini. Orang lain yang harus menayangkannya.")
    code = "own_work"


class ClipChanged(Conflict):
    message = _("Klip ini berubah sesudah Anda membukanya. Periksa sekali lagi.")


class StillShown(Refused):
    message = _("Klip ini sedang tayang. Tarik dahulu, baru hapus.")


class NotShown(Refused):
    message = _("Klip ini tidak sedang tayang.")


class NoPicture(Refused):
    message = _("Pada detik itu tidak ada gambar. Pilih detik yang lain.")


class BadCaption(Refused):
    """Captions that cannot be read, with the line where it went wrong."""


WRONG = {
    Wrong.TOO_LONG: _("Takarir ini terlalu panjang."),
    Wrong.TOO_MANY: _("Takarir ini terlalu banyak: paling banyak 4.000 baris."),
    Wrong.NO_TIME: _("Baris %(line)d tidak dimulai dengan waktu, misalnya 0:05."),
    Wrong.BACKWARDS: _("Baris %(line)d selesai sebelum dimulai."),
    Wrong.LONG_CUE: _("Baris %(line)d terlalu panjang: paling panjang 500 huruf."),
    Wrong.EMPTY: _("Berkas takarir ini kosong."),
}


def _touched(clip: Clip, actor: Actor) -> None:
    if actor.user_id is not None:
        clip.touched.add(actor.user_id)


@action(
    "newsroom.clip.changed", may=permissions.may_change_clip, says=_("mengubah klip"), on="clip",
    fields=("title", "about", "credit", "transcript", "series"),
)  # fmt: skip
def change_clip(
    *,
    actor: Actor,
    clip: Clip,
    title: str,
    about: str = "",
    credit: str = "",
    transcript: str = "",
    series: Series | None = None,
) -> None:
    """Change the words at the desk. What the public sees changes when somebody else publishes it."""
    clip.title, clip.about, clip.credit, clip.transcript, clip.series = title, about, credit, transcript, series
    clip.save(update_fields=["title", "about", "credit", "transcript", "series", "changed_at"])
    _touched(clip, actor)


@action("newsroom.clip.captioned", may=permissions.may_change_clip, says=_("menulis takarir klip"), on="clip")
def caption_clip(*, actor: Actor, clip: Clip, typed: str = "", file: IO[bytes] | None = None) -> int:
    """Keep captions, typed or from a WebVTT or SubRip file, as clean WebVTT; nothing typed takes them away. Gives how many cues."""
    try:
        cues = captions.read_typed(typed) if file is None else captions.read_file(_text_of(file))
    except BadCaptions as bad:
        words = str(WRONG[bad.wrong])
        field = "typed" if file is None else "file"
        raise BadCaption(words % {"line": bad.line} if bad.line else words, field=field) from None
    clip.captions = captions.write_vtt(cues)
    clip.save(update_fields=["captions", "changed_at"])
    _touched(clip, actor)
    note(cues=len(cues))
    return len(cues)


def _text_of(file: IO[bytes]) -> str:
    content = file.read(LARGEST_CAPTIONS + 1)
    if len(content) > LARGEST_CAPTIONS:
        raise BadCaptions(Wrong.TOO_LONG)
    if b"\0" in content[:4000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadCaptions(Wrong.NO_TIME, 1)
    for encoding in ("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _take_picture(
    *, clip: Clip, second: float | None = None, picture: IO[bytes] | None = None, **_others: Any
) -> Mapping[str, Any]:
    """The poster's bytes: of a second of the clip, or a picture that was sent; outside any transaction."""
    if picture is not None:
        try:
            checked = check_upload(picture, str(getattr(picture, "name", "")), public=True)
            if checked.kind not in PICTURES:
                raise UnknownType
        except FileRefused as refused:
            raise Refused(str(refused), field="picture") from None
        return {"drawn": checked.content}
    largest = clip.renditions.exclude(name=Rendition.Name.SOUND).order_by("-height").first()
    if largest is None or second is None:
        raise NoPicture(field="second")
    try:
        return {"drawn": films.picture_at(clips_root() / largest.file, second)}
    except (CannotRead, OSError):
        raise NoPicture(field="second") from None


@action(
    "newsroom.clip.postered",
    may=permissions.may_change_clip,
    says=_("memilih gambar sampul klip"),
    on="clip",
    prepare=_take_picture,
)
def choose_poster(
    *, actor: Actor, clip: Clip, second: float | None = None, picture: IO[bytes] | None = None, drawn: bytes = b""
) -> None:
    """The picture before a clip plays: of one second, or sent. Drawn anew, so nothing else is in it."""
    clip.poster = keep_poster(clip=clip, content=drawn)
    clip.save(update_fields=["poster", "changed_at"])
    _touched(clip, actor)
    if second is not None:
        note(second=second)
    tidy_folder(clip=clip)


@action("newsroom.clip.published", may=permissions.may_publish_clip, says=_("menayangkan klip"), on="clip")
def publish_clip(*, actor: Actor, clip: Clip, answers: Mapping[str, Answer] | None = None, seen: str = "") -> LiveClip:
    """Show a clip as the desk has it now, with the answers of the safety check. Refuses what is not made yet, what changed since it was looked at
    (`seen`, its digest then), and who worked on it while the rule of the second person stands."""
    fresh = Clip.objects.select_for_update().get(pk=clip.pk)
    if fresh.work not in (Clip.Work.READY, Clip.Work.PLAIN):
        raise NotReady
    touched = set(fresh.touched.values_list("pk", flat=True))
    if approval_required() and not in_batch() and (actor.user_id is None or actor.user_id in touched):
        raise OwnClip
    digest = clip_digest(fresh)
    if seen and seen != digest:
        raise ClipChanged
    if answers is not None or not in_batch():
        keep_answers(actor=actor, answers=answers or {}, digest=digest, clip=fresh)
    now = timezone.now()
    before = LiveClip.objects.filter(pk=fresh.pk).first()
    live, _made = LiveClip.objects.update_or_create(
        clip=fresh,
        defaults={
            "kind": fresh.kind,
            "slug": fresh.slug,
            "token": fresh.token,
            "title": fresh.title,
            "series_id": fresh.series_id,
            "shown_at": before.shown_at if before else now,
            "changed_at": now,
            "about": fresh.about,
            "credit": fresh.credit,
            "captions": fresh.captions,
            "transcript": fresh.transcript,
            "seconds": fresh.seconds,
            "files": files_of(fresh),
            "poster": fresh.poster,
        },
    )
    Clip.objects.filter(pk=fresh.pk).update(withdrawn_at=None)
    fresh.touched.clear()
    tidy_folder(clip=fresh)
    _redraw_pages(live.path)
    find_clips([live.pk])
    generation.bump_on_commit()
    if before is None and fresh.uploaded_by_id and fresh.uploaded_by_id != actor.user_id:
        leave_notice(actor=SYSTEM, user_id=fresh.uploaded_by_id, text=_notice(fresh), link=live.path)
    return live


def _notice(clip: Clip) -> str:
    return str(_("Klip Anda sudah tayang: %(title)s") % {"title": clip.title})[:200]


@action("newsroom.clip.withdrawn", may=permissions.may_withdraw_clip, says=_("menarik klip"), on="clip")
def withdraw_clip(*, actor: Actor, clip: Clip, reason: str) -> None:
    """Take a clip and its files off the public site at once. Their addresses are never used again, not even when it comes back."""
    if not " ".join(reason.split()):
        raise Refused(_("Tuliskan alasannya."), field="reason")
    if not drop_shown(clip=clip):
        raise NotShown


def _redraw_pages(path: str) -> None:
    """Articles that show this clip are drawn anew; its files are theirs no more at once."""
    enqueue("newsroom.redraw_pages_naming", key=path, path=path)


@inner("part of another action")
def drop_shown(*, clip: Clip) -> int:
    """Nothing of it is public any more."""
    for live in LiveClip.objects.filter(pk=clip.pk):
        _redraw_pages(live.path)
    count, _rows = LiveClip.objects.filter(pk=clip.pk).delete()
    find_clips([clip.pk])
    Clip.objects.filter(pk=clip.pk).update(withdrawn_at=timezone.now(), token=make_token())
    tidy_folder(clip=clip)
    generation.bump_on_commit()
    return count


@action("newsroom.clip.deleted", may=permissions.may_change_clip, says=_("menghapus klip"), on="clip")
def delete_clip(*, actor: Actor, clip: Clip) -> None:
    """Erase a clip that is not shown, with all its files."""
    if LiveClip.objects.filter(pk=clip.pk).exists():
        raise StillShown
    tidy_folder(clip=clip)
    Clip.objects.filter(pk=clip.pk).delete()


@inner("reads only")
def transcript_of(clip: Clip | LiveClip) -> str:
    """The words for those who read: written for it, or those of the captions."""
    return clip.transcript or captions.transcript_of(cues_of(clip.captions))
