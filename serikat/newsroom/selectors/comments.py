"""Comments: what waits for a moderator, and below what one may comment."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Missing
from serikat.newsroom.models import Article, ClosedComments, Comment, Post
from serikat.newsroom.selectors.editing import reach
from serikat.newsroom.selectors.posts import shown_post
from serikat.newsroom.selectors.public import askable


def is_closed(below: Any) -> bool:
    """Whether this article or post takes no comments any more."""
    return below.comments_closed if isinstance(below, Post) else ClosedComments.objects.filter(article=below).exists()


def article_at(slug: str) -> Article | None:
    """The live article with this address."""
    return Article.objects.filter(shown__path=askable(f"/berita/{slug}/")).select_related("unit").first()  # type: ignore[no-any-return]


def below_for_reader(kind: str, key: str) -> Article | Post:
    """What a reader may comment below: a live article by its slug, a shown post by its code."""
    found = article_at(key) if kind == "berita" else shown_post(key)
    if found is None:
        raise Missing
    return found


def comments_in_reach(actor: Actor) -> QuerySet[Comment]:
    """Comments below articles and posts of units within reach of a moderator's mandate."""
    scope = reach(actor, "article__unit__path", roles=(Role.MODERATOR,))
    scope |= reach(actor, "post__unit__path", roles=(Role.MODERATOR,))
    return Comment.objects.filter(scope).select_related("article__unit", "post__unit")


def comments_waiting(actor: Actor) -> QuerySet[Comment]:
    """Nobody decided on them yet, oldest first."""
    return comments_in_reach(actor).filter(approved=False, decided_at=None).order_by("at", "pk")


def comments_shown_below(actor: Actor, below: Article | Post) -> QuerySet[Comment]:
    place = Q(post=below) if isinstance(below, Post) else Q(article=below)
    return comments_in_reach(actor).filter(place, approved=True).order_by("at", "pk")


def comment_for(actor: Actor, pk: int) -> Comment:
    found = comments_in_reach(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def below_of(comment: Comment) -> Any:
    return comment.article or comment.post
