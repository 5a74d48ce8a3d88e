"""The trail's own work: seal what was written, soon after it was committed."""

from __future__ import annotations

from serikat.audit.services import seal_entries
from serikat.kernel.jobs import every, job


@every(seconds=20)
@job("audit.seal_entries")
def seal_trail() -> None:
    """Seal in portions until none is left, so that a large import is sealed in one go."""
    while seal_entries() == 1000:
        pass
