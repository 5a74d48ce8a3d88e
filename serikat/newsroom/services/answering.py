"""The desk's side of a request: ask back, hand over, accept or refuse it, confirm what another proposed; and the rule of its clock."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import clean_text
from serikat.newsroom import permissions
from serikat.newsroom.models import EditingRule, EditorialRequest, RequestMessage
from serikat.newsroom.rules import requests as rules
from serikat.newsroom.selectors import requests as reads
from serikat.newsroom.selectors.editing import approval_required
from serikat.newsroom.services.request_outcomes import put_right
from serikat.newsroom.services.requests import locked, tell_desk

notes_say(
    proposal=_("putusan yang diusulkan"),
    ground=_("dasar putusan"),
    handed_to=_("diserahkan kepada"),
    complaint_hours=_("jam untuk keberatan"),
    answer_days=_("hari untuk permintaan lain"),
    requests_kept_months=_("bulan disimpan"),
)

State, Kind, Message = EditorialRequest.State, EditorialRequest.Kind, RequestMessage.Kind


class WordsMissing(Refused):
    message = _("Tulis kata-katanya untuk pengirim.")


class CorrectionMissing(Refused):
    message = _("Tulis koreksinya seperti akan tampil di halaman.")


class GroundMissing(Refused):
    message = _("Pilih dasarnya.")


class NotAgreed(Refused):
    message = _(
        "Pengirim belum menyetujui kata-kata yang dipendekkan. Tanpa persetujuannya, yang tampil adalah kata-katanya sendiri."
    )


class SameWords(Refused):
    message = _("Ini sama dengan yang dikirim. Tidak perlu persetujuan.")


class OwnDecision(Refused):
    message = _(
        "Putusan ini perlu orang kedua: bukan pengusulnya, dan salah satu dari keduanya tidak ikut menulis halaman itu."
    )


class NoColleague(Refused):
    message = _("Pilih rekan yang berwenang atas halaman itu.")


@action(
    "newsroom.editorial_request.asked",
    may=permissions.may_answer_request,
    says=_("menanyai pengirim permintaan"),
    on="request",
)
def ask_sender(*, actor: Actor, request: EditorialRequest, words: str) -> None:
    """Ask something back; the clock stands until they answer."""
    words = clean_text(words)[: rules.LONGEST_ANSWER]
    if not words:
        raise WordsMissing(field="words")
    fresh = locked(request=request, states=(State.OPEN,))
    _pause(actor, fresh, words)


@action(
    "newsroom.editorial_request.shortened",
    may=permissions.may_answer_request,
    says=_("meminta persetujuan atas hak jawab yang dipendekkan"),
    on="request",
)
def shorten_reply(*, actor: Actor, request: EditorialRequest, shown_words: str, words: str = "") -> None:
    """Propose other words for a reply. They show only with the sender's yes to exactly them."""
    shown_words = clean_text(shown_words)[: rules.LONGEST_WORDS]
    if not shown_words:
        raise WordsMissing(field="shown_words")
    fresh = locked(request=request, states=(State.OPEN,))
    if fresh.kind != Kind.REPLY or rules.same_words(shown_words, fresh.words):
        raise SameWords(field="shown_words")
    fresh.shown_words, fresh.agreed_digest = shown_words, ""
    _pause(actor, fresh, clean_text(words)[: rules.LONGEST_ANSWER])


def _pause(actor: Actor, request: EditorialRequest, words: str) -> None:
    now = timezone.now()
    if words:
        RequestMessage.objects.create(request=request, kind=Message.QUESTION, words=words, by_id=actor.user_id, at=now)
    request.state, request.paused_at = State.ASKED, now
    request.save(update_fields=["state", "paused_at", "shown_words", "agreed_digest"])


@action(
    "newsroom.editorial_request.handed_over",
    may=permissions.may_answer_request,
    says=_("menyerahkan permintaan kepada rekan"),
    on="request",
)
def hand_over(*, actor: Actor, request: EditorialRequest, colleague: int, words: str = "") -> None:
    """Let a colleague who may answer it take it on, with a note that stays at the desk."""
    fresh = locked(request=request, states=reads.WORKED_ON)
    if colleague not in who_may(permissions.may_answer_request, fresh):
        raise NoColleague(field="colleague")
    fresh.handler_id = colleague
    fresh.save(update_fields=["handler"])
    _leave_note(actor, fresh, words)
    note(handed_to=str(fresh.handler))
    tell_desk(actor=actor, request=fresh, words=_("Diserahkan kepada Anda, {what}: {title}"), to=[colleague])


def _leave_note(actor: Actor, request: EditorialRequest, words: str) -> None:
    words = clean_text(words)[: rules.LONGEST_ANSWER]
    if words:
        now = timezone.now()
        RequestMessage.objects.create(request=request, kind=Message.NOTE, words=words, by_id=actor.user_id, at=now)


@action(
    "newsroom.editorial_request.accepted",
    may=permissions.may_answer_request,
    says=_("mengabulkan permintaan, atau mengusulkannya"),
    on="request",
    fields=("state",),
)
def accept_request(
    *,
    actor: Actor,
    request: EditorialRequest,
    answer: str,
    correction: str = "",
    correction_en: str = "",
    ground: str = "",
    announced: bool = True,
) -> EditorialRequest:
    """Grant it. What changes the public page waits for another person. A correction carries its words, a withdrawal one of the code's grounds."""
    fresh = locked(request=request, states=(State.OPEN, State.ASKED))
    if fresh.kind == Kind.REPLY and fresh.shown_words and fresh.agreed_digest != rules.words_digest(fresh.shown_words):
        raise NotAgreed
    if fresh.kind == Kind.CORRECTION:
        fresh.shown_words = clean_text(correction)[: rules.LONGEST_CORRECTION]
        if not fresh.shown_words:
            raise CorrectionMissing(field="correction")
        fresh.shown_words_en = clean_text(correction_en)[: rules.LONGEST_CORRECTION] if fresh.article_id else ""
    if fresh.kind == Kind.WITHDRAWAL and ground not in rules.WITHDRAWALS:
        raise GroundMissing(field="ground")
    fresh.ground = ground if fresh.kind == Kind.WITHDRAWAL else ""
    fresh.announced = announced
    return _propose(actor, fresh, answer, accepted=True)


