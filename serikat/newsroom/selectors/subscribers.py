"""Who gets what goes out about an article on channels to subscribers: news by its rubrics, tags and place; a correction, whoever got the news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Channel, Message
from serikat.messaging.models import State as Sending
from serikat.messaging.selectors.channels import speaks_by_template
from serikat.newsroom.models import Article, Distribution, Variant
from serikat.outreach.models import Topic
from serikat.outreach.selectors.reaching import HAVE_IT, Reach, Way, receivers_of_messages, subscribers_reached
from serikat.outreach.selectors.subscriptions import topics_named_by

NOT_BY_THIS = (Variant.State.DROPPED, Variant.State.WITHDRAWN)


def topics_of(article: Article) -> list[Topic]:
    """The topics of subscription that the article's rubrics and tags speak of."""
    rubrics = [*article.also_in.all(), *([article.rubric] if article.rubric else [])]
    return topics_named_by([*(one.name for one in rubrics), *(tag.name for tag in article.tags.all())])


def topics_for(plan: Distribution) -> list[Topic]:
    """The topics whose subscribers get the news of a plan: kept with it, or as the article speaks of them now."""
    if plan.topics_kept:
        return [topic for topic in plan.topics.all() if topic.closed_at is None]
    return topics_of(plan.article)


def topics_told(article: Article) -> list[Topic]:
    """The same for what is told of an article elsewhere: a choice counts when a second person approved it."""
    news = article.distributions.filter(kind=Distribution.Kind.NEWS)
    plan = news.filter(variants__approved_at__isnull=False).first()
    return topics_for(plan) if plan is not None and plan.topics_kept else topics_of(article)


def to_subscribers(variant: Variant) -> bool:
    return variant.channel.scheme != Scheme.WALL


def reach_of_news(article: Article, topics: Iterable[Topic], variants: Iterable[Variant], *, instead: bool = False) -> Reach:
    """Who would get the news now by one of these variants, each once. `instead`: if those in a template were free words, and free words a template."""
    used = _last_parts(one for one in variants if to_subscribers(one) and one.state not in NOT_BY_THIS)
    if not used:
        return Reach()
    return subscribers_reached(
        channels=[one.channel for one in used],
        topics=[topic.pk for topic in topics],
        place=str(article.place_id or ""),
        templated={one.channel_id for one in used if (one.template_id is None) is instead},
    )


def _last_parts(variants: Iterable[Variant]) -> list[Variant]:
    """Of each channel the variant that still goes to somebody: the earlier parts have gone. Where a rest is not to go, whom the part before reached is
    still reached by this channel, and by no other."""
    return list({one.channel_id: one for one in sorted(variants, key=lambda one: one.part)}.values())


def ways_of(variant: Variant, *, instead: bool = False) -> list[Way]:
    """Who gets this variant. Nobody gets the news by two channels or twice by one, and what puts it right goes to who got it by this one. `instead`: as
    for `reach_of_news`."""
    plan = variant.distribution
    if plan.kind != Distribution.Kind.NEWS:
        return _reach_of_carriers(plan, variant, instead=instead).ways
    siblings = list(plan.variants.select_related("channel").order_by("pk"))
    told = [one.ref for one in siblings if one.pk != variant.pk]
    had = set(Message.objects.filter(about__in=told, address__isnull=False).values_list("address", flat=True))
    ways = reach_of_news(plan.article, topics_for(plan), siblings, instead=instead).ways
    return [way for way in ways if way.channel_id == variant.channel_id and way.address_id not in had]


def _reach_of_carriers(plan: Distribution, variant: Variant, *, instead: bool) -> Reach:
    """Whoever got the news by this channel before it knew what is put right."""
    news = Variant.objects.filter(
        distribution__article=plan.article_id, distribution__kind=Distribution.Kind.NEWS, channel=variant.channel_id
    )
    wrong = [one.ref for one in news if plan.about not in one.known]
    templated = (variant.template_id is None) is instead
    return receivers_of_messages(about=wrong, channel=variant.channel, templated=templated)


@dataclass(slots=True)
class Counted:
    """What the page says of subscribers: `expected` by variant before it goes, and how many it were `instead` without the template or with one; what
    became of the messages of each after."""

    expected: dict[int, int] = field(default_factory=dict)
    instead: dict[int, int] = field(default_factory=dict)  # where a provider takes free words for some hours only
    outcomes: dict[int, dict[str, int]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    weekly: int = 0  # who finds it in their digest


def counted(article: Article, topics: list[Topic], variants: list[Variant]) -> Counted:
    """`topics`: whose subscribers get the news. A fixed number of questions for the news, however many subscribers; a few more for each correction, and
    each rest of a channel, that has not gone out."""
    found = Counted()
    ours = [one for one in variants if to_subscribers(one)]
    if not ours:
        return found
    names = {one.ref: one.pk for one in ours}
    rows = Message.objects.filter(about__in=names).order_by().values_list("about", "state").annotate(n=Count("pk"))
    for about, state, n in rows:
        found.outcomes.setdefault(names[about], {})[state] = n
    still_open = [one for one in ours if one.state in (Variant.State.DRAFT, Variant.State.WAITING, Variant.State.APPROVED)]
    news = [one for one in ours if one.distribution.kind == Distribution.Kind.NEWS]
    if open_news := [one for one in still_open if one in news and not one.part]:
        reach = reach_of_news(article, topics, news)
        by_channel = reach.by_channel
        found.expected |= {one.pk: by_channel.get(one.channel_id, 0) for one in open_news}
        found.left_out = dict(reach.left_out)
        found.weekly = _weekly(article, [one.channel for one in news], topics)
        if by_template := [one for one in open_news if speaks_by_template(one.channel)]:
            by_channel = reach_of_news(article, topics, news, instead=True).by_channel
            found.instead |= {one.pk: by_channel.get(one.channel_id, 0) for one in by_template}
    for one in still_open:
        if one.part or one not in news:
            found.expected[one.pk] = len(ways_of(one))
            if speaks_by_template(one.channel):
                found.instead[one.pk] = len(ways_of(one, instead=True))
    return found


def _weekly(article: Article, channels: list[Channel], topics: list[Topic]) -> int:
    by_mail = [one for one in channels if one.scheme == Scheme.MAIL]
    wanted, place = [topic.pk for topic in topics], str(article.place_id or "")
    return len(subscribers_reached(channels=by_mail, topics=wanted, place=place, weekly=True).ways) if by_mail else 0


def went_well(outcomes: dict[str, int]) -> int:
    return sum(n for state, n in outcomes.items() if state in HAVE_IT and state != Sending.DOUBT)
