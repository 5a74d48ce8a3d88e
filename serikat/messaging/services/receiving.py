"""What providers bring: stored once, whoever brings it how often. Nothing is answered here; a job routes it (`routing`).

A call that is not the provider's is refused and counted. What makes no sense is told to the provider and to the desk, and nothing else stops.
"""

from __future__ import annotations

import hashlib
import io
import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, counted, inner, note
from serikat.files.inspection import Checked, check_upload
from serikat.files.refusals import FileRefused
from serikat.files.services import keep_file
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.events import publish
from serikat.kernel.jobs import enqueue
from serikat.messaging import permissions
from serikat.messaging.adapters import (
    ACCOUNT,
    AccountNamed,
    Arrived,
    Attachment,
    ChannelDown,
    Delivery,
    Forged,
    Heard,
    Hearing,
    News,
    Report,
    TemplateJudged,
    Unintelligible,
    adapter_named,
    adapters,
)
from serikat.messaging.addresses import address_of, index_of
from serikat.messaging.events import MessagesSettled
from serikat.messaging.models import Address, Channel, ChannelTemplate, Direction, EarlyReport, Message, State
from serikat.messaging.selectors.channels import ALLOWED, VERDICTS, adapter_of, judged_with, live_channels
from serikat.messaging.selectors.messages import by_provider_id, holder_ref

logger = logging.getLogger(__name__)

LONGEST_TEXT = 100_000  # characters that are kept of one message; what is longer is cut, and says so
MOST_FILES = 20
EARLY = timedelta(minutes=5)  # that a report on an unknown id waits: longer than any batch is in a worker's hands
EARLY_BATCH = 500
NOTHING = "It is empty, or of a sort that cannot be shown here"  # so the desk can ask what it was
REPORTED = {
    Report.DELIVERED: State.DELIVERED,
    Report.READ: State.READ,
    Report.FAILED: State.PARKED,
    Report.REFUSED: State.REFUSED,
}
# A report never takes a message back: what was read was delivered.
BEFORE = {
    State.DELIVERED: (State.SENT, State.DOUBT, State.QUEUED),
    State.READ: (State.SENT, State.DELIVERED, State.DOUBT, State.QUEUED),
    State.PARKED: (State.SENT, State.DOUBT),
    State.REFUSED: (State.SENT, State.DOUBT),
}


@inner("machinery")
def hear(*, channel: Channel, heard: Heard) -> Hearing:
    """A call of the provider: read, stored, and what the provider wants to hear. Raises Forged and Unintelligible, after counting them."""
    adapter = adapter_of(channel)
    try:
        hearing = adapter.hear(heard)
    except Forged:
        Channel.objects.filter(pk=channel.pk).update(forged=F("forged") + 1)
        raise
    except Unintelligible as problem:
        Channel.objects.filter(pk=channel.pk).update(problem=str(problem)[:300], checked_at=timezone.now())
        raise
    finally:
        adapter.close()
    if hearing.news:
        _receive(channel, hearing.news)
    if hearing.problem:
        Channel.objects.filter(pk=channel.pk).update(problem=hearing.problem[:300], checked_at=timezone.now())
    return hearing


def _receive(channel: Channel, news: Sequence[News]) -> None:
    """All of it; when something in it cannot be stored, the others, and in place of that one a word that it came."""
    try:
        receive_news(actor=SYSTEM, channel=channel, news=news)
        return
    except Exception:
        logger.exception("What channel %s brought could not be stored together", channel.pk)
    for one in news:
        try:
            receive_news(actor=SYSTEM, channel=channel, news=[one])
        except Exception:
            logger.exception("Something that channel %s brought could not be stored", channel.pk)
            if isinstance(one, Arrived):
                bare = replace(
                    one, text=str(_("(Pesan ini tidak dapat dibaca. Tanyakan isinya.)")), name="", subject="", files=()
                )
                receive_news(actor=SYSTEM, channel=channel, news=[bare])


@inner("machinery")
def wake_fetching_channels() -> None:
    """By the clock: every channel whose provider must be asked."""
    for channel in live_channels():
        if channel.kind in adapters() and adapter_named(channel.kind).fetches:
            enqueue("messaging.fetch_channel", key=f"channel:{channel.pk}", channel_id=channel.pk)


@inner("machinery")
def fetch_news(*, channel_id: int) -> None:
    """Ask the provider for what is new; each batch is stored before it is acknowledged there."""
    channel = live_channels().filter(pk=channel_id).first()
    if channel is None:
        return

    def take(news: Sequence[News]) -> None:
        if news:
            _receive(channel, news)

    adapter = adapter_of(channel)
    adapter.mark = channel.mark
    try:
        adapter.fetch(take)
        problem = ""
    except ChannelDown as down:
        problem = str(down)[:300]
    finally:
        adapter.close()
    Channel.objects.filter(pk=channel.pk).update(problem=problem, checked_at=timezone.now(), mark=adapter.mark)


