"""When a request must be answered, on what grounds it may be refused, who may decide it. Values in, values out; times are given.

The Pedoman Hak Jawab (Dewan Pers 9/Peraturan-DP/X/2008), as summaries give it (its own text was not at hand: a lawyer should read this beside it):
a reply costs nothing; it is served once for each item and at its place; the press may refuse what is longer than the item, speaks of other facts,
would break the law or harm a third party who is protected; where facts were false and judging, an apology stands with it. The Pedoman Pemberitaan
Media Siber (2012): corrections and replies are linked with the item and carry their time; complaints about what users wrote are acted upon within
2 x 24 hours; published news is not withdrawn under pressure from outside except for SARA, decency, a child's future, a victim's trauma or by the
Press Council's judgement, with the reason, announced.
Rules of this house, stricter than both: a shortened reply needs its sender's yes, and no words of ours stand below it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

REPLY, CORRECTION, COMPLAINT, WITHDRAWAL = "reply", "correction", "complaint", "withdrawal"
COMPLAINT_HOURS = 48  # Media Siber: 2 x 24 hours
ANSWER_DAYS = 3  # no rule names a number of days: the house's own
KEPT_MONTHS = 24
LONGEST_WORDS = 6000
LONGEST_ANSWER = 2000
LONGEST_CORRECTION = 600  # as the page's own corrections
MOST_PICTURES = 4
NEAR = timedelta(hours=12)  # before its time is over who may answer is told

REFUSALS: dict[str, tuple[str, ...]] = {
    REPLY: ("too_long", "unrelated", "unlawful", "third_party", "not_fact", "late", "served"),
    CORRECTION: ("accurate", "no_evidence", "unlawful", "third_party", "served"),
    COMPLAINT: ("no_breach", "no_evidence", "served"),
    WITHDRAWAL: ("no_reason", "accurate", "served"),
}
WITHDRAWALS = ("groups", "decency", "child", "trauma", "press_council")


def due_at(kind: str, sent_at: datetime, *, complaint_hours: int, answer_days: int) -> datetime:
    """Until when the sender must have an answer."""
    return sent_at + (timedelta(hours=complaint_hours) if kind == COMPLAINT else timedelta(days=answer_days))


def resumed(due: datetime, *, paused_at: datetime, now: datetime) -> datetime:
    """The time again, when the sender answered: while they were asked the clock stood."""
    return due + max(now - paused_at, timedelta())


def reminder(due: datetime, now: datetime) -> int:
    """How loud the clock is: 0 quiet, 1 little time is left, 2 it is over."""
    return 2 if now > due else 1 if now > due - NEAR else 0


def needs_second(kind: str, *, accepted: bool, beside_page: bool, wrote_it: bool, rule_stands: bool) -> bool:
    """Whether another person must confirm a decision: wherever it changes what the public reads, and wherever who decides wrote the page. A correction
    of an article is a revision, which another person approves anyway; of anything else it stands beside the page."""
    if not rule_stands:
        return False
    if accepted and kind == CORRECTION:
        return beside_page
    return wrote_it or (accepted and kind in (REPLY, WITHDRAWAL))


def may_confirm(user_id: int, *, proposed_by: int | None, wrote: frozenset[int]) -> bool:
    """Another person than who proposed it; and of the two, one who did not write the page."""
    return user_id != proposed_by and (proposed_by not in wrote or user_id not in wrote)


def words_digest(words: str) -> str:
    """What a sender said yes to."""
    return hashlib.sha256(words.encode()).hexdigest()


def same_words(one: str, other: str) -> bool:
    """The same but for line ends and spaces, which nobody needs to be asked about."""
    return one.split() == other.split()
