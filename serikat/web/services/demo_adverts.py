"""The demo's job adverts in every state: live, ended, waiting with a broker's signs, reported, proven false."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS, Actor, actor_of
from serikat.places.models import Country, Level, Region
from serikat.vacancies.models import Advert
from serikat.vacancies.selectors.desk import look_at
from serikat.vacancies.services import checking, keeping, reporting
from serikat.vacancies.services.sending import send_advert_once
from serikat.vacancies.services.shaping import Shape
from serikat.web.demo import adverts


@inner("part of another action")
def load_adverts(*, actor: Actor) -> None:
    """Where no regions are loaded there is no place for an advert, and none is made."""
    somewhere = Region.objects.filter(level=Level.REGENCY).first()
    if somewhere is None:
        return
    today = timezone.localdate()
    for seed in adverts.ADVERTS:
        shape = Shape(
            title=seed.title,
            kind=seed.kind,
            firm=seed.firm,
            work=seed.work,
            requirements=seed.requirements,
            place=Region.objects.filter(pk=seed.place).first() or somewhere,
            country=Country.objects.filter(pk=seed.country).first() if seed.country else None,
            ends_on=today + timedelta(days=max(0, seed.days)),
            **seed.rest,
        )
        if seed.country and shape.country is None:
            continue
        sender = actor_of(User.objects.get(username=seed.by)) if seed.by else actor
        advert, _code = send_advert_once(actor=sender, key=uuid.uuid4(), shape=shape)
        _become(actor, advert, seed)


def _become(actor: Actor, advert: Advert, seed: adverts.DemoAdvert) -> None:
    if seed.becomes == "waiting":
        return
    checking.add_firm(actor=actor, advert=advert)
    answers = {one.point.value: "Ditelepon lewat nomor kantor, benar." for one in look_at(advert).asked}
    checking.show_advert(actor=actor, advert=advert, answers=answers)
    for what, amount, words in seed.reports:
        reporting.report_advert(actor=ANONYMOUS, advert=advert, what=what, amount=amount or None, words=words)
    if seed.becomes == "false":
        keeping.prove_false(actor=actor, advert=advert, told=seed.told)
    if seed.days < 0:
        Advert.objects.filter(pk=advert.pk).update(ends_on=timezone.localdate() + timedelta(days=seed.days))


@inner("part of another action")
def clear_demo_adverts() -> int:
    """Remove the adverts that the demo brought, as the trail remembers them; returns how many. A real one that names a firm of the demo lets go of it."""
    found = Advert.objects.filter(pk__in=_made("vacancies.advert"))
    count = found.count()
    found.delete()
    Advert.objects.filter(body__in=_made("people.body")).update(body=None)
    return count


def _made(label: str) -> list[int]:
    """Keys of what the demo's loading made of this model."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    refs = Entry.objects.filter(group__in=loaded, subject_ref__startswith=f"{label}:").values_list("subject_ref", flat=True)
    return [int(ref.partition(":")[2]) for ref in refs]
