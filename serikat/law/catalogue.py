"""The topics that can be asked, by name."""

from __future__ import annotations

from typing import Any

from serikat.law.late_wages import LATE_WAGE_FINE
from serikat.law.overtime_facts import OVERTIME
from serikat.law.pkwt import PKWT_COMPENSATION
from serikat.law.severance_facts import SEVERANCE, UNUSED_LEAVE
from serikat.law.thr import LATE_THR_FINE, THR
from serikat.law.topics import Question, Topic

TOPICS: dict[str, Topic[Any] | Question] = {
    topic.name: topic
    for topic in (
        *(SEVERANCE, UNUSED_LEAVE),
        *(PKWT_COMPENSATION, OVERTIME, THR, LATE_THR_FINE, LATE_WAGE_FINE),
    )
}
