"""A caller or visitor who only has a question: it becomes a consultation while they speak, tied to their call, with a code that is read out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action
from serikat.helpdesk.models import Call, Consultation
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.selectors.consultations import call_to_ring
from serikat.helpdesk.services.calls import link_consultation
from serikat.helpdesk.services.questions import begin, code_of_key, tell_answering
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused

NUMBER, CODE, OTHER = "number", "code", "other"


class NoNumberToCall(Refused):
    message = _("Nomor ini tidak diketahui. Pilih cara lain.")


class ReachMissing(Refused):
    message = _("Tulis nomor, surel, atau cara menghubunginya.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation that was written down, and its asker's code while it is still to be read out; "" when it was before."""

    consultation: Consultation
    code: str


@action(
    "helpdesk.consultation.from_call",
    may=permissions.may_add_consultation,
    says=_("menjadikan telepon atau kunjungan sebuah konsultasi"),
    on="call",
    makes=True,
)
def consultation_from_call(
    *, actor: Actor, call: Call, key: uuid.UUID, topic: str, question: str, back: str, called: str = "", reach: str = ""
) -> Asked:
    """What was set at the call's intake goes along; of somebody guarded the name does not. `back`: NUMBER (that of the call, which is not copied),
    CODE, or OTHER as `reach` says. The same form sent twice gives the same code; another form for the same call gives what is there."""
    held = (
        Call.objects.select_for_update(of=("self",))
        .select_related("unit", "address", "person", "consultation")
        .get(pk=call.pk)
    )
    if held.consultation is not None:
        return Asked(held.consultation, code_of_key(key=key) if held.consultation.key == key else "")
    if back == NUMBER and held.address is None:
        raise NoNumberToCall(field="back")
    if back == OTHER and not reach.strip():
        raise ReachMissing(field="reach")
    code = code_of_key(key=key)
    made = begin(
        unit=held.unit,
        topic=topic,
        question=question,
        came=Consultation.Came.VISIT if held.way == Call.Way.VISIT else Consultation.Came.PHONE,
        key=key,
        called="" if held.shows_alias else called,
        reach=reach if back == OTHER else "",
        code=code,
        call=held,
        call_back=back == NUMBER,
    )
    link_consultation(actor=actor, call=held, consultation=made)
    tell_answering(actor=actor, made=made)
    return Asked(made, code)


@action(
    "helpdesk.consultation.number_shown",
    may=permissions.may_answer_consultation,
    says=pgettext_lazy("an action", "melihat nomor penanya yang disamarkan"),
    on="consultation",
)
def show_number(*, actor: Actor, consultation: Consultation) -> str:
    """The number of somebody guarded who is to be called back: each look stands in the trail."""
    call = call_to_ring(consultation)
    return call.address.value if call is not None and call.address is not None else ""
