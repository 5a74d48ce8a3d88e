"""What somebody agrees to, and takes back."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.events import publish
from serikat.people.events import ConsentWithdrawn
from serikat.people.models import Consent, ConsentHow, Person, Purpose
from serikat.people.permissions import is_data_officer, keeps_people, may_ask_right


class AlreadyWithdrawn(Refused):
    message = _("Persetujuan ini sudah ditarik.")


@action(
    "people.consent.given",
    may=keeps_people,
    says=_("mencatat persetujuan"),
    on="person",
    makes=True,
    fields=("purpose", "given_on", "how"),
)
def record_consent(*, actor: Actor, person: Person, purpose: str, given_on: date, how: str, evidence: str = "") -> Consent:
    """Write down what somebody agreed to. Consent is explicit, written or recorded: articles 20 to 22 of UU 27/2022."""
    if purpose not in Purpose.values or how not in ConsentHow.values:
        raise Refused(_("Pilih dari daftar."), field="purpose" if purpose not in Purpose.values else "how")
    if given_on > timezone.localdate():
        raise Refused(_("Tanggal persetujuan belum tiba."), field="given_on")
    if len(evidence) > 2000:
        raise Refused(_("Terlalu panjang: paling banyak 2.000 huruf."), field="evidence")
    return Consent.objects.create(
        person=person, purpose=purpose, given_on=given_on, how=how, evidence=evidence.strip(), noted_at=timezone.now()
    )


@action(
    "people.consent.withdrawn",
    may=may_ask_right | is_data_officer,
    says=_("mencatat penarikan persetujuan"),
    on="consent",
    fields=("withdrawn_at",),
)
def withdraw_consent(*, actor: Actor, consent: Consent, reason: str = "") -> Consent:
    """Take a consent back, at once. The person may do it alone; so may the desk on their word."""
    if consent.withdrawn_at is not None:
        raise AlreadyWithdrawn
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    publish(ConsentWithdrawn(consent.person.subject, consent.purpose))
    return consent
