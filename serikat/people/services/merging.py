"""Two records that are one person: one proposes, another agrees. Nothing is moved: the merged record points to the one that is kept, and reads follow;
so a merge that was a mistake is taken back without loss."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.events import publish
from serikat.people.events import PersonsMerged, PersonsSeparated
from serikat.people.models import MergeProposal, Person
from serikat.people.permissions import may_answer_merge, may_propose_merge, may_separate_records
from serikat.people.services.persons import not_forgotten, protect_person


class CannotMerge(Refused):
    message = _("Dua catatan ini tidak dapat digabungkan.")


class NotMerged(Conflict):
    message = _("Catatan ini tidak sedang tergabung.")


class AlreadyAnswered(Conflict):
    message = _("Usulan ini sudah dijawab.")


@action("people.merge.proposed", may=may_propose_merge, says=_("mengusulkan penggabungan catatan"), on="kept", makes=True)
def propose_merge(*, actor: Actor, kept: Person, merged: Person, reason: str) -> MergeProposal:
    """Say that two records are one person, and which of them is kept. Takes effect when another person agrees."""
    _check(kept, merged)
    if not may_propose_merge(actor, merged):
        raise CannotMerge(_("Catatan kedua tidak dikenal atau di luar jangkauan Anda."), field="merged")
    if not reason.strip():
        raise Refused(_("Tulis alasannya: dari mana diketahui bahwa ini orang yang sama."), field="reason")
    try:
        with transaction.atomic():
            return MergeProposal.objects.create(
                kept=kept, merged=merged, reason=reason.strip(), proposed_by_id=actor.user_id
            )
    except IntegrityError:
        raise CannotMerge(_("Catatan kedua sudah diusulkan untuk digabungkan."), field="merged") from None


@action("people.merge.agreed", may=may_answer_merge, says=_("menyetujui penggabungan catatan"), on="proposal")
def agree_to_merge(*, actor: Actor, proposal: MergeProposal) -> Person:
    """Merge as proposed. Never by who proposed it. Afterwards both old ids are read as the record that is kept."""
    proposal = _open(proposal)
    if not may_propose_merge(actor, proposal.merged):
        raise CannotMerge
    people = {
        p.pk: p for p in Person.objects.select_for_update(of=("self",)).filter(pk__in=[proposal.kept_id, proposal.merged_id])
    }
    kept, merged = people[proposal.kept_id], people[proposal.merged_id]
    _check(kept, merged)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    _answer(proposal, "agreed", actor)
    publish(PersonsMerged(kept=kept.subject, merged=merged.subject))
    return kept


@action("people.merge.declined", may=may_answer_merge, says=_("menolak penggabungan catatan"), on="proposal")
def decline_merge(*, actor: Actor, proposal: MergeProposal, reason: str = "") -> MergeProposal:
    """Leave the two records apart."""
    return _answer(_open(proposal), "declined", actor)


@action("people.merge.undone", may=may_separate_records, says=_("memisahkan lagi catatan yang digabungkan"), on="proposal")
def separate_records(*, actor: Actor, proposal: MergeProposal, reason: str, alias: str = "") -> Person:
    """Take back a merge, by another than who proposed it: since nothing was moved, each record is again what it was. What was written since on
    the record that was kept stays there. Protection and restriction that it got meanwhile hold for both: nobody is laid open by a separation."""
    if not may_propose_merge(actor, proposal.merged):
        raise CannotMerge
    if not reason.strip():
        raise Refused(_("Tulis alasannya: dari mana diketahui bahwa ini dua orang."), field="reason")
    people = {
        p.pk: p for p in Person.objects.select_for_update(of=("self",)).filter(pk__in=[proposal.kept_id, proposal.merged_id])
    }
    kept, separated = people[proposal.kept_id], people[proposal.merged_id]
    undone = MergeProposal.objects.filter(pk=proposal.pk, answer="agreed").update(answer="undone")
    if not undone or separated.merged_into_id != kept.pk:
        raise NotMerged
    not_forgotten(separated)
    separated.merged_into = None
    separated.restricted_at = separated.restricted_at or kept.restricted_at
    separated.save(update_fields=["merged_into", "restricted_at"])
    if kept.shows_alias and not separated.shows_alias:
        protect_person(
            actor=SYSTEM, person=separated, threat_level=kept.threat_level, protections=kept.protections, alias=alias
        )
    publish(PersonsSeparated(kept=kept.subject, separated=separated.subject))
    return separated


def _check(kept: Person, merged: Person) -> None:
    not_forgotten(kept)
    not_forgotten(merged)
    if kept.pk == merged.pk:
        raise CannotMerge(_("Pilih dua catatan yang berbeda."), field="merged")
    if kept.merged_into_id or merged.merged_into_id:
        raise CannotMerge(_("Salah satu catatan sudah digabungkan ke catatan lain."), field="merged")
    if merged.shows_alias and not kept.shows_alias:
        raise CannotMerge(
            _("Catatan yang digabungkan dilindungi. Tetapkan dulu perlindungan yang sama pada catatan yang dipakai."),
            field="merged",
        )


def _open(proposal: MergeProposal) -> MergeProposal:
    fresh = (
        MergeProposal.objects.select_for_update(of=("self",))
        .select_related("kept__unit", "merged__unit")
        .get(pk=proposal.pk)
    )
    if fresh.answer != "waiting":
        raise AlreadyAnswered
    return fresh


def _answer(proposal: MergeProposal, answer: str, actor: Actor) -> MergeProposal:
    proposal.answer, proposal.answered_by_id, proposal.answered_at = answer, actor.user_id, timezone.now()
    proposal.save(update_fields=["answer", "answered_by", "answered_at"])
    return proposal
