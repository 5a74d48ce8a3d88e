"""The files' own work: sweep bytes that no row holds, and what waited too long for its form."""

from __future__ import annotations

from serikat.files.services import drop_old_held, sweep_files
from serikat.kernel.jobs import daily, every, job


@daily(at="03:20")
@job("files.sweep")
def sweep() -> None:
    sweep_files()


@every(seconds=600)
@job("files.drop_held")
def drop_held() -> None:
    drop_old_held()
