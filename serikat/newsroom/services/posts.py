"""Ruang Buruh, the writer's side: send a post, change it while it waits, take it back, decide on what may endanger somebody, say yes or no to news
made of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner, note, note_about, notes_say
from serikat.files.inspection import Checked
from serikat.files.services import keep_file
from serikat.kernel.access import Actor, who_may
from serikat.kernel.codes import make_code
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import clean_text
from serikat.newsroom import permissions
from serikat.newsroom.models import Concern, Lift, Post, PostFile
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.selectors import posts as reads
from serikat.newsroom.services.showing import describe_pictures, show, take_off
from serikat.units.models import Unit

notes_say(title=_("judul"), pictures=_("jumlah gambar"), decisions=_("keputusan penulis"), trusted=_("tayang langsung"))

SOMEBODY = "seorang pekerja"
HOLDER = "newsroom.post"


class TooManyPosts(Refused):
    message = _("Hari ini Anda sudah mengirim banyak tulisan. Simpan yang ini dan kirim besok.")


class NothingWritten(Refused):
    message = _("Tulis ceritanya, atau rekam suara.")


class NotChangeable(Conflict):
    message = _("Tulisan ini sudah diputus. Tarik kembali, lalu kirim yang baru.")


class Undecided(Refused):
    message = _("Putuskan setiap hal yang ditanyakan.")


class NothingToAnswer(Conflict):
    message = _("Tidak ada yang menunggu jawaban Anda.")


@action(
    "newsroom.post.sent", may=permissions.may_write_post, says=_("mengirim tulisan ke Ruang Buruh"), on="unit", makes=True
)
def send_post(
    *,
    actor: Actor,
    unit: Unit,
    key: uuid.UUID,
    title: str,
    text: str,
    named_as: str,
    pen_name: str = "",
    place: Any = None,
    pictures: Sequence[tuple[Checked, str]] = (),
    sound: Checked | None = None,
) -> Post:
    """Take a post in, exactly once for its `key`: a shaky network may send it again. Pictures are (cleaned file, what is seen on it), the sound is a
    voice note for the desk alone. It shows at once when its writer is trusted and nothing in it needs a look; else it waits for a moderator."""
    text = clean_text(text)
    if not text and sound is None:
        raise NothingWritten(field="text")
    if reads.sent_since(actor, timezone.now() - timedelta(days=1)) >= rules.MOST_A_DAY:
        raise TooManyPosts(field="text")
    post = Post.objects.create(
        code=_free_code(),
        key=key,
        writer_id=actor.user_id,
        unit=unit,
        title=title,
        text=text,
        place=place,
        named_as=named_as,
        name=_shown_name(actor, named_as, pen_name),
        sent_at=timezone.now(),
    )
    if actor.subject:
        note_about(actor.subject)
    _keep(actor, post, pictures, sound)
    trusted = reads.is_trusted(actor) and not rules.personal_numbers(f"{title}\n{text}") and not pictures
    note(title=title, pictures=len(pictures), trusted=trusted)
    if trusted:
        show(actor=actor, post=post)
    else:
        _tell_moderators(actor, post)
    return post


@inner("part of another action")
def send_post_once(*, actor: Actor, key: uuid.UUID, **values: Any) -> tuple[Post, bool]:
    """The post of this key, and whether it was new. Somebody else's key is no key: it is answered with a post of one's own."""
    found = reads.own_post_with(actor, key)
    if found is not None:
        return found, False
    if reads.is_taken(key):
        key = uuid.uuid4()
    return send_post(actor=actor, key=key, **values), True


def _shown_name(actor: Actor, named_as: str, pen_name: str) -> str:
    if named_as == Post.NamedAs.NOBODY:
        return SOMEBODY
    return pen_name.strip() if named_as == Post.NamedAs.PEN and pen_name.strip() else actor.name


def _free_code() -> str:
    while Post.objects.filter(code=(code := make_code())).exists():
        pass
    return code


def _keep(actor: Actor, post: Post, pictures: Sequence[tuple[Checked, str]], sound: Checked | None) -> None:
    place = post.files.count()
    parts = [(PostFile.Kind.PICTURE, checked, alt) for checked, alt in pictures]
    parts += [(PostFile.Kind.SOUND, sound, "")] if sound else []
    for number, (kind, checked, alt) in enumerate(parts, place):
        kept = keep_file(
            actor=actor, checked=checked, holder_ref=f"{HOLDER}:{post.pk}", subject=actor.subject, unit=post.unit
        )
        PostFile.objects.get_or_create(post=post, file=kept, defaults={"kind": kind, "alt": alt[:300], "position": number})


def _tell_moderators(actor: Actor, post: Post) -> None:
    for user_id in sorted(set(who_may(permissions.may_moderate, post)) - {actor.user_id}):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(_("Tulisan pekerja menunggu dilihat: {title}"), title=post.title),
            link=reverse("newsroom_desk:post", args=[post.code]),
        )


def _fresh(post: Post, *states: str) -> Post:
    """The row as it stands now, locked: two pages may be open."""
    fresh = Post.objects.select_for_update(of=("self",)).select_related("unit", "writer").get(pk=post.pk)
    if fresh.state not in states:
        raise NotChangeable
    return fresh


@action(
    "newsroom.post.changed", may=permissions.may_own_post, says=_("mengubah tulisannya"), on="post", fields=("title", "text")
)
def change_post(
    *,
    actor: Actor,
    post: Post,
    title: str,
    text: str,
    named_as: str,
    pen_name: str = "",
    alts: Mapping[int, str] | None = None,
) -> Post:
    """Write it anew while it waits, with what is seen on each picture. What was asked stays asked; it waits again."""
    fresh = _fresh(post, Post.State.WAITING, Post.State.ASKED)
    text = clean_text(text)
    if not text and not fresh.files.filter(kind=PostFile.Kind.SOUND).exists():
        raise NothingWritten(field="text")
    fresh.title, fresh.text, fresh.named_as = title, text, named_as
    fresh.name = _shown_name(actor, named_as, pen_name)
    fresh.save(update_fields=["title", "text", "named_as", "name"])
    describe_pictures(post=fresh, alts=alts or {})
    _tell_moderators(actor, fresh)
    post.refresh_from_db()
    return post


@action("newsroom.post.withdrawn", may=permissions.may_own_post, says=_("menarik tulisannya"), on="post", fields=("state",))
def withdraw_post(*, actor: Actor, post: Post) -> None:
    """The writer takes it back, at any time: it leaves the public at once. News made of it is not touched: that has its own rule."""
    fresh = _fresh(post, *(state for state in Post.State.values if state != Post.State.WITHDRAWN))
    take_off(post=fresh, state=Post.State.WITHDRAWN)
    post.refresh_from_db()


@action("newsroom.concern.decided", may=permissions.may_own_post, says=_("memutus apa yang boleh tampil"), on="post")
def decide_concerns(*, actor: Actor, post: Post, decisions: Mapping[str, str]) -> None:
    """The writer's word on each aspect that was asked; then it waits for the moderator again."""
    fresh = _fresh(post, Post.State.ASKED)
    open_ones = list(Concern.objects.filter(post=fresh, decision=""))
    if not open_ones:
        raise NothingToAnswer
    for concern in open_ones:
        if decisions.get(concern.aspect) not in Concern.Decision.values:
            raise Undecided(field=concern.aspect)
        concern.decision, concern.decided_at = decisions[concern.aspect], timezone.now()
        concern.save(update_fields=["decision", "decided_at"])
    note(decisions=", ".join(f"{c.get_aspect_display()}: {c.get_decision_display()}" for c in open_ones))
    fresh.state = Post.State.WAITING
    fresh.save(update_fields=["state"])
    _tell_moderators(actor, fresh)
    post.refresh_from_db()


