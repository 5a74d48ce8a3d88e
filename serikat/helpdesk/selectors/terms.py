"""Words under which conversations are found, hashed under the key. What the table tells a thief stands in `models.chats.Term`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from serikat.helpdesk.models import Conversation, Term
from serikat.helpdesk.rules.conversations import roots_of

RARE = 2000  # conversations: so many are gathered and sorted; a word that stands in more is walked to, newest first
MOST_ASKED = 8
PURPOSE = b"helpdesk.term\0"


@lru_cache(maxsize=50_000)
def hashed(root: str) -> int:
    """Half of the keyed hash of a root, as the database's whole number."""
    mark = hmac.new(settings.INDEX_KEY.encode(), PURPOSE + root.encode(), hashlib.sha256).digest()
    return int.from_bytes(mark[:8], "big", signed=True)


def rows_of(conversation_id: int, text: str, *, of_name: bool = False) -> list[Term]:
    return [Term(conversation_id=conversation_id, term=hashed(root), of_name=of_name) for root in roots_of(text)]


def with_words(found: QuerySet[Conversation], words: str) -> QuerySet[Conversation]:
    """Those in which each of these words stands, in any form of it. A rare word gives its conversations at once; where all are common the walk newest
    first meets some soon. Either way nothing is counted and nothing sorted that does not fit into a page's time."""
    asked = [hashed(root) for root in roots_of(words)[:MOST_ASKED]]
    if not asked:
        return found.none()
    for term in asked:
        ids = list(Term.objects.filter(term=term).values_list("conversation_id", flat=True)[: RARE + 1])
        if len(ids) <= RARE:
            found = found.filter(pk__in=set(ids))
            break
    for term in asked:
        found = found.filter(Exists(Term.objects.filter(term=term, conversation=OuterRef("pk"))))
    return found


def of_names(needles: Iterable[str]) -> Q:
    """The terms that come from somebody's names, for their forgetting."""
    return Q(term__in=[hashed(root) for needle in needles for root in roots_of(needle)])
