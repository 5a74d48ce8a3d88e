"""What units tell the rooms above: a mandate was given or ended, a unit moved in the tree, a unit was closed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MandateGiven:
    mandate_id: int
    user_id: int
    role: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class MandateEnded:
    """Somebody ended it. A mandate whose term runs out sends nothing: it is simply no longer in force."""

    mandate_id: int
    user_id: int
    role: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """The unit and all below it have new paths; who keeps a path as text must rewrite it."""

    unit_id: int
    old_path: str
    new_path: str


@dataclass(frozen=True, slots=True)
class UnitClosed:
    unit_id: int
