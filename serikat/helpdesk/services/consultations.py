"""A question comes in, is taken, answered with its articles, handed over, closed; and what the asker thinks of the answer."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.models import User
from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner, note, note_about, notes_say
from serikat.helpdesk.models import Call, Consultation, Conversation, Guarded, Skill, Subject
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.rules import consultations as rules
from serikat.helpdesk.rules.access_codes import make_access_code
from serikat.helpdesk.rules.promises import promised
from serikat.helpdesk.selectors.citing import is_article, spoken
from serikat.helpdesk.selectors.consultations import CODES, index_of_code
from serikat.helpdesk.selectors.holidays import holidays_from
from serikat.helpdesk.selectors.reports import last_words
from serikat.helpdesk.services.guarding import carry_guard
from serikat.helpdesk.services.inbox import note_outgoing
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.secrets import blind_index
from serikat.kernel.text import one_line
from serikat.messaging.models import Purpose
from serikat.messaging.selectors.messages import last_heard
from serikat.messaging.services.queueing import queue_message
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.units.models import Unit

notes_say(
    consultation_topic=pgettext_lazy("in the trail", "pokok masalah"),
    consultation_cites=pgettext_lazy("in the trail", "pasal"),
    consultation_told=pgettext_lazy("in the trail", "disampaikan"),
)

State, Told, Way, Came = Consultation.State, Consultation.Told, Consultation.Way, Consultation.Came


class QuestionMissing(Refused):
    message = _("Tulis pertanyaannya.")


class AnswerMissing(Refused):
    message = _("Tulis jawabannya.")


class NoSuchArticle(Refused):
    message = _("Pasal ini tidak ada di daftar aturan.")


class TooManyArticles(Refused):
    message = _("Pilih paling banyak %(most)d pasal.")


class TakenMeanwhile(Conflict):
    message = _("Orang lain sudah mengambil konsultasi ini.")


class NotOpen(Conflict):
    message = _("Konsultasi ini sudah ditutup.")


class NothingToAnswer(Refused):
    message = _("Penanya tidak punya percakapan dengan kita. Pilih cara lain.")


class NotOfThisDesk(Refused):
    message = _("Orang ini tidak menjawab konsultasi di unit ini.")


class AliasMissing(Refused):
    message = _("Tulis nama samarannya.")


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
        )


@inner("part of another action")
def fresh_row(*, consultation: Consultation, states: Iterable[str] = (State.WAITING, State.TAKEN)) -> Consultation:
    """The row as it stands now, locked."""
    row = Consultation.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=consultation.pk)
    if row.state not in states:
        raise NotOpen
    return row


@action(
    "helpdesk.consultation.taken",
    may=permissions.may_answer_consultation,
    says=pgettext_lazy("an action", "mengambil konsultasi"),
    on="consultation",
    fields=("state",),
)
def take_consultation(*, actor: Actor, consultation: Consultation) -> None:
    row = fresh_row(consultation=consultation)
    if row.taken_by_id not in (None, actor.user_id):
        raise TakenMeanwhile
    row.taken_by_id, row.state = actor.user_id, State.TAKEN
    row.save(update_fields=["taken_by", "state"])
    consultation.refresh_from_db()


@action(
    "helpdesk.consultation.handed_over",
    may=permissions.may_hand_consultation,
    says=pgettext_lazy("an action", "menyerahkan konsultasi"),
    on="consultation",
)
def hand_over(*, actor: Actor, consultation: Consultation, to: User, reason: str = "") -> None:
    """Somebody else answers it; they are told."""
    row = fresh_row(consultation=consultation)
    if to.pk not in who_may(permissions.may_answer_consultation, row):
        raise NotOfThisDesk(field="to")
    row.taken_by, row.state = to, State.TAKEN
    row.save(update_fields=["taken_by", "state"])
    if to.pk != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=to.pk,
            text=_("Sebuah konsultasi diserahkan kepada Anda."),
            link=reverse("helpdesk_consultations:consultation", args=[row.pk]),
        )
    consultation.refresh_from_db()


@action(
    "helpdesk.consultation.answered",
    may=permissions.may_answer_consultation,
    says=pgettext_lazy("an action", "menjawab konsultasi"),
    on="consultation",
    fields=("state",),
)
def answer_consultation(*, actor: Actor, consultation: Consultation, answer: str, cites: Sequence[str], told: str) -> None:
    """The answer is kept with its articles, and leaves by the conversation; by code, phone or face it is noted how it reached them."""
    row = fresh_row(consultation=consultation)
    if row.taken_by_id not in (None, actor.user_id):
        raise TakenMeanwhile
    answer = answer.replace("\0", " ").strip()
    if not answer:
        raise AnswerMissing(field="answer")
    row.answer, row.cites = answer[: rules.LONGEST_ANSWER], checked_cites(cites=cites)
    row.told = told if told in Told.values else Told.PHONE
    if (row.told == Told.CONVERSATION and row.conversation_id is None) or (row.told == Told.CODE and not row.index):
        raise NothingToAnswer(field="told")
    row.state, row.answered_at = State.ANSWERED, timezone.now()
    row.answered_by_id = row.taken_by_id = actor.user_id
    row.save()
    note(consultation_cites=", ".join(row.cites), consultation_told=str(row.get_told_display()))
    if row.subject:
        note_about(row.subject)  # type: ignore[arg-type]
    if row.told == Told.CONVERSATION:
        _send(actor, row)
    consultation.refresh_from_db()


@inner("reads only")
def checked_cites(*, cites: Sequence[str]) -> list[str]:
    """Each once, each held by the law."""
    found = list(dict.fromkeys(cites))
    if len(found) > rules.MOST_CITES:
        raise TooManyArticles(str(TooManyArticles.message) % {"most": rules.MOST_CITES}, field="cites")
    if not all(is_article(article) for article in found):
        raise NoSuchArticle(field="cites")
    return found


@inner("reads only")
def opinion_address(*, consultation: Consultation) -> str:
    return str(settings.SITE_ADDRESS) + reverse("helpdesk_answers:opinion", args=[consultation.opinion_key])


def _send(actor: Actor, row: Consultation) -> None:
    conversation = Conversation.objects.select_related("channel", "address").get(pk=row.conversation_id or 0)
    parts = [row.answer]
    if row.cites:
        parts.append(_now("Dasar: %(articles)s") % {"articles": "; ".join(spoken(article) for article in row.cites)})
    parts.append(_now("Membantu? %(link)s") % {"link": opinion_address(consultation=row)})
    try:
        message = queue_message(
            actor=actor,
            channel=conversation.channel,
            address=conversation.address,
            text="\n\n".join(parts),
            purpose=Purpose.REPLY,
            answers=last_heard(conversation.channel_id, conversation.address_id),
            about=f"helpdesk.conversation:{conversation.pk}",
        )
    except Refused as refused:
        refused.field = "answer" if refused.field in ("text", "files") else refused.field
        raise
    note_outgoing(conversation=conversation, message=message)


@action(
    "helpdesk.consultation.closed",
    may=permissions.may_answer_consultation,
    says=pgettext_lazy("an action", "menutup konsultasi"),
    on="consultation",
    fields=("state",),
)
def close_consultation(*, actor: Actor, consultation: Consultation, word: str = "") -> None:
    """Nothing more is to come of it. One that was never answered says how it ended."""
    row = fresh_row(consultation=consultation, states=(State.WAITING, State.TAKEN, State.ANSWERED))
    if row.state != State.ANSWERED and not word.strip():
        raise Refused(_("Tulis satu kalimat: mengapa ditutup tanpa jawaban."), field="word")
    row.state, row.closed_at, row.closing_word = State.CLOSED, timezone.now(), one_line(word)[:300]
    row.save(update_fields=["state", "closed_at", "closing_word"])
    consultation.refresh_from_db()


@action(
    "helpdesk.consultation.sorted",
    may=permissions.may_answer_consultation,
    says=_("mengubah pokok masalah konsultasi"),
    on="consultation",
    fields=("topic",),
)
def sort_consultation(*, actor: Actor, consultation: Consultation, topic: str) -> None:
    row = fresh_row(consultation=consultation)
    row.topic = topic
    row.save(update_fields=["topic"])
    consultation.refresh_from_db()


@action(
    "helpdesk.consultation.guarded",
    may=permissions.may_guard_consultation,
    says=_("mengubah penyamaran orang dalam konsultasi"),
    on="consultation",
    fields=("threat_level", "protections"),
)
def guard_consultation(
    *, actor: Actor, consultation: Consultation, threat_level: str, protections: Sequence[str], alias: str
) -> None:
    """Set how much who asked must be hidden. Lowering it is for who looks after matters, on the person's own record."""
    row = fresh_row(consultation=consultation, states=State.values)
    order = list(ThreatLevel.values)
    lowers = order.index(threat_level) < order.index(row.threat_level) or not set(row.protections) <= set(protections)
    if lowers and not actor.holds(*permissions.PUBLISHING, at=row.unit_path):
        raise Refused(_("Hanya paralegal atau advokat yang boleh menurunkannya."), field="threat_level")
    was = {"level": row.threat_level, "protections": row.protections}
    row.threat_level, row.alias = threat_level, one_line(alias)[:60]
    row.protections = [one for one in Protection.values if one in protections]
    if row.shows_alias and not row.alias:
        raise AliasMissing(field="alias")
    row.save(update_fields=["threat_level", "protections", "alias"])
    carry_guard(actor=actor, of=row, **was)
    consultation.refresh_from_db()


