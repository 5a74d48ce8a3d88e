"""Who may do what with persons, in words. Scope is the person's unit, by mandate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, holds, machine, permission

# The desk of persons lets these in; what each sees of one person is asked below.
DESK_ROLES = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE, Role.CHAIR, Role.SECRETARY, Role.DATA_OFFICER)
KEEPERS = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE, Role.SECRETARY, Role.DATA_OFFICER)
MATTER_ROLES = (Role.PARALEGAL, Role.ADVOCATE, Role.DATA_OFFICER)

keeps_people = holds(*KEEPERS)
works_on_matters = holds(*MATTER_ROLES)
is_data_officer = holds(Role.DATA_OFFICER)
is_paralegal = holds(Role.PARALEGAL)


def _is_own(actor: Actor, thing: Any) -> bool:
    """A person's own record, by the account that stands on it."""
    person = getattr(thing, "person", thing)
    return actor.user_id is not None and getattr(person, "user_id", None) == actor.user_id


is_own = Predicate(_is_own, "the own record")
is_not_restricted = Predicate(
    lambda actor, thing: getattr(getattr(thing, "person", thing), "restricted_at", None) is None,
    "processing is not restricted",
)
is_another_than_proposer = Predicate(
    lambda actor, thing: actor.is_machine or (thing.proposed_by_id is not None and thing.proposed_by_id != actor.user_id),
    "not who proposed it",
)
is_another_than_asker = Predicate(
    lambda actor, thing: actor.is_machine or thing.asked_by_id != actor.user_id, "not who asked"
)

may_see_people = permission("people.may_see_people", holds(*DESK_ROLES), _("melihat catatan orang, tersamar"))
may_add_person = permission("people.may_add_person", keeps_people, pgettext_lazy("a power", "menambah catatan orang"))
may_correct_person = permission(
    "people.may_correct_person",
    is_data_officer | (keeps_people & is_not_restricted),
    pgettext_lazy("a power", "memperbaiki catatan orang"),
)
may_look_at_person = permission(
    "people.may_look_at_person",
    is_data_officer | (holds(Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE, Role.SECRETARY) & is_not_restricted),
    _("melihat kontak lengkap seseorang; setiap kali dicatat"),
)
may_read_nik = permission(
    "people.may_read_nik",
    holds(Role.PARALEGAL, Role.ADVOCATE, Role.SECRETARY, Role.DATA_OFFICER),
    _("melihat NIK lengkap seseorang"),
)
may_find_protected = permission(
    "people.may_find_protected", works_on_matters, _("menemukan orang bersamaran lewat NIK atau nomor telepon")
)
may_set_threat = permission(
    "people.may_set_threat", works_on_matters, pgettext_lazy("a power", "menetapkan tingkat ancaman dan perlindungan")
)
may_ask_reveal = permission("people.may_ask_reveal", works_on_matters, _("meminta membuka nama samaran"))
may_answer_reveal = permission(
    "people.may_answer_reveal",
    works_on_matters & is_another_than_asker,
    pgettext_lazy("a power", "menyetujui pembukaan nama samaran"),
)
may_propose_merge = permission(
    "people.may_propose_merge", holds(Role.SECRETARY, Role.DATA_OFFICER), _("mengusulkan penggabungan dua catatan")
)
may_answer_merge = permission(
    "people.may_answer_merge",
    holds(Role.SECRETARY, Role.DATA_OFFICER) & is_another_than_proposer,
    _("menyetujui atau menolak penggabungan"),
)
may_separate_records = permission(
    "people.may_separate_records",
    holds(Role.SECRETARY, Role.DATA_OFFICER) & is_another_than_proposer,
    _("memisahkan lagi catatan yang keliru digabungkan"),
)
may_keep_bodies = permission("people.may_keep_bodies", keeps_people, _("mencatat perusahaan dan lembaga"))
may_add_body = permission(
    "people.may_add_body",
    keeps_people | holds(Role.EDITOR, Role.MODERATOR),
    _("menambah perusahaan dan lembaga ke daftar bersama"),
)
may_link_account = permission("people.may_link_account", is_data_officer, _("menghubungkan catatan orang dengan akunnya"))
may_ask_right = permission("people.may_ask_right", is_own | keeps_people, _("mencatat permintaan atas data pribadi"))
may_answer_right = permission("people.may_answer_right", is_data_officer, _("menjawab permintaan atas data pribadi"))
may_copy_person = permission(
    "people.may_copy_person", is_data_officer, pgettext_lazy("a power", "membuat salinan data seseorang")
)
may_forget_person = permission("people.may_forget_person", is_data_officer, pgettext_lazy("a power", "melupakan seseorang"))
may_reapply_forgotten = permission(
    "people.may_reapply_forgotten", machine, pgettext_lazy("a power", "melupakan lagi setelah pemulihan cadangan")
)
may_keep_breaches = permission("people.may_keep_breaches", is_data_officer, _("mengisi daftar kebocoran data"))
