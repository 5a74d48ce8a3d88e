"""Typed events between rooms. A lower room publishes, an upper room listens; sent when the transaction commits.

An event is a frozen dataclass of plain values (ids, never objects) in the `events.py` of the room that sends it. A receiver is a thin
function in `receivers.py`, loaded when the app starts. A receiver that fails is logged and keeps nobody else from hearing. What somebody's safety
hangs on is heard `lasting`: a job in the transaction of the event calls the receiver once more, and again until it does not fail.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar, get_type_hints

from django.db import transaction
from django.utils import timezone

from serikat.kernel.jobs import enqueue

E = TypeVar("E")
logger = logging.getLogger(__name__)
_receivers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
_lasting: dict[tuple[str, str], tuple[type[Any], Callable[[Any], None]]] = {}
AGAIN_AFTER = timedelta(seconds=10)  # by then the first call is over, or its process is dead


def on(event: type[E], *, lasting: bool = False) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a receiver for a type of event. `lasting`: it is called at once and by a job, so it bears being called twice and looks at what is so
    by then; its event holds ids, texts and yes or no alone."""
    if lasting and (odd := set(get_type_hints(event).values()) - {uuid.UUID, str, int, bool}):
        raise TypeError(f"{event.__name__} cannot be kept in a job: it holds {odd}.")

    def register(receiver: Callable[[E], None]) -> Callable[[E], None]:
        if receiver not in _receivers[event]:
            _receivers[event].append(receiver)
        if lasting:
            _lasting[_name(event), _name(receiver)] = event, receiver
        return receiver

    return register


def publish(event: object) -> None:
    """Send an event to its receivers once the current transaction commits; at once when there is none."""
    for receiver in _receivers[type(event)]:
        if (key := (_name(type(event)), _name(receiver))) in _lasting:
            values = {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in asdict(event).items()}  # type: ignore[call-overload]
            soon = timezone.now() + AGAIN_AFTER
            enqueue("kernel.deliver_event", run_after=soon, event=key[0], receiver=key[1], values=values)
        transaction.on_commit(partial(_deliver, receiver, event))


def deliver_again(event: str, receiver: str, values: dict[str, Any]) -> None:
    """The job of a lasting receiver: fails as it fails."""
    kind, hears = _lasting[event, receiver]
    hints = get_type_hints(kind)
    hears(kind(**{name: uuid.UUID(value) if hints[name] is uuid.UUID else value for name, value in values.items()}))


def _name(of: Any) -> str:
    return f"{of.__module__}.{of.__qualname__}"


def _deliver(receiver: Callable[[Any], None], event: object) -> None:
    try:
        receiver(event)
    except Exception:
        logger.exception("Receiver %s failed on %s", receiver.__name__, type(event).__name__)


def receivers() -> dict[str, list[str]]:
    """Names of events and who hears them, for the documentation."""
    return {e.__name__: [f"{r.__module__}.{r.__name__}" for r in rs] for e, rs in _receivers.items()}
