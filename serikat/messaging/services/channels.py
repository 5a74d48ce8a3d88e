"""Channels set up, tried and retired. Secrets go in and never come out again."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.events import publish
from serikat.messaging import permissions
from serikat.messaging.adapters import Adapter, Health, adapter_named
from serikat.messaging.events import ChannelRetired, MessagesSettled
from serikat.messaging.models import Channel, ChannelTemplate, Direction, Message, Purpose, State
from serikat.messaging.selectors.channels import adapter_of, judged_elsewhere, trial_ref, values_of
from serikat.messaging.services.queueing import WAITING, find_or_make_address, queue_message, take_back, wake
from serikat.units.models import Unit
from serikat.units.rules import paths_above

notes_say(
    template=_("templat"),
    account=_("ID akun di penyedia"),
    channel_kind=_("jenis saluran"),
    well=_("berfungsi"),
    cancelled=_("pesan dibatalkan"),
)

NOT_SENT = "The channel was retired before it was sent."


class UnknownKind(Refused):
    message = _("Jenis saluran ini tidak ada.")


class SettingMissing(Refused):
    message = _("Isian ini wajib.")


class Retired(Conflict):
    message = _("Saluran ini sudah pensiun.")


class StillWaiting(Refused):
    message = _(
        "Masih ada pesan yang belum keluar lewat saluran ini. Tunggu sampai habis, atau setujui bahwa semuanya dibatalkan."
    )


def _kind(name: str) -> type[Adapter]:
    try:
        return adapter_named(name)
    except LookupError:
        raise UnknownKind(field="kind") from None


@inner("reads only")
def settings_of(
    *, kind: type[Adapter], values: Mapping[str, str], held: Mapping[str, str] | None = None
) -> tuple[dict[str, str], str]:
    """Plain settings and sealed secrets. A secret left empty stays as it was (`held`)."""
    held = held or {}
    plain: dict[str, str] = {}
    sealed: dict[str, str] = {}
    for setting in kind.settings:
        value = str(values.get(setting.name) or "").strip()
        if setting.secret and not value:
            value = held.get(setting.name, "")
        if setting.make is not None and not value:
            value = setting.make()
        asked = setting.required or bool(setting.asked_with and str(values.get(setting.asked_with) or "").strip())
        if asked and not value:
            raise SettingMissing(field=setting.name)
        (sealed if setting.secret else plain)[setting.name] = value
    return plain, json.dumps(sealed) if sealed else ""


@action(
    "messaging.channel.added",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "memasang saluran"),
    on="unit",
    makes=True,
)
def add_channel(
    *,
    actor: Actor,
    unit: Unit,
    kind: str,
    name: str,
    values: Mapping[str, str],
    shown_address: str = "",
    price: int = 0,
    a_second: float | None = None,
) -> Channel:
    """A new way to reach people. The address at which the provider calls us is made here and cannot be guessed."""
    found = _kind(kind)
    plain, sealed = settings_of(kind=found, values=values)
    note(channel_kind=kind)
    return Channel.objects.create(
        unit=unit,
        kind=kind,
        scheme=found.scheme,
        name=name,
        shown_address=shown_address,
        key=secrets.token_urlsafe(18),
        settings=plain,
        secrets=sealed,
        price=price,
        a_second=a_second or found.limits.a_second,
    )


@action(
    "messaging.channel.changed",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "mengubah saluran"),
    on="channel",
    fields=("name", "shown_address", "settings", "secrets", "price", "a_second", "active"),
)
def change_channel(
    *,
    actor: Actor,
    channel: Channel,
    name: str,
    values: Mapping[str, str],
    shown_address: str = "",
    price: int = 0,
    a_second: float | None = None,
    active: bool = True,
) -> None:
    found = _kind(channel.kind)
    if channel.retired_at is not None:
        raise Retired
    plain, sealed = settings_of(kind=found, values=values, held=values_of(channel))
    fresh = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    fresh.name, fresh.shown_address, fresh.price, fresh.active = name, shown_address, price, active
    fresh.settings, fresh.secrets, fresh.a_second = plain, sealed, a_second or found.limits.a_second
    fresh.rests_until = None  # what was wrong may be mended: try at once
    fresh.save()
    channel.refresh_from_db()


@action(
    "messaging.channel.paused",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "menghentikan saluran sementara, atau menjalankannya lagi"),
    on="channel",
    fields=("active",),
)
def pause_channel(*, actor: Actor, channel: Channel, active: bool) -> None:
    """Nothing goes out or comes in meanwhile; what waits goes on waiting. Running again, it is tried at once."""
    if Channel.objects.filter(pk=channel.pk, retired_at=None).update(active=active, rests_until=None) == 0:
        raise Retired
    channel.refresh_from_db()
    if active:
        wake(channel=channel)


def _asked(**kwargs: Any) -> Mapping[str, Any]:
    adapter = adapter_of(kwargs["channel"])
    try:
        return {"health": adapter.check()}
    finally:
        adapter.close()


@action(
    "messaging.channel.checked",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "menguji saluran"),
    on="channel",
    prepare=_asked,
)
def check_channel(*, actor: Actor, channel: Channel, health: Health | None = None) -> Health:
    """Ask the provider whether the settings work; nobody gets anything. `health` is what `prepare` found outside the transaction."""
    found = health or Health(False, "Nothing was asked.")
    note(well=found.well)
    Channel.objects.filter(pk=channel.pk).update(problem="" if found.well else found.words[:300], checked_at=timezone.now())
    channel.refresh_from_db(fields=["problem", "checked_at"])
    return found


@action(
    "messaging.channel.tried",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "mengirim pesan uji"),
    on="channel",
)
def try_channel(*, actor: Actor, channel: Channel, address: str, text: str) -> Message:
    """A test message to an address of one's own."""
    to = find_or_make_address(scheme=channel.scheme, typed=address) if address or channel.scheme != "wall" else None
    about = trial_ref(channel)
    return queue_message(actor=actor, channel=channel, address=to, text=text, purpose=Purpose.NOTICE, about=about)


