"""The stop list: an address that wants nothing more gets nothing more, whoever sends, from this moment."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.events import publish
from serikat.messaging import permissions
from serikat.messaging.events import AddressStopped
from serikat.messaging.models import Address, Message, Purpose, State


class NotStopped(Refused):
    message = _("Alamat ini tidak ada di daftar berhenti.")


@action(
    "messaging.address.stopped",
    may=permissions.may_stop_address,
    says=_("mencatat bahwa alamat tidak mau dikirimi lagi"),
    on="address",
)
def stop_address(*, actor: Actor, address: Address, reason: str = "") -> None:
    """Nothing but answers to their own messages goes there any more; what waits for them is taken back. Twice is once."""
    now = timezone.now()
    if Address.objects.filter(pk=address.pk, stopped_at=None).update(stopped_at=now):
        waiting = Message.objects.filter(address=address, state__in=[State.QUEUED, State.HAND, State.HELD])
        waiting = waiting.filter(Q(lease=None) | Q(lease_until=None))
        waiting.exclude(purpose=Purpose.REPLY).update(state=State.STOPPED, settled_at=now)
        publish(AddressStopped(address.pk))
    address.stopped_at = address.stopped_at or now


@action(
    "messaging.address.resumed",
    may=permissions.may_stop_address,
    says=pgettext_lazy("an action", "mencatat bahwa alamat mau dikirimi lagi"),
    on="address",
)
def resume_address(*, actor: Actor, address: Address, reason: str = "") -> None:
    """They asked for it themselves, by a key word or to somebody's face."""
    Address.objects.filter(pk=address.pk).update(stopped_at=None)
    address.stopped_at = None
