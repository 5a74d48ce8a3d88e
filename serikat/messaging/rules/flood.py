"""When one sender sends too much, and what becomes of it. Nothing is thrown away: a flood is kept, and the rest of the house goes on.

A worker in distress writes many short messages, and somebody who types names for others writes dozens; neither is a flood. So the limits are wide, and
the first thing that happens past them is only that messages are no longer answered one by one. Far past them the desk is not rung for each, and shows
them as one bundle. What a key word asks for is done in any case, so that BERHENTI works in the middle of a flood: this decides about answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Treatment(StrEnum):
    ANSWER = "answer"  # as always
    TELL = "tell"  # answer once that everything has come and is read together
    KEEP = "keep"  # no automatic answer
    BUNDLE = "bundle"  # and no bell at the desk


@dataclass(frozen=True, slots=True)
class Rate:
    """How many messages of one sender within so many seconds are still answered one by one, and from how many they are a bundle."""

    seconds: int
    answered: int
    rung: int


RATES = (Rate(60, 10, 60), Rate(3_600, 60, 300), Rate(86_400, 300, 1_000))
LONGEST = max(rate.seconds for rate in RATES)  # for how long somebody who was told is not told again
KNOWN = 5  # somebody with whom the desk is talking, or who reports for a group, may send so many times as much


def treat(counts: Mapping[int, int], *, told: bool, known: bool = False, rates: tuple[Rate, ...] = RATES) -> Treatment:
    """What to do with a message, from how many the sender has sent within each of the spans, this one among them. `told`: they were told within
    `LONGEST`. A span that was not counted counts for nothing; a message of many parts is one."""
    times = KNOWN if known else 1
    if any(counts.get(rate.seconds, 0) > rate.rung * times for rate in rates):
        return Treatment.BUNDLE
    if any(counts.get(rate.seconds, 0) > rate.answered * times for rate in rates):
        return Treatment.KEEP if told else Treatment.TELL
    return Treatment.ANSWER
