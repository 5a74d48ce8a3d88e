"""Typed events between rooms. A lower room publishes, an upper room listens; sent when the transaction commits.

An event is a frozen dataclass of plain values (ids, never objects) in the `events.py` of the room that sends it. A receiver is a thin
function in `receivers.py`, loaded when the app starts. A receiver that fails is logged and keeps nobody else from hearing; work that must
not be lost is enqueued by the service itself as a job, in its transaction.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
logger = logging.getLogger(__name__)
_receivers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def on(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a receiver for a type of event."""

    def register(receiver: Callable[[E], None]) -> Callable[[E], None]:
        if receiver not in _receivers[event]:
            _receivers[event].append(receiver)
        return receiver

    return register


def publish(event: object) -> None:
    """Send an event to its receivers once the current transaction commits; at once when there is none."""
    for receiver in _receivers[type(event)]:
        transaction.on_commit(partial(_deliver, receiver, event))


def _deliver(receiver: Callable[[Any], None], event: object) -> None:
    try:
        receiver(event)
    except Exception:
        logger.exception("Receiver %s failed on %s", receiver.__name__, type(event).__name__)


def receivers() -> dict[str, list[str]]:
    """Names of events and who hears them, for the documentation."""
    return {e.__name__: [f"{r.__module__}.{r.__name__}" for r in rs] for e, rs in _receivers.items()}
