"""Forgetting somebody in the lawyers' marks: the mark stays, since results rest on it; who set it does not."""

from __future__ import annotations

from serikat.audit.action import inner
from serikat.kernel import generation
from serikat.kernel.forgetting import Forgetting
from serikat.rights.models import Review


@inner("part of another action")
def forget_in_rights(*, forgetting: Forgetting) -> int:
    """Returns how many marks were touched."""
    count = Review.objects.filter(reviewer__subject__in=forgetting.subjects).update(reviewer=None)
    if count:
        generation.bump_on_commit()
    return count
