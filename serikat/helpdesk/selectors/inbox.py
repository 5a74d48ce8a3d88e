"""The inbox: shelves, what a search finds, and how much waits. Walks along indexes, newest first, on the shelf of what is to be answered the longest
waiting first; nothing counts further than to a hundred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Case, Count, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import capfirst

from serikat.helpdesk.models import Conversation, Report, Subject
from serikat.helpdesk.models.conversations import WAITS
from serikat.helpdesk.permissions import INBOX
from serikat.helpdesk.permissions.reports import DESK
from serikat.helpdesk.rules.promises import tone_of_wait
from serikat.helpdesk.selectors.terms import with_words
from serikat.kernel.access import Actor
from serikat.messaging.adapters import Scheme
from serikat.messaging.addresses import address_of, index_of, masked
from serikat.messaging.models import Address, Channel, Direction
from serikat.people.models import Person
from serikat.people.permissions import may_find_protected
from serikat.people.selectors import ALIAS_SHOWS, find_people
from serikat.ui.components.words import clock, distance
from serikat.units.models import Unit

PAGE = 30
MOST = 99  # "more than ninety-nine wait" is all that anybody needs to know
SNIPPET = 140
SHELVES = ("dijawab", "saya", "menunggu", "selesai", "semua")
State = Conversation.State


def units_in_reach(actor: Actor) -> Q:
    """Conversations of the units reached. Who reaches all of them is not asked about any: the walk along the index stays a walk."""
    within, everything = Q(pk__in=[]), False
    for path in actor.reach(*INBOX):
        within |= Q(path__startswith=path)
        everything = everything or path == ""
    if everything or not Unit.objects.exclude(within).exists():
        return Q()
    return Q(unit__in=Unit.objects.filter(within))


def conversations_in_reach(actor: Actor) -> QuerySet[Conversation]:
    if not actor.reach(*INBOX):
        return Conversation.objects.none()
    found = Conversation.objects.filter(units_in_reach(actor))
    return found.select_related("channel", "address", "person", "unit", "assigned_to", "last", "last__shared", "last__by")


def shelf(actor: Actor, name: str) -> Q:
    return {
        "dijawab": Q(state=State.OPEN),
        "saya": Q(assigned_to=actor.user_id or 0, state__in=[State.OPEN, State.WAITING]),
        "menunggu": Q(state=State.WAITING),
        "selesai": Q(state=State.CLOSED, last__isnull=False),
        "semua": Q(last__isnull=False),
    }[name]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the inbox."""

    conversation: Conversation
    name: str
    snippet: str
    ours: bool
    icon: str
    tone: str
    when: str
    waits: str


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Listed]
    next: str


def page_of(found: QuerySet[Conversation], after: str = "") -> Page:
    """The newest, or those that stand after a mark which the page before gave. A mark that nobody gave begins anew."""
    found = found.prefetch_related("reports").order_by("-last_at", "-pk")
    mark = _read(after)
    if mark is not None:
        at, pk = mark
        found = found.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk), last_at__lte=at)
    rows = list(found[: PAGE + 1])
    return _page(rows, PAGE, lambda one: _mark(one.last_at, one.pk))


BROKEN = "j"  # begins the mark of a conversation whose promise is broken


def page_by_wait(found: QuerySet[Conversation], after: str = "", *, most: int = 0) -> Page:
    """Of what is to be answered: broken promises first, then the longest waiting. The second walk is not begun while the first fills the page."""
    most, now = most or PAGE, timezone.now()
    broken, others = _by_wait(found.prefetch_related("reports"), now, after)
    rows = list(broken[: most + 1])
    if len(rows) <= most:
        rows += others[: most + 1 - len(rows)]
    return _page(rows, most, lambda one: _mark_by_wait(one, now))


def _by_wait(
    found: QuerySet[Conversation], now: datetime, after: str = ""
) -> tuple[QuerySet[Conversation], QuerySet[Conversation]]:
    """Two walks along two indexes, since which promises are broken changes by the clock; both from a mark on."""
    broken = found.filter(promised_at__lt=now, promised_at__isnull=False).order_by("promised_at", "pk")
    others = found.filter(Q(promised_at=None) | Q(promised_at__gte=now)).annotate(since=WAITS).order_by("since", "pk")
    mark = _read(after.removeprefix(BROKEN))
    if mark is None:
        return broken, others
    at, pk = mark
    if after.startswith(BROKEN):
        return broken.filter(Q(promised_at__gt=at) | Q(promised_at=at, pk__gt=pk), promised_at__gte=at), others
    return broken.none(), others.filter(Q(since__gt=at) | Q(since=at, pk__gt=pk), since__gte=at)


