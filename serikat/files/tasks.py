"""The files' own work: sweep bytes that no row holds."""

from __future__ import annotations

from serikat.files.services import sweep_files
from serikat.kernel.jobs import daily, job


@daily(at="03:20")
@job("files.sweep")
def sweep() -> None:
    sweep_files()
