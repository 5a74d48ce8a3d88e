"""Making news of a worker's post: an article of its words under its writer's name, which goes live only as the writer said yes to it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from serikat.audit.action import action, inner, note
from serikat.kernel import text as words
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, ArticleBylineLink, ArticleIndex, Byline, Concern, Lift, Post, PostFile
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.selectors.editing import digest_of
from serikat.newsroom.services.showing import covered, public_copy, tell_writer


class AlreadyLifted(Conflict):
    message = _("Tulisan ini sudah diangkat menjadi berita.")


class NotToBeLifted(Conflict):
    message = _("Hanya tulisan yang tayang atau menunggu yang dapat diangkat.")


class NotAgreed(Refused):
    message = _("Penulisnya belum menyetujui versi ini. Kirim untuk diperiksa: penulis ikut diberi tahu dan menjawab.")
    code = "not_agreed"


@action(
    "newsroom.post.lifted", may=permissions.may_lift_post, says=_("mengangkat tulisan pekerja menjadi berita"), on="post"
)
def lift_post(*, actor: Actor, post: Post) -> Article:
    """A draft article of the post's words and pictures, under the name the writer chose. The writer is told."""
    fresh = Post.objects.select_for_update(of=("self",)).select_related("unit", "writer", "place").get(pk=post.pk)
    if Lift.objects.filter(post=fresh).exists():
        raise AlreadyLifted
    if fresh.state not in (Post.State.SHOWN, Post.State.WAITING):
        raise NotToBeLifted
    article = _drafted(actor, fresh)
    Lift.objects.create(post=fresh, page=article.page_ptr, by_id=actor.user_id, at=timezone.now())
    note(title=fresh.title)
    tell_writer(actor=actor, post=fresh, words=_("Redaktur ingin mengangkat tulisan Anda menjadi berita: {title}"))
    return article


def _drafted(actor: Actor, post: Post) -> Article:
    parts = post.files.filter(kind=PostFile.Kind.PICTURE, left_out=False).select_related("file")
    if post.state != Post.State.SHOWN and post.concerns.exclude(decision=Concern.Decision.SHOW).exists():
        parts = parts.none()  # nobody has said yet which of them show what the writer does not want shown
    pictures = [public_copy(part=part, post=post) for part in parts]
    text = post.text if post.shows_numbers else covered(text=post.text)
    body: list[tuple[str, Any]] = [("paragraph", rules.paragraph_html(part)) for part in rules.paragraphs(text)]
    words_of = {"caption": "", "credit": post.name[:120]}
    body += [("picture", {"picture": picture, "alt": picture.description, **words_of}) for picture in pictures[1:]]
    article = Article(
        title=post.title,
        slug=_free_slug(words.slug(post.title), ArticleIndex.objects.get().get_children()),
        unit=post.unit,
        body=body,
        place=post.place,
        cover=pictures[0] if pictures else None,
        cover_credit=post.name[:120] if pictures else "",
        live=False,
        owner_id=actor.user_id,
    )
    ArticleIndex.objects.get().add_child(instance=article)
    article.byline_links.add(ArticleBylineLink(byline=_byline(post)))
    _save(article, actor)
    return article


def _save(article: Article, actor: Actor) -> None:
    from django.contrib.auth import get_user_model  # reason: models are loaded late

    article.save()
    article.save_revision(user=get_user_model()._default_manager.filter(pk=actor.user_id or 0).first())


def _free_slug(wanted: str, taken: QuerySet[Any]) -> str:
    """The address, with a number behind it when another of these has it."""
    slug, number = wanted, 1
    while taken.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _byline(post: Post) -> Byline:
    """The writer's own byline of that name; a nameless one is everybody's."""
    subject = None if post.named_as == Post.NamedAs.NOBODY or post.writer is None else post.writer.subject
    found = Byline.objects.filter(name=post.name, subject=subject).first()
    if found is not None:
        return found
    slug = _free_slug(words.slug(post.name, limit=100), Byline.objects.all())
    return Byline.objects.create(name=post.name, slug=slug, subject=subject)


@inner("part of another action")
def ask_for_yes(*, actor: Actor, page: Page) -> None:
    """A version was submitted: the writer of the post behind it is asked as well."""
    lift = Lift.objects.filter(page_id=page.pk).select_related("post").first()
    if lift is not None:
        tell_writer(actor=actor, post=lift.post, words=_("Baca dan jawab: versi berita dari tulisan Anda, {title}"))


@inner("reads only")
def check_agreed(*, page: Page, revision: Revision) -> None:
    """Refuse to put news live that was made of a post whose writer did not say yes to this version. Once it is live, corrections need no new yes:
    the writer sees them. Who withdrew their account or was forgotten cannot answer: their last yes stands."""
    if page.live:
        return
    lift = Lift.objects.filter(page_id=page.pk).select_related("post").first()
    if lift is None:
        return
    if not lift.agreed_digest or (lift.post.writer_id is not None and lift.agreed_digest != digest_of(revision.pk)):
        raise NotAgreed
