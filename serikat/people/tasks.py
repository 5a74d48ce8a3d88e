"""What the clock does for this room."""

from __future__ import annotations

from serikat.kernel.jobs import daily, job
from serikat.people.services import cleaning


@daily(at="02:30")
@job("people.clean_forgotten", slow=True)
def clean_forgotten() -> None:
    """At night, since it takes the database's locks."""
    cleaning.clean_forgotten()
