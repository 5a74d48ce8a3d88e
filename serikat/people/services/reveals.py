"""Seeing who stands behind an alias: asked with a reason, agreed to by another person, for some hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Conflict, Refused
from serikat.people import selectors
from serikat.people.models import Person, Reveal
from serikat.people.permissions import is_data_officer, is_paralegal, may_answer_reveal, may_ask_reveal

notes_say(hours=_("berlaku (jam)"))

REVEAL_HOURS = 8


class NotHidden(Refused):
    message = _("Orang ini tidak memakai nama samaran.")


class AskedAlready(Conflict):
    message = _("Permintaan Anda sudah terkirim dan menunggu orang kedua.")


@action("people.reveal.asked", may=may_ask_reveal, says=_("meminta pembukaan nama samaran"), on="person", makes=True)
def ask_reveal(*, actor: Actor, person: Person, reason: str) -> Reveal:
    """Ask to see behind an alias. Whoever may answer is told, wherever in the tree their mandate stands."""
    if not person.shows_alias:
        raise NotHidden
    if not reason.strip():
        raise Refused(_("Tulis untuk apa identitas ini perlu dibuka."), field="reason")
    if actor.user_id is None:
        raise Refused(_("Hanya orang yang masuk dengan akunnya dapat meminta ini."))
    if selectors.own_waiting_reveal(actor, person) is not None:
        raise AskedAlready
    reveal = Reveal.objects.create(person=person, asked_by_id=actor.user_id, reason=reason.strip()[:1000])
    words = format_lazy(
        _("{asker} meminta melihat siapa {person}. Anda dapat menyetujui."), asker=actor.name, person=str(person)
    )
    for pk in sorted({*who_may(may_answer_reveal, person)} - {actor.user_id}):
        leave_notice(actor=actor, user_id=pk, text=words, link=reverse("people:seconds"), task=reveal)
    return reveal


@action("people.reveal.agreed", may=may_answer_reveal, says=_("menyetujui pembukaan nama samaran"), on="reveal")
def agree_to_reveal(*, actor: Actor, reveal: Reveal) -> Reveal:
    """Let the asker see behind the alias for eight hours. Never by the asker, who is told; so are the paralegals of the unit."""
    reveal = _open(reveal)
    reveal.answer, reveal.answered_by_id = "agreed", actor.user_id
    reveal.until = timezone.now() + timedelta(hours=REVEAL_HOURS)
    reveal.save(update_fields=["answer", "answered_by", "until"])
    settle_notices(actor=actor, task=reveal)
    note(hours=REVEAL_HOURS)
    _tell_asker(actor, reveal, _("{by} menyetujui: Anda boleh melihat siapa {person} selama {hours} jam."))
    _tell(actor, reveal)
    return reveal


@action("people.reveal.declined", may=may_answer_reveal, says=_("menolak pembukaan nama samaran"), on="reveal")
def decline_reveal(*, actor: Actor, reveal: Reveal) -> Reveal:
    """Keep the alias closed. The asker is told."""
    reveal = _open(reveal)
    reveal.answer, reveal.answered_by_id = "declined", actor.user_id
    reveal.save(update_fields=["answer", "answered_by"])
    settle_notices(actor=actor, task=reveal)
    _tell_asker(actor, reveal, _("{by} menolak: nama samaran {person} tetap tertutup."))
    return reveal


def _tell_asker(actor: Actor, reveal: Reveal, words: Any) -> None:
    leave_notice(
        actor=actor,
        user_id=reveal.asked_by_id,
        text=format_lazy(words, by=actor.name, person=str(reveal.person), hours=REVEAL_HOURS),
        link=reverse("people:see", args=[reveal.person.subject]),
    )


def _tell(actor: Actor, reveal: Reveal) -> None:
    """The paralegals of the person's unit hear who may see behind the alias; where there is none besides those two, the data officers. The
    notice names the record, not the person."""
    acting = {actor.user_id, reveal.asked_by_id}
    for role in (is_paralegal, is_data_officer):
        told = [pk for pk in who_may(role, reveal.person) if pk not in acting]
        if told:
            break
    for pk in told:
        leave_notice(
            actor=actor,
            user_id=pk,
            text=format_lazy(
                _("{asker} boleh melihat siapa {person} selama {hours} jam; disetujui {by}."),
                asker=str(reveal.asked_by),
                person=str(reveal.person),
                hours=REVEAL_HOURS,
                by=actor.name,
            ),
            link=reverse("people:see", args=[reveal.person.subject]),
        )


def _open(reveal: Reveal) -> Reveal:
    fresh = Reveal.objects.select_for_update(of=("self",)).select_related("person__unit", "asked_by").get(pk=reveal.pk)
    if fresh.answer != "waiting":
        raise Conflict(_("Permintaan ini sudah dijawab."))
    return fresh
