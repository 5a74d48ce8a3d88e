"""Who a broadcast reaches, computed when it is asked: a fixed number of questions, however many people there are.

Each person once, each address once. By which address: the one they prefer among those that a channel of the broadcast speaks to; of two channels that
reach it, the one that stands first. Never: who has stopped, was forgotten, or whose data may not be processed, by whatever list their number came; nor
who took back that they may be told things, by what they had agreed to before.
Protected persons only where somebody chose them by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import Scheme, adapter_named, adapters
from serikat.messaging.addresses import address_of, index_of, takes_texts
from serikat.messaging.models import Address, Channel, Direction, Message, State
from serikat.messaging.selectors.channels import counts_parts
from serikat.outreach.models import Audience, AudiencePart, Broadcast, ListEntry, PartKind, Subscriber, Subscription
from serikat.outreach.selectors.shields import SCHEMES, Key, last_words, refusals, shields, top_of
from serikat.people.models import ContactPoint, Person
from serikat.places.rules import zone_of_code
from serikat.units.selectors import mandates_in_force

WHY_NOT = {
    "protected": _("terlindungi"),
    "restricted": _("datanya dibatasi"),
    "stopped": _("minta berhenti"),
    "no_consent": _("belum setuju dihubungi"),
    "no_contact": _("tanpa nomor atau surel"),
    "no_texts": _("nomornya tidak menerima SMS"),
    "no_channel": _("tidak ada saluran yang cocok"),
}
ADDRESS = ("address__scheme", "address__index", "address__value")
HAVE_IT = (State.SENT, State.DELIVERED, State.READ, State.DOUBT)  # perhaps, in the last case


@dataclass(frozen=True, slots=True)
class Way:
    """How one receiver is reached. `value` is the address in its one form where no row holds it yet, still sealed as a contact's id."""

    channel_id: int
    scheme: str
    index: str
    zone: str = ""  # "" where only the number tells
    contact_id: int | None = None
    value: str = ""
    address_id: int | None = None  # known where an address has subscribed


@dataclass(slots=True)
class Reach:
    ways: list[Way] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def by_channel(self) -> dict[int, int]:
        return dict(Counter(way.channel_id for way in self.ways))


@dataclass(frozen=True, slots=True)
class _Line:
    """A channel of the broadcast; `heard`: the addresses that its provider still lets us answer freely, None where it has no such rule."""

    channel: Channel
    heard: frozenset[str] | None


