"""An article's distributions as the desk's page draws them: a sheet for each, on it what goes out by each channel and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from serikat.kernel.access import Actor
from serikat.messaging.adapters import adapters
from serikat.messaging.models import State as Sending
from serikat.messaging.selectors.channels import Standing, speaks_by_template, standing_of
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Distribution, Variant
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors.english import ENGLISH, INDONESIAN
from serikat.newsroom.selectors.spreading import (
    CHANGEABLE,
    OPEN,
    as_read,
    cover_of,
    seal_of,
    short_address,
    style_of,
    taken_by,
    topics_may_change,
)
from serikat.newsroom.selectors.stories import english_page, untranslated
from serikat.newsroom.selectors.subscribers import Counted, counted, to_subscribers, topics_for, topics_of
from serikat.outreach.models import Topic
from serikat.outreach.selectors.reaching import left_out_words

State = Variant.State


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

    @property
    def to_nobody(self) -> bool:
        """It left, and no subscriber was there for it."""
        return self.to_subscribers and self.variant.queued_at is not None and not self.variant.receivers


@dataclass(frozen=True, slots=True)
class Round:
    """Variants that were submitted and approved together."""

    channels: list[str]
    variant: Variant  # any of them: who and when are the same


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
    common = Told(told, cover_of(article) is not None, english_page(article) is not None, untranslated(article))
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