def _mark_by_wait(one: Conversation, now: datetime) -> str:
    if one.promised_at is not None and one.promised_at < now:
        return BROKEN + _mark(one.promised_at, one.pk)
    return _mark(one.waiting_since or one.last_at, one.pk)


def place_of(conversation: Conversation) -> str:
    """Where it stands on the shelf of what is to be answered; "" when it does not."""
    return _mark_by_wait(conversation, timezone.now()) if conversation.state == State.OPEN else ""


def next_to_answer(actor: Actor, conversation: Conversation, place: str) -> tuple[int, bool] | None:
    """The conversation that comes after this one's `place` on the shelf of what is to be answered, of those that are nobody's or the actor's; from the
    end on it begins anew, which is told beside it. The place is where it stood when somebody opened it: an answer takes it off the shelf, a promise
    that breaks lifts it up, and the walk still goes on to what nobody has seen. Asked in one."""
    now = timezone.now()
    found = Conversation.objects.filter(units_in_reach(actor), shelf(actor, "dijawab")).exclude(pk=conversation.pk)
    found = found.filter(Q(assigned_to=None) | Q(assigned_to=actor.user_id or 0))
    onward, anew = (_first(*_by_wait(found, now, mark)) for mark in (place, ""))
    row = Conversation.objects.filter(pk=conversation.pk).values_list(onward, anew).first()
    after, top = row or (None, None)
    return (after or top, not after) if top else None


def _first(*walks: QuerySet[Conversation]) -> Coalesce:
    return Coalesce(*(Subquery(walk.values("pk")[:1]) for walk in walks))


def _page(rows: list[Conversation], most: int, mark_of: Callable[[Conversation], str]) -> Page:
    now = timezone.now()
    return Page([_listed(one, now) for one in rows[:most]], mark_of(rows[most - 1]) if len(rows) > most else "")


def _mark(moment: datetime, pk: int) -> str:
    at = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{at // timedelta(microseconds=1)}-{pk}"


def _read(mark: str) -> tuple[datetime, int] | None:
    at, _dash, pk = mark.partition("-")
    if not (at.isdecimal() and pk.isdecimal() and at.isascii() and len(at) < 18 and len(pk) < 18):
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at)), int(pk)


def _listed(conversation: Conversation, now: datetime) -> Listed:
    last = conversation.last
    words = " ".join(f"{last.subject} {last.words}".split()) if last is not None else ""
    return Listed(
        conversation,
        name_of(conversation),
        words[:SNIPPET] + ("…" if len(words) > SNIPPET else ""),
        last is not None and last.direction == Direction.OUT,
        icon_of(conversation.channel),
        tone_of(conversation, now),
        _when(conversation.last_at, now),
        _when(conversation.waiting_since, now) if conversation.waiting_since else "",
    )


def _when(moment: datetime, now: datetime) -> str:
    """The hour today, the distance before."""
    return clock(moment) if timezone.localdate(moment) == timezone.localdate(now) else distance(moment)


def tone_of(conversation: Conversation, now: datetime | None = None) -> str:
    if conversation.state != State.OPEN:
        return ""
    return tone_of_wait(conversation.waiting_since, now or timezone.now(), conversation.promised_at)


ICONS = {Scheme.MAIL: "mail", Scheme.TELEGRAM: "share", Scheme.MESSENGER: "chat", Scheme.CODE: "key"}


def icon_of(channel: Channel) -> str:
    if channel.scheme == Scheme.NUMBER:
        return {"hand": "phone", "whatsapp": "chat"}.get(channel.kind, "sms")
    return ICONS.get(Scheme(channel.scheme), "chat")


def name_of(conversation: Conversation) -> str:
    """What shows: an alias where only that may, else the person, the name they gave, what they call themselves, the report that the thread
    belongs to, a masked address."""
    person = conversation.person
    if person is not None and person.shows_alias:
        return person.shown_as
    if conversation.shows_alias:
        return conversation.alias or _unnamed(conversation)
    if person is not None:
        return person.shown_as
    return conversation.called or conversation.address.called or _unnamed(conversation)


def _unnamed(conversation: Conversation) -> str:
    """The address of a thread at /kode/ tells nobody anything: the number of its report does."""
    return number_behind(conversation) or _masked(conversation.address)


def number_behind(conversation: Conversation) -> str:
    """The number of the report whose thread at /kode/ this is."""
    numbers = [one.number for one in conversation.reports.all()] if conversation.address.scheme == Scheme.CODE else []
    return max(numbers, default="")


