"""Topics and who wants them (`subscriptions`), who is meant (`audiences`), what is sent to them (`broadcasts`)."""

from serikat.outreach.models.audiences import Audience, AudiencePart, ImportedList, ListEntry, PartKind
from serikat.outreach.models.broadcasts import Broadcast, Stage, Variant
from serikat.outreach.models.subscriptions import How, Pending, Subscriber, Subscription, Topic

__all__ = [
    "Audience",
    "AudiencePart",
    "Broadcast",
    "How",
    "ImportedList",
    "ListEntry",
    "PartKind",
    "Pending",
    "Stage",
    "Subscriber",
    "Subscription",
    "Topic",
    "Variant",
]