@action("newsroom.lift.agreed", may=permissions.may_own_post, says=_("setuju tulisannya menjadi berita"), on="post")
def agree_to_lift(*, actor: Actor, post: Post, revision_id: int) -> Lift:
    """Yes to exactly this version of the news made of it; a version that changed meanwhile is shown first."""
    return _answer_lift(actor, post, revision_id, agreed=True, words="")


@action("newsroom.lift.declined", may=permissions.may_own_post, says=_("tidak setuju tulisannya menjadi berita"), on="post")
def decline_lift(*, actor: Actor, post: Post, revision_id: int, words: str = "") -> Lift:
    """No to this version, with what should be different. It cannot go live without a yes."""
    return _answer_lift(actor, post, revision_id, agreed=False, words=words)


def _answer_lift(actor: Actor, post: Post, revision_id: int, *, agreed: bool, words: str) -> Lift:
    asked = reads.asked_of(post)
    if asked is None:
        raise NothingToAnswer
    if asked.revision_id != revision_id:
        raise Conflict(_("Redaktur sudah mengubahnya lagi. Baca versi yang terbaru, lalu jawab."))
    lift = asked.lift
    lift.agreed_digest, lift.answered_at = (asked.digest if agreed else ""), timezone.now()
    lift.answer = words[:600]
    lift.save(update_fields=["agreed_digest", "answered_at", "answer"])
    said = _("Penulis setuju: {title}") if agreed else _("Penulis belum setuju: {title}")
    for user_id in sorted({user for user in (lift.by_id, *asked.touched) if user} - {actor.user_id}):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(said, title=asked.title),
            link=reverse("newsroom_desk:review", args=[lift.page_id]),
        )
    return lift
