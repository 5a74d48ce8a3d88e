"""Where the telephone stands: the rail and the first page of the desk, the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call
from serikat.helpdesk.selectors import calls
from serikat.kernel.access import Actor
from serikat.ui import navigation, today
from serikat.ui.components.words import near
from serikat.ui.navigation import Group, Item
from serikat.ui.today import Row


def due(actor: Actor) -> list[Row]:
    """Who is to be called back now, without name and number."""
    if not calls.call_backs_due(actor):
        return []
    return [
        Row(
            _about(call),
            reverse("helpdesk_calls:call", args=[call.pk]),
            gettext("dihubungi lagi %(at)s") % {"at": near(call.call_back_at)},
            "red" if late else "",
        )
        for call, late in ((row.call, row.late) for row in calls.rows_of(calls.call_backs(actor)[: calls.SHOWN]))
        if late
    ]


def _about(call: Call) -> str:
    if call.direction == Call.Direction.MISSED:
        return gettext("Tidak terangkat (panggilan #%(n)d)") % {"n": call.pk}
    about = capfirst(call.get_topic_display()) or gettext("Belum dipilah")
    return gettext("%(about)s (panggilan #%(n)d)") % {"about": about, "n": call.pk}


navigation.rail(
    Group.WORK,
    Item(
        _("Telepon"), "helpdesk_calls:ringing", "phone", order=22, who=permissions.may_take_call, count=calls.ringing_count
    ),
)
navigation.rail(
    Group.WORK,
    Item(
        _("Hubungi lagi"),
        "helpdesk_calls:call_backs",
        "redo",
        order=23,
        who=permissions.may_receive_visitor,
        count=calls.call_backs_due,
    ),
)
navigation.rail(
    Group.WORK, Item(_("Tamu"), "helpdesk_calls:visitors", "user", order=24, who=permissions.may_receive_visitor)
)
navigation.rail(
    Group.WORK, Item(_("Angka telepon"), "helpdesk_calls:figures", "chart", order=48, who=permissions.may_see_call_figures)
)
navigation.rail(
    Group.SYSTEM, Item(_("Sambungan telepon"), "helpdesk_calls:lines", "phone", order=42, who=permissions.may_keep_line)
)
today.section("helpdesk.call_backs", _("Hubungi lagi sekarang"), due, order=11, url_name="helpdesk_calls:call_backs")
trail_page("helpdesk.call", lambda actor, pk: calls.call_row(actor, int(pk)))
trail_page("helpdesk.phoneline", lambda actor, pk: calls.lines_for(actor).filter(pk=int(pk)).first())
