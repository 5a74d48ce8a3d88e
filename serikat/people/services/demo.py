"""Taking the demo's invented records out. Real ones are never deleted: they are merged or forgotten."""

from __future__ import annotations

from django.db.models import Q

from serikat.audit.action import inner
from serikat.people.models import Body, BreachedPerson, ContactPoint, DataRequest, MergeProposal, Person, Reveal


@inner("part of another action")
def remove_demo_records(*, persons: list[int], bodies: list[int]) -> int:
    """Delete these persons with all that hangs on them, and these bodies; returns how many. A record that a real one was merged into stays,
    because the real one is read through it."""
    kept = set(Person.objects.exclude(pk__in=persons).exclude(merged_into=None).values_list("merged_into_id", flat=True))
    gone = Person.objects.filter(pk__in=persons).exclude(pk__in=kept)
    ids = list(gone.values_list("pk", flat=True))
    MergeProposal.objects.filter(Q(kept__in=ids) | Q(merged__in=ids)).delete()
    for rows in (Reveal, DataRequest, BreachedPerson, ContactPoint):
        rows.objects.filter(person__in=ids).delete()
    gone.update(merged_into=None)
    found = Body.objects.filter(pk__in=bodies)
    ContactPoint.objects.filter(body__in=found).delete()
    count = len(ids) + found.count()
    Person.objects.filter(pk__in=ids).delete()
    found.delete()
    return count
