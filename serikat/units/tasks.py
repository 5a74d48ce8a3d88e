"""The units' own work: tell in time that a mandate runs out."""

from __future__ import annotations

from serikat.kernel.jobs import daily, job
from serikat.units.services import warn_of_endings


@daily(at="06:00")
@job("units.warn_of_endings")
def warn() -> None:
    warn_of_endings()
