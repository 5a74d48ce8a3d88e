"""From the queue to the provider, in leased batches, at each channel's own rate.

Each batch: take it under a lease, wait for the channel's slot, send on one kept connection, note the outcomes together. Where the provider takes our key
(`repeats`) a batch of a dead worker is simply sent again: the provider knows what it has. Where it does not, each message is marked before it is handed
over; marked and not noted means that a worker died in between: it is in doubt, a person decides, and it is never sent again by itself.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from serikat.audit.action import inner
from serikat.files.selectors import content_of
from serikat.kernel.events import publish
from serikat.kernel.jobs import enqueue, lease_batch, pause_before
from serikat.messaging.adapters import Adapter, Attachment, Outcome, Parcel, Sort, Template
from serikat.messaging.events import AddressGone, MessagesSettled
from serikat.messaging.leaving import LEAVE, leave_link
from serikat.messaging.models import Address, Channel, Direction, Message, Purpose, SharedText, State
from serikat.messaging.rules.windows import next_allowed
from serikat.messaging.selectors.channels import adapter_of, can_send, live_channels
from serikat.messaging.selectors.messages import due, files_with
from serikat.messaging.services.receiving import note_early_reports

TURN = 8.0  # seconds that one job drains a queue before it lets others come
LEASE = 120.0  # seconds; a provider that does not answer must have been given up long before
MOST_TRIES = 8
PAUSE = 10.0  # seconds before the second try, doubled each time
LARGEST_BATCH = 100
AT_ONCE = 5000  # rows that one question names
UNLIMITED = 500.0  # messages a second: whoever sets this much wants no brake
MOMENT = timedelta(seconds=5)  # that a worker waits for a channel's slot
REST = timedelta(minutes=10)  # of a channel that the provider refuses
BREATH = timedelta(minutes=1)  # of one whose provider cannot be reached, or wants a pause and does not say how long
RESTS = "The provider refuses the channel."
WAITS = timedelta(days=1)  # that a message waits for such a provider without losing a try; then a person should see it


@inner("machinery")
def wake_waiting_channels() -> None:
    """By the clock: every channel with something due gets a worker, also after a crash."""
    _settle_meant()
    _settle_overdue(Message.objects.all())  # on channels that are paused, too, for what waits there is no news any more
    now = timezone.now()
    for channel in live_channels().exclude(rests_until__gt=now):
        if can_send(channel) and due(channel).exists():
            enqueue("messaging.send_channel", key=f"channel:{channel.pk}", channel_id=channel.pk)
    note_early_reports()


@inner("machinery")
def send_channel(*, channel_id: int) -> int:
    """Drain a channel's queue for a turn; returns how many were handed over. Goes on in a new job when more is left."""
    channel = live_channels().filter(pk=channel_id).first()
    if channel is None or not can_send(channel) or (channel.rests_until and channel.rests_until > timezone.now()):
        return 0
    adapter, sent, until = adapter_of(channel), 0, time.monotonic() + TURN
    texts: dict[int, SharedText] = {}
    try:
        _settle_overdue(Message.objects.filter(channel=channel), repeats=adapter.repeats)
        while time.monotonic() < until:
            size = max(1, min(LARGEST_BATCH, int(channel.a_second * 2)))
            batch = _take(channel, size, texts)
            if not batch:
                return sent
            if (begins := _book_slot(channel, len(batch))) is not None:
                _put_back(batch)
                enqueue("messaging.send_channel", key=f"channel:{channel.pk}", run_after=begins, channel_id=channel.pk)
                return sent
            if not _send_batch(channel, adapter, batch):
                return sent
            sent += len(batch)
    finally:
        adapter.close()
    enqueue("messaging.send_channel", key=f"channel:{channel.pk}", channel_id=channel.pk)
    return sent


def _settle_overdue(rows: QuerySet[Message], *, repeats: bool = False) -> None:
    """What a dead worker left behind, what is too late, and what may not go to whom any more."""
    now = timezone.now()
    queue = rows.filter(state=State.QUEUED)
    free = Q(lease=None) | Q(lease_until=None) | Q(lease_until__lt=now)
    if not repeats:
        _settle(queue.filter(trying=True, lease_until__lt=now), State.DOUBT, problem="The worker died while it was sent.")
    _settle(queue.filter(free, expires_at__lt=now), State.EXPIRED)


