"""What may be done with consultations and public answers, in words. Scope is their unit, by mandate; nobody publishes what they made or answered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, anyone, holds, permission

CONSULTING = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE, Role.CHAIR)
ANSWERING = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE)
PUBLISHING = (Role.PARALEGAL, Role.ADVOCATE)


def hands_of(public: Any) -> set[int | None]:
    """Who made it, changed it last, or gave the answer."""
    asked = public.consultation
    return {public.made_by_id, public.changed_by_id, asked.answered_by_id if asked else None} - {None}


def _another_hand(actor: Actor, public: Any) -> bool:
    return public is None or (actor.user_id is not None and actor.user_id not in hands_of(public))


def _own(actor: Actor, user: Any) -> bool:
    return user is not None and actor.user_id == user.pk


may_ask = permission("helpdesk.may_ask", anyone, pgettext_lazy("a power", "bertanya tanpa akun"))
may_rate_answer = permission(
    "helpdesk.may_rate_answer", anyone, pgettext_lazy("a power", "menilai jawaban untuk pertanyaannya sendiri")
)
may_read_consultation = permission(
    "helpdesk.may_read_consultation", holds(*CONSULTING), pgettext_lazy("a power", "membaca konsultasi")
)
may_add_consultation = permission(
    "helpdesk.may_add_consultation",
    holds(*CONSULTING),
    _("mencatat konsultasi dari telepon, kunjungan, atau percakapan"),
)
may_answer_consultation = permission(
    "helpdesk.may_answer_consultation",
    holds(*ANSWERING),
    _("mengambil, menjawab, dan menutup konsultasi"),
)
may_hand_consultation = permission(
    "helpdesk.may_hand_consultation",
    holds(*CONSULTING),
    pgettext_lazy("a power", "menyerahkan konsultasi kepada petugas lain"),
)
may_guard_consultation = permission(
    "helpdesk.may_guard_consultation", holds(*CONSULTING), _("menyamarkan orang dalam konsultasi")
)
may_set_skills = permission(
    "helpdesk.may_set_skills",
    Predicate(_own, "one's own") | holds(Role.CHAIR),
    _("menetapkan pokok masalah yang dikuasai petugas konsultasi"),
)
may_draft_public_answer = permission(
    "helpdesk.may_draft_public_answer",
    holds(*PUBLISHING),
    pgettext_lazy("a power", "menyiapkan konsultasi menjadi jawaban publik"),
)
may_publish_public_answer = permission(
    "helpdesk.may_publish_public_answer",
    holds(*PUBLISHING) & Predicate(_another_hand, "not who made, changed or answered it"),
    _("memeriksa dan menayangkan jawaban publik yang disiapkan orang lain"),
)
may_withdraw_public_answer = permission(
    "helpdesk.may_withdraw_public_answer", holds(*PUBLISHING), pgettext_lazy("a power", "menarik jawaban publik")
)