@action("messaging.news.received", may=permissions.may_receive_news, says=_("menerima pesan"), on="channel")
def receive_news(*, actor: Actor, channel: Channel, news: Sequence[News]) -> list[Message]:
    """Store what came, each once, and note what became of what was sent. Returns the new messages. Whose address cannot be read is kept under a wall's
    silence: the text is not lost."""
    arrived = [_storable(one) for one in news if isinstance(one, Arrived)]
    made = _store(actor, channel, arrived)
    _note_reports(channel, [one for one in news if isinstance(one, Delivery)])
    for named in (one for one in news if isinstance(one, AccountNamed)):
        _note_account(channel, named.account)
    _note_verdicts(channel, [one for one in news if isinstance(one, TemplateJudged)])
    Channel.objects.filter(pk=channel.pk).update(heard_at=timezone.now())
    counted(len(made), [message.pk for message in made])
    if made:
        enqueue("messaging.route_arrived", key="all")
    return made


def _storable(one: Arrived) -> Arrived:
    """Without what no database takes (halves of signs that a broken encoding left, the sign of nothing), and always with an id."""
    files = tuple(replace(file, name=_plain(file.name)) for file in one.files)
    content = f"{one.sender}\0{one.at}\0{one.subject}\0{one.text}".encode("utf-8", "replace")
    return replace(
        one,
        sender=_plain(one.sender),
        text=_plain(one.text),
        name=_plain(one.name),
        subject=_plain(one.subject),
        provider_id=_plain(one.provider_id) or f"content:{hashlib.sha256(content).hexdigest()}",
        files=files,
    )


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _store(actor: Actor, channel: Channel, arrived: Sequence[Arrived]) -> list[Message]:
    fresh = {one.provider_id: one for one in arrived if one.provider_id}
    known = by_provider_id(channel, fresh, Direction.IN)
    for provider_id in known.values_list("provider_id", flat=True):
        del fresh[provider_id]
    addresses = _addresses(channel, fresh.values())
    now = timezone.now()
    rows = []
    for provider_id, one in fresh.items():
        value = address_of(channel.scheme, one.sender) or _unreadable(one.sender)
        text = one.text
        cut = len(text) > LONGEST_TEXT
        rows.append(
            Message(
                direction=Direction.IN,
                channel=channel,
                address=addresses[index_of(channel.scheme, value)],
                state=State.NEW,
                provider_id=provider_id[:200],
                at=now,
                written_at=one.at if one.at and one.at <= now + timedelta(days=1) else None,
                text=text[:LONGEST_TEXT],
                subject=one.subject[:300],
                problem="cut" if cut else "" if text.strip() or one.subject or one.files else NOTHING,
            )
        )
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    made = sorted(by_provider_id(channel, [row.provider_id for row in rows], Direction.IN), key=lambda message: message.pk)
    for message in made:
        if files := fresh[message.provider_id].files if message.provider_id in fresh else ():
            _keep_files(actor, channel, message, files[:MOST_FILES])
    return made


def _unreadable(sender: str) -> str:
    return f"?{uuid.uuid5(uuid.NAMESPACE_OID, sender[:500]).hex}"


def _addresses(channel: Channel, arrived: Iterable[Arrived]) -> dict[str, Address]:
    """The addresses of those who wrote, made where they are new."""
    wanted: dict[str, tuple[str, str]] = {}
    for one in arrived:
        value = address_of(channel.scheme, one.sender) or _unreadable(one.sender)
        wanted[index_of(channel.scheme, value)] = (value, one.name[:100])
    return addresses_of(scheme=channel.scheme, wanted=wanted)


@inner("part of another action")
def addresses_of(*, scheme: str, wanted: dict[str, tuple[str, str]]) -> dict[str, Address]:
    """Rows for these indexes (index → value and the name told), made where they are new."""
    found = Address.objects.filter(scheme=scheme, index__in=list(wanted))
    held = {address.index: address for address in found}
    told = []
    for address in held.values():
        value, called = wanted[address.index]
        if (value and not address.value) or (
            called and not address.called
        ):  # forgotten and written again, or named only now
            address.value, address.called = address.value or value, address.called or called
            told.append(address)
    if told:
        Address.objects.bulk_update(told, ["value", "called"])
    new = [
        Address(scheme=scheme, index=index, value=value, called=called)
        for index, (value, called) in wanted.items()
        if index not in held
    ]
    if new:
        Address.objects.bulk_create(new, ignore_conflicts=True)
        held |= {a.index: a for a in Address.objects.filter(scheme=scheme, index__in=[a.index for a in new])}
    return held


def _keep_files(actor: Actor, channel: Channel, message: Message, files: Sequence[Attachment]) -> None:
    kept, words = 0, []
    for file in files:
        if file.ref:
            enqueue("messaging.load_file", message_id=message.pk, ref=file.ref, file_name=file.name[:120])
            continue
        try:
            checked: Checked = check_upload(io.BytesIO(file.content), file.name or "berkas", public=False)
        except FileRefused as refused:
            words.append(f"{file.name[:60]}: {refused}")
            continue
        keep_file(actor=actor, checked=checked, holder_ref=holder_ref(message), unit=channel.unit)
        kept += 1
    Message.objects.filter(pk=message.pk).update(files=kept, problem="; ".join(words)[:300])