def _masked(address: Address) -> str:
    return "•" * 6 if address.value.startswith("?") else masked(address.scheme, address.value)


def address_shown(conversation: Conversation) -> str:
    """In full only where nobody is guarded."""
    value = conversation.address.value
    if not value or value.startswith("?") or conversation.address.scheme == Scheme.CODE:
        return ""
    return _masked(conversation.address) if conversation.shows_alias else value


def counts(actor: Actor) -> dict[str, int]:
    """How many stand on the shelves that somebody works on, up to a hundred."""
    found = Conversation.objects.filter(units_in_reach(actor)) if actor.reach(*INBOX) else Conversation.objects.none()
    return {
        name: found.filter(shelf(actor, name)).order_by()[: MOST + 1].count() for name in ("dijawab", "saya", "menunggu")
    }


def count_fresh(actor: Actor, since: datetime) -> int:
    """How many conversations hold something unread that came after a moment, up to a hundred."""
    found = conversations_in_reach(actor).filter(unread__gt=0, last_at__gt=since).select_related(None).order_by()
    return min(found[: MOST + 1].count(), MOST)


def to_answer(actor: Actor) -> int:
    """How many conversations wait for an answer, up to a hundred: the number of the shelf, for the rail."""
    if not actor.reach(*INBOX):
        return 0
    found = Conversation.objects.filter(units_in_reach(actor), shelf(actor, SHELVES[0]))
    return min(found.order_by()[: MOST + 1].count(), MOST)


def carried(actor: Actor) -> list[tuple[int, str, int]]:
    """Who has conversations that are not over, and how many: along the index of who has what."""
    if not actor.reach(*INBOX):
        return []
    held = Conversation.objects.filter(
        units_in_reach(actor), assigned_to__isnull=False, state__in=[State.OPEN, State.WAITING]
    ).order_by()
    return list(
        held.values_list("assigned_to", "assigned_to__name")
        .annotate(n=Count("pk"))
        .order_by("assigned_to__name", "assigned_to")
    )


def topics() -> list[tuple[str, str]]:
    """For the choice of a topic."""
    return [(value, str(capfirst(name))) for value, name in Subject.choices]


def channels_used(actor: Actor) -> list[Channel]:
    """For the choice of a channel. A house has few, but for the phones in hands, of which each unit has its own: they come last."""
    phones_last = Case(When(kind="hand", then=1), default=0)
    found = Channel.objects.filter(units_in_reach(actor)).exclude(scheme=Scheme.WALL)
    return list(found.order_by(phones_last, "retired_at", "name", "pk")[:50])


def search(actor: Actor, words: str) -> QuerySet[Conversation]:
    """By a number or address in any form, by alias or name, and by the words that were said. Who stands behind an alias is not found by a number,
    except by those who work on matters."""
    found, words = conversations_in_reach(actor), words.strip()[:200]
    if not words:
        return found.none()
    if addresses := _addresses(words):
        by_address = Q(address__in=addresses)
        if may_find_protected(actor):
            return found.filter(by_address)
        guarded = ALIAS_SHOWS | Q(person__in=Person.objects.filter(ALIAS_SHOWS))
        return found.filter(by_address).exclude(guarded)
    people = list(find_people(actor, words).values_list("pk", flat=True)[:100])
    named = Q(pk__in=[])
    if people:  # a protected person was found by their alias alone; a guarded conversation of another person is not found by that one's name
        named = Q(person__in=people) & (~ALIAS_SHOWS | Q(person__in=Person.objects.filter(ALIAS_SHOWS)))
    named |= ~Q(alias="") & Q(alias__icontains=words)
    if any(sign.isdigit() for sign in words):
        named |= Q(pk__in=_of_report(actor, words))
    by_words = list(
        with_words(Conversation.objects.filter(units_in_reach(actor)), words)
        .order_by("-last_at")
        .values_list("pk", flat=True)[:300]
    )
    return found.filter(named | Q(pk__in=by_words))


def _of_report(actor: Actor, number: str) -> list[int]:
    """The thread of the report with this number, for who may see the report."""
    scope = Q(pk__in=[])
    for path in actor.reach(*DESK):
        scope |= Q(unit__path__startswith=path)
    found = Report.objects.filter(scope, number=number.upper(), conversation__isnull=False)
    return list(found.values_list("conversation_id", flat=True))


def _addresses(words: str) -> list[int]:
    wanted = Q()
    for scheme in (Scheme.NUMBER, Scheme.MAIL):
        if value := address_of(scheme, words):
            wanted |= Q(scheme=scheme, index=index_of(scheme, value))
    return list(Address.objects.filter(wanted).values_list("pk", flat=True)) if wanted else []
