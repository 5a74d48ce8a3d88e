"""A question comes in: from the site, by a caller or visitor, out of a conversation; with its promise, and those who answer are told."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner
from serikat.helpdesk.models import Call, Consultation, Conversation, Guarded, Skill, Subject
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.rules import consultations as rules
from serikat.helpdesk.rules.access_codes import make_access_code
from serikat.helpdesk.rules.promises import promised
from serikat.helpdesk.selectors.consultations import CODES, index_of_code
from serikat.helpdesk.selectors.holidays import holidays_from
from serikat.helpdesk.selectors.reports import last_words
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Refused
from serikat.kernel.secrets import blind_index
from serikat.kernel.text import one_line
from serikat.people.models.persons import ThreatLevel
from serikat.units.models import Unit

Way, Came, State = Consultation.Way, Consultation.Came, Consultation.State


class QuestionMissing(Refused):
    message = _("Tulis pertanyaannya.")


class TooManyQuestions(Refused):
    message = _("Banyak pertanyaan sedang masuk. Salin isian Anda dan coba lagi nanti.")


class TooManyFromHere(Refused):
    message = _(
        "Dari jaringan ini baru saja masuk banyak pertanyaan. Tunggu lima belas menit, lalu kirim lagi; yang Anda tulis tetap di sini."
    )
    http_status = 429


@inner("part of another action")
def begin(
    *,
    unit: Unit,
    topic: str,
    question: str,
    came: str,
    way: str = Way.MESSAGE,
    key: uuid.UUID | None = None,
    called: str = "",
    reach: str = "",
    code: str = "",
    appointment: datetime | None = None,
    conversation: Conversation | None = None,
    call: Call | None = None,
    call_back: bool = False,
) -> Consultation:
    """The row, with its promise and its asker's key for an opinion. Who they are and how they must be guarded is carried from where they asked."""
    question = question.replace("\0", " ").strip()
    if not question:
        raise QuestionMissing(field="question")
    now = timezone.now()
    face = way == Way.FACE
    made = Consultation(
        unit=unit,
        key=key or uuid.uuid4(),
        topic=topic if topic in Subject.values else Subject.OTHER,
        came=came,
        way=way,
        question=question[: rules.LONGEST_QUESTION],
        called=one_line(called)[:120],
        reach=one_line(reach)[:200],
        call_back=call_back,
        index=index_of_code(code) if code else "",
        appointment=appointment,
        conversation=conversation,
        asked_at=now,
        promised_at=promised(timezone.localtime(now), face=face, days_off=holidays_from(timezone.localdate())),
        opinion_key=secrets.token_urlsafe(16),
    )
    source: Guarded | None = conversation or call
    if source is not None:
        made.person_id, made.alias = source.person_id, source.alias
        made.threat_level, made.protections = source.threat_level, list(source.protections)
    if conversation is not None:
        made.called = conversation.called
    elif made.topic == Subject.VIOLENCE and made.threat_level == ThreatLevel.NONE:
        made.threat_level = ThreatLevel.CAREFUL
    made.save()
    return made


@action(
    "helpdesk.consultation.asked",
    may=permissions.may_ask,
    says=_("bertanya lewat situs"),
    on="unit",
    makes=True,
)
def ask(
    *, actor: Actor, unit: Unit, key: uuid.UUID, topic: str, question: str, called: str, reach: str, code: str
) -> Consultation:
    """A question from the site, without an account. The answer waits behind the code; a number or mail address is for asking back."""
    waiting = Consultation.objects.filter(came=Came.WEB, state=State.WAITING)
    lately = waiting.filter(asked_at__gte=timezone.now() - timedelta(hours=1))
    if (
        lately[: rules.MOST_AN_HOUR].count() >= rules.MOST_AN_HOUR
        or waiting[: rules.MOST_WAITING].count() >= rules.MOST_WAITING
    ):
        raise TooManyQuestions
    made = begin(unit=unit, topic=topic, question=question, came=Came.WEB, key=key, called=called, reach=reach, code=code)
    tell_answering(actor=actor, made=made)
    return made


@inner("reads only")
def code_of_key(*, key: uuid.UUID) -> str:
    """The code of a form's secret key, always the same one."""
    return make_access_code(lambda below: int(blind_index(str(key), f"{CODES}.key")[:16], 16) % below)


@inner("part of another action")
def ask_once(*, actor: Actor, key: uuid.UUID, topic: str, question: str, called: str = "", reach: str = "") -> str:
    """The asker's code. It is made of the form's own secret key: the same form sent twice gives the same code, and no table holds it."""
    code = code_of_key(key=key)
    unit = Unit.objects.order_by("path").first()
    if unit is None:
        raise Refused
    known = Consultation.objects.filter(key=key)
    if not known.exists():
        try:
            ask(actor=actor, unit=unit, key=key, topic=topic, question=question, called=called, reach=reach, code=code)
        except IntegrityError:  # the same form, sent twice at the same moment
            if not known.exists():
                raise
    return code


@action(
    "helpdesk.consultation.added",
    may=permissions.may_add_consultation,
    says=_("mencatat konsultasi"),
    on="unit",
    makes=True,
)
def add_consultation(
    *,
    actor: Actor,
    unit: Unit,
    topic: str,
    question: str,
    came: str,
    way: str,
    called: str = "",
    reach: str = "",
    appointment: datetime | None = None,
) -> Consultation:
    """What a caller or visitor asks, written down by who listens."""
    made = begin(
        unit=unit,
        topic=topic,
        question=question,
        came=came,
        way=way,
        called=called,
        reach=reach,
        appointment=appointment if way == Way.FACE else None,
    )
    tell_answering(actor=actor, made=made)
    return made


@action(
    "helpdesk.consultation.from_conversation",
    may=permissions.may_add_consultation,
    says=_("menjadikan percakapan sebuah konsultasi"),
    on="conversation",
    makes=True,
)
def make_from_conversation(*, actor: Actor, conversation: Conversation) -> Consultation:
    """What they wrote lately becomes the question; one that is still open for this conversation is given back."""
    open_one = Consultation.objects.filter(conversation=conversation, state__in=[State.WAITING, State.TAKEN]).first()
    if open_one is not None:
        return open_one
    before = Consultation.objects.filter(conversation=conversation).order_by("-pk").first()
    said = [message.words for message in last_words(conversation, before.asked_at if before else None)]
    question = "\n".join(words for words in said if words.strip()) or _now("(belum ada kata-kata: baca percakapannya)")
    made = begin(
        unit=conversation.unit,
        topic=conversation.topic,
        question=question,
        came=Came.MESSAGE,
        conversation=conversation,
    )
    tell_answering(actor=actor, made=made)
    return made


@inner("part of another action")
def tell_answering(*, actor: Actor, made: Consultation) -> None:
    """Those whose topic it is, or everybody who answers in the unit where nobody named the topic as theirs."""
    able = set(who_may(permissions.may_answer_consultation, made))
    skilled = set(Skill.objects.filter(topic=made.topic, user__in=able).values_list("user", flat=True))
    for user_id in sorted((skilled or able) - {actor.user_id}):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(_("Konsultasi baru: {topic}"), topic=lazy(made.get_topic_display, str)()),
            link=reverse("helpdesk_consultations:consultation", args=[made.pk]),
            task=made,
        )
