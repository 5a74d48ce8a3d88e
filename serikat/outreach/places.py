"""Where the room stands in the house: key words, the way out of what goes to many, the rail and first page of the desk, the foot, the trail."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.kernel.access import Actor
from serikat.messaging.keywords import Word, register_word
from serikat.messaging.leaving import fill_leave_link
from serikat.messaging.rules.keywords import Takes
from serikat.outreach import listening, permissions
from serikat.outreach.selectors import broadcasts
from serikat.outreach.selectors.subscriptions import leave_link, open_topics
from serikat.ui import navigation, today
from serikat.ui.components.words import near
from serikat.ui.navigation import Group, Item
from serikat.ui.today import Row


def _topic_words() -> Iterable[str]:
    return open_topics().values_list("word", flat=True)


register_word(Word("DAFTAR", (), listening.hear_registration, _("DAFTAR nama#desa: kabar untuk desa Anda"), order=50))
register_word(
    Word("LANGGANAN", ("SUBSCRIBE",), listening.hear_subscription, _("LANGGANAN topik: kabar tentang topik itu"), order=52)
)
register_word(Word("BERHENTI", (), listening.hear_stop, _("BERHENTI: tidak dikirimi lagi"), order=54, company=_topic_words))
register_word(Word("MULAI", ("START",), listening.hear_start, _("MULAI: dikirimi lagi"), order=56, takes=Takes.NOTHING))
fill_leave_link(leave_link)


def to_approve(actor: Actor) -> list[Row]:
    """Broadcasts of others that wait for a second person."""
    return [
        Row(
            one.title,
            reverse("outreach_desk:broadcast", args=[one.pk]),
            gettext("dikirim %(at)s") % {"at": near(one.send_at)} if one.send_at else gettext("dikirim setelah disetujui"),
            "amber",
        )
        for one in broadcasts.to_approve(actor)[:50]
    ]


navigation.foot(Item(_("Langganan"), "outreach:subscribe", order=45))
navigation.rail(
    Group.PUBLISHING,
    Item(
        _("Siaran"),
        "outreach_desk:broadcasts",
        "horn",
        order=40,
        who=permissions.may_write_broadcast,
        count=broadcasts.to_do,
    ),
)
navigation.rail(
    Group.PUBLISHING, Item(_("Khalayak"), "outreach_desk:audiences", "people", order=42, who=permissions.may_keep_audience)
)
navigation.rail(
    Group.PUBLISHING, Item(_("Langganan"), "outreach_desk:topics", "bell", order=44, who=permissions.may_keep_audience)
)
today.section(
    "outreach.to_approve", _("Siaran menunggu persetujuan"), to_approve, order=18, url_name="outreach_desk:broadcasts"
)
trail_page("outreach.broadcast", lambda actor, pk: broadcasts.broadcast_for(actor, int(pk)))
