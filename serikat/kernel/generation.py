"""The generation of what the public sees: a number that all processes on the data folder share, raised when something was committed.

Whoever keeps ready answers (config.front) notes the generation before it asks for one and uses it only while that number stands. The number
lives in a small file that each process maps into its memory, so that looking costs nothing. `bump` is called after commit: an answer computed
before that carries the old number and is never used again.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import threading
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction

T = TypeVar("T")
LONGEST = 60.0  # seconds: what nobody's commit announces shows within a minute
_NUMBER = struct.Struct("<Q")
_SIZE = _NUMBER.size
_lock = threading.Lock()
_maps: dict[str | Path, tuple[int, mmap.mmap]] = {}


def _mapped() -> tuple[int, mmap.mmap]:
    folder: str | Path = settings.SERIKAT_DATA
    found = _maps.get(folder)
    if found is not None:
        return found
    with _lock:
        if folder not in _maps:
            handle = os.open(Path(folder) / "generation", os.O_RDWR | os.O_CREAT, 0o600)
            if os.fstat(handle).st_size < _SIZE:
                os.ftruncate(handle, _SIZE)
            _maps[folder] = handle, mmap.mmap(handle, _SIZE)
        return _maps[folder]


def current() -> int:
    """The generation now."""
    number: int = _NUMBER.unpack_from(_mapped()[1])[0]
    return number


def stamp() -> tuple[str | Path, int]:
    """The generation now and the data folder it is of: what a process remembers is told apart also where it moves to another folder."""
    return settings.SERIKAT_DATA, current()


def bump() -> None:
    """Raise it at once, for every process."""
    handle, memory = _mapped()
    with _lock:
        fcntl.lockf(handle, fcntl.LOCK_EX)
        try:
            memory[:] = _NUMBER.pack(_NUMBER.unpack_from(memory)[0] + 1)
        finally:
            fcntl.lockf(handle, fcntl.LOCK_UN)


def bump_on_commit() -> None:
    """Raise it when the open transaction commits; at once when there is none. The doorway calls this for each entry of the trail."""
    transaction.on_commit(bump, robust=True)


def while_unchanged(read: Callable[[], T]) -> Callable[[], T]:
    """Remember in this process what a read gave, until the generation moves or a minute has passed. For small reads that every public page
    makes (the rubrics in its head). Inside a transaction the read is made afresh: it may see rows that nobody else sees yet."""
    kept: list[tuple[tuple[str | Path, int], float, T]] = []

    @wraps(read)
    def remembered() -> T:
        if connection.in_atomic_block:
            return read()
        before = stamp()
        if kept and kept[0][0] == before and time.monotonic() < kept[0][1]:
            return kept[0][2]
        value = read()
        kept[:] = [(before, time.monotonic() + LONGEST, value)]
        return value

    return remembered