def left_out_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Why how many are left out, as a person says it."""
    return [(str(WHY_NOT[name]), n) for name, n in counts.items() if n]


class _Lines:
    def __init__(self, lines: Sequence[_Line]) -> None:
        self.by_scheme: dict[str, list[_Line]] = {}
        for line in lines:
            self.by_scheme.setdefault(line.channel.scheme, []).append(line)
        self.sms = frozenset(line.channel.pk for line in lines if counts_parts(line.channel))

    def is_deaf(self, scheme: str, value: str) -> bool:
        """A number at which no SMS arrives; asked only where an SMS would go."""
        return bool(self.sms and scheme == Scheme.NUMBER and value and not takes_texts(value))

    def line_for(
        self, scheme: str, index: str, *, kind: str = "", channel_id: int | None = None, deaf: bool = False
    ) -> int | None:
        """The channel for an address: the one they subscribed by, then one of the kind that the contact is of, then the first."""
        able = [one for one in self.by_scheme.get(scheme, []) if one.heard is None or index in one.heard]
        able = [one for one in able if one.channel.pk not in self.sms] if deaf else able
        if not able:
            return None
        liked = next((one for one in able if one.channel.pk == channel_id), None)
        if liked is None and kind:
            liked = next((one for one in able if (one.channel.kind == "whatsapp") == (kind == "whatsapp")), None)
        return (liked or able[0]).channel.pk


def reach_of(broadcast: Broadcast) -> Reach:
    """Who would get this broadcast now."""
    variants = list(broadcast.variants.select_related("channel"))
    lines = _Lines([_Line(v.channel, _heard(v.channel) if v.template_id is None else None) for v in variants])
    parts = AudiencePart.objects.filter(audience__in=broadcast.audiences.all(), audience__closed_at=None)
    return _reach(list(parts.select_related("audience__unit", "unit", "imported")), lines)


def counts_of(audience: Audience) -> dict[str, int]:
    """How many an audience holds, by the scheme of the address, and who is left out: as if every kind of channel were used."""
    lines = _Lines([_Line(Channel(pk=n, scheme=scheme, kind=""), None) for n, scheme in enumerate(Scheme, 1)])
    names = dict(enumerate((scheme.value for scheme in Scheme), 1))
    reach = _reach(list(audience.parts.select_related("audience__unit", "unit", "imported")), lines)
    return {names[pk]: n for pk, n in reach.by_channel.items()} | {f"-{why}": n for why, n in reach.left_out.items()}


def _heard(channel: Channel) -> frozenset[str] | None:
    hours = adapter_named(channel.kind).limits.window_hours if channel.kind in adapters() else 0
    if not hours:
        return None
    since = timezone.now() - timedelta(hours=hours)
    found = Message.objects.filter(channel=channel, direction=Direction.IN, at__gte=since).exclude(written_at__lt=since)
    return frozenset(found.values_list("address__index", flat=True))


class _Gathering:
    """The receivers found so far: `take` puts one more in, or says why not."""

    def __init__(self, named: frozenset[int]) -> None:
        self.reach = Reach()
        self.people = set[int]()  # looked at
        self._reached = set[int]()
        self._seen, self._unwilling = set[Key](), set[Key]()
        self._shielded, self._guarded, self._never = shields(named)
        self._stopped = set(Address.objects.filter(stopped_at__isnull=False).values_list("scheme", "index"))
        self.agreed, taken_back = last_words()
        self._refused = refusals(self.agreed, taken_back)

    def take(
        self,
        key: Key,
        channel_id: int | None,
        zone: str = "",
        contact_id: int | None = None,
        value: str = "",
        *,
        address_id: int | None = None,
        person: int | None = None,
        deaf: bool = False,
        agreed: datetime | None = None,
    ) -> None:
        """`person`: whose address it is, where that is known: who has one way already gets no second. `deaf`: no SMS arrives there. `agreed`: when they
        asked for it, where it is not the standing consent of a person."""
        if key in self._seen or person in self._reached:
            return
        if agreed is not None and agreed < self._refused.get(key[1], agreed):
            self.reach.left_out["no_consent"] += key not in self._unwilling
            self._unwilling.add(key)  # as long as they did not ask again: that may come below
            return
        self._seen.add(key)
        if key in self._unwilling:
            self._unwilling.remove(key)
            self.reach.left_out["no_consent"] -= 1
        if why := self._why_not(key, channel_id, deaf):
            self.reach.left_out[why] += 1
        elif channel_id is not None:
            self.reach.ways.append(Way(channel_id, key[0], key[1], zone, contact_id, value, address_id))
            if person is not None:
                self._reached.add(person)

    def _why_not(self, key: Key, channel_id: int | None, deaf: bool) -> str:
        if key[1] in self._never:
            return "restricted"
        if key[1] in self._shielded or key in self._guarded:
            return "protected"
        if key in self._stopped:
            return "stopped"
        return "" if channel_id is not None else "no_texts" if deaf else "no_channel"


def _reach(parts: list[AudiencePart], lines: _Lines) -> Reach:
    found = _Gathering(frozenset(p.person_id for p in parts if p.person_id))
    takers: dict[PartKind, list[Callable[[AudiencePart, _Lines, _Gathering], None]]] = {
        PartKind.MEMBERS: [_take_people],
        PartKind.PERSON: [_take_people],
        PartKind.PLACE: [_take_people, _take_subscribers],
        PartKind.ROLE: [_take_holders],
        PartKind.LIST: [_take_entries],
        PartKind.TOPIC: [_take_subscribers],
    }
    for part in sorted(parts, key=lambda one: one.kind != PartKind.PERSON):
        for take in takers[PartKind(part.kind)]:
            take(part, lines, found)
    return found.reach


def _take_entries(part: AudiencePart, lines: _Lines, found: _Gathering) -> None:
    entries = ListEntry.objects.filter(imported=part.imported_id).order_by("pk")
    whose, asked_on = _whose(entries), part.imported.asked_on if part.imported else timezone.localdate()
    agreed = timezone.make_aware(datetime.combine(asked_on, time()))
    for scheme, index, value in entries.values_list(*ADDRESS).iterator(chunk_size=5000):
        deaf = lines.is_deaf(scheme, value)
        line = lines.line_for(scheme, index, deaf=deaf)
        found.take((scheme, index), line, person=whose.get(index), deaf=deaf, agreed=agreed)


def _take_people(part: AudiencePart, lines: _Lines, gathering: _Gathering) -> None:
    """Persons with a consent to be told things, each by one of their contacts. What was merged is read as the record that is kept."""
    found = Person.objects.filter(unit__path__startswith=part.audience.unit.path, forgotten_at=None, restricted_at=None)
    if part.kind == PartKind.MEMBERS and part.unit is not None:
        found = found.filter(unit__path__startswith=part.unit.path)
    elif part.kind == PartKind.PLACE:
        found = found.filter(_inside(str(part.place_id)))
    elif part.kind == PartKind.PERSON:
        found = found.filter(pk=part.person_id or 0)
    else:
        return
    persons = {
        pk: place for pk, place in found.filter(merged_into=None).values_list("pk", "place") if pk not in gathering.people
    }
    gathering.people |= set(persons)
    kept = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    agreed = gathering.agreed
    contacts = ContactPoint.objects.filter(ended_at=None, kind__in=list(SCHEMES), person__isnull=False)
    within = contacts.filter(
        Q(person__unit__path__startswith=part.audience.unit.path) | Q(person__merged_into__isnull=False)
    )
    best: dict[int, tuple[int, Any, bool]] = {}
    columns = ("person", "kind", "value_index", "pk", "preferred", "value")
    for pk, kind, index, contact, liked, value in within.order_by("pk").values_list(*columns):
        top = top_of(pk, kept)
        if top not in persons or top not in agreed:
            continue
        deaf = lines.is_deaf(SCHEMES[kind], value)
        channel_id = lines.line_for(SCHEMES[kind], index, kind=kind, deaf=deaf)
        rank = 0 if channel_id and liked else 1 if channel_id else 2
        if top not in best or rank < best[top][0]:
            best[top] = (rank, ((SCHEMES[kind].value, index), channel_id, _zone(persons[top]), contact), deaf)
    for top, (_rank, told, deaf) in best.items():
        gathering.take(*told, person=top, deaf=deaf)
    gathering.reach.left_out["no_consent"] += len(set(persons) - agreed)
    gathering.reach.left_out["no_contact"] += len((set(persons) & agreed) - set(best))


def _take_holders(part: AudiencePart, lines: _Lines, gathering: _Gathering) -> None:
    """Who holds a role in a unit or below, by the number or mail address of the account: one of the two."""
    if part.unit is None:
        return
    holders = mandates_in_force().filter(role=part.role, unit__path__startswith=part.unit.path).values("user")
    for user in get_user_model().objects.filter(pk__in=holders, is_active=True).order_by("pk"):
        ways = []
        for scheme, typed in ((Scheme.NUMBER, user.phone), (Scheme.MAIL, user.email)):
            if value := address_of(scheme, typed):
                index = index_of(scheme, value)
                deaf = lines.is_deaf(scheme, value)
                way = ((scheme.value, index), lines.line_for(scheme, index, deaf=deaf), "", None, value)
                ways.append((way, deaf))
        for way, deaf in sorted(ways, key=lambda one: one[0][1] is None)[:1]:
            gathering.take(*way, deaf=deaf)


def _take_subscribers(part: AudiencePart, lines: _Lines, gathering: _Gathering) -> None:
    """Whoever wants a topic; for a place, whoever wants that place, one inside it, or one that it lies in."""
    found = Subscription.objects.filter(ended_at=None)
    if part.kind == PartKind.TOPIC:
        found = found.filter(topic=part.topic_id)
    else:
        found = found.filter(_inside(str(part.place_id)) | Q(place__in=_above(str(part.place_id))))
    homes, whose = dict(Subscriber.objects.exclude(place=None).values_list("address", "place")), _whose(found)
    rows = found.order_by("pk").values_list("address", *ADDRESS, "channel", "place", "began_at")
    for address, scheme, index, value, channel, place, began in rows.iterator(chunk_size=5000):
        deaf = lines.is_deaf(scheme, value)
        line = lines.line_for(scheme, index, channel_id=channel, deaf=deaf)
        zone = _zone(homes.get(address) or place)
        gathering.take((scheme, index), line, zone, person=whose.get(index), deaf=deaf, agreed=began)


def subscribers_reached(
    *,
    channels: Sequence[Channel],
    topics: Collection[int],
    place: str = "",
    weekly: bool = False,
    templated: Collection[int] = (),
) -> Reach:
    """Who has asked for news of these topics, of this place, of one inside it or one that it lies in, by the channel they asked on or another that
    speaks to their address: each address and each person that we know once, by what they subscribed to first. `templated`: the channels that say it by
    a text which their provider approved, also to who has not written for a while."""
    found_lines = [_Line(one, None if one.pk in templated else _heard(one)) for one in channels]
    lines, gathering = _Lines(found_lines), _Gathering(frozenset())
    wanted = Q(topic__in=topics)
    if place:
        wanted |= _inside(place) | Q(place__in=_above(place))
    found = Subscription.objects.filter(wanted, ended_at=None, weekly=weekly)
    homes, whose = _homes(found), _whose(found)
    rows = found.order_by("pk").values_list("address", *ADDRESS, "channel", "place", "began_at")
    for address, scheme, index, value, channel, lives, began in rows.iterator(chunk_size=5000):
        deaf = lines.is_deaf(scheme, value)
        line = lines.line_for(scheme, index, channel_id=channel, deaf=deaf)
        zone = _zone(homes.get(address) or lives)
        person = whose.get(index)
        gathering.take((scheme, index), line, zone, address_id=address, person=person, deaf=deaf, agreed=began)
    return gathering.reach


@dataclass(frozen=True, slots=True)
class Wish:
    """All that one address wants to be told of."""

    way: Way
    topics: frozenset[int]
    places: frozenset[str]


def weekly_wishes(*, channels: Sequence[Channel]) -> list[Wish]:
    """Who would rather have a digest each week, with what they want, each once."""
    lines, gathering = _Lines([_Line(one, None) for one in channels]), _Gathering(frozenset())
    found = Subscription.objects.filter(ended_at=None, weekly=True)
    homes, whose = _homes(found), _whose(found)
    wanted: dict[int, tuple[set[int], set[str]]] = {}
    columns = ("address", "address__scheme", "address__index", "channel", "topic", "place", "began_at")
    rows = found.order_by("pk").values_list(*columns)
    for address, scheme, index, channel, topic, place, began in rows.iterator(chunk_size=5000):
        topics, places = wanted.setdefault(address, (set(), set()))
        topics |= {topic} - {None}
        places |= {place} - {None}
        line, zone = lines.line_for(scheme, index, channel_id=channel), _zone(homes.get(address) or place)
        gathering.take((scheme, index), line, zone, address_id=address, person=whose.get(index), agreed=began)
    return [Wish(way, *map(frozenset, wanted[way.address_id or 0])) for way in gathering.reach.ways]  # type: ignore[arg-type]


def receivers_of_messages(*, about: Collection[str], channel: Channel, templated: bool = False) -> Reach:
    """Who got what went out under one of these names on a channel, or still gets it: so that what puts it right goes to the same."""
    lines, gathering = _Lines([_Line(channel, None if templated else _heard(channel))]), _Gathering(frozenset())
    found = Message.objects.filter(
        about__in=about, channel=channel, state__in=[*HAVE_IT, State.QUEUED], address__isnull=False
    )
    homes = _homes(found)
    columns = ("address", "address__scheme", "address__index", "at")
    for address, scheme, index, at in found.order_by("pk").values_list(*columns):
        line, zone = lines.line_for(scheme, index), _zone(homes.get(address))
        gathering.take((scheme, index), line, zone, address_id=address, agreed=at)
    return gathering.reach


def _homes(found: Any) -> dict[int, str]:
    """Where those of these rows who registered live."""
    return dict(
        Subscriber.objects.filter(address__in=found.values("address")).exclude(place=None).values_list("address", "place")
    )


def _whose(found: Any) -> dict[str, int]:
    """By the index of an address the person it belongs to, where we know them; a number of several belongs to none of them alone."""
    points = ContactPoint.objects.filter(ended_at=None, person__isnull=False, kind__in=list(SCHEMES))
    kept = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    owners: dict[str, set[int]] = {}
    for index, person in points.filter(value_index__in=found.values("address__index")).values_list("value_index", "person"):
        owners.setdefault(index, set()).add(top_of(person, kept))
    return {index: people.pop() for index, people in owners.items() if len(people) == 1}


def _inside(code: str) -> Q:
    return Q(place=code) | Q(place__code__startswith=f"{code}.")


def _above(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _zone(place: str | None) -> str:
    return zone_of_code(place).tz if place else ""


def in_batches(ways: Iterable[Way], size: int) -> Iterator[tuple[int, list[Way]]]:
    """Channel by channel, so many at a time."""
    by_channel: dict[int, list[Way]] = {}
    for way in ways:
        by_channel.setdefault(way.channel_id, []).append(way)
    for channel_id, found in by_channel.items():
        for at in range(0, len(found), size):
            yield channel_id, found[at : at + size]
