"""Distribution as the desk sees it: which channels carry an article, what waits for a second person, which still carry an error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.messaging.adapters import Scheme, adapter_named, adapters
from serikat.messaging.models import Channel, ChannelTemplate, Message
from serikat.messaging.models import State as Sending
from serikat.messaging.rules.templates import LONGEST as LONGEST_TEMPLATE
from serikat.messaging.selectors.channels import (
    Standing,
    can_send,
    live_channels,
    speaks_by_template,
    standing_of,
    usable_templates,
)
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Distribution, LivePage, Redress, Variant
from serikat.newsroom.renditions import SHARE
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors.editing import reach
from serikat.newsroom.selectors.english import ENGLISH, INDONESIAN
from serikat.newsroom.selectors.stories import english_page, untranslated
from serikat.newsroom.selectors.subscribers import Counted, counted, to_subscribers, topics_for, topics_of
from serikat.outreach.models import Topic
from serikat.outreach.rules.texts import LEAVE, with_way_out
from serikat.outreach.selectors.broadcasts import EXAMPLE
from serikat.outreach.selectors.reaching import left_out_words

State = Variant.State
OUT = (State.SENDING, State.SENT, State.DOUBT)  # perhaps seen by somebody
TO_NOBODY = ~Q(channel__scheme=Scheme.WALL) & Q(queued_at__isnull=False, receivers=0)  # no subscriber wanted it
ON_THE_WAY = (State.APPROVED, State.SENDING)
OPEN = (State.DRAFT, State.WAITING, State.APPROVED)
CHANGEABLE = (*OPEN, State.DROPPED, State.WITHDRAWN)
BEFORE_YES = (State.DRAFT, State.WAITING, State.DROPPED)
UNUSED = (Scheme.CODE, Scheme.MESSENGER)  # one person each, who asked for no news there


def short_address(variant: Variant) -> str:
    return f"{settings.SITE_ADDRESS}/s/{variant.code}"


def style_of(channel: Channel) -> rules.Style:
    return rules.style_of(channel.kind, channel.scheme)


def longest_of(channel: Channel) -> int:
    return adapter_named(channel.kind).limits.longest if channel.kind in adapters() else rules.LONG_MOST


def english_channels(channels: Iterable[Channel]) -> set[int]:
    """Those of them whose last news was written in English: their readers are abroad."""
    news = Variant.objects.filter(channel=OuterRef("pk"), distribution__kind=Distribution.Kind.NEWS).exclude(
        state__in=[State.DROPPED, State.WITHDRAWN]
    )
    last = Subquery(news.order_by("-pk").values("english")[:1])
    walls = [channel.pk for channel in channels if channel.scheme == Scheme.WALL]
    return set(Channel.objects.filter(pk__in=walls).annotate(last=last).filter(last=True).values_list("pk", flat=True))


def templates_used(kind: str, channels: Iterable[Channel]) -> dict[int, ChannelTemplate]:
    """By channel the template by which it last told such a thing; what puts news right, else, the one of its last news: it goes to the same people."""
    last: dict[int, ChannelTemplate | None] = {}
    for told in dict.fromkeys((kind, Distribution.Kind.NEWS)):
        ids = [one.pk for one in channels if speaks_by_template(one) and last.get(one.pk) is None]
        rows = Variant.objects.filter(channel=OuterRef("pk"), distribution__kind=told).exclude(state=State.DROPPED)
        newest = Channel.objects.filter(pk__in=ids).annotate(last=Subquery(rows.order_by("-pk").values("template")[:1]))
        named = {pk: template for pk, template in newest.values_list("pk", "last") if template}
        found = usable_templates().in_bulk(named.values())
        last |= {pk: found.get(template) for pk, template in named.items()}
    return {pk: template for pk, template in last.items() if template is not None}


def reached_nobody(variant: Variant) -> bool:
    """Nothing of it ever stood in a queue."""
    return variant.message_id is None and not Message.objects.filter(about=variant.ref).exists()


def as_sent(variant: Variant, text: str | None = None) -> str:
    """The words as they leave: to subscribers with the way out below; a provider's template as it stands. `text`: instead of the variant's own."""
    text = variant.text if text is None else text
    if not to_subscribers(variant):
        return text
    return with_way_out(text, variant.channel.scheme, template=variant.template_id is not None)


def as_read(variant: Variant, text: str | None = None) -> str:
    """The same for the page, where one way out stands for everybody's own."""
    return as_sent(variant, text).replace(LEAVE, EXAMPLE)


