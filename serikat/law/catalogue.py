"""The topics that can be asked, by name."""

from __future__ import annotations

from typing import Any

from serikat.law.deadline import DEADLINE, LIMITATION
from serikat.law.severance_facts import SEVERANCE, UNUSED_LEAVE
from serikat.law.topics import Question, Topic

TOPICS: dict[str, Topic[Any] | Question] = {topic.name: topic for topic in (SEVERANCE, UNUSED_LEAVE, DEADLINE, LIMITATION)}
