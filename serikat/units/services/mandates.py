"""Decrees are drafted and signed; on a signed one a user is appointed for a term, or proposed until a second person agrees; a mandate ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services.notices import leave_notice
from serikat.audit.action import action, inner
from serikat.kernel.access import SYSTEM, Actor, Role, is_root, who_may
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.events import publish
from serikat.units import rules
from serikat.units.events import MandateEnded, MandateGiven
from serikat.units.models import Decree, Mandate, Outcome, Proposal, Unit
from serikat.units.permissions import (
    may_agree_mandate,
    may_appoint_user,
    may_draft_decree,
    may_end_mandate,
    may_propose_mandate,
    may_reject_mandate,
    may_sign_decree,
)
from serikat.units.selectors import mandates_in_force

WARN_DAYS_BEFORE = (30, 7)


class NumberTaken(Refused):
    message = _("Nomor surat keputusan itu sudah ada di unit ini.")


class DecreeNotSigned(Refused):
    message = _("Surat keputusan ini belum disahkan.")


class WrongTerm(Refused):
    message = _("Masa jabatan berakhir sebelum dimulai.")


class AlreadyHolds(Refused):
    message = _("Orang ini sudah memegang peran itu di unit ini.")


class CannotHold(Refused):
    message = _("Akun ini sudah ditutup.")


class NeedsSecond(Refused):
    message = _("Anda tidak dapat mengangkat diri sendiri. Ajukan usul; orang lain yang menyetujuinya.")


class RoleOfTheWhole(Refused):
    message = _("Peran admin hanya diberikan di unit puncak.")


class AlreadyDecided(Conflict):
    message = _("Usul ini sudah diputuskan.")


@action(
    "units.decree.drafted",
    may=may_draft_decree,
    says=_("menyusun surat keputusan"),
    on="unit",
    makes=True,
    fields=("number", "about", "decided_on"),
)
def draft_decree(*, actor: Actor, unit: Unit, number: str, about: str, decided_on: date) -> Decree:
    """Write down a decision that is not in force yet: nobody is appointed on it before it is signed."""
    number, about = " ".join(number.split()), " ".join(about.split())
    for field, value, limit, missing in (
        ("number", number, 60, _("Isi nomor surat keputusannya.")),
        ("about", about, 200, _("Isi tentang apa surat keputusannya.")),
    ):
        if not value:
            raise Refused(missing, field=field)
        if len(value) > limit:
            raise Refused(_("Terlalu panjang: paling banyak %(limit)d huruf.") % {"limit": limit}, field=field)
    if Decree.objects.filter(unit=unit, number=number).exists():
        raise NumberTaken(field="number")
    return Decree.objects.create(unit=unit, number=number, about=about, decided_on=decided_on, drafted_by_id=actor.user_id)


@action(
    "units.decree.signed", may=may_sign_decree, says=_("mengesahkan surat keputusan"), on="decree", fields=("signed_at",)
)
def sign_decree(*, actor: Actor, decree: Decree) -> Decree:
    """Put a decree in force. A secretary who drafted it cannot: signing takes a chair or the administrator."""
    if not decree.is_draft:
        raise Conflict(_("Surat keputusan ini sudah disahkan."))
    decree.signed_by_id = actor.user_id
    decree.signed_at = timezone.now()
    decree.save(update_fields=["signed_by", "signed_at"])
    return decree


@action(
    "units.mandate.given",
    may=may_appoint_user,
    says=_("memberi mandat"),
    on="unit",
    makes=True,
    fields=("role", "starts_on", "ends_on"),
)
def appoint_user(
    *, actor: Actor, unit: Unit, user: Any, role: str, decree: Decree, starts_on: date, ends_on: date
) -> Mandate:
    """Give a user a role in a unit and below, for a term, on a signed decree. Oneself is refused: see `propose_mandate`."""
    if rules.needs_second(actor.user_id, user.pk):
        raise NeedsSecond(field="user")
    return _give(actor, unit=unit, user=user, role=role, decree=decree, starts_on=starts_on, ends_on=ends_on)


@action(
    "units.mandate.proposed",
    may=may_propose_mandate,
    says=_("mengusulkan mandat"),
    on="unit",
    makes=True,
    fields=("role", "starts_on", "ends_on"),
)
def propose_mandate(
    *, actor: Actor, unit: Unit, user: Any, role: str, decree: Decree, starts_on: date, ends_on: date
) -> Proposal:
    """Ask for a mandate that a second person must agree to. It gives no power until then."""
    _check_mandate(unit=unit, user=user, role=role, decree=decree, starts_on=starts_on, ends_on=ends_on)
    if Proposal.objects.filter(user=user, role=role, unit=unit, outcome=Outcome.OPEN).exists():
        raise AlreadyHolds(_("Usul yang sama sudah menunggu persetujuan."), field="role")
    proposal = Proposal.objects.create(
        unit=unit,
        user=user,
        role=role,
        decree=decree,
        starts_on=starts_on,
        ends_on=ends_on,
        proposed_by_id=actor.user_id,
    )
    for other in who_may(may_agree_mandate, proposal):
        if rules.may_agree(other, actor.user_id, user.pk):
            text = _("Usul pengangkatan menunggu persetujuan Anda: %(what)s.")
            _tell(actor, other, text, proposal, reverse("units:tree"))
    return proposal


@action("units.mandate.agreed", may=may_agree_mandate, says=_("menyetujui usul mandat"), on="proposal", fields=("outcome",))
def agree_mandate(*, actor: Actor, proposal: Proposal) -> Mandate:
    """Agree as the second person: the mandate is given in the same transaction."""
    _decide(actor, proposal, Outcome.AGREED)
    return _give(
        actor,
        unit=proposal.unit,
        user=proposal.user,
        role=proposal.role,
        decree=proposal.decree,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
    )


@action(
    "units.mandate.rejected",
    may=may_reject_mandate,
    says=_("menolak atau menarik usul mandat"),
    on="proposal",
    fields=("outcome",),
)
def reject_mandate(*, actor: Actor, proposal: Proposal, reason: str = "") -> Proposal:
    """Say no, or take the own proposal back."""
    _decide(actor, proposal, Outcome.REJECTED)
    return proposal


@action("units.mandate.ended", may=may_end_mandate, says=_("mengakhiri mandat"), on="mandate", fields=("ended_on",))
def end_mandate(*, actor: Actor, mandate: Mandate, reason: str) -> Mandate:
    """End a mandate today, before its term: its powers are off at once. The holder may lay it down too."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Tuliskan alasannya."), field="reason")
    fresh = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if fresh.ended_on is not None:
        raise Conflict(_("Mandat ini sudah diakhiri."))
    mandate.ended_on = timezone.localdate()
    mandate.end_reason = reason[:200]
    mandate.save(update_fields=["ended_on", "end_reason"])
    publish(MandateEnded(mandate.pk, mandate.user_id, mandate.role, mandate.unit_id))
    return mandate


