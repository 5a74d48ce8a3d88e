"""Public answers as everybody reads them, and their drafts at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString

from serikat.helpdesk.models import PublicAnswer
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.rules.consultations import telling_words
from serikat.kernel import fulltext
from serikat.kernel.access import Actor
from serikat.kernel.codes import clean_code, is_code
from serikat.kernel.errors import Missing

State = PublicAnswer.State
INDEX = "helpdesk_answers"
PAGE = 20
OFFERED = 5


def published() -> QuerySet[PublicAnswer]:
    return PublicAnswer.objects.filter(state=State.PUBLISHED).order_by("-published_at", "-pk")


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of public answers."""

    public: PublicAnswer
    title: str | SafeString
    snippet: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page by the moment of the last one seen: no counting, no skipping."""

    rows: list[Listed]
    older: str = ""


def page_of(topic: str, before: str) -> PageOf:
    """The next answers of a topic ("" for all) after the mark `before`."""
    found = published().filter(topic=topic) if topic else published()
    if mark := _mark(before):
        at, pk = mark
        found = found.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    rows = list(found[: PAGE + 1])
    older = _mark_of(rows[PAGE - 1]) if len(rows) > PAGE else ""
    return PageOf([Listed(row, row.title) for row in rows[:PAGE]], older)


def _mark_of(row: PublicAnswer) -> str:
    return f"{row.published_at:%Y%m%dT%H%M%S.%f}-{row.pk}" if row.published_at else ""


def _mark(typed: str) -> tuple[datetime, int] | None:
    when, _dash, pk = typed[:60].partition("-")
    try:
        return datetime.strptime(f"{when}+0000", "%Y%m%dT%H%M%S.%f%z"), int(pk)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class FoundFor:
    """Published answers for what a reader typed, how many there are (`more` than that), and whether they only come `near` it."""

    rows: list[Listed]
    count: int
    more: bool
    near: bool


def found_for(typed: str) -> FoundFor:
    found = fulltext.find(INDEX, typed, size=PAGE, near=True)
    rows = PublicAnswer.objects.filter(state=State.PUBLISHED).in_bulk([hit.key for hit in found.hits])
    listed = [Listed(rows[hit.key], hit.title, hit.snippet) for hit in found.hits if hit.key in rows]
    return FoundFor(listed, found.count, found.more, found.near)


def topics_published() -> dict[str, int]:
    rows = PublicAnswer.objects.filter(state=State.PUBLISHED).order_by().values("topic").annotate(n=Count("pk"))
    return {row["topic"]: row["n"] for row in rows}


def offered_for(text: str) -> list[PublicAnswer]:
    """Published answers that are about the same as a question, or as an answer being typed; none rather than one that only shares its topic, or a word by
    chance."""
    return _published_with(fulltext.related(INDEX, telling_words(text), size=OFFERED))


def looked_up(typed: str) -> list[PublicAnswer]:
    """Published answers for words that somebody looks for: what comes nearest, however far that is."""
    return _published_with([hit.key for hit in fulltext.find(INDEX, typed, size=OFFERED, near=True).hits])


def _published_with(keys: list[int]) -> list[PublicAnswer]:
    rows = PublicAnswer.objects.filter(state=State.PUBLISHED).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def public_answer_with(code: str) -> PublicAnswer | None:
    """What was ever published under this code, withdrawn or not."""
    cleaned = clean_code(code)
    if not is_code(cleaned):
        return None
    return PublicAnswer.objects.filter(code=cleaned, state__in=[State.PUBLISHED, State.WITHDRAWN]).first()


def codes_for_search_engines() -> Iterable[tuple[str, datetime | None]]:
    return list(published().values_list("code", "published_at")[:5000])


def others_of_topic(public: PublicAnswer) -> list[PublicAnswer]:
    return list(published().filter(topic=public.topic).exclude(pk=public.pk)[:4])


# The desk


def drafts_in_reach(actor: Actor) -> QuerySet[PublicAnswer]:
    scope = Q(pk__in=[])
    for path in actor.reach(*permissions.PUBLISHING):
        scope |= Q(unit__path__startswith=path)
    return PublicAnswer.objects.filter(scope).select_related("unit", "made_by", "reviewed_by", "consultation__person")


def public_answers_on(actor: Actor, state: str) -> QuerySet[PublicAnswer]:
    return drafts_in_reach(actor).filter(state=state).order_by("-published_at", "-made_at", "-pk")


def counts(actor: Actor) -> dict[str, int]:
    waiting = {state.value: Count("pk", filter=Q(state=state)) for state in (State.DRAFT, State.REVIEW)}
    return drafts_in_reach(actor).select_related(None).aggregate(**waiting)


def public_answer_for(actor: Actor, pk: int) -> PublicAnswer:
    found = drafts_in_reach(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def newer_of(public: PublicAnswer) -> PublicAnswer | None:
    """What the same question became after a guard had taken this off."""
    if not public.by_guard or public.consultation_id is None:
        return None
    return PublicAnswer.objects.filter(consultation=public.consultation_id, pk__gt=public.pk).order_by("-pk").first()


def to_review(actor: Actor) -> list[PublicAnswer]:
    """What waits for a second person, where the actor may be that person."""
    rows = drafts_in_reach(actor).filter(state=State.REVIEW).order_by("made_at", "pk")[:50]
    return [row for row in rows if permissions.may_publish_public_answer(actor, row)]
