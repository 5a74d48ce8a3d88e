"""Taking the demo out: each room says how its own demo content goes; settings and accounts stay.

A room that puts something into the demo registers `@on_clear_demo` in its `tasks.py` or `receivers.py`: a function that removes what the demo
brought and nothing else, and returns how many. Higher rooms go first, since what they hold points down. All run in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

Clearer = Callable[[], int]
_clearers: list[Clearer] = []


def on_clear_demo(clear: Clearer) -> Clearer:
    if clear not in _clearers:
        _clearers.append(clear)
    return clear


def clear_demo_content() -> dict[str, int]:
    """Run all, highest floor first; return how many each removed."""
    floors = {room: number for number, room in enumerate(settings.ROOMS)}
    ordered = sorted(_clearers, key=lambda c: floors.get(".".join(c.__module__.split(".")[:2]), len(floors)))
    with transaction.atomic():
        return {f"{clear.__module__}.{clear.__name__}": clear() for clear in ordered}
