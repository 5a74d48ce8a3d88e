"""What the messages of one batch ask alike is asked once: the words of the topics, the calendar of the law, who stands behind which address.

A batch is opened by `services.routing` alone; elsewhere `once` simply reads. What is kept lives as long as the batch's transaction and is forgotten when
something of it was undone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from serikat.messaging.models import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Batch:
    messages: Sequence[Message]
    kept: dict[Hashable, Any] = field(default_factory=dict)


_open: ContextVar[_Batch | None] = ContextVar("messages_routed_together", default=None)


@contextmanager
def together(messages: Sequence[Message]) -> Iterator[None]:
    token = _open.set(_Batch(messages))
    try:
        yield
    finally:
        _open.reset(token)


def batch() -> Sequence[Message]:
    """The messages that are routed in this transaction; none outside of it."""
    held = _open.get()
    return held.messages if held else ()


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gave to the first of the batch that asked."""
    held = _open.get()
    if held is None:
        return read()
    if key not in held.kept:
        held.kept[key] = read()
    return cast("T", held.kept[key])


def forget() -> None:
    """Something was undone: what was kept may speak of rows that are not there."""
    if held := _open.get():
        held.kept.clear()