@inner("machinery")
def warn_of_endings() -> int:
    """Tell the holder, and who appoints there, 30 and 7 days before a mandate runs out. Once a day; returns how many notices were left."""
    today, count = timezone.localdate(), 0
    ending = mandates_in_force().filter(ends_on__in=[today + timedelta(days=n) for n in WARN_DAYS_BEFORE])
    for mandate in ending.select_related("user", "unit", "decree"):
        told = {mandate.user_id, *who_may(may_appoint_user, mandate.unit)}
        for user_id in sorted(told):
            own = user_id == mandate.user_id
            link = reverse("units:own") if own else reverse("units:unit", args=[mandate.unit_id])
            text = (
                _("Mandat Anda segera berakhir: %(what)s.") if own else _("Mandat di unit Anda segera berakhir: %(what)s.")
            )
            _tell(SYSTEM, user_id, text, mandate, link)
            count += 1
    return count


def _tell(actor: Actor, user_id: int, text: Promise, what: Mandate | Proposal, link: str) -> None:
    leave_notice(actor=actor, user_id=user_id, text=lazy(lambda: str(text) % {"what": what}, str)(), link=link)


def _decide(actor: Actor, proposal: Proposal, outcome: Outcome) -> None:
    fresh = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if fresh.outcome != Outcome.OPEN:
        raise AlreadyDecided
    proposal.outcome = outcome
    proposal.decided_by_id = actor.user_id
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["outcome", "decided_by", "decided_at"])


def _check_mandate(*, unit: Unit, user: Any, role: str, decree: Decree, starts_on: date, ends_on: date) -> None:
    today = timezone.localdate()
    if role not in Role.__members__.values():
        raise Refused(_("Peran itu tidak dikenal."), field="role")
    if role == Role.ADMINISTRATOR and not is_root(unit.path):
        raise RoleOfTheWhole(field="role")
    if unit.closed_on is not None:
        raise Refused(_("Unit itu sudah ditutup."), field="unit")
    if decree.is_draft:
        raise DecreeNotSigned(field="decree")
    if not rules.stands_in(unit.path, decree.unit.path):
        raise Refused(_("Surat keputusan itu berasal dari unit lain yang tidak membawahi unit ini."), field="decree")
    if rules.term_is_backwards(starts_on, ends_on):
        raise WrongTerm(field="ends_on")
    if rules.term_is_too_long(starts_on, ends_on):
        raise WrongTerm(
            _("Masa jabatan paling lama %(years)d tahun.") % {"years": rules.LONGEST_TERM_YEARS}, field="ends_on"
        )
    if rules.term_is_over(ends_on, today):
        raise WrongTerm(_("Masa jabatan itu sudah lewat."), field="ends_on")
    if not user.is_active:
        raise CannotHold(field="user")


def _give(actor: Actor, *, unit: Unit, user: Any, role: str, decree: Decree, starts_on: date, ends_on: date) -> Mandate:
    """Make the mandate. One that ran out in silence is closed on its last day, so that the role can be given anew."""
    _check_mandate(unit=unit, user=user, role=role, decree=decree, starts_on=starts_on, ends_on=ends_on)
    # the holder's row is the lock: two who appoint the same person wait for one another
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)
    open_ones = Mandate.objects.filter(user=user, role=role, unit=unit, ended_on=None)
    for old in open_ones.filter(ends_on__lt=timezone.localdate()):
        old.ended_on = old.ends_on
        old.save(update_fields=["ended_on"])
    if open_ones.exists():
        raise AlreadyHolds(field="role")
    mandate = Mandate.objects.create(unit=unit, user=user, role=role, decree=decree, starts_on=starts_on, ends_on=ends_on)
    _tell(actor, user.pk, _("Anda mendapat mandat: %(what)s."), mandate, reverse("units:own"))
    publish(MandateGiven(mandate.pk, user.pk, role, unit.pk))
    return mandate
