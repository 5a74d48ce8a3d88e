"""The sender's side: send an advert in, with an account or without, exactly once; change it while it waits; take it back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner, note_about
from serikat.kernel.access import Actor, who_may
from serikat.kernel.codes import derived_code, make_code
from serikat.kernel.errors import Conflict, Refused, Words
from serikat.kernel.secrets import blind_index
from serikat.kernel.text import one_line
from serikat.units.models import Unit
from serikat.vacancies import permissions
from serikat.vacancies.models import Advert
from serikat.vacancies.rules import adverts as rules
from serikat.vacancies.selectors.desk import unit_for
from serikat.vacancies.selectors.own import CODE_LENGTH, mark_of
from serikat.vacancies.services.shaping import Shape, note_signs, shape_advert


class TooManyAdverts(Refused):
    message = _("Hari ini Anda sudah mengirim banyak lowongan. Kirim yang ini besok.")


class TooManyWaiting(Refused):
    message = _("Banyak lowongan sedang menunggu diperiksa. Salin isian Anda dan coba lagi nanti.")


class NotChangeable(Conflict):
    message = _("Lowongan ini sudah diputus. Tarik kembali, lalu kirim yang baru.")


@action(
    "vacancies.advert.sent",
    may=permissions.may_send_advert,
    says=_("mengirim lowongan untuk diperiksa"),
    on="unit",
    makes=True,
)
def send_advert(*, actor: Actor, unit: Unit, mark: str, shape: Shape, contact: str = "", sender_is: str = "") -> Advert:
    """Take an advert in; it waits for a checker. `contact` is kept of who has no account, for the checker alone; `sender_is` is what they
    say of themselves."""
    _not_too_many(actor)
    advert = Advert(
        code=_free_code(),
        mark=mark,
        unit=unit,
        sender_id=actor.user_id,
        sender_contact="" if actor.user_id else one_line(contact)[:200],
        sender_is=sender_is if sender_is in Advert.SenderIs.values else "",
        sent_at=timezone.now(),
    )
    shape_advert(advert=advert, shape=shape)
    advert.save()
    note_signs(advert=advert)
    if actor.subject:
        note_about(actor.subject)
    tell_checkers(actor=actor, advert=advert, words=_("Lowongan menunggu diperiksa: {title}"))
    return advert


@inner("reads only")
def code_of(*, key: uuid.UUID) -> str:
    """The sender's code. It follows from the key that their form was made with, so that sending twice shows the same; no table holds either."""
    return derived_code(blind_index(str(key), "vacancies sender code"), CODE_LENGTH)


@inner("part of another action")
def send_advert_once(
    *, actor: Actor, key: uuid.UUID, shape: Shape, contact: str = "", sender_is: str = ""
) -> tuple[Advert, str]:
    """The advert of this key, and its sender's code. A key under which something else was sent is no key."""
    code = code_of(key=key)
    if found := _sent_already(actor, code, shape):
        return found, code
    if Advert.objects.filter(mark=mark_of(code)).exists():
        code = code_of(key=uuid.uuid4())
    given: dict[str, Any] = {
        "unit": unit_for(shape.place, actor),
        "shape": shape,
        "contact": contact,
        "sender_is": sender_is,
    }
    try:
        return send_advert(actor=actor, mark=mark_of(code), **given), code
    except IntegrityError:  # the same form, sent twice at the same moment
        if found := _sent_already(actor, code, shape):
            return found, code
        raise


def _sent_already(actor: Actor, code: str, shape: Shape) -> Advert | None:
    return Advert.objects.filter(mark=mark_of(code), sender=actor.user_id, title=one_line(shape.title)).first()


def _not_too_many(actor: Actor) -> None:
    now = timezone.now()
    if actor.is_machine:
        return
    if actor.user_id is not None:
        if Advert.objects.filter(sender=actor.user_id, sent_at__gte=now - timedelta(days=1)).count() >= rules.MOST_A_DAY:
            raise TooManyAdverts
        return
    without = Advert.objects.filter(sender=None)
    if (
        without.filter(state=Advert.State.WAITING).count() >= rules.MOST_WAITING
        or without.filter(sent_at__gte=now - timedelta(hours=1)).count() >= rules.MOST_AN_HOUR
    ):
        raise TooManyWaiting


def _free_code() -> str:
    while Advert.objects.filter(code=(code := make_code())).exists():
        pass
    return code


@action(
    "vacancies.advert.changed",
    may=permissions.may_own_advert,
    says=_("mengubah lowongan kirimannya"),
    on="advert",
    fields=("title", "firm", "ends_on"),
)
def change_own_advert(*, actor: Actor, advert: Advert, shape: Shape) -> Advert:
    """Write it anew while it waits; it waits on, its answers are asked anew."""
    fresh = locked(advert=advert, states=(Advert.State.WAITING,))
    rewrite(advert=fresh, shape=shape)
    advert.refresh_from_db()
    return advert


@action(
    "vacancies.advert.taken_back",
    may=permissions.may_take_back_advert,
    says=_("menarik lowongan kirimannya"),
    on="advert",
    fields=("state",),
)
def take_back_advert(*, actor: Actor, advert: Advert) -> None:
    """The sender takes it back. What is reported or proven false cannot be taken back: it stays as a warning."""
    fresh = locked(advert=advert, states=(Advert.State.WAITING, Advert.State.LIVE))
    fresh.state, fresh.decided_at = Advert.State.WITHDRAWN, timezone.now()
    fresh.save(update_fields=["state", "decided_at"])
    advert.refresh_from_db()


@inner("part of another action")
def rewrite(*, advert: Advert, shape: Shape) -> None:
    """New words: the signs are noted anew, and no answer of a checker stands for them. Another firm is no more the body it was joined to."""
    before = advert.firm_folded
    shape_advert(advert=advert, shape=shape)
    if advert.firm_folded != before:
        advert.body = None
    advert.save()
    advert.answers.all().delete()
    note_signs(advert=advert)


@inner("part of another action")
def locked(*, advert: Advert, states: tuple[str, ...]) -> Advert:
    """The row as it stands now, locked: two pages may be open."""
    fresh = Advert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=advert.pk)
    if fresh.state not in states:
        raise NotChangeable
    return fresh


@inner("part of another action")
def tell_checkers(*, actor: Actor, advert: Advert, words: Words) -> None:
    for user_id in sorted(set(who_may(permissions.may_check_advert, advert)) - {actor.user_id, advert.sender_id}):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(words, title=advert.title),
            link=reverse("vacancies_desk:advert", args=[advert.code]),
        )


@inner("part of another action")
def tell_sender(*, actor: Actor, advert: Advert, words: Words) -> None:
    """Leave who sent it a notice; who has no account reads it with their code."""
    if advert.sender_id and advert.sender_id != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=advert.sender_id,
            text=format_lazy(words, title=advert.title),
            link=reverse("vacancies:own_advert", args=[advert.code]),
        )
