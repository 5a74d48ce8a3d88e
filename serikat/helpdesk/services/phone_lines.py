"""Lines on which phone systems tell us who rings. The key of a line's address is shown once, when it is made, and can be made anew."""

from __future__ import annotations

import secrets

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action
from serikat.helpdesk import permissions
from serikat.helpdesk.models import PhoneLine
from serikat.helpdesk.selectors.calls import KEYS
from serikat.kernel.access import Actor
from serikat.kernel.secrets import blind_index
from serikat.units.models import Unit


def _key() -> tuple[str, str]:
    key = secrets.token_urlsafe(18)
    return key, blind_index(key, KEYS)


@action(
    "helpdesk.line.added",
    may=permissions.may_keep_line,
    says=pgettext_lazy("an action", "memasang sambungan telepon"),
    on="unit",
)
def add_line(*, actor: Actor, unit: Unit, name: str, number: str = "") -> tuple[PhoneLine, str]:
    key, index = _key()
    line = PhoneLine.objects.create(unit=unit, name=name, number=number, key_index=index, key_at=timezone.now())
    return line, key


@action(
    "helpdesk.line.rekeyed",
    may=permissions.may_keep_line,
    says=pgettext_lazy("an action", "mengganti alamat rahasia sambungan telepon"),
    on="line",
)
def renew_line_key(*, actor: Actor, line: PhoneLine) -> str:
    """The old address answers no more from now on."""
    key, index = _key()
    PhoneLine.objects.filter(pk=line.pk).update(key_index=index, key_at=timezone.now(), slowed=0)
    return key


@action(
    "helpdesk.line.ended",
    may=permissions.may_keep_line,
    says=pgettext_lazy("an action", "menutup sambungan telepon"),
    on="line",
)
def end_line(*, actor: Actor, line: PhoneLine) -> None:
    """Its calls stay."""
    PhoneLine.objects.filter(pk=line.pk, ended_at=None).update(ended_at=timezone.now(), key_index=_key()[1])
