"""What was put right in public: the list of corrections, replies and withdrawals, what stands below a worker's post or a clip, what a withdrawn page says."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from serikat.newsroom.models import Clip, OldAddress, Post, Redress
from serikat.newsroom.selectors.public import askable
from serikat.newsroom.selectors.searching import path_of_post

Kind = Redress.Kind


def redress_list() -> QuerySet[Redress]:
    """All of it, the newest first, each with where its page stands now."""
    return Redress.objects.select_related("article__shown", "post", "clip__shown").order_by("-at", "-pk")


def page_of(one: Redress) -> str:
    """Where the page that was put right stands, without language; empty where it does not."""
    if one.article is not None and hasattr(one.article, "shown"):
        return str(one.article.shown.path)
    if one.post is not None and one.post.state == Post.State.SHOWN:
        return path_of_post(one.post.code)
    return one.clip.shown.path if one.clip is not None and hasattr(one.clip, "shown") else ""


def redress_counts() -> dict[str, int]:
    """How many of each kind."""
    counted = dict(Redress.objects.order_by().values_list("kind").annotate(n=Count("pk")))
    return {kind: counted.get(kind, 0) for kind in Kind.values}


def reply_of(year: int, number: int) -> Redress | None:
    """A reply that shows, by the number of its request. Once its page is withdrawn its words stay, and lead nowhere; unless
    the page was withdrawn without its title."""
    return redress_list().filter(kind=Kind.REPLY, label=f"{number}/{year}").exclude(title="").first()


def shown_below(post: Post) -> list[Redress]:
    """Replies to a worker's post and corrections of it, oldest first."""
    return list(Redress.objects.filter(post=post).exclude(kind=Kind.WITHDRAWAL).order_by("at", "pk"))


def shown_below_clip(pk: int) -> list[Redress]:
    """The same of a clip."""
    return list(Redress.objects.filter(clip=pk).exclude(kind=Kind.WITHDRAWAL).order_by("at", "pk"))


def withdrawal_at(path: str) -> Redress | None:
    """Why the page that stood at this address was withdrawn, when that was announced with its title."""
    page = OldAddress.objects.filter(path=askable(path)).values("page_id")
    return _announced().filter(article__in=page).first()


def withdrawal_of_post(code: str) -> Redress | None:
    return _announced().filter(post__code=askable(code), post__state=Post.State.REFUSED).first()


def withdrawal_of_clip(kind: str, slug: str) -> Redress | None:
    clips = Clip.objects.filter(kind=kind, slug=askable(slug)).exclude(withdrawn_at=None)
    return _announced().filter(clip__in=clips).first()


def _announced() -> QuerySet[Redress]:
    return Redress.objects.filter(kind=Kind.WITHDRAWAL).exclude(title="").order_by("-at", "-pk")
