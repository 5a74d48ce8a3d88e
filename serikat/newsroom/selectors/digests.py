"""What stands in the weekly digest: articles that are live and went live in its time, and what was put right of those that earlier ones told of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Channel
from serikat.messaging.selectors.channels import can_send, live_channels
from serikat.newsroom.models import Article, Digest, LivePage, Redress
from serikat.newsroom.rules import digests as rules
from serikat.newsroom.rules.spreading import clean
from serikat.newsroom.selectors.subscribers import topics_told
from serikat.outreach.selectors.reaching import Wish

MOST = 300  # articles of one digest; each receiver's mail shows fewer
REMEMBERED = timedelta(weeks=12)  # how long what earlier digests told of is put right in later ones


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is told: an article, or what was put right of one."""

    article_id: int
    title: str
    lead: str
    address: str
    topics: frozenset[int]
    place: str
    place_name: str
    unit_path: str
    moments: tuple[str, ...] = ()  # of the corrections that are told here

    def concerns(self, wish: Wish, channel: Channel) -> bool:
        ours = self.unit_path.startswith(channel.unit.path)
        return ours and rules.concerns(self.topics, self.place, wanted=wish.topics, places=wish.places)


def digest_channels() -> list[Channel]:
    return [one for one in live_channels(scheme=Scheme.MAIL).order_by("pk") if can_send(one)]


def pieces_between(after: datetime, until: datetime) -> list[Piece]:
    """What went live in this time and is live still, the newest first."""
    shown = LivePage.objects.filter(kind=LivePage.Kind.ARTICLE, shown_at__gt=after, shown_at__lte=until)
    paths = dict(shown.order_by("-shown_at", "-pk").values_list("pk", "path")[:MOST])
    articles = {one.pk: one for one in _articles(paths)}
    return [_piece(articles[pk], paths[pk]) for pk in paths if pk in articles]


def _articles(ids: Iterable[int]) -> Iterable[Article]:
    found: Iterable[Article] = Article.objects.filter(pk__in=list(ids)).select_related("rubric", "place", "unit")
    return found


def _piece(article: Article, path: str, *, title: str = "", lead: str = "", moments: tuple[str, ...] = ()) -> Piece:
    return Piece(
        article.pk,
        clean(title or article.title),
        clean(lead if title else article.lead),
        settings.SITE_ADDRESS + path,
        frozenset(topic.pk for topic in topics_told(article)),
        str(article.place_id or ""),
        article.place.name if article.place else "",
        str(article.unit.path),
        moments,
    )


def put_right_since(digest: Digest) -> list[Piece]:
    """Corrections and withdrawals of what earlier digests told of, each told once."""
    known: dict[int, set[str]] = {}
    for carried in _earlier(digest).values_list("carried", flat=True):
        for pk, moments in carried.items():
            known.setdefault(int(pk), set()).update(moments)
    rows = Redress.objects.filter(article__in=known).exclude(kind=Redress.Kind.REPLY).order_by("at", "pk")
    articles = {one.pk: one for one in _articles(known)}
    paths = dict(LivePage.objects.filter(pk__in=articles).values_list("pk", "path"))
    found = []
    for row in rows:
        pk, moment, gone = row.article_id or 0, row.at.isoformat(), row.article_id not in paths
        if moment not in known[pk] and (row.kind == Redress.Kind.WITHDRAWAL) is gone:
            found.append(_told(articles[pk], paths.get(pk, ""), row, moment))
    return found


def _earlier(digest: Digest) -> QuerySet[Digest]:
    return Digest.objects.filter(until__lt=digest.until, until__gt=digest.until - REMEMBERED)


def _told(article: Article, path: str, row: Redress, moment: str) -> Piece:
    if row.kind == Redress.Kind.CORRECTION:
        title, lead = _("Koreksi: %s") % article.title, row.words
    else:  # withdrawn without its title, the title is not said again
        title = _("Dicabut: %s") % row.title if row.title else _("Satu berita yang kami kabarkan sudah kami cabut")
        lead, path = _("Mohon tidak menyebarkannya lagi."), reverse("newsroom:redress_list")
    return _piece(article, path, title=title, lead=lead, moments=(moment,))


def receivers_of_earlier(digest: Digest) -> list[str]:
    """The names under which earlier digests went out."""
    return [one.ref for one in _earlier(digest)]