def _settle_meant() -> None:
    """What a person stopped or paused while a worker had it, once it is out of those hands without having left."""
    now = timezone.now()
    free = Q(lease=None) | Q(lease_until=None) | Q(lease_until__lt=now)
    for state, before in ((State.CANCELLED, [State.QUEUED, State.PARKED]), (State.HELD, [State.QUEUED])):
        with transaction.atomic():
            rows = Message.objects.filter(free, direction=Direction.OUT, meant=state, state__in=before, trying=False)
            found = list(rows.select_for_update(of=("self",)).values_list("pk", "about"))
            Message.objects.filter(pk__in=[pk for pk, _about in found]).update(
                state=state, settled_at=now if state == State.CANCELLED else None, lease=None, lease_until=None
            )
            _tell(found if state == State.CANCELLED else [])


def _settle(rows: QuerySet[Message], state: State, *, problem: str = "") -> int:
    found = list(rows.values_list("pk", "about"))
    for start in range(0, len(found), AT_ONCE):
        Message.objects.filter(pk__in=[pk for pk, _about in found[start : start + AT_ONCE]], state=State.QUEUED).update(
            state=state, settled_at=timezone.now(), problem=problem, lease=None, lease_until=None, trying=False
        )
    _tell(found)
    return len(found)


def _tell(found: Sequence[tuple[int, str]]) -> None:
    by_about: dict[str, list[int]] = {}
    for pk, about in found:
        if about:
            by_about.setdefault(about, []).append(pk)
    for about, ids in by_about.items():
        publish(MessagesSettled(about, tuple(ids)))


def _take(channel: Channel, size: int, texts: dict[int, SharedText]) -> list[Message]:
    """A batch under a lease, the urgent first, without those that have stopped meanwhile and those with whom it is night. `texts` keeps what is read and
    decrypted once for all."""
    for purpose in Purpose:
        rows = due(channel).filter(purpose=purpose, trying=False)
        held = lease_batch(rows, size=size, seconds=LEASE)
        if not held:
            continue
        _read_along(held, texts)
        gone = {m.address.pk for m in held if m.address is not None and m.address.stopped_at is not None}
        batch = _without_night(channel, _settle_stopped(held, gone))
        if batch:
            return batch
    return []


def _without_stopped(held: list[Message]) -> list[Message]:
    """Those whose address takes it at this moment; what may not go there any more is settled."""
    asked = {m.address_id for m in held if m.address_id and m.purpose != Purpose.REPLY}
    gone = (
        set(Address.objects.filter(pk__in=asked, stopped_at__isnull=False).values_list("pk", flat=True)) if asked else set()
    )
    return _settle_stopped(held, gone)


def _settle_stopped(held: list[Message], gone: Collection[int]) -> list[Message]:
    stopped = {m.pk for m in held if m.address_id in gone and m.purpose != Purpose.REPLY}
    if stopped:
        _settle(Message.objects.filter(pk__in=stopped, lease=held[0].lease), State.STOPPED)
    return [m for m in held if m.pk not in stopped]


def _read_along(held: list[Message], texts: dict[int, SharedText]) -> None:
    """What belongs to the messages of a batch, in two or three questions, and each shared text once for all batches."""
    addresses = Address.objects.in_bulk([m.address_id for m in held if m.address_id])
    missing = {m.shared_id for m in held if m.shared_id} - set(texts)
    texts |= SharedText.objects.in_bulk(missing) if missing else {}
    answered = Message.objects.in_bulk({m.answers_id for m in held if m.answers_id})
    for message in held:
        message.address = addresses[message.address_id] if message.address_id else None
        message.shared = texts[message.shared_id] if message.shared_id else None
        message.answers = answered.get(message.answers_id) if message.answers_id else None