def taken_by(variant: Variant, text: str | None = None) -> rules.Taken:
    most = LONGEST_TEMPLATE if variant.template_id else longest_of(variant.channel)
    return rules.taken(style_of(variant.channel), as_sent(variant, text), most)


def cover_for(variant: Variant) -> dict[str, str] | None:
    """The article's public cover, cleaned of what the camera wrote into it, where the news goes out by a channel that takes pictures."""
    kind = adapters().get(variant.channel.kind)
    if (
        variant.template_id
        or variant.distribution.kind != Distribution.Kind.NEWS
        or kind is None
        or not kind.limits.pictures
    ):
        return None
    return _cover(variant.distribution.article)


def _cover(article: Article) -> dict[str, str] | None:
    drawn = article.cover.renditions.filter(filter_spec=SHARE).first() if article.cover else None
    if drawn is None:
        return None
    return {"name": drawn.file.name, "mime": "image/jpeg", "alt": article.cover_alt or article.cover.description}


def channels_of(article: Article) -> list[Channel]:
    """The live channels of the article's unit and of those above it that can carry it: to everybody, and to who subscribed."""
    return [
        channel
        for channel in live_channels().order_by("name", "pk")
        if can_send(channel) and channel.scheme not in UNUSED and article.unit.path.startswith(channel.unit.path)
    ]


def article_for(actor: Actor, page_id: int) -> Article:
    """An article within an editor's reach."""
    found = Article.objects.filter(reach(actor), pk=page_id).select_related("unit", "place").first()
    if found is None:
        raise Missing
    return found  # type: ignore[no-any-return]


def distribution_for(actor: Actor, pk: int) -> Distribution:
    within = Article.objects.filter(reach(actor)).values("pk")
    found = Distribution.objects.filter(pk=pk, article__in=within).select_related("article__unit").first()
    if found is None:
        raise Missing
    return found


def variant_for(actor: Actor, pk: int) -> Variant:
    within = Article.objects.filter(reach(actor)).values("pk")
    found = (
        Variant.objects.filter(pk=pk, distribution__article__in=within)
        .select_related("distribution__article__unit", "distribution__article__place", "channel", "message", "template")
        .first()
    )
    if found is None:
        raise Missing
    return found


def is_live(article_id: int) -> bool:
    return LivePage.objects.filter(pk=article_id).exists()


def seal_of(variants: list[Variant], topics: list[Topic] | None = None) -> str:
    """What a second person has read: approving another text than that, or for others' eyes, is refused. `topics`: of the plan, where they are known."""
    read = "\0".join(
        f"{v.pk}|{v.subject}|{v.text}|{v.send_at.isoformat() if v.send_at else ''}{'|en' * v.english}|{v.template_id}|{v.values}"
        for v in variants
    )
    ours = [v for v in variants if to_subscribers(v)]
    if ours and ours[0].distribution.kind == Distribution.Kind.NEWS:
        topics = topics_for(ours[0].distribution) if topics is None else topics
        read += f"\0{sorted(topic.pk for topic in topics)}"
    return hashlib.sha256(read.encode()).hexdigest()[:32]


def waiting_variants(distribution: Distribution, *, lock: bool = False) -> list[Variant]:
    """`lock`: nobody changes them until the transaction ends."""
    rows = distribution.variants.filter(state=State.WAITING).select_related("channel", "template", "distribution__article")
    return list((rows.select_for_update(of=("self",)) if lock else rows).order_by("pk"))


