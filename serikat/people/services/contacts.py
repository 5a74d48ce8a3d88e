"""Contact points of persons and bodies. One that is no longer used is ended; its row stays until its owner is forgotten."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, inner
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.events import publish
from serikat.people import formats
from serikat.people.events import ProtectionChanged
from serikat.people.models import Body, ContactKind, ContactPoint, Person
from serikat.people.permissions import may_correct_person
from serikat.people.selectors import family


class BadContact(Refused):
    """What was typed cannot be a contact point of that kind."""

    message = _("Isian ini bukan nomor atau alamat yang benar.")


class KnownContact(Refused):
    message = _("Nomor atau alamat ini sudah tercatat.")


HINTS = {
    ContactKind.PHONE: _("Nomor ini tidak lengkap atau keliru. Contoh: 0812 3456 7890 atau +852 9123 4567."),
    ContactKind.WHATSAPP: _("Nomor ini tidak lengkap atau keliru. Contoh: 0812 3456 7890 atau +852 9123 4567."),
    ContactKind.EMAIL: _("Alamat surel ini keliru. Contoh: nama@contoh.id."),
    ContactKind.ADDRESS: _("Tulis alamat yang dapat ditemukan, paling pendek lima huruf."),
}


@action("people.contact_point.added", may=may_correct_person, says=_("menambah kontak"), on="owner", makes=True)
def add_contact_point(
    *, actor: Actor, owner: Person | Body, kind: str, value: str, preferred: bool = False, safe_when: str = ""
) -> ContactPoint:
    """Add a way to reach somebody, in its one form (E.164 for numbers). What is recorded already is refused."""
    if kind not in ContactKind.values:
        raise Refused(_("Pilih jenis kontak dari daftar."), field="kind")
    if len(value) > 500 or len(safe_when) > 200:
        raise Refused(_("Terlalu panjang."), field="value" if len(value) > 500 else "safe_when")
    clean = formats.contact_value_of(kind, value)
    if not clean:
        raise BadContact(HINTS[ContactKind(kind)], field="value")
    return put_contact_point(owner=owner, kind=kind, value=clean, preferred=preferred, safe_when=safe_when.strip())


@action(
    "people.contact_point.ended",
    may=may_correct_person,
    says=_("mengakhiri kontak"),
    on="contact_point",
    fields=("ended_at",),
)
def end_contact_point(*, actor: Actor, contact_point: ContactPoint) -> ContactPoint:
    """Say that a contact point is no longer used."""
    contact_point.ended_at, contact_point.preferred = timezone.now(), False
    contact_point.save(update_fields=["ended_at", "preferred"])
    return contact_point


@action(
    "people.contact_point.preferred",
    may=may_correct_person,
    says=_("memilih kontak yang paling disukai"),
    on="contact_point",
)
def prefer_contact_point(*, actor: Actor, contact_point: ContactPoint) -> ContactPoint:
    """Make one contact point the preferred one of its owner."""
    _others_of(contact_point.owner).update(preferred=False)
    contact_point.preferred = True
    contact_point.save(update_fields=["preferred"])
    return contact_point


@inner("part of another action")
def put_contact_point(
    *, owner: Person | Body, kind: str, value: str, preferred: bool = False, safe_when: str = ""
) -> ContactPoint:
    """Write a contact point whose value is in its one form."""
    if preferred:
        _others_of(owner).update(preferred=False)
    try:
        with transaction.atomic():
            made = ContactPoint.objects.create(
                kind=kind,
                value=value,
                value_index=formats.contact_index(kind, value),
                preferred=preferred,
                safe_when=safe_when,
                **_mine(owner),
            )
    except IntegrityError:
        raise KnownContact(field="value") from None
    if isinstance(owner, Person) and owner.shows_alias:  # what hangs on this number is theirs now
        publish(ProtectionChanged(owner.subject, True))
    return made


def _mine(owner: Person | Body) -> dict[str, Any]:
    return {"person": owner} if isinstance(owner, Person) else {"body": owner}


def _others_of(owner: Person | Body) -> QuerySet[ContactPoint]:
    """The preferred ones of an owner, those of merged records too."""
    owned: dict[str, Any] = {"person__in": family(owner)} if isinstance(owner, Person) else {"body": owner}
    return ContactPoint.objects.filter(preferred=True, **owned)