@action(
    "newsroom.editorial_request.refused",
    may=permissions.may_answer_request,
    says=_("menolak permintaan, atau mengusulkannya"),
    on="request",
    fields=("state",),
)
def refuse_request(*, actor: Actor, request: EditorialRequest, ground: str, answer: str) -> EditorialRequest:
    """Refuse it on one of the listed grounds, with words for the sender. Who wrote the page does not refuse alone."""
    fresh = locked(request=request, states=(State.OPEN, State.ASKED))
    if ground not in rules.REFUSALS[fresh.kind]:
        raise GroundMissing(field="ground")
    fresh.ground = ground
    return _propose(actor, fresh, answer, accepted=False)


def _propose(actor: Actor, request: EditorialRequest, answer: str, *, accepted: bool) -> EditorialRequest:
    request.answer = clean_text(answer)[: rules.LONGEST_ANSWER]
    if not request.answer:
        raise WordsMissing(field="answer")
    request.accepted, request.proposed_by_id, request.proposed_at = accepted, actor.user_id, timezone.now()
    wrote = reads.who_wrote(request)
    second = rules.needs_second(
        request.kind,
        accepted=accepted,
        beside_page=request.article_id is None,
        wrote_it=actor.user_id in wrote,
        rule_stands=approval_required(),
    )
    note(proposal=_("dikabulkan") if accepted else _("ditolak"), ground=str(request.get_ground_display()))
    if not second:
        return _decide(actor, request)
    request.state, request.paused_at = State.PROPOSED, None
    request.save()
    others = [u for u in who_may(permissions.may_answer_request, request) if _confirms(u, request)]
    tell_desk(actor=actor, request=request, words=_("Menunggu persetujuan Anda, {what}: {title}"), to=others)
    return request


def _confirms(user_id: int, request: EditorialRequest) -> bool:
    return rules.may_confirm(user_id, proposed_by=request.proposed_by_id, wrote=reads.who_wrote(request))


def _decide(actor: Actor, request: EditorialRequest) -> EditorialRequest:
    request.state = State.ACCEPTED if request.accepted else State.REFUSED
    request.decided_by_id, request.decided_at, request.paused_at = actor.user_id, timezone.now(), None
    request.save()
    if request.accepted:
        put_right(actor=actor, request=request)
    return request


@action(
    "newsroom.editorial_request.confirmed",
    may=permissions.may_answer_request,
    says=_("menyetujui putusan atas permintaan"),
    on="request",
    fields=("state",),
)
def confirm_decision(*, actor: Actor, request: EditorialRequest) -> EditorialRequest:
    """Another person's yes: the decision stands and is carried out."""
    fresh = locked(request=request, states=(State.PROPOSED,))
    if actor.user_id is None or not _confirms(actor.user_id, fresh):
        raise OwnDecision
    if fresh.proposed_by_id is not None:
        tell_desk(actor=actor, request=fresh, words=_("Disetujui, {what}: {title}"), to=[fresh.proposed_by_id])
    return _decide(actor, fresh)


@action(
    "newsroom.editorial_request.sent_back",
    may=permissions.may_answer_request,
    says=_("mengembalikan usul putusan atas permintaan"),
    on="request",
    fields=("state",),
)
def return_decision(*, actor: Actor, request: EditorialRequest, words: str) -> None:
    """Not like this: who proposed it reads why, and it waits to be answered again."""
    if not clean_text(words):
        raise WordsMissing(field="words")
    fresh = locked(request=request, states=(State.PROPOSED,))
    proposer = fresh.proposed_by_id
    fresh.state, fresh.accepted, fresh.ground, fresh.answer = State.OPEN, None, "", ""
    fresh.proposed_by, fresh.proposed_at = None, None
    if fresh.kind == Kind.CORRECTION:
        fresh.shown_words = fresh.shown_words_en = ""
    fresh.save()
    _leave_note(actor, fresh, words)
    if proposer is not None:
        tell_desk(actor=actor, request=fresh, words=_("Dikembalikan dengan catatan, {what}: {title}"), to=[proposer])


@action(
    "newsroom.request_rule.changed",
    may=permissions.may_change_editing_rule,
    says=_("mengubah aturan waktu menjawab permintaan"),
)
def change_request_rule(*, actor: Actor, complaint_hours: int, answer_days: int, requests_kept_months: int) -> None:
    """Within what time a request is answered, and for how many months it is kept once it is. Running ones keep their time."""
    if not 1 <= complaint_hours <= rules.COMPLAINT_HOURS:
        raise Conflict(_("Pedoman Pemberitaan Media Siber memberi paling lama 2 x 24 jam."), field="complaint_hours")
    values: dict[str, Any] = {
        "complaint_hours": complaint_hours,
        "answer_days": answer_days,
        "requests_kept_months": requests_kept_months,
    }
    note(**values)
    EditingRule.objects.update_or_create(id=1, defaults=values)
