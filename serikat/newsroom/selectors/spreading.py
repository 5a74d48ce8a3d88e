"""Distribution as it stands: which channels carry an article, what waits for a second person, which still carry an error. How the desk draws it:
`sheets`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.messaging.adapters import Scheme, adapter_named, adapters
from serikat.messaging.models import Channel, ChannelTemplate, Message
from serikat.messaging.rules.templates import LONGEST as LONGEST_TEMPLATE
from serikat.messaging.selectors.channels import (
    can_send,
    live_channels,
    speaks_by_template,
    usable_templates,
)
from serikat.newsroom.models import Article, Distribution, LivePage, Redress, Variant
from serikat.newsroom.renditions import SHARE
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors.editing import reach
from serikat.newsroom.selectors.subscribers import to_subscribers, topics_for
from serikat.outreach.models import Topic
from serikat.outreach.rules.texts import LEAVE, with_way_out
from serikat.outreach.selectors.broadcasts import EXAMPLE

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
    return cover_of(variant.distribution.article)


def cover_of(article: Article) -> dict[str, str] | None:
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
    """What a second person has read: approving another text than that, for others' eyes, or of an article that was corrected since, is refused.
    `topics`: of the plan, where they are known."""
    read = "\0".join(
        f"{v.pk}|{v.subject}|{v.text}|{v.send_at.isoformat() if v.send_at else ''}{'|en' * v.english}|{v.template_id}|{v.values}"
        for v in variants
    )
    ours = [v for v in variants if to_subscribers(v)]
    if ours and ours[0].distribution.kind == Distribution.Kind.NEWS:
        topics = topics_for(ours[0].distribution) if topics is None else topics
        read += f"\0{sorted(topic.pk for topic in topics)}"
    if variants and variants[0].distribution.kind == Distribution.Kind.NEWS:
        shown = Redress.objects.filter(article_id=variants[0].distribution.article_id, kind=Redress.Kind.CORRECTION)
        read += "".join(f"\0{at.isoformat()}" for at in shown.order_by("at").values_list("at", flat=True))
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
class Carrier:
    """A variant that still carries what was corrected since, with the corrections that have not left for the same channel."""

    variant: Variant
    words: list[str]
    on_the_way: list[str]  # approved or in the channel's queue


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


def held_by_correction(actor: Actor) -> QuerySet[Distribution]:
    """News that was approved, and that its article's correction made a draft again for some or all."""
    held = Variant.objects.filter(distribution=OuterRef("pk"), state=State.DRAFT, held_at__isnull=False)
    within = Article.objects.filter(reach(actor)).values("pk")
    return Distribution.objects.filter(Exists(held), article__in=within).select_related("article").order_by("pk")


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