@action(
    "messaging.channel.retired",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "memensiunkan saluran"),
    on="channel",
    fields=("retired_at", "farewell"),
)
def retire_channel(
    *, actor: Actor, channel: Channel, replaced_by: Channel | None = None, farewell: str = "", cancel: bool = False
) -> None:
    """It stays with all that went through it, and says what to use instead. Its secrets are erased. `cancel`: what has not gone out is not sent any
    more. What came and was not read yet still is; what is in doubt stays for a person to decide."""
    if not Channel.objects.select_for_update().filter(pk=channel.pk, retired_at=None).exists():
        raise Retired
    waiting = Message.objects.filter(channel=channel, direction=Direction.OUT, state__in=WAITING)
    if not cancel and waiting.exists():
        raise StillWaiting(field="cancel")
    now = timezone.now()
    Channel.objects.filter(pk=channel.pk).update(
        retired_at=now, active=False, replaced_by=replaced_by, farewell=farewell[:200], secrets="", problem=""
    )
    _cancel(waiting, Message.objects.filter(channel=channel, state=State.CANCELLED, settled_at__gte=now))
    publish(ChannelRetired(channel.pk))
    channel.refresh_from_db()


def _cancel(waiting: QuerySet[Message], taken: QuerySet[Message]) -> None:
    """Each says why it did not go, and whoever it belongs to hears of it. What a worker has in hand ends with that try."""
    waiting.exclude(state=State.PARKED).update(problem=NOT_SENT)  # what was given up says already why
    take_back(rows=waiting)
    by_about: dict[str, list[int]] = {}
    for pk, about in taken.values_list("pk", "about"):
        by_about.setdefault(about, []).append(pk)
    if by_about:
        note(cancelled=sum(map(len, by_about.values())))
    for about, ids in by_about.items():
        if about:
            publish(MessagesSettled(about, tuple(ids)))


@action(
    "messaging.template.kept",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "menyimpan templat pesan"),
    on="channel",
)
def keep_template(*, actor: Actor, channel: Channel, name: str, language: str, text: str) -> ChannelTemplate:
    """A text that the provider approved, as it stands there; whoever keeps it again says that it is approved again. One that another channel of the
    same account has already begins with what the provider said of it there."""
    approved = {"text": text, "dropped_at": None, "verdict": "", "verdict_reason": ""}
    kept, _made = ChannelTemplate.objects.update_or_create(
        channel=channel,
        name=name,
        language=language,
        defaults=approved,
        create_defaults=approved | judged_elsewhere(channel, name, language),
    )
    return kept


@action(
    "messaging.template.dropped",
    may=permissions.may_keep_channel,
    says=pgettext_lazy("an action", "menghapus templat pesan"),
    on="channel",
)
def drop_template(*, actor: Actor, channel: Channel, template: ChannelTemplate) -> None:
    """The provider approves it no longer, and nobody chooses it. What was written with it keeps its words, and does not go out."""
    note(template=template.name)
    ChannelTemplate.objects.filter(pk=template.pk, channel=channel, dropped_at=None).update(dropped_at=timezone.now())


@inner("part of another action")
def built_in_channel(*, kind: str, name: str, unit: Unit, each_unit: bool = False) -> Channel:
    """The one channel of a kind that needs no settings (the page of an access code), made when it is first needed. `each_unit`: each has its own (a
    phone in the hand); a new one costs what the nearest above costs."""
    live = Channel.objects.filter(kind=kind, retired_at=None).order_by("pk")
    own = live.filter(unit=unit) if each_unit else live
    if (found := own.first()) is not None:
        return found
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who need it at once make one
    if (found := own.first()) is not None:
        return found
    above = live.filter(unit__path__in=paths_above(unit.path)).order_by("-unit__path", "pk").first()
    adapter = _kind(kind)
    return Channel.objects.create(
        unit=unit,
        kind=kind,
        scheme=adapter.scheme,
        name=name,
        key=secrets.token_urlsafe(18),
        price=above.price if above is not None else 0,
        a_second=adapter.limits.a_second,
    )
