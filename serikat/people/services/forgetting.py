"""Forgetting a person: every room erases its part in one transaction; later a job makes what was deleted unreadable.

What stays: an empty shell under the opaque id, so that nothing that pointed to it breaks, and the public byline as the person chose.
"""

from __future__ import annotations

import json
import uuid
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, counted, inner
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.errors import Refused
from serikat.kernel.events import publish
from serikat.kernel.forgetting import Byline, Forgetting, holders
from serikat.people import selectors
from serikat.people.events import PersonForgotten
from serikat.people.models import Forgotten, Person
from serikat.people.permissions import may_forget_person, may_reapply_forgotten
from serikat.people.services.forgotten_list import Line, append_to_forgotten_list, read_forgotten_list
from serikat.units.selectors import mandates_in_force

User = get_user_model()


class StillInOffice(Refused):
    message = _("Orang ini masih memegang mandat. Akhiri dulu mandatnya, lalu coba lagi.")


class CannotForgetSelf(Refused):
    message = _("Anda tidak dapat melupakan diri sendiri. Mintalah petugas lain.")


@action("people.person.forgotten", may=may_forget_person, says=_("melupakan seseorang"), on="person")
def forget_person(*, actor: Actor, person: Person, byline: str, reason: str = "") -> Person:
    """Erase a person, with all records merged into one and their accounts, in every room. It cannot be undone.

    Refused while a mandate is in force, and by any room that must keep its part (it raises). The law: article 43 of UU 27/2022. The words of
    this very entry go with the cleaning that follows.
    """
    person = selectors.kept(person)
    if person.is_forgotten:
        raise Refused(_("Orang ini sudah dilupakan."))
    if byline not in set(Byline):
        raise Refused(_("Pilih apa yang terjadi dengan nama pada tulisan publik."), field="byline")
    subjects = selectors.subjects_of(person)
    user_ids = list(User.objects.filter(subject__in=subjects).values_list("pk", flat=True))
    if actor.user_id in user_ids:
        raise CannotForgetSelf
    if mandates_in_force().filter(user__in=user_ids).exists():
        raise StillInOffice
    erase_subjects(subjects=subjects, byline=Byline(byline))
    publish(PersonForgotten(person.subject, tuple(sorted(subjects)), tuple(user_ids), byline))
    person.refresh_from_db()
    return person


@inner("part of another action")
def erase_subjects(*, subjects: frozenset[uuid.UUID], byline: Byline) -> None:
    """Run through all holders, put the subjects on both lists, and leave the cleaning what it must wipe (encrypted)."""
    needles: set[str] = set()
    for holder in holders():
        if holder.needles is not None:
            needles |= holder.needles(subjects)
    forgetting = Forgetting(subjects, tuple(sorted(needles)), byline)
    for holder in holders():
        holder.erase(forgetting)
    now = timezone.now()
    first = min(subjects)
    for subject in sorted(subjects):
        row, _made = Forgotten.objects.get_or_create(subject=subject, defaults={"at": now, "byline": byline})
        if subject == first:
            row.needles = json.dumps(sorted(needles | set(json.loads(row.needles or "[]"))))
        row.cleaned_at = None
        row.save()
    transaction.on_commit(partial(append_to_forgotten_list, lines=[Line(s, now, byline) for s in sorted(subjects)]))


@action("people.forgotten.reapplied", may=may_reapply_forgotten, says=_("melupakan lagi setelah pemulihan cadangan"))
def forget_again(*, actor: Actor, lines: list[Line]) -> int:
    """Erase whoever stands on the list and is still known here. Returns how many persons."""
    done: set[uuid.UUID] = set()
    count = 0
    for line in lines:
        if line.subject in done:
            continue
        person = selectors.person_of_subject(line.subject)
        subjects = frozenset({line.subject}) | (selectors.subjects_of(person) if person else frozenset())
        erase_subjects(subjects=subjects, byline=line.byline)
        users = list(User.objects.filter(subject__in=subjects).values_list("pk", flat=True))
        publish(PersonForgotten(line.subject, tuple(sorted(subjects)), tuple(users), str(line.byline)))
        done |= subjects
        count += 1
    counted(count, sorted(done))
    return count


@inner("machinery")
def reapply_forgotten() -> int:
    """After a restore: forget again whom the list beside the keys names. Returns how many; a damaged list stops the restore."""
    lines = read_forgotten_list()
    return forget_again(actor=SYSTEM, lines=lines) if lines else 0
