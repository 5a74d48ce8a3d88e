"""Doing what an accepted request asks for: a reply onto its page, a correction into a draft (of an article) or beside it, a page off the site.

A reply stands in a table beside the page, not in a revision: what was approved stays what was approved, and the page's head is drawn with it.
"""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from serikat.audit.action import inner
from serikat.kernel import generation
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict
from serikat.newsroom.models import Article, Correction, EditorialRequest, LiveClip, Post, Redress
from serikat.newsroom.selectors.requests import fields_of
from serikat.newsroom.services.clips import drop_shown
from serikat.newsroom.services.editing import submit_page
from serikat.newsroom.services.publishing import reflect_live
from serikat.newsroom.services.showing import take_off, tell_writer


class NotShown(Conflict):
    message = _("Halaman yang dimaksud tidak tayang lagi, jadi tidak ada tempat untuk menaruhnya.")


@inner("part of another action")
def put_right(*, actor: Actor, request: EditorialRequest) -> None:
    """Do what an accepted request asks for."""
    if request.kind == EditorialRequest.Kind.REPLY:
        _show(request, Redress.Kind.REPLY, name=request.name[:120])
    elif request.kind == EditorialRequest.Kind.CORRECTION and request.article is None:
        _show(request, Redress.Kind.CORRECTION)
    elif request.kind == EditorialRequest.Kind.CORRECTION:
        _draft_correction(actor, request)
    elif request.kind == EditorialRequest.Kind.WITHDRAWAL:
        _withdraw(actor, request)


def _show(request: EditorialRequest, kind: str, name: str = "") -> None:
    _require_shown(request)
    Redress.objects.create(
        kind=kind,
        request=request,
        **fields_of(request.about),
        title=request.title,
        label=request.label,
        name=name,
        words=request.shown_words or request.words,
        at=timezone.now(),
    )
    if request.article is not None:
        reflect_live(request.article)
    generation.bump_on_commit()


def _require_shown(request: EditorialRequest) -> None:
    shown = (
        Article.objects.filter(pk=request.article_id or 0, live=True),
        Post.objects.filter(pk=request.post_id or 0, state=Post.State.SHOWN),
        LiveClip.objects.filter(pk=request.clip_id or 0),
    )
    if not any(rows.exists() for rows in shown):
        raise NotShown


def _draft_correction(actor: Actor, request: EditorialRequest) -> None:
    """Into the newest version of the article, which waits for another person's yes like any other."""
    _require_shown(request)
    moment = timezone.now().replace(microsecond=0)
    page = request.article.get_latest_revision_as_object()  # type: ignore[union-attr]
    page.corrections.add(Correction(at=moment, text=request.shown_words, text_en=request.shown_words_en))
    page.save_revision(user=get_user_model()._default_manager.filter(pk=actor.user_id or 0).first())
    request.correction_at = moment
    request.save(update_fields=["correction_at"])
    page = Article.objects.get(pk=page.pk)
    submit_page(actor=actor, page=page, note_to_reader=str(request))


def _withdraw(actor: Actor, request: EditorialRequest) -> None:
    """Off the site. Without its title: then what the public list said of it before goes too."""
    _require_shown(request)
    if not request.announced:
        Redress.objects.filter(**fields_of(request.about)).update(title="", name="", words="", words_en="")
    Redress.objects.create(
        kind=Redress.Kind.WITHDRAWAL,
        request=request,
        **fields_of(request.about),
        title=request.title if request.announced else "",
        label=request.label,
        ground=request.ground,
        at=timezone.now(),
    )
    if request.article is not None:
        Page.objects.get(pk=request.article.pk).specific.unpublish()
    elif request.clip is not None:
        drop_shown(clip=request.clip)
    elif request.post is not None:
        take_off(post=request.post, state=Post.State.REFUSED)
        Post.objects.filter(pk=request.post.pk).update(answer=request.get_ground_display(), decided_at=timezone.now())
        tell_writer(actor=actor, post=request.post, words=_("Tulisan Anda dicabut atas permintaan pembaca: {title}"))
    generation.bump_on_commit()
