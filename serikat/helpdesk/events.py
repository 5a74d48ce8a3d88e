"""What this room tells others, when the transaction has committed. Ids alone."""

from __future__ import annotations

from dataclasses import dataclass

# Reports


@dataclass(frozen=True, slots=True)
class ReportReceived:
    """A report came in, by whatever way."""

    report_id: int