@action("messaging.file.received", may=permissions.may_receive_news, says=_("menerima berkas pesan"), on="message")
def keep_loaded_file(*, actor: Actor, message: Message, name: str, content: bytes) -> None:
    """A file that the provider gave only by name came after its message."""
    checked = check_upload(io.BytesIO(content), name or "berkas", public=False)
    keep_file(actor=actor, checked=checked, holder_ref=holder_ref(message), unit=message.channel.unit)
    Message.objects.filter(pk=message.pk).update(files=F("files") + 1)


def _note_account(channel: Channel, account: str) -> None:
    """The provider knows better than who typed it."""
    fresh = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    fresh.settings = {**fresh.settings, ACCOUNT: account}
    fresh.save(update_fields=["settings"])
    note(account=account)


def _note_verdicts(channel: Channel, verdicts: Sequence[TemplateJudged]) -> None:
    """For all channels of the account that the provider names. Of a template that nobody here has written down, nothing is kept."""
    changed = []
    for one in verdicts:
        found = ChannelTemplate.objects.filter(
            channel__in=judged_with(channel, one.account), name=one.name, language=one.language
        )
        reason = one.reason if one.verdict else ""
        if found.exclude(verdict=one.verdict, verdict_reason=reason).update(verdict=one.verdict, verdict_reason=reason):
            changed.append(f"{one.name}: {VERDICTS.get(one.verdict, ALLOWED)}")
    if changed:
        note(template=", ".join(changed))


@inner("machinery")
def note_early_reports() -> None:
    """By the clock: what a provider told before we had noted its ids, now that they are known; what nobody came to know goes. Apart from the drain, which
    asks for nothing."""
    last = 0
    while rows := list(EarlyReport.objects.filter(pk__gt=last).select_related("channel").order_by("pk")[:EARLY_BATCH]):
        last = rows[-1].pk
        by_channel: dict[Channel, list[EarlyReport]] = {}
        for row in rows:
            by_channel.setdefault(row.channel, []).append(row)
        for channel, told in by_channel.items():
            _note_known(channel, told)
    EarlyReport.objects.filter(pk__lte=last, came_at__lt=timezone.now() - EARLY).delete()


def _note_known(channel: Channel, rows: Sequence[EarlyReport]) -> None:
    found = by_provider_id(channel, {row.provider_id for row in rows}, Direction.OUT)
    known = set(found.values_list("provider_id", flat=True))
    now_known = [row for row in rows if row.provider_id in known]
    with transaction.atomic():
        _note_reports(channel, [_delivery_of(row) for row in now_known])
        EarlyReport.objects.filter(pk__in=[row.pk for row in now_known]).delete()


def _delivery_of(row: EarlyReport) -> Delivery:
    return Delivery(Report(row.report), provider_id=row.provider_id, at=row.at, problem=row.problem, cost=row.cost)


def _keep_early(channel: Channel, reports: Sequence[Delivery]) -> None:
    now = timezone.now()
    rows = [
        EarlyReport(
            channel=channel,
            provider_id=one.provider_id[:200],
            report=one.report,
            at=one.at,
            problem=_plain(one.problem)[:300],
            cost=one.cost,
            came_at=now,
        )
        for one in reports
    ]
    EarlyReport.objects.bulk_create(rows)


def _note_reports(channel: Channel, reports: Sequence[Delivery]) -> None:
    settled: dict[str, list[int]] = {}
    early: list[Delivery] = []
    for report in reports:
        if report.provider_id:
            found = by_provider_id(channel, [report.provider_id], Direction.OUT)
        else:
            try:
                found = Message.objects.filter(channel=channel, direction=Direction.OUT, key=uuid.UUID(report.key))
            except ValueError:
                continue
        state = REPORTED[report.report]
        in_hands = Q(state=State.QUEUED) & (Q(trying=True) | Q(lease_until__gt=timezone.now()))  # quicker than our own note
        message = found.filter(Q(state__in=BEFORE[state]) | in_hands).first()
        if message is None:
            if report.provider_id and not found.exists():
                early.append(report)
            continue
        message.state, message.settled_at = state, report.at or timezone.now()
        message.problem = report.problem[:300] if state in (State.PARKED, State.REFUSED) else ""
        message.lease, message.lease_until, message.trying = None, None, False
        if report.cost is not None:
            message.cost = report.cost
        message.save(update_fields=["state", "settled_at", "problem", "lease", "lease_until", "trying", "cost"])
        if message.about:
            settled.setdefault(message.about, []).append(message.pk)
    if early:
        _keep_early(channel, early)
    for about, ids in settled.items():
        publish(MessagesSettled(about, tuple(ids)))
