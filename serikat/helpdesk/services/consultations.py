"""A question is taken, answered with its articles, handed over, closed; and what the asker thinks of the answer. How it comes in: `questions.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.models import User
from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, inner, note, note_about, notes_say
from serikat.helpdesk.models import Consultation, Conversation
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.rules import consultations as rules
from serikat.helpdesk.selectors.citing import is_article, spoken
from serikat.helpdesk.services.guarding import Unguarding, carry_guard
from serikat.helpdesk.services.inbox import note_outgoing
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import one_line
from serikat.messaging.models import Purpose
from serikat.messaging.selectors.messages import last_heard
from serikat.messaging.services.queueing import queue_message
from serikat.people.models.persons import Protection

notes_say(
    consultation_topic=pgettext_lazy("in the trail", "pokok masalah"),
    consultation_cites=pgettext_lazy("in the trail", "pasal"),
    consultation_told=pgettext_lazy("in the trail", "disampaikan"),
)

State, Told = Consultation.State, Consultation.Told


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
    settle_notices(actor=actor, task=row)
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
    settle_notices(actor=actor, task=row)
    if to.pk != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=to.pk,
            text=_("Sebuah konsultasi diserahkan kepada Anda."),
            link=reverse("helpdesk_consultations:consultation", args=[row.pk]),
            task=row,
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
    settle_notices(actor=actor, task=row)
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
    note_outgoing(actor=actor, conversation=conversation, message=message)


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
    settle_notices(actor=actor, task=row)
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
    if row.lowered_by(threat_level, protections) and not actor.holds(*permissions.PUBLISHING, at=row.unit_path):
        raise Unguarding(field="threat_level")
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
