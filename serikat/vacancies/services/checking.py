"""What a checker does: answer every point and let it show, or refuse it; say which body of the register the firm is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import one_line
from serikat.people.models import Body, BodyKind
from serikat.people.services.bodies import BodyShape, add_body
from serikat.vacancies import permissions
from serikat.vacancies.models import Advert, CheckAnswer
from serikat.vacancies.rules.adverts import is_over
from serikat.vacancies.selectors.desk import points_of
from serikat.vacancies.selectors.memory import findings_about
from serikat.vacancies.services.sending import locked, tell_sender
from serikat.vacancies.services.shaping import TooLate

notes_say(answers=_("jawaban pemeriksa"), remembered=_("kontaknya diingat"), firm=_("perusahaan"))

SHORTEST = 3


class NotAnswered(Refused):
    message = _("Jawab dengan beberapa kata: bagaimana Anda tahu, atau mengapa boleh.")


class ChangedMeanwhile(Conflict):
    message = _("Lowongan ini berubah sesudah Anda membukanya. Baca lagi, lalu jawab.")


class ReasonMissing(Refused):
    message = _("Tulis alasannya untuk pengirim.")


@action(
    "vacancies.advert.shown",
    may=permissions.may_check_advert,
    says=_("memeriksa dan menayangkan lowongan"),
    on="advert",
    fields=("state",),
)
def show_advert(*, actor: Actor, advert: Advert, answers: Mapping[str, str]) -> None:
    """Let it show. Each of the house's questions and each sign that was found needs an answer; what was found is asked again now, so that a form that
    lay open for a day misses nothing."""
    fresh = locked(advert=advert, states=(Advert.State.WAITING,))
    _still_another_hand(actor, fresh)
    if is_over(fresh.ends_on, timezone.localdate()):
        raise TooLate
    reports = fresh.reports.filter(settled_at=None)
    points = [point for point, _found in points_of(fresh, findings_about(fresh), reported=reports.exists())]
    for point in points:
        if point.value not in answers:
            raise ChangedMeanwhile
        if len(one_line(answers[point.value])) < SHORTEST:
            raise NotAnswered(field=point.value)
    now = timezone.now()
    fresh.answers.all().delete()
    CheckAnswer.objects.bulk_create(
        CheckAnswer(advert=fresh, point=point, words=one_line(answers[point.value])[:300], by_id=actor.user_id, at=now)
        for point in points
    )
    note(answers="; ".join(f"{point.label}: {one_line(answers[point.value])[:300]}" for point in points))
    fresh.state, fresh.shown_at = Advert.State.LIVE, fresh.shown_at or now
    fresh.checked_by_id, fresh.checked_at, fresh.answer, fresh.told = actor.user_id, now, "", ""
    fresh.save(update_fields=["state", "shown_at", "checked_by", "checked_at", "answer", "told"])
    reports.update(settled_at=now)
    tell_sender(actor=actor, advert=fresh, words=_("Lowongan Anda tayang: {title}"))
    advert.refresh_from_db()


def _still_another_hand(actor: Actor, fresh: Advert) -> None:
    """Somebody may have changed it themselves on another page meanwhile."""
    if not permissions.may_check_advert(actor, fresh):
        raise ChangedMeanwhile


@action(
    "vacancies.advert.refused",
    may=permissions.may_check_advert,
    says=_("tidak menayangkan lowongan"),
    on="advert",
    fields=("state",),
)
def refuse_advert(*, actor: Actor, advert: Advert, reason: str, remember: bool = False) -> None:
    """Keep it from the public. `remember`: it is a broker's; the next advert with its number, address or firm is marked."""
    reason = one_line(reason)
    if not reason:
        raise ReasonMissing(field="reason")
    fresh = locked(advert=advert, states=(Advert.State.WAITING,))
    fresh.state, fresh.answer, fresh.bad, fresh.decided_at = Advert.State.REFUSED, reason[:600], remember, timezone.now()
    fresh.save(update_fields=["state", "answer", "bad", "decided_at"])
    note(remembered=remember)
    tell_sender(actor=actor, advert=fresh, words=_("Lowongan Anda tidak ditayangkan: {title}"))
    advert.refresh_from_db()


@action(
    "vacancies.firm.joined", may=permissions.may_keep_advert, says=_("mencocokkan perusahaan dengan daftar"), on="advert"
)
def join_firm(*, actor: Actor, advert: Advert, body: Body) -> None:
    """The firm is this body of the register; the advert names it as the register does."""
    fresh = locked(advert=advert, states=(Advert.State.WAITING, Advert.State.LIVE, Advert.State.HELD))
    fresh.body = body
    fresh.save(update_fields=["body"])
    note(firm=body.name)
    advert.refresh_from_db()


@action(
    "vacancies.firm.added",
    may=permissions.may_keep_advert,
    says=_("menambah perusahaan dari lowongan ke daftar"),
    on="advert",
)
def add_firm(*, actor: Actor, advert: Advert) -> Body:
    """Write the firm down in the register, as the advert names it, and join it."""
    fresh = locked(advert=advert, states=(Advert.State.WAITING,))
    kind = BodyKind.AGENCY if fresh.kind == Advert.Kind.OVERSEAS else BodyKind.COMPANY
    numbers = (("SIP3MI", fresh.licence),) if fresh.licence else ()
    body = add_body(
        actor=actor, unit=fresh.unit, shape=BodyShape(kind=kind, name=fresh.firm, registrations=numbers, place=fresh.place)
    )
    join_firm(actor=actor, advert=advert, body=body)
    return body
