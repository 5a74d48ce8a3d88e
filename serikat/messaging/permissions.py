"""What may be done with channels and messages, in words. Scope is the channel's unit, by mandate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Predicate, Role, holds, machine, permission

DESK = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE, Role.CHAIR, Role.ADMINISTRATOR)

STOPPING = (Role.OPERATOR, Role.DATA_OFFICER, Role.ADMINISTRATOR)


def holds_anywhere(*roles: Role) -> Predicate:
    """An address belongs to no unit: whoever hears "no more" writes it down, wherever their mandate lies."""
    question = holds(*roles)
    return Predicate(lambda actor, thing: question(actor), question.words, question.roles)


may_keep_channel = permission(
    "messaging.may_keep_channel",
    holds(Role.ADMINISTRATOR),
    _("memasang, menguji, mengubah, dan memensiunkan saluran"),
)
may_settle_message = permission(
    "messaging.may_settle_message",
    holds(Role.OPERATOR, Role.ADMINISTRATOR),
    _("memutuskan tentang pesan yang gagal atau tidak pasti terkirim"),
)
may_stop_address = permission(
    "messaging.may_stop_address",
    holds_anywhere(*STOPPING),
    _("mencatat bahwa sebuah alamat tidak mau dikirimi lagi, atau mau lagi"),
)
may_receive_news = permission(
    "messaging.may_receive_news", machine, pgettext_lazy("a power", "menerima pesan dari penyedia")
)
