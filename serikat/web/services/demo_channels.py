"""The demo's channels. None of them speaks to a provider: nothing of the demo leaves the house. Notices go to browsers that somebody turned them on in.

Those whose kind has a provider are rehearsed (`messaging/adapters/rehearsal.py`): a stand-in takes what they send, so they count as tried, the page of
subscriptions offers them, and an article goes out and is corrected as it would be. The others need no provider and are what they always are.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils import timezone

from serikat.audit.action import inner
from serikat.helpdesk.models import Conversation
from serikat.messaging.adapters import adapter_named
from serikat.messaging.models import Channel, ChannelTemplate, Message, SharedText
from serikat.messaging.services.channels import settings_of
from serikat.units.models import Unit
from serikat.web.demo import channels
from serikat.web.services.demo_clearing import drop_addresses, drop_files
from serikat.web.services.demo_conversations import clear_demo_conversations
from serikat.web.services.demo_spreading import clear_demo_distributions

WITHOUT_PROVIDER = ("hand", "web", "webpush")
DEMO_KEY = "peragaan-"  # begins the secret part of the address of each channel that the demo brings


@inner("part of another action")
def load_channels(*, unit: Unit) -> dict[str, Channel]:
    """By name. Retired ones last, so that what replaced them is there."""
    made: dict[str, Channel] = {}
    for seed in channels.CHANNELS:
        retired = timezone.make_aware(datetime.fromisoformat(seed.until)) if seed.until else None
        plain, sealed = _settings(seed)
        made[seed.name] = Channel.objects.create(
            unit=unit,
            settings=plain,
            secrets=sealed,
            kind=seed.kind,
            scheme=seed.scheme,
            name=seed.name,
            shown_address=seed.shown_address,
            key=DEMO_KEY + secrets.token_urlsafe(18),
            price=seed.price,
            active=retired is None and not seed.paused,
            rehearsed=retired is None and seed.kind not in WITHOUT_PROVIDER,
            checked_at=timezone.now() if seed.kind == "webpush" else None,  # its key is made here: there is nobody to ask
            retired_at=retired,
            replaced_by=made.get(seed.successor),
            farewell=seed.farewell,
        )
    return made


def _settings(seed: channels.DemoChannel) -> tuple[dict[str, str], str]:
    if not seed.values:
        return {}, ""
    kind = adapter_named(seed.kind)
    begun = {setting.name: setting.initial for setting in kind.settings}
    return settings_of(kind=kind, values={**begun, **seed.values})


@inner("part of another action")
def clear_demo_channels() -> int:
    """Remove the demo's channels with all that went through them; returns how many. The thread of codes stays where somebody sent a report meanwhile."""
    found = Channel.objects.filter(key__startswith=DEMO_KEY)
    told = Conversation.objects.filter(channel__in=found, channel__kind="web", reports__isnull=False)
    found = found.exclude(pk__in=list(told.values_list("channel", flat=True)))
    ours = list(found.values_list("pk", flat=True))
    clear_demo_distributions(channels=ours)
    count = len(ours) + clear_demo_conversations(channels=ours)
    messages = Message.objects.filter(channel__in=found)
    spoken_to = set(messages.exclude(address=None).values_list("address_id", flat=True))
    drop_files(refs=[f"messaging.message:{pk}" for pk in messages.filter(files__gt=0).values_list("pk", flat=True)])
    shared = set(messages.exclude(shared=None).values_list("shared", flat=True))
    messages.delete()
    still = set(Message.objects.filter(shared__in=shared).values_list("shared", flat=True))
    SharedText.objects.filter(pk__in=shared - still).delete()
    ChannelTemplate.objects.filter(channel__in=found).delete()
    found.update(replaced_by=None)
    found.delete()
    drop_addresses(pks=spoken_to)
    return count
