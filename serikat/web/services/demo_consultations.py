"""The demo's consultations in every state, through the services of the helpdesk; the amounts are counted by the law."""

from __future__ import annotations

from django.utils import timezone

from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.helpdesk.models import Consultation, PublicAnswer
from serikat.helpdesk.rules.redacting import HIDE, from_json
from serikat.helpdesk.selectors.public_answers import INDEX
from serikat.helpdesk.services import consultations as asking
from serikat.helpdesk.services import public_answers as publishing
from serikat.helpdesk.services import questions, withdrawing
from serikat.kernel import fulltext
from serikat.kernel.access import ANONYMOUS, Actor
from serikat.law import compute
from serikat.rights.selectors.held import law
from serikat.ui.components.words import rupiah
from serikat.units.models import Unit
from serikat.web.demo.consultations import CONSULTATIONS, DemoConsultation
from serikat.web.services.demo_acting import acting


@inner("part of another action")
def load_consultations(*, actor: Actor, unit: Unit) -> None:
    """The paralegal answers and prepares, the advocate looks and publishes."""
    first, second = (acting(username=name) for name in ("paralegal", "advokat"))
    for seed in CONSULTATIONS:
        made = questions.add_consultation(
            actor=actor, unit=unit, topic=seed.topic, question=seed.question, came="phone", way="message", called=seed.called
        )
        if seed.becomes == "taken":
            asking.take_consultation(actor=first, consultation=made)
        elif seed.becomes != "waiting":
            _answered(first, made, seed)
            if seed.title:
                _shown(first, second, made, seed)
            if seed.becomes == "guarded":
                _endangered(second, made)


def _answered(actor: Actor, made: Consultation, seed: DemoConsultation) -> None:
    total = rupiah(int(compute(law(), seed.facts)["total"])) if seed.facts else ""
    asking.answer_consultation(
        actor=actor, consultation=made, answer=seed.answer.replace("{total}", total), cites=seed.cites, told="phone"
    )
    if seed.opinion:
        asking.rate_answer(actor=ANONYMOUS, consultation=made, opinion=seed.opinion)


def _shown(first: Actor, second: Actor, made: Consultation, seed: DemoConsultation) -> None:
    public = publishing.draft_public_answer(
        actor=first,
        consultation=made,
        consent_by="asker",
        consent_on=timezone.localdate(),
        consent_words="Boleh, supaya yang lain juga tahu.",
    )
    publishing.change_draft(
        actor=first, public=public, title=seed.title, title_en=seed.title_en, topic=seed.topic, question=made.question,
        answer=made.answer, cites=made.cites,
    )  # fmt: skip
    if seed.becomes == "draft":
        return
    choices = [(HIDE, "")] * len(from_json(public.marks))
    publishing.decide_marks(actor=first, public=public, choices=choices)
    publishing.submit_public_answer(actor=first, public=public)
    if seed.becomes in ("published", "withdrawn", "guarded"):
        publishing.publish_public_answer(actor=second, public=public)
    if seed.becomes == "withdrawn":
        withdrawing.withdraw_public_answer(
            actor=second, public=public, reason="Jawabannya ditulis lagi dengan lebih lengkap."
        )


def _endangered(actor: Actor, made: Consultation) -> None:
    asking.guard_consultation(actor=actor, consultation=made, threat_level="high", protections=[], alias="Cempaka")


@inner("part of another action")
def clear_demo_consultations() -> int:
    """Remove what the demo brought, as the trail remembers it."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    refs = Entry.objects.filter(group__in=loaded, subject_ref__startswith="helpdesk.consultation:")
    pks = {int(ref.partition(":")[2]) for ref in refs.values_list("subject_ref", flat=True)}
    pages = PublicAnswer.objects.filter(consultation__in=pks)
    fulltext.drop(INDEX, *pages.values_list("pk", flat=True))
    pages.delete()
    return Consultation.objects.filter(pk__in=pks).delete()[1].get("helpdesk.Consultation", 0)
