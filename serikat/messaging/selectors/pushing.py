"""Notices in browsers, as the page that offers them needs to know of them."""

from __future__ import annotations

from serikat.messaging.adapters import Scheme
from serikat.messaging.adapters.calling import Settled
from serikat.messaging.adapters.webpush import WebPush
from serikat.messaging.models import Channel
from serikat.messaging.selectors.channels import live_channels, values_of


def push_channel() -> Channel | None:
    """The channel by which browsers are told, the one of the highest unit; None while there is none."""
    return live_channels(scheme=Scheme.PUSH).filter(kind=WebPush.kind).order_by("unit__path", "pk").first()


def key_for_browsers(channel: Channel) -> str:
    """What a browser needs to subscribe; "" when the channel's own key is broken."""
    try:
        return WebPush(values_of(channel)).public_key()
    except Settled:
        return ""


def is_browser(channel: Channel, typed: str) -> bool:
    """Whether this is a browser's subscription at a service that the channel calls."""
    return WebPush(values_of(channel)).knows(typed)