def _without_night(channel: Channel, held: list[Message]) -> list[Message]:
    """Those with whom it is day. Where it is night, everything for that zone waits for its morning, in one write."""
    now = timezone.now()
    days = {zone: next_allowed(now, zone) for zone in {m.zone for m in held} if zone}
    mornings = {zone: begins for zone, begins in days.items() if begins > now}
    for zone, morning in mornings.items():
        sleeping = Message.objects.filter(channel=channel, state=State.QUEUED, zone=zone)
        sleeping.filter(pk__in=[m.pk for m in held]).update(
            lease=None, lease_until=None, not_before=morning, tries=F("tries") - 1
        )
        sleeping.filter(lease=None).filter(Q(not_before=None) | Q(not_before__lt=morning)).update(not_before=morning)
    return [m for m in held if m.zone not in mornings]


def _book_slot(channel: Channel, count: int) -> datetime | None:
    """Keep the channel's rate, all workers together: each batch books its time and begins when that has come. When that is further away than a moment,
    nothing is booked and the time is given back: a page that takes three posts a minute holds up no worker."""
    if channel.a_second >= UNLIMITED:
        return None
    with transaction.atomic():
        row = Channel.objects.select_for_update().only("next_slot").get(pk=channel.pk)
        now = timezone.now()
        farthest = now + MOMENT + timedelta(seconds=max(2.0, 1 / channel.a_second))  # that a batch can have booked
        begins = max(row.next_slot or now, now)
        if begins > farthest:  # by a clock that was wrong
            begins = now
        if begins - now > MOMENT:
            return begins
        Channel.objects.filter(pk=channel.pk).update(next_slot=begins + timedelta(seconds=count / channel.a_second))
    time.sleep((begins - now).total_seconds())
    return None


def _put_back(batch: Sequence[Message]) -> None:
    """Taken too early: as if it had not been."""
    held = Message.objects.filter(pk__in=[m.pk for m in batch], lease__in={m.lease for m in batch}, trying=False)
    held.update(lease=None, lease_until=None, tries=F("tries") - 1)


def _send_batch(channel: Channel, adapter: Adapter, batch: list[Message]) -> bool:
    """Hand a batch over and note what became of it; False when the channel must rest. Who stopped while it waited for its slot, or while others of it
    went out, gets nothing."""
    batch = _without_stopped(batch)
    if not batch:
        return True
    if adapter.repeats:
        outcomes = list(zip(batch, adapter.send([_parcel(m) for m in batch]), strict=True))
        return _note(channel, adapter, outcomes)
    for number, message in enumerate(batch):
        if number and not _without_stopped([message]):
            continue
        if not Message.objects.filter(pk=message.pk, lease=message.lease, state=State.QUEUED, meant="").update(trying=True):
            continue  # the lease ran out, and another worker has it; or a person has stopped it
        outcome = next(iter(adapter.send([_parcel(message)])))
        if not _note(channel, adapter, [(message, outcome)]):
            _put_back(batch[number + 1 :])
            return False
    return True


def _parcel(message: Message) -> Parcel:
    shared = message.shared
    given = message.template or (shared.template if shared else None)
    html = shared.html if shared else ""
    to_many = message.purpose == Purpose.BROADCAST
    says = to_many or LEAVE in message.words or LEAVE in html
    leave = leave_link(message.address) if says and message.address else ""
    return Parcel(
        key=str(message.key),
        to=message.address.value if message.address else "",
        text=message.words.replace(LEAVE, leave) if leave else message.words,
        subject=message.subject or (shared.subject if shared else ""),
        link=message.link or (shared.link if shared else ""),
        files=_files(message),
        template=Template(given["name"], given["language"], tuple(given.get("values", ()))) if given else None,
        answers=message.answers.provider_id if message.answers else "",
        leave=leave if to_many else "",
        picture=_picture(shared),
        html=html.replace(LEAVE, leave) if leave else "",
        thread=shared.thread if shared else "",
        written=_written(message),
    )


def _written(message: Message) -> str:
    """So that no program answers a program. What goes to many counts as a program's, too: nobody wants to hear of a hundred thousand that they are out."""
    if message.by_id is not None:
        return "no"
    return "auto-replied" if message.purpose == Purpose.REPLY else "auto-generated"