@action(
    "helpdesk.consultation.rated",
    may=permissions.may_rate_answer,
    says=_("menilai jawaban konsultasi"),
    on="consultation",
)
def rate_answer(*, actor: Actor, consultation: Consultation, opinion: str, word: str = "") -> None:
    """What the asker thinks, by the random key in their answer; the other button takes it back."""
    row = fresh_row(consultation=consultation, states=(State.ANSWERED, State.CLOSED))
    row.opinion = opinion
    fields = ["opinion"]
    if word.strip():
        row.opinion_word = word.replace("\0", " ").strip()[:500]
        fields.append("opinion_word")
    row.save(update_fields=fields)
    consultation.refresh_from_db()


@action(
    "helpdesk.consultation.reach_shown",
    may=permissions.may_read_consultation,
    says=_("melihat cara menghubungi penanya yang disamarkan"),
    on="consultation",
)
def show_reach(*, actor: Actor, consultation: Consultation) -> str:
    """How somebody guarded is reached: each look stands in the trail."""
    return str(consultation.reach)


@action(
    "helpdesk.skills.set",
    may=permissions.may_set_skills,
    says=_("menetapkan pokok masalah yang dikuasai petugas"),
    on="user",
)
def set_skills(*, actor: Actor, user: User, topics: Sequence[str]) -> None:
    wanted = [topic for topic in Subject.values if topic in topics]
    Skill.objects.filter(user=user).exclude(topic__in=wanted).delete()
    Skill.objects.bulk_create([Skill(user=user, topic=topic) for topic in wanted], ignore_conflicts=True)
    note(consultation_topic=", ".join(str(Subject(topic).label) for topic in wanted))
