"""The room's part in a person's data: what went between us and their addresses, and its forgetting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.kernel.forgetting import Forgetting, Holder, register_holder
from serikat.messaging.services.forgetting import forget_in_messaging


def register() -> None:
    register_holder(Holder(name="messaging", copy=_copy, erase=_erase, own_tables=("messaging",)))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_messaging(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    """Addresses know no person: the room that ties them (helpdesk) gives the copy of a person's conversations."""
    return {}
