"""What a moderator does: let posts and comments show or not, ask the writer about what may endanger somebody, close a page for comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel import generation
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, ClosedComments, Comment, Concern, EditingRule, Post, PostFile, WriterRule
from serikat.newsroom.services.showing import describe_pictures, show, take_off, tell_writer

notes_say(
    aspects=_("yang ditanyakan"),
    left_out=_("gambar yang tidak ditampilkan"),
    described=_("gambar yang diberi keterangan"),
    numbers_show=_("nomor tampil"),
    comment=_("komentar"),
    trusted_after=_("tayang langsung sesudah"),
)


class AlreadyDecided(Conflict):
    message = _("Ini sudah diputus orang lain.")


class WriterNotAsked(Refused):
    message = _("Penulis belum memutus hal yang ditanyakan.")


class StillHidden(Refused):
    message = _(
        "Penulis meminta ini jangan tampil. Minta ia mengubah tulisannya, atau tandai gambarnya supaya tidak tampil."
    )


class ReasonMissing(Refused):
    message = _("Tulis alasannya untuk penulis.")


class NothingAsked(Refused):
    message = _("Pilih sedikitnya satu hal yang perlu diputus penulis.")


def _locked(post: Post, *states: str) -> Post:
    fresh = Post.objects.select_for_update(of=("self",)).select_related("unit", "writer").get(pk=post.pk)
    if fresh.state not in states:
        raise AlreadyDecided
    return fresh


def _decided(actor: Actor, post: Post, answer: str = "") -> None:
    post.decided_by_id, post.decided_at, post.answer = actor.user_id, timezone.now(), answer[:600]
    post.save(update_fields=["decided_by", "decided_at", "answer"])


@action("newsroom.post.shown", may=permissions.may_moderate, says=_("menayangkan tulisan pekerja"), on="post")
def show_post(
    *,
    actor: Actor,
    post: Post,
    left_out: Sequence[int] = (),
    numbers_show: bool = False,
    hidden_settled: bool = False,
    alts: Mapping[int, str] | None = None,
) -> None:
    """Let it show. Everything that was asked must have its writer's answer; what they want hidden must be gone from it, which the moderator says
    with `hidden_settled`. `left_out` are the pictures that do not show, `alts` what is seen on each."""
    fresh = _locked(post, Post.State.WAITING, Post.State.ASKED)
    if fresh.concerns.filter(decision="").exists():
        raise WriterNotAsked
    if fresh.concerns.filter(decision=Concern.Decision.HIDE).exists() and not hidden_settled:
        raise StillHidden(field="hidden_settled")
    fresh.files.filter(kind=PostFile.Kind.PICTURE).update(left_out=False)
    count = fresh.files.filter(kind=PostFile.Kind.PICTURE, pk__in=left_out).update(left_out=True)
    described = describe_pictures(post=fresh, alts=alts or {})
    note(left_out=count, numbers_show=numbers_show, described=described)
    _decided(actor, fresh)
    show(actor=actor, post=fresh, shows_numbers=numbers_show)
    tell_writer(actor=actor, post=fresh, words=_("Tulisan Anda tayang: {title}"))
    post.refresh_from_db()


@action("newsroom.post.refused", may=permissions.may_moderate, says=_("tidak menayangkan tulisan pekerja"), on="post")
def refuse_post(*, actor: Actor, post: Post, reason: str) -> None:
    """Do not show it, or take it off; the writer reads why."""
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonMissing(field="reason")
    fresh = _locked(post, Post.State.WAITING, Post.State.ASKED, Post.State.SHOWN)
    take_off(post=fresh, state=Post.State.REFUSED)
    _decided(actor, fresh, reason)
    tell_writer(actor=actor, post=fresh, words=_("Tulisan Anda tidak ditayangkan: {title}"))
    post.refresh_from_db()


@action("newsroom.post.asked", may=permissions.may_moderate, says=_("menanyai penulis sebelum menayangkan"), on="post")
def ask_writer(*, actor: Actor, post: Post, aspects: Iterable[str], words: str = "") -> None:
    """Ask the writer to decide on faces, names, a workplace, a live case. What they decided before may be asked again."""
    fresh = _locked(post, Post.State.WAITING, Post.State.ASKED)
    chosen = [aspect for aspect in Concern.Aspect.values if aspect in set(aspects)]
    if not chosen:
        raise NothingAsked(field="aspects")
    for aspect in chosen:
        Concern.objects.update_or_create(
            post=fresh,
            aspect=aspect,
            defaults={"raised_by_id": actor.user_id, "raised_at": timezone.now(), "decision": "", "decided_at": None},
        )
    note(aspects=", ".join(str(Concern.Aspect(aspect).label) for aspect in chosen))
    fresh.state, fresh.answer = Post.State.ASKED, " ".join(words.split())[:600]
    fresh.save(update_fields=["state", "answer"])
    tell_writer(actor=actor, post=fresh, words=_("Sebelum tayang, ada yang harus Anda putuskan: {title}"))
    post.refresh_from_db()


@action("newsroom.comment.shown", may=permissions.may_moderate, says=_("menayangkan komentar"), on="below")
def show_comment(*, actor: Actor, below: Any, comment: Comment) -> None:
    """Let a waiting comment show below its article or post; whoever wrote the post is told."""
    _settle(actor, comment, approved=True)
    note(comment=comment.pk)
    generation.bump_on_commit()
    if comment.post is not None:
        tell_writer(actor=actor, post=comment.post, words=_("Ada tanggapan pembaca pada tulisan Anda: {title}"))


@action("newsroom.comment.refused", may=permissions.may_moderate, says=_("tidak menayangkan komentar"), on="below")
def refuse_comment(*, actor: Actor, below: Any, comment: Comment) -> None:
    """Do not show it, or take it off again."""
    _settle(actor, comment, approved=False)
    note(comment=comment.pk)
    generation.bump_on_commit()


def _settle(actor: Actor, comment: Comment, *, approved: bool) -> None:
    standing = Comment.objects.filter(pk=comment.pk, decided_at=comment.decided_at, approved=comment.approved)
    if not standing.update(approved=approved, decided_by_id=actor.user_id, decided_at=timezone.now()):
        raise AlreadyDecided


@action("newsroom.comments.closed", may=permissions.may_moderate, says=_("menutup komentar"), on="below")
def close_comments(*, actor: Actor, below: Any) -> None:
    """No more comments below this article or post; those that show stay."""
    _close(below, True)


@action("newsroom.comments.opened", may=permissions.may_moderate, says=_("membuka komentar"), on="below")
def open_comments(*, actor: Actor, below: Any) -> None:
    _close(below, False)


def _close(below: Any, closed: bool) -> None:
    if isinstance(below, Post):
        Post.objects.filter(pk=below.pk).update(comments_closed=closed)
    elif isinstance(below, Article) and closed:
        ClosedComments.objects.get_or_create(article=below)
    else:
        ClosedComments.objects.filter(article=below).delete()
    generation.bump_on_commit()


@action(
    "newsroom.writer_rule.changed", may=permissions.may_moderate, says=_("mengubah kepercayaan kepada penulis"), on="post"
)
def trust_writer(*, actor: Actor, post: Post, trusted_after: int | None) -> None:
    """After how many shown posts this post's writer needs no look any more; 0: each is looked at; None: as the organisation's rule says."""
    note(trusted_after=trusted_after)
    if trusted_after is None:
        WriterRule.objects.filter(writer_id=post.writer_id).delete()
    else:
        WriterRule.objects.update_or_create(writer_id=post.writer_id, defaults={"trusted_after": trusted_after})


@action(
    "newsroom.posting_rule.changed",
    may=permissions.may_change_editing_rule,
    says=_("mengubah aturan kapan tulisan pekerja tayang langsung"),
)
def change_posting_rule(*, actor: Actor, trusted_after: int) -> None:
    """The organisation's number for all writers; 0: each post is looked at."""
    note(trusted_after=trusted_after)
    EditingRule.objects.update_or_create(id=1, defaults={"posts_trusted_after": trusted_after})
