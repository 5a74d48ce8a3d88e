"""The topics that can be asked, by name."""

from __future__ import annotations

from typing import Any

from serikat.law.deadline import DEADLINE, LIMITATION
from serikat.law.deductions import ILLEGAL_DEDUCTION
from serikat.law.forum import FORUM
from serikat.law.late_wages import LATE_WAGE_FINE
from serikat.law.overtime_facts import OVERTIME
from serikat.law.pkwt import PKWT_COMPENSATION
from serikat.law.placement import PLACEMENT_COST
from serikat.law.severance_facts import SEVERANCE, UNUSED_LEAVE
from serikat.law.short_wages import CONTRACT_WAGE, SHORT_WAGE
from serikat.law.thr import LATE_THR_FINE, THR
from serikat.law.topics import Question, Topic

TOPICS: dict[str, Topic[Any] | Question] = {
    topic.name: topic
    for topic in (
        *(SEVERANCE, UNUSED_LEAVE, PKWT_COMPENSATION, OVERTIME, THR, LATE_THR_FINE, LATE_WAGE_FINE),
        *(SHORT_WAGE, ILLEGAL_DEDUCTION, PLACEMENT_COST, CONTRACT_WAGE),
        *(DEADLINE, LIMITATION, FORUM),
    )
}
