"""What the desk does with what stands: put words right (looked at again by another person), extend it, hide it, show it again, withdraw it, say that
it is false; and the rule after how many reports it is hidden by itself."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.text import one_line
from serikat.vacancies import permissions
from serikat.vacancies.models import Advert, Report, VacancyRule
from serikat.vacancies.rules.adverts import is_over
from serikat.vacancies.services.sending import locked, rewrite, tell_checkers, tell_sender
from serikat.vacancies.services.shaping import Shape, checked_end

notes_say(hide_after=_("disembunyikan sesudah laporan"), warning=_("yang dibaca umum"))

EDITABLE = (Advert.State.WAITING, Advert.State.LIVE, Advert.State.HELD)


class WordsMissing(Refused):
    message = _("Tulis alasannya dengan satu dua kalimat.")


@action(
    "vacancies.advert.edited",
    may=permissions.may_keep_advert,
    says=_("membetulkan lowongan"),
    on="advert",
    fields=("title", "firm", "ends_on", "state"),
)
def edit_advert(*, actor: Actor, advert: Advert, shape: Shape) -> Advert:
    """Put its words right. It leaves the public and waits until another person has checked it and answered for the open reports."""
    fresh = locked(advert=advert, states=EDITABLE)
    was_live = fresh.state != Advert.State.WAITING
    rewrite(advert=fresh, shape=shape)
    fresh.changed_by_id, fresh.state = actor.user_id, Advert.State.WAITING
    fresh.save(update_fields=["changed_by", "state"])
    if was_live:
        tell_checkers(actor=actor, advert=fresh, words=_("Lowongan diubah dan perlu diperiksa lagi: {title}"))
    advert.refresh_from_db()
    return advert


@action(
    "vacancies.advert.extended",
    may=permissions.may_keep_advert,
    says=_("memperpanjang lowongan"),
    on="advert",
    fields=("ends_on", "state"),
)
def extend_advert(*, actor: Actor, advert: Advert, ends_on: date) -> None:
    """Another end date. What had ended already waits for a check first: nobody knows whether the place is still free."""
    fresh = locked(advert=advert, states=(Advert.State.LIVE,))
    was_over = is_over(fresh.ends_on, timezone.localdate())
    fresh.ends_on = checked_end(ends_on=ends_on)
    if was_over:
        fresh.state = Advert.State.WAITING
        tell_checkers(actor=actor, advert=fresh, words=_("Lowongan diperpanjang dan perlu diperiksa lagi: {title}"))
    fresh.save(update_fields=["ends_on", "state"])
    advert.refresh_from_db()


@action(
    "vacancies.advert.held",
    may=permissions.may_keep_advert,
    says=_("menyembunyikan lowongan sampai diperiksa"),
    on="advert",
    fields=("state",),
)
def hold_advert(*, actor: Actor, advert: Advert) -> None:
    """Out of the public until somebody looked; its page says so."""
    fresh = locked(advert=advert, states=(Advert.State.LIVE,))
    fresh.state, fresh.decided_at = Advert.State.HELD, timezone.now()
    fresh.save(update_fields=["state", "decided_at"])
    tell_sender(actor=actor, advert=fresh, words=_("Lowongan Anda dilaporkan dan sedang diperiksa: {title}"))
    advert.refresh_from_db()


@action(
    "vacancies.advert.cleared",
    may=permissions.may_check_advert,
    says=_("menayangkan lagi lowongan yang dilaporkan"),
    on="advert",
    fields=("state",),
)
def clear_advert(*, actor: Actor, advert: Advert, reason: str) -> None:
    """The reports were looked into and it is true: it shows again, and they are settled."""
    reason = _words(reason)
    fresh = locked(advert=advert, states=(Advert.State.HELD, Advert.State.LIVE))
    fresh.state, fresh.checked_by_id, fresh.checked_at = Advert.State.LIVE, actor.user_id, timezone.now()
    fresh.save(update_fields=["state", "checked_by", "checked_at"])
    _settle(fresh)
    tell_sender(actor=actor, advert=fresh, words=_("Lowongan Anda sudah diperiksa dan tayang lagi: {title}"))
    advert.refresh_from_db()


@action(
    "vacancies.advert.proven_false",
    may=permissions.may_check_advert,
    says=_("menyatakan lowongan palsu"),
    on="advert",
    fields=("state",),
)
def prove_false(*, actor: Actor, advert: Advert, told: str) -> None:
    """It is false. Its page stays as a warning with what happened, in the checker's words; its signs are remembered, its reports settled."""
    told = _words(told, field="told")
    fresh = locked(advert=advert, states=(Advert.State.HELD, Advert.State.LIVE))
    fresh.state, fresh.told, fresh.bad, fresh.decided_at = Advert.State.FALSE, told, True, timezone.now()
    fresh.save(update_fields=["state", "told", "bad", "decided_at"])
    note(warning=told)
    _settle(fresh)
    tell_sender(actor=actor, advert=fresh, words=_("Lowongan Anda dinyatakan palsu: {title}"))
    advert.refresh_from_db()


@action(
    "vacancies.advert.withdrawn",
    may=permissions.may_keep_advert,
    says=_("menarik lowongan dari tayangan"),
    on="advert",
    fields=("state",),
)
def withdraw_advert(*, actor: Actor, advert: Advert, reason: str) -> None:
    """Off the list for good: filled, or asked by the firm. Its page says why."""
    reason = _words(reason)
    fresh = locked(advert=advert, states=(Advert.State.LIVE, Advert.State.HELD))
    fresh.state, fresh.told, fresh.answer, fresh.decided_at = Advert.State.WITHDRAWN, reason, reason, timezone.now()
    fresh.save(update_fields=["state", "told", "answer", "decided_at"])
    _settle(fresh)
    tell_sender(actor=actor, advert=fresh, words=_("Lowongan Anda ditarik: {title}"))
    advert.refresh_from_db()


@action(
    "vacancies.rule.changed",
    may=permissions.may_change_vacancy_rule,
    says=_("mengubah kapan lowongan yang dilaporkan disembunyikan"),
)
def change_vacancy_rule(*, actor: Actor, hide_after: int) -> None:
    """After how many open reports; 0: never by itself."""
    note(hide_after=hide_after)
    VacancyRule.objects.update_or_create(id=1, defaults={"hide_after": hide_after})


def _words(typed: str, field: str = "reason") -> str:
    words = one_line(typed)[:600]
    if len(words) < 3:
        raise WordsMissing(field=field)
    return words


def _settle(advert: Advert) -> None:
    Report.objects.filter(advert=advert, settled_at=None).update(settled_at=timezone.now())
