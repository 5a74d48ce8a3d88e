"""What stands in the queue and may not go to whom any more: somebody was hidden, their data came to rest, or they took back that they may be told things,
since it was put there. A broadcast waits for hours: for its turn, for the morning, while it is paused."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min

from serikat.audit.action import inner
from serikat.messaging.models import Message, Purpose, State
from serikat.messaging.services.queueing import take_back
from serikat.outreach.models import AudiencePart, Broadcast, PartKind
from serikat.outreach.selectors.shields import last_words, refusals, shields

WAITS = (State.QUEUED, State.HELD, State.HAND)
AT_ONCE = 1000
ABOUT = "outreach.broadcast:"


@inner("machinery")
def spare_the_hidden() -> int:
    """By the clock, and as soon as somebody is hidden or takes a consent back. Who was chosen by name still gets that broadcast, as long as their data
    does not rest. Returns how many messages were taken back."""
    waiting = Message.objects.filter(purpose=Purpose.BROADCAST, state__in=WAITS, address__isnull=False).order_by()
    begun = dict(waiting.values("about").annotate(since=Min("at")).values_list("about", "since"))
    if not begun:
        return 0
    named, refused, count = _chosen_by_name(begun), refusals(*last_words()), 0
    for about, since in begun.items():
        shielded, guarded, never = shields(named.get(about, frozenset()))
        hidden = sorted(shielded | never | {index for _scheme, index in guarded})
        rows = waiting.filter(about=about)
        for at in range(0, len(hidden), AT_ONCE):
            count += take_back(rows=rows.filter(address__index__in=hidden[at : at + AT_ONCE]))
        for index, moment in refused.items():
            if since <= moment:  # what was queued since then is of what they asked for since
                count += take_back(rows=rows.filter(address__index=index, at__lte=moment))
    return count


def _chosen_by_name(abouts: Iterable[str]) -> dict[str, frozenset[int]]:
    """By broadcast the persons that stand in its audiences themselves."""
    ours = [int(about.rpartition(":")[2]) for about in abouts if about.startswith(ABOUT)]
    parts = AudiencePart.objects.filter(kind=PartKind.PERSON, audience__closed_at=None)
    found = {}
    for pk in ours:
        audiences = Broadcast.audiences.through.objects.filter(broadcast=pk).values("audience")
        found[f"{ABOUT}{pk}"] = frozenset(parts.filter(audience__in=audiences).values_list("person", flat=True))
    return found
