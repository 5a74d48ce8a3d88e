"""Who gets an article on a channel to subscribers (SMS, WhatsApp, Telegram, mail, web push): whoever keeps subscriptions fills this.

    fill_receivers(lambda issue: addresses_subscribed_to(issue.keys, channel=issue.channel_id))

Until it is filled, such channels are named on the page of distribution as not yet in use, and nothing goes to them. The stop list is asked by
messaging, whoever fills this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """What goes out: which channel, and the lists in which the article stands ("all", "tag:12", "rubric:3", "place:32.16")."""

    channel_id: int
    scheme: str
    article_id: int
    keys: tuple[str, ...]


Receivers = Callable[
    [Issue], Iterable[tuple[int, datetime | None]]
]  # ids of addresses, each with the moment before which nothing may go there
_filled: list[Receivers] = []


def fill_receivers(receivers: Receivers) -> None:
    if _filled:
        raise ValueError("Somebody keeps subscriptions already.")
    _filled.append(receivers)


def receivers() -> Receivers | None:
    return _filled[0] if _filled else None
