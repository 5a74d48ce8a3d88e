"""What the room puts into the house when it starts: every kind of channel that this installation has, its place in the rail, what of it is wrong."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.kernel.access import Actor
from serikat.messaging import adapters, permissions
from serikat.messaging.selectors import channels
from serikat.ui import navigation, today
from serikat.ui.navigation import Group, Item
from serikat.ui.today import Row

for _module in pkgutil.iter_modules(adapters.__path__):
    import_module(f"{adapters.__name__}.{_module.name}")


def with_problem(actor: Actor) -> list[Row]:
    """Channels that do not work, for who sees them."""
    if not actor.holds(*permissions.DESK):
        return []
    now = timezone.now()
    return [
        Row(
            channel.name,
            reverse("messaging_desk:channel", args=[channel.pk]),
            channels.standing_of(channel, now).label,
            "red",
        )
        for channel in channels.channels_with_problem(actor)
    ]


def count_with_problem(actor: Actor) -> int:
    return len(channels.channels_with_problem(actor))


navigation.rail(
    Group.SYSTEM,
    Item(
        _("Saluran pesan"), "messaging_desk:channels", "sms", order=30, who=list(permissions.DESK), count=count_with_problem
    ),
)
navigation.rail(
    Group.SYSTEM, Item(_("Daftar berhenti"), "messaging_desk:stops", "close", order=32, who=permissions.may_stop_address)
)
today.section("messaging.with_problem", _("Saluran bermasalah"), with_problem, order=8, url_name="messaging_desk:channels")
trail_page("messaging.channel", lambda actor, pk: channels.channel_for(actor, int(pk)))