def _files(message: Message) -> tuple[Attachment, ...]:
    if not message.files:
        return ()
    return tuple(Attachment(f.name, f.kind, b"".join(content_of(f))) for f in files_with(message))


def _picture(shared: SharedText | None) -> Attachment | None:
    """The public picture that goes along; without it where it is public no more."""
    told = shared.picture if shared else None
    if not told:
        return None
    try:
        with default_storage.open(told["name"]) as file:
            return Attachment(told["name"].rpartition("/")[2], told["mime"], file.read(), alt=told["alt"])
    except OSError:
        return None


def _note(channel: Channel, adapter: Adapter, outcomes: Sequence[tuple[Message, Outcome]]) -> bool:
    """Write what became of them, in one transaction. A row that another worker took meanwhile is left to it."""
    now, goes_on, rests, rest = timezone.now(), True, "", REST
    held = Message.objects.filter(lease=outcomes[0][0].lease, state=State.QUEUED)
    for message, outcome in outcomes:
        message.lease_until, message.trying = None, False
        message.problem = outcome.problem[:300]
        sort = _sort_of(message, outcome, adapter, now)
        if sort == Sort.SENT:
            message.state, message.settled_at = State.SENT, now
            message.provider_id, message.link = outcome.provider_id[:200], outcome.link or message.link
        elif sort == Sort.REFUSED:
            message.state, message.settled_at = State.REFUSED, now
        elif sort == Sort.DOUBT:
            message.state, message.settled_at = State.DOUBT, now
        elif sort == Sort.OFF:
            rests, goes_on, message.tries = outcome.problem or RESTS, False, max(0, message.tries - 1)
            rest = _rest_of(outcome)
        elif message.tries >= MOST_TRIES:
            message.state, message.settled_at = State.PARKED, now
        else:
            pause = timedelta(seconds=outcome.again_after) if outcome.again_after else pause_before(PAUSE, message.tries)
            message.not_before = now + pause
    with transaction.atomic():
        _write(held, [message for message, _outcome in outcomes])
        if rests:
            Channel.objects.filter(pk=channel.pk).update(rests_until=now + rest, problem=rests[:300], checked_at=now)
        elif channel.problem:
            Channel.objects.filter(pk=channel.pk).update(problem="")
        _tell([(m.pk, m.about) for m, _outcome in outcomes if m.settled_at == now])
        for address_id in {m.address_id for m, outcome in outcomes if outcome.gone and m.address_id}:
            publish(AddressGone(address_id))
    return goes_on


def _sort_of(message: Message, outcome: Outcome, adapter: Adapter, now: datetime) -> Sort:
    """What an outcome means for a message: where it is sent twice and is one, a doubt is only one try more; and what holds for the whole channel
    costs no try as long as the message is young."""
    if outcome.sort == Sort.DOUBT and adapter.repeats:
        return Sort.LATER
    waits = outcome.sort == Sort.LATER and outcome.rests and now - message.at < WAITS
    return Sort.OFF if waits else outcome.sort


def _rest_of(outcome: Outcome) -> timedelta:
    if outcome.sort == Sort.OFF:
        return REST
    return timedelta(seconds=outcome.again_after) if outcome.again_after else BREATH


def _write(held: QuerySet[Message], messages: Sequence[Message]) -> None:
    """What went well differs in the provider's id alone, and is written as short as that; of the others every field."""
    well = [m for m in messages if m.state == State.SENT and not m.link]
    if well:
        held.filter(pk__in=[m.pk for m in well]).update(
            state=State.SENT,
            settled_at=well[0].settled_at,
            problem="",
            lease_until=None,
            trying=False,
            provider_id=Case(*(When(pk=m.pk, then=Value(m.provider_id)) for m in well), default=Value("")),
        )
    known = {m.pk for m in well}
    others = [m for m in messages if m.pk not in known]
    if others:
        fields = ["state", "settled_at", "provider_id", "link", "problem", "not_before", "tries", "lease_until", "trying"]
        held.bulk_update(others, fields)
