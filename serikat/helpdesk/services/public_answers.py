"""From an answered consultation to a page for everybody: drafted, each mark decided, looked at by a second person, published; withdrawn for good.

Nothing is published that one person alone saw, that still shows what was to be taken out, or that is of somebody who must stay hidden. Each of these
is asked anew in `publish`, whatever was asked before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, inner, note, notes_say
from serikat.helpdesk.models import Consultation, PublicAnswer, Subject
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.rules import redacting
from serikat.helpdesk.selectors.public_answers import INDEX
from serikat.helpdesk.services.consultations import checked_cites
from serikat.helpdesk.services.guarding import is_guarded_anywhere
from serikat.helpdesk.services.withdrawing import ReasonMissing, locked_answer
from serikat.kernel import fulltext, generation
from serikat.kernel.access import Actor, who_may
from serikat.kernel.codes import make_code
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import one_line

notes_say(
    marks_hidden=pgettext_lazy("in the trail", "tanda yang ditutup"),
    marks_kept=pgettext_lazy("in the trail", "tanda yang dibiarkan"),
)

State = PublicAnswer.State


class NeverPublic(Refused):
    message = _("Konsultasi orang yang dilindungi atau sangat terancam tidak pernah menjadi halaman publik.")


class NotAnswered(Refused):
    message = _("Konsultasi ini belum dijawab.")


class ConsentMissing(Refused):
    message = _("Tulis kata-kata izinnya. Tanpa izin penanya tidak ada halaman publik.")


class ConsentOfTomorrow(Refused):
    message = _("Tanggal izin belum tiba.")


class AlreadyDrafted(Conflict):
    message = _("Konsultasi ini sudah disiapkan menjadi jawaban publik.")


class TitleMissing(Refused):
    message = _("Tulis judulnya: pertanyaannya dalam satu kalimat.")


class Undecided(Refused):
    message = _("Masih ada tanda yang belum diputuskan.")


class StillShows(Refused):
    message = _("Masih terbaca: %(words)s. Betulkan naskahnya atau putuskan tandanya.")


class WordsMissing(Refused):
    message = _("Tulis kata penggantinya, atau mengapa boleh tetap tampil.")


class ChangedMeanwhile(Conflict):
    message = _("Naskah ini berubah sesudah Anda membukanya. Baca lagi, lalu putuskan.")


@inner("reads only")
def is_never_public(*, consultation: Consultation) -> bool:
    """Of somebody whose alias alone may show, here or on another of their things, nothing is published, with whatever consent."""
    return is_guarded_anywhere(thing=consultation)


def _free_code() -> str:
    while PublicAnswer.objects.filter(code=(code := make_code())).exists():
        pass
    return code


@action(
    "helpdesk.public_answer.drafted",
    may=permissions.may_draft_public_answer,
    says=_("menyiapkan konsultasi menjadi jawaban publik"),
    on="consultation",
    makes=True,
)
def draft_public_answer(
    *, actor: Actor, consultation: Consultation, consent_by: str, consent_on: date, consent_words: str
) -> PublicAnswer:
    """Copy question and answer, mark what may lead to somebody; nothing shows yet. A page that a guard took off stays off; when no guard is left the
    same question may begin anew, with a consent of now, a check and a second person, under another address."""
    row = Consultation.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=consultation.pk)
    if is_never_public(consultation=row):
        raise NeverPublic
    if not row.answer or row.answered_at is None:
        raise NotAnswered
    if len(one_line(consent_words)) < 3:
        raise ConsentMissing(field="consent_words")
    if consent_on > timezone.localdate():
        raise ConsentOfTomorrow(field="consent_on")
    before = PublicAnswer.objects.filter(consultation=row).order_by("-pk").first()
    if before is not None and not before.by_guard:
        raise AlreadyDrafted
    public = PublicAnswer(
        code=_free_code(),
        unit=row.unit,
        consultation=row,
        topic=row.topic,
        title=before.title if before else "",
        title_en=before.title_en if before else "",
        source_question=row.question,
        source_answer=row.answer,
        cites=row.cites,
        consent_by=consent_by,
        consent_on=consent_on,
        consent_words=one_line(consent_words)[:600],
        made_by_id=actor.user_id,
        changed_by_id=actor.user_id,
        made_at=timezone.now(),
    )
    _write(public, redacting.marks_of(public.source_question, public.source_answer))
    public.save()
    return public


def _write(public: PublicAnswer, decisions: Sequence[redacting.Decision]) -> None:
    """What would show, written from the sources and the decisions."""
    public.marks = redacting.to_json(decisions)
    public.question, public.answer = redacting.written(public.source_question, public.source_answer, decisions)


@action(
    "helpdesk.public_answer.changed",
    may=permissions.may_draft_public_answer,
    says=_("mengubah naskah jawaban publik"),
    on="public",
    fields=("topic",),
)
def change_draft(
    *,
    actor: Actor,
    public: PublicAnswer,
    title: str,
    title_en: str,
    topic: str,
    question: str,
    answer: str,
    cites: Sequence[str],
) -> None:
    """Other words; the check runs anew, and what was decided of the same words stands."""
    row = locked_answer(public, State.DRAFT)
    before = redacting.from_json(row.marks)
    row.title, row.title_en = one_line(title)[:140], one_line(title_en)[:140]
    row.topic = topic if topic in Subject.values else row.topic
    row.source_question = question.replace("\0", " ").strip()[: redacting.LONGEST]
    row.source_answer = answer.replace("\0", " ").strip()[: redacting.LONGEST]
    if not row.source_question or not row.source_answer:
        raise Refused(
            _("Pertanyaan dan jawaban tidak boleh kosong."), field="question" if not row.source_question else "answer"
        )
    row.cites = checked_cites(cites=cites)
    row.changed_by_id = actor.user_id
    _write(row, redacting.marks_of(row.source_question, row.source_answer, before))
    row.save()
    public.refresh_from_db()


@action(
    "helpdesk.public_answer.decided",
    may=permissions.may_draft_public_answer,
    says=_("memutuskan tanda-tanda dalam jawaban publik"),
    on="public",
)
def decide_marks(*, actor: Actor, public: PublicAnswer, choices: Sequence[tuple[str, str]]) -> None:
    """For each mark, in order: hidden by the standing words, other words, or kept because of something."""
    row = locked_answer(public, State.DRAFT)
    before = redacting.from_json(row.marks)
    if len(choices) != len(before):
        raise ChangedMeanwhile
    for number, (how, words) in enumerate(choices):
        if how in (redacting.WRITE, redacting.KEEP) and not words.strip():
            raise WordsMissing(field=f"words_{number}")
        if how == redacting.WRITE and redacting.numbers_in(words):
            raise Refused(_("Kata pengganti tidak boleh berisi nomor atau alamat."), field=f"words_{number}")
    decided = redacting.decide(before, [(how, words[:200]) for how, words in choices])
    row.changed_by_id = actor.user_id
    _write(row, decided)
    row.save()
    kept = sum(one.how == redacting.KEEP for one in decided)
    note(marks_kept=kept, marks_hidden=len(decided) - kept)
    public.refresh_from_db()


@inner("reads only")
def what_stands_in_the_way(*, public: PublicAnswer) -> list[Refused]:
    """Everything for which it may not be published as it is; empty when a second person may look at it."""
    found: list[Refused] = []
    asked = public.consultation
    if asked is not None and is_never_public(consultation=asked):
        found.append(NeverPublic())
    if not public.consent_words.strip():
        found.append(ConsentMissing())
    if not public.title:
        found.append(TitleMissing(field="title"))
    decisions = redacting.from_json(public.marks)
    if not all(one.is_made for one in decisions):
        found.append(Undecided())
    if showing := shows_still(public=public, decisions=decisions):
        found.append(StillShows(str(StillShows.message) % {"words": ", ".join(f"“{words}”" for words in showing)}))
    return found


@inner("reads only")
def shows_still(*, public: PublicAnswer, decisions: Sequence[redacting.Decision]) -> list[str]:
    """What would show though it was to be taken out: of this draft, and of the consultation as it was asked, in texts and titles."""
    shown = [public.question, public.answer, public.title, public.title_en]
    fresh = redacting.written(public.source_question, public.source_answer, decisions)
    found = dict.fromkeys(redacting.still_showing(public.source_question, public.source_answer, decisions, shown))
    marks_now = {(d.part, d.mark) for d in redacting.marks_of(public.source_question, public.source_answer)}
    if marks_now - {(d.part, d.mark) for d in decisions} or fresh != (public.question, public.answer):
        found[str(_("naskah yang belum diperiksa"))] = None
    for title in (public.title, public.title_en):
        found |= dict.fromkeys(redacting.marked_in(title, decisions))
    asked = public.consultation
    if asked is not None and (asked.question, asked.answer) != (public.source_question, public.source_answer):
        first = redacting.marks_of(asked.question, asked.answer, [d for d in decisions if d.how == redacting.KEEP])
        found |= dict.fromkeys(redacting.still_showing(asked.question, asked.answer, first, shown))
    names = [asked.called, asked.person.shown_as if asked.person else ""] if asked is not None else []
    found |= {name: None for name in names if len(name) > 2 and name.lower() in " ".join(shown).lower()}
    return list(found)


@action(
    "helpdesk.public_answer.submitted",
    may=permissions.may_draft_public_answer,
    says=_("mengajukan jawaban publik untuk diperiksa"),
    on="public",
    fields=("state",),
)
def submit_public_answer(*, actor: Actor, public: PublicAnswer) -> None:
    """Ready for a second person, who is told."""
    row = locked_answer(public, State.DRAFT)
    for wrong in what_stands_in_the_way(public=row):
        raise wrong
    row.state, row.returned_because = State.REVIEW, ""
    row.save(update_fields=["state", "returned_because"])
    settle_notices(actor=actor, task=row)
    for user_id in sorted(set(who_may(permissions.may_publish_public_answer, row)) - permissions.hands_of(row)):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(_("Jawaban publik menunggu diperiksa: {title}"), title=row.title),
            link=reverse("helpdesk_consultations:public_answer", args=[row.pk]),
            task=row,
        )
    public.refresh_from_db()


@action(
    "helpdesk.public_answer.returned",
    may=permissions.may_draft_public_answer,
    says=_("mengembalikan jawaban publik untuk dibetulkan"),
    on="public",
    fields=("state",),
)
def return_public_answer(*, actor: Actor, public: PublicAnswer, reason: str) -> None:
    row = locked_answer(public, State.REVIEW)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    row.state, row.returned_because = State.DRAFT, one_line(reason)[:600]
    row.save(update_fields=["state", "returned_because"])
    settle_notices(actor=actor, task=row)
    if row.made_by_id and row.made_by_id != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=row.made_by_id,
            text=format_lazy(_("{thing} perlu dibetulkan."), thing=row),  # its title may be what is wrong
            link=reverse("helpdesk_consultations:public_answer", args=[row.pk]),
            task=row,
        )
    public.refresh_from_db()


@action(
    "helpdesk.public_answer.published",
    may=permissions.may_publish_public_answer,
    says=_("memeriksa dan menayangkan jawaban publik"),
    on="public",
    fields=("state",),
)
def publish_public_answer(*, actor: Actor, public: PublicAnswer) -> None:
    """A second person's yes. The sources are emptied: what was taken out is nowhere in the page's row any more."""
    row = locked_answer(public, State.REVIEW)
    if not permissions.may_publish_public_answer(actor, row):
        raise ChangedMeanwhile
    for wrong in what_stands_in_the_way(public=row):
        raise wrong
    now = timezone.now()
    row.marks = redacting.to_json(redacting.from_json(row.marks), bare=True)
    row.source_question = row.source_answer = ""
    row.state, row.reviewed_by_id, row.published_at = State.PUBLISHED, actor.user_id, now
    row.save()
    settle_notices(actor=actor, task=row)
    fulltext.put(INDEX, fulltext.Document(row.pk, row.title, f"{row.question}\n{row.answer}", now))
    generation.bump_on_commit()
    public.refresh_from_db()


@action(
    "helpdesk.public_answer.dropped",
    may=permissions.may_draft_public_answer,
    says=_("membuang naskah jawaban publik"),
    on="public",
)
def drop_public_answer(*, actor: Actor, public: PublicAnswer) -> None:
    """A draft that is to become nothing."""
    row = locked_answer(public, State.DRAFT, State.REVIEW)
    settle_notices(actor=actor, task=row)
    row.delete()
