"""Who knows what: the topics that somebody answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from serikat.accounts.models import User
from serikat.audit.action import action, note
from serikat.helpdesk.models import Skill, Subject
from serikat.helpdesk.permissions import consultations as permissions
from serikat.kernel.access import Actor


@action(
    "helpdesk.skills.set",
    may=permissions.may_set_skills,
    says=_("menetapkan pokok masalah yang dikuasai petugas"),
    on="user",
)
def set_skills(*, actor: Actor, user: User, topics: Sequence[str]) -> None:
    wanted = [topic for topic in Subject.values if topic in topics]
    Skill.objects.filter(user=user).exclude(topic__in=wanted).delete()
    Skill.objects.bulk_create([Skill(user=user, topic=topic) for topic in wanted], ignore_conflicts=True)
    note(consultation_topic=", ".join(str(Subject(topic).label) for topic in wanted))
