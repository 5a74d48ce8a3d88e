"""What was put right in public: the list of corrections, replies and withdrawals, what stands below a worker's post, what a withdrawn page says."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from serikat.newsroom.models import OldAddress, Post, Redress
from serikat.newsroom.selectors.public import askable

Kind = Redress.Kind


def redress_list() -> QuerySet[Redress]:
    """All of it, the newest first, each with where its page stands now."""
    return Redress.objects.select_related("article__shown", "post").order_by("-at", "-pk")


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


def withdrawal_at(path: str) -> Redress | None:
    """Why the page that stood at this address was withdrawn, when that was announced with its title."""
    page = OldAddress.objects.filter(path=askable(path)).values("page_id")
    return _announced().filter(article__in=page).first()


def withdrawal_of_post(code: str) -> Redress | None:
    return _announced().filter(post__code=askable(code), post__state=Post.State.REFUSED).first()


def _announced() -> QuerySet[Redress]:
    return Redress.objects.filter(kind=Kind.WITHDRAWAL).exclude(title="").order_by("-at", "-pk")
