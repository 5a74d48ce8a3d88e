"""The demo's inbox: conversations on every channel, one guarded, one with a voice, one in doubt, one given up; and quick replies."""

from __future__ import annotations

import hashlib
import io
import uuid
import wave
from datetime import timedelta

from django.utils import timezone

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.files.inspection import Checked
from serikat.files.services import keep_file
from serikat.helpdesk.models import Consultation, Conversation, QuickReply, Report
from serikat.helpdesk.rules.promises import promised
from serikat.helpdesk.services.inbox import find_by_name, find_by_words
from serikat.kernel.access import Actor
from serikat.messaging.models import Channel, Direction, Message, Purpose, State
from serikat.messaging.selectors.messages import holder_ref
from serikat.messaging.services.queueing import find_or_make_address
from serikat.units.models import Unit
from serikat.web.demo import conversations as seeds

NAMES = {
    "sms": "SMS posko", "whatsapp": "WhatsApp posko", "hand": "WhatsApp posko", "telegram": "Telegram posko", "mail": "Surel posko",
}  # fmt: skip
OUTCOMES = {">": State.DELIVERED, "!": State.DOUBT, "?": State.PARKED}
PROBLEMS = {"!": "The connection broke before the provider had answered.", "?": "No connection to the provider."}


@inner("part of another action")
def load_conversations(*, actor: Actor, unit: Unit, channels: dict[str, Channel]) -> None:
    """Each on the first live channel of its kind; where there is none, on none."""
    live = {one.name: one for one in channels.values() if one.retired_at is None}
    users = {user.username: user for user in User.objects.all()}
    for seed in seeds.TALKS:
        channel = live.get(NAMES[seed.kind])
        if channel is not None:
            _talk(actor, unit, channel, seed, users)
    for title, text in seeds.QUICK_REPLIES:
        QuickReply.objects.create(unit=unit, title=title, text=text)


def _talk(actor: Actor, unit: Unit, channel: Channel, seed: seeds.DemoTalk, users: dict[str, User]) -> None:
    now = timezone.now()
    address = find_or_make_address(scheme=channel.scheme, typed=seed.address)
    holder = users.get(seed.by)
    messages = []
    for minutes, who, words in seed.said:
        ours = who != "<"
        messages.append(
            Message.objects.create(
                direction=Direction.OUT if ours else Direction.IN,
                channel=channel,
                address=address,
                state=OUTCOMES[who] if ours else State.ROUTED,
                purpose=Purpose.REPLY if ours else None,
                key=uuid.uuid4() if ours else None,
                at=now - timedelta(minutes=minutes),
                text=words,
                by=holder if ours else None,
                problem=PROBLEMS.get(who, ""),
                cost=channel.price if ours else 0,
            )
        )
    last = messages[-1]
    heard = [m for m in messages if m.direction == Direction.IN][-1]
    open_ = seed.state == Conversation.State.OPEN
    talk = Conversation.objects.create(
        channel=channel, address=address, unit=unit, state=seed.state, topic=seed.topic, called=seed.name, alias=seed.alias,
        threat_level=seed.threat, protections=list(seed.protections), assigned_to=holder, unread=seed.unread, last=last,
        last_at=last.at, last_in_at=heard.at, began_at=messages[0].at, waiting_since=heard.at if open_ else None,
        is_question=seed.question, promised_at=promised(timezone.localtime(now)) if seed.question else None, told_at=now,
    )  # fmt: skip
    for message in messages:
        Message.objects.filter(pk=message.pk, direction=Direction.OUT).update(about=f"helpdesk.conversation:{talk.pk}")
        find_by_words(conversation_id=talk.pk, text=message.text)
    find_by_name(conversation=talk)
    Channel.objects.filter(pk=channel.pk).exclude(heard_at__gt=heard.at).update(heard_at=heard.at)
    if seed.voice:
        _speak(actor, unit, heard)


def _speak(actor: Actor, unit: Unit, message: Message) -> None:
    """A second of silence, as a phone would send it."""
    with io.BytesIO() as held:
        with wave.open(held, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(bytes(16000))
        content = held.getvalue()
    checked = Checked("suara.wav", "audio/x-wav", content, hashlib.sha256(content).hexdigest())
    keep_file(actor=actor, checked=checked, holder_ref=holder_ref(message), unit=unit)
    Message.objects.filter(pk=message.pk).update(files=1)


@inner("part of another action")
def clear_demo_conversations(*, channels: list[int]) -> int:
    """Conversations of the demo's channels with what they are found by, and the quick replies. A report or consultation that somebody made of one stays."""
    found = Conversation.objects.filter(channel__in=channels)
    count = found.count()
    Report.objects.filter(conversation__in=found).update(conversation=None)
    Consultation.objects.filter(conversation__in=found).update(conversation=None)
    found.delete()
    QuickReply.objects.filter(title__in=[title for title, _text in seeds.QUICK_REPLIES]).delete()
    return count