def topics_may_change(variants: Iterable[Variant]) -> bool:
    """Until a second person has said yes to one of them."""
    return all(one.state in BEFORE_YES or (one.state == State.WITHDRAWN and one.sent_at is None) for one in variants)


def writers_of(variants: list[Variant]) -> frozenset[int]:
    rows = Variant.writers.through.objects.filter(variant__in=[v.pk for v in variants])
    return frozenset(rows.values_list("user_id", flat=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """A variant with what the page says of it."""

    variant: Variant
    taken: rules.Taken
    style: str
    clicks: int
    address: str
    may_change: bool
    trouble: str  # why its channel takes nothing now, or may not: while it has not left
    trouble_level: str
    is_sms: bool
    text: str  # as a receiver reads it
    picture: str  # "with": the cover goes along; "page": it shows where the linked page does; "": none
    by_template: bool  # whether its provider asks for approved texts at times
    instead: int | None  # how many would get it without the template, or with one
    other_language: str  # "en" or "id": what it may be written in instead
    to_translate: bool  # the words of its correction
    to_subscribers: bool
    cost: int  # whole rupiah, of all who are expected
    expected: int | None  # subscribers who would get it now, while it has not gone out
    outcomes: list[tuple[str, int]]  # what became of their messages, in words


@dataclass(frozen=True, slots=True)
class Round:
    """Variants that were submitted and approved together."""

    channels: list[str]
    variant: Variant  # any of them: who and when are the same


@dataclass(frozen=True, slots=True)
class Carrier:
    """A variant that still carries what was corrected since, with the corrections that have not left for the same channel."""

    variant: Variant
    words: list[str]
    on_the_way: list[str]  # approved or in the channel's queue


@dataclass(frozen=True, slots=True)
class Sheet:
    """One distribution as the page draws it."""

    distribution: Distribution
    variants: list[Shown]
    rounds: list[Round]
    leads: bool  # its button is the page's first
    drafts: int
    waiting: int
    seal: str
    may_approve: bool
    own: bool
    whom: list[str]  # the topics and the place whose subscribers get it; of news
    topics: list[Topic]
    spoken_of: list[Topic]  # what the article's rubrics and tags say
    may_choose: bool  # other topics
    weekly: int  # who finds it in their weekly digest instead
    left_out: list[tuple[str, int]]


def sheets_of(actor: Actor, article: Article) -> list[Sheet]:
    """All that goes and went out about an article, corrections last; the same number of queries for any number of them."""
    found_plans = article.distributions.select_related("article__unit")
    distributions = list(found_plans.prefetch_related("topics"))
    variants = Variant.objects.filter(distribution__article=article).select_related(
        "channel", "message", "template", "distribution", "submitted_by", "approved_by"
    )
    clicked = variants.annotate(followed=Sum("clicks__count")).order_by("distribution", "channel__name", "pk")
    writers: dict[int, set[int]] = {}
    through = Variant.writers.through.objects.filter(variant__distribution__article=article, variant__state=State.WAITING)
    for distribution_id, user_id in through.values_list("variant__distribution_id", "user_id"):
        writers.setdefault(distribution_id, set()).add(user_id)
    by_distribution: dict[int, list[Any]] = {}
    for row in clicked:
        by_distribution.setdefault(row.distribution_id, []).append(row)
    found = []
    spoken_of = topics_of(article)
    news = next((one for one in distributions if one.kind == Distribution.Kind.NEWS), None)
    topics = topics_for(news) if news is not None and news.topics_kept else spoken_of
    told = counted(article, topics, [row for rows in by_distribution.values() for row in rows])
    common = Told(told, _cover(article) is not None, english_page(article) is not None, untranslated(article))
    place = [article.place.name] if article.place else []
    led = False
    for distribution in distributions:
        rows = by_distribution.get(distribution.pk, [])
        waiting = sorted((v for v in rows if v.state == State.WAITING), key=lambda v: v.pk)
        wrote = frozenset(writers.get(distribution.pk, ()))
        is_news = distribution.kind == Distribution.Kind.NEWS
        may = bool(permissions.may_approve_distribution(actor, distribution))
        ours = is_news and any(to_subscribers(v) for v in rows)
        drafts = sum(v.state == State.DRAFT for v in rows)
        approvable = bool(waiting) and may and rules.may_approve(actor.user_id, wrote)
        told_of = ours and (distribution.topics_kept or bool(told.expected))
        found.append(
            Sheet(
                distribution,
                [_shown(row, common) for row in rows],
                _rounds(rows),
                leads=not led and (approvable or bool(drafts)),
                drafts=drafts,
                waiting=len(waiting),
                seal=seal_of(waiting, topics),
                may_approve=approvable,
                own=bool(waiting) and actor.user_id in wrote,
                whom=[*map(str, topics), *place] if told_of else [],
                topics=topics if is_news else [],
                spoken_of=spoken_of if is_news else [],
                may_choose=ours and topics_may_change(rows) and bool(permissions.may_distribute(actor, distribution)),
                weekly=told.weekly if is_news else 0,
                left_out=left_out_words(told.left_out) if is_news else [],
            )
        )
        led = led or found[-1].leads
    return found


def _rounds(variants: Iterable[Variant]) -> list[Round]:
    """In the order in which they were submitted; each keeps who said yes to it, whatever joins the plan later."""
    found: dict[Any, Round] = {}
    for one in variants:
        if one.submitted_at is not None:
            key = (one.submitted_at, one.approved_at is None, one.approved_at, one.submitted_by_id, one.approved_by_id)
            found.setdefault(key, Round([], one)).channels.append(one.channel.name)
    return sorted(found.values(), key=lambda one: (one.variant.submitted_at, one.variant.pk))


def trouble_of(variant: Variant) -> tuple[str, str]:
    """What keeps a variant that has not left, in words and as a level; empty where its channel works."""
    if variant.state not in (*OPEN, State.SENDING):
        return "", ""
    standing = standing_of(variant.channel, timezone.now())
    return ("", "") if standing is Standing.WORKS else (str(standing.label), standing.level)


@dataclass(frozen=True, slots=True)
class Told:
    """What all variants of an article have in common."""

    subscribers: Counted
    has_cover: bool
    has_english: bool
    untranslated: set[str]

    def to_translate(self, variant: Variant) -> bool:
        """A draft in English whose correction nobody wrote in English: its frame alone is."""
        plan = variant.distribution
        return variant.english and variant.state == State.DRAFT and plan.about in self.untranslated

    def other_language_of(self, variant: Variant) -> str:
        """On walls alone: what language a subscriber reads nobody asked, and the way out below is Indonesian."""
        is_news = variant.distribution.kind == Distribution.Kind.NEWS
        if not is_news or to_subscribers(variant) or variant.state not in CHANGEABLE:
            return ""
        return INDONESIAN if variant.english else ENGLISH if self.has_english else ""

    def picture_of(self, variant: Variant, style: rules.Style) -> str:
        is_news, kind = variant.distribution.kind == Distribution.Kind.NEWS, adapters().get(variant.channel.kind)
        if (
            not self.has_cover
            or not is_news
            or variant.template_id
            or style in (rules.Style.SMS, rules.Style.PUSH, rules.Style.MAIL)
        ):
            return ""
        return "with" if kind is not None and kind.limits.pictures else "page"


def _shown(variant: Any, told: Told) -> Shown:
    style = style_of(variant.channel)
    taken = taken_by(variant)
    became, expected = told.subscribers.outcomes.get(variant.pk, {}), told.subscribers.expected.get(variant.pk)
    return Shown(
        variant,
        taken,
        style.value,
        variant.followed or 0,
        short_address(variant),
        variant.state in CHANGEABLE or (variant.state == State.FAILED and not became and variant.message_id is None),
        *trouble_of(variant),
        style is rules.Style.SMS,
        as_read(variant),
        told.picture_of(variant, style),
        speaks_by_template(variant.channel),
        told.subscribers.instead.get(variant.pk),
        told.other_language_of(variant),
        told.to_translate(variant),
        to_subscribers(variant),
        (expected or 0) * max(1, taken.parts) * variant.channel.price,
        expected,
        [(str(state.label), became[state]) for state in Sending if state in became],
    )


def uncorrected(article: Article) -> list[Carrier]:
    """Variants that carry what was corrected since, with the corrections that have not left for the same channel: one that is approved is on the way,
    and stands here until it left."""
    redress = Redress.objects.filter(article=article).exclude(kind=Redress.Kind.REPLY).order_by("at")
    put_right = [(r.at.isoformat(), r.words or _("berita ini dicabut")) for r in redress]
    if not put_right:
        return []
    states = {
        (channel, about): state
        for channel, about, state in Variant.objects.filter(distribution__article=article)
        .exclude(distribution__kind=Distribution.Kind.NEWS)
        .values_list("channel_id", "distribution__about", "state")
    }
    carried = Variant.objects.filter(distribution__article=article, distribution__kind=Distribution.Kind.NEWS, state__in=OUT)
    found = []
    for variant in carried.exclude(TO_NOBODY).select_related("channel").order_by("channel__name"):
        due = [(states.get((variant.channel_id, at)), words) for at, words in put_right if at not in variant.known]
        left = [words for state, words in due if state not in (State.SENT, *ON_THE_WAY)]
        leaving = [words for state, words in due if state in ON_THE_WAY]
        if left or leaving:
            found.append(Carrier(variant, left, leaving))
    return found


def waiting_for(actor: Actor) -> QuerySet[Distribution]:
    """Distributions in reach that wait for a second person, and whose waiting variants this actor did not write."""
    waiting = Variant.objects.filter(distribution=OuterRef("pk"), state=State.WAITING)
    within = Article.objects.filter(reach(actor)).values("pk")
    return (
        Distribution.objects.filter(Exists(waiting), article__in=within)
        .exclude(Exists(waiting.filter(writers=actor.user_id or 0)))
        .select_related("article", "submitted_by")
        .order_by("submitted_at")
    )


def corrections_to_send(actor: Actor) -> QuerySet[Distribution]:
    """Corrections and withdrawals that are drafted and that nobody has sent for approval."""
    drafts = Variant.objects.filter(distribution=OuterRef("pk"), state=State.DRAFT)
    within = Article.objects.filter(reach(actor)).values("pk")
    found = Distribution.objects.exclude(kind=Distribution.Kind.NEWS).filter(Exists(drafts), article__in=within)
    return found.select_related("article").order_by("pk")


def lately(actor: Actor) -> QuerySet[Distribution]:
    """The last distributions in reach, with how many variants stand where."""
    within = Article.objects.filter(reach(actor)).values("pk")
    counted = {name: Count("variants", Q(variants__state__in=states)) for name, states in COUNTED.items()}
    return Distribution.objects.filter(article__in=within).select_related("article").annotate(**counted).order_by("-pk")


COUNTED = {
    "drafts": [State.DRAFT],
    "waiting": [State.WAITING],
    "planned": [State.APPROVED, State.SENDING],
    "sent": [State.SENT],
    "failed": [State.FAILED, State.DOUBT],
}


def clicks_of(article_id: int) -> list[tuple[str, int, str]]:
    """How often the links of each channel were followed, the most first: a ranking for the page of what is read."""
    rows = (
        Variant.objects.filter(distribution__article=article_id, state__in=OUT)
        .values("channel__name")
        .annotate(n=Sum("clicks__count"))
        .order_by("channel__name")
    )
    return sorted(((row["channel__name"], row["n"] or 0, "") for row in rows), key=lambda line: (-line[1], line[0]))
