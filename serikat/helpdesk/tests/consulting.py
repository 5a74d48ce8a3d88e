"""What tests of consultations share: people of the desk, questions, answers, drafts on their way to everybody."""

from __future__ import annotations

import uuid

from django.utils import timezone

from serikat.helpdesk.models import Consultation, PublicAnswer
from serikat.helpdesk.rules.redacting import HIDE, from_json
from serikat.helpdesk.services import consultations, public_answers, questions
from serikat.kernel.access import ANONYMOUS, Role
from serikat.people.tests.factories import make_actor

QUESTION = (
    "Saya Wagimin Sutrapto, hp 0812 3456 7890, kerja di PT Rimba Anggada Garmen. Upah saya Rp5.000.000 sebulan."
    " Berapa pesangon saya kalau perusahaan tutup bukan karena rugi?"
)
ANSWER = "Pak Wagimin, pesangon Anda satu kali tabel, ditambah uang penghargaan masa kerja."
CITES = ["PP35/2021:44(2)", "PP35/2021:40(2)"]


def desk(unit, role=Role.PARALEGAL):
    return make_actor(role, unit=unit)


def asked(question=QUESTION, topic="dismissal", **more):
    """A question from the site; gives it with its code."""
    key = uuid.uuid4()
    code = questions.ask_once(actor=ANONYMOUS, key=key, topic=topic, question=question, **more)
    return Consultation.objects.get(key=key), code


def answered(actor, question=QUESTION, answer=ANSWER, cites=CITES, told="code", **more):
    made, _code = asked(question, **more)
    consultations.answer_consultation(actor=actor, consultation=made, answer=answer, cites=cites, told=told)
    return made


def drafted(actor, consultation=None, **more):
    words = {"consent_by": "asker", "consent_on": timezone.localdate(), "consent_words": "Boleh, asal tanpa nama.", **more}
    return public_answers.draft_public_answer(actor=actor, consultation=consultation or answered(actor), **words)


def titled(actor, public, title="Berapa pesangon saat perusahaan tutup bukan karena rugi?", **more):
    values = {
        "title": title, "title_en": "", "topic": public.topic, "question": public.source_question,
        "answer": public.source_answer, "cites": public.cites, **more,
    }  # fmt: skip
    public_answers.change_draft(actor=actor, public=public, **values)
    return public


def hidden(actor, public):
    """Every mark decided: hidden."""
    choices = [(HIDE, "")] * len(from_json(public.marks))
    public_answers.decide_marks(actor=actor, public=public, choices=choices)
    return public


def in_review(actor, consultation=None):
    public = hidden(actor, titled(actor, drafted(actor, consultation)))
    public_answers.submit_public_answer(actor=actor, public=public)
    return public


def published(maker, reviewer, consultation=None):
    public = in_review(maker, consultation)
    public_answers.publish_public_answer(actor=reviewer, public=public)
    return PublicAnswer.objects.get(pk=public.pk)


def client_of(client, actor):
    from django.contrib.auth import get_user_model  # reason: beside its use

    client.force_login(get_user_model().objects.get(pk=actor.user_id))
    return client
