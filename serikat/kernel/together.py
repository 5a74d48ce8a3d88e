"""Many small things done in one transaction, for little more than the price of one: what they ask alike is asked once, what they only write down is
written together at the end.

    with transaction.atomic(), together(messages):
        for message in messages:
            route(message)

Inside, `once` asks once, `later` keeps rows for one insert, and a doorway opens no savepoint of its own: the things stand or fall together, which is
most of what they cost. Whoever opens it does the whole anew when one of them fails, now `careful`: each in a `part` of its own. Outside nothing of
this changes anything: `once` simply reads, `later` writes at once, as it does for a careful batch: there a row goes the way of what it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import transaction

T = TypeVar("T")


@dataclass(slots=True)
class _Batch:
    things: Sequence[Any]
    careful: bool
    kept: dict[Hashable, Any] = field(default_factory=dict)
    rows: list[tuple[Callable[[list[Any]], object], Any]] = field(default_factory=list)


_open: ContextVar[_Batch | None] = ContextVar("done_together", default=None)


@contextmanager
def together(things: Sequence[Any], *, careful: bool = False) -> Iterator[None]:
    """Stands inside a transaction. What is kept lives as long as this block; what `later` was given is written at its end."""
    token = _open.set(_Batch(things, careful))
    try:
        yield
        write_now()
    finally:
        _open.reset(token)


def batch() -> Sequence[Any]:
    """The things that are done together; none outside."""
    held = _open.get()
    return held.things if held else ()


def stands_whole() -> bool:
    """Whether what fails now undoes all of the batch, so that nothing needs a savepoint."""
    held = _open.get()
    return held is not None and not held.careful


def step() -> transaction.Atomic:
    """A transaction, or a step of the one that is open: with a savepoint, unless all of it stands or falls together."""
    return transaction.atomic(savepoint=not stands_whole())


@contextmanager
def part() -> Iterator[None]:
    """One of the things of a careful batch, in a savepoint. When it fails what was kept is forgotten: it may speak of rows that are not there."""
    held = _open.get()
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if held:
            held.kept.clear()
        raise


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gave to the first of the batch that asked."""
    held = _open.get()
    if held is None:
        return read()
    if key not in held.kept:
        held.kept[key] = read()
    return cast("T", held.kept[key])


def later(write: Callable[[list[Any]], object], *rows: Any) -> None:
    """Let `write` have these rows, with all others that it is to have, before the transaction ends. Nobody of the batch reads them before."""
    held = _open.get()
    if held is None or held.careful:
        write(list(rows))
    else:
        held.rows += [(write, row) for row in rows]


def write_now() -> None:
    """Somebody of the batch does read them."""
    held = _open.get()
    if held is None:
        return
    rows, held.rows = held.rows, []
    for write in dict.fromkeys(write for write, _row in rows):
        write([row for by, row in rows if by == write])
