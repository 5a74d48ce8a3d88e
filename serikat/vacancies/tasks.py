"""What the clock does for this room."""

from __future__ import annotations

from serikat.kernel.jobs import daily, job
from serikat.vacancies.services import forgetting


@daily(at="00:00")
@job("vacancies.turn_day", atomic=True)
def turn_day() -> None:
    """Adverts whose last day was yesterday leave the kept pages; contacts whose term is over are forgotten."""
    forgetting.forget_contacts()
