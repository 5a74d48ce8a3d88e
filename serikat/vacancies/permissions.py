"""What may be done with job adverts, in words. Scope is the advert's unit, by mandate; nobody checks their own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, anyone, holds, holds_at_top, permission

DESK = (Role.MODERATOR, Role.EDITOR)


def _another_hand(actor: Actor, advert: Any) -> bool:
    return actor.is_machine or advert is None or actor.user_id not in (advert.sender_id, advert.changed_by_id)


may_send_advert = permission(
    "vacancies.may_send_advert", anyone, pgettext_lazy("a power", "mengirim lowongan untuk diperiksa")
)
_sent_it = Predicate(lambda actor, advert: actor.user_id is not None and advert.sender_id == actor.user_id, "who sent it")
_by_code = Predicate(
    lambda actor, advert: actor.user_id is None and advert is not None and advert.sender_id is None,
    "who has no account, with its code",
)
may_own_advert = permission("vacancies.may_own_advert", _sent_it, _("mengubah lowongan kirimannya sendiri"))
may_take_back_advert = permission(
    "vacancies.may_take_back_advert", _sent_it | _by_code, _("menarik lowongan kirimannya sendiri")
)
may_keep_advert = permission(
    "vacancies.may_keep_advert", holds(*DESK), _("membetulkan, memperpanjang, menyembunyikan, dan menarik lowongan")
)
may_check_advert = permission(
    "vacancies.may_check_advert",
    holds(*DESK) & Predicate(_another_hand, "not who sent or last changed it"),
    _("memeriksa dan menayangkan lowongan kiriman orang lain"),
)
may_report_advert = permission(
    "vacancies.may_report_advert", anyone, pgettext_lazy("a power", "melaporkan lowongan yang tidak benar")
)
may_change_vacancy_rule = permission(
    "vacancies.may_change_vacancy_rule",
    holds_at_top(Role.ADMINISTRATOR),
    pgettext_lazy("a power", "mengatur sesudah berapa laporan sebuah lowongan disembunyikan"),
)
