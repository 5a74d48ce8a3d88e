"""Where conversations stand: the rail and the first page of the desk, the chooser of what a phone shares, the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Conversation
from serikat.helpdesk.selectors import conversations, inbox
from serikat.kernel.access import Actor
from serikat.ui import navigation, today
from serikat.ui.components.words import near
from serikat.ui.navigation import Group, Item
from serikat.ui.sharing import Taker, takes
from serikat.ui.today import COUNTED, Row


def waiting(actor: Actor) -> list[Row]:
    """What waits for an answer, as the shelf has it, whoever opened it meanwhile: by its topic, without a name and without a word of it."""
    if not actor.reach(*permissions.INBOX):
        return []
    found = inbox.conversations_in_reach(actor).filter(inbox.shelf(actor, "dijawab"))
    return [_waits(row) for row in inbox.page_by_wait(found, most=COUNTED).rows]


def _waits(row: inbox.Listed) -> Row:
    talk = row.conversation
    if talk.unread:
        words = ngettext("%(n)d pesan baru, menunggu sejak %(at)s", "%(n)d pesan baru, menunggu sejak %(at)s", talk.unread)
    else:
        words = gettext("sudah dibaca, menunggu sejak %(at)s")
    about = words % {"n": talk.unread, "at": near(talk.waiting_since or talk.last_at)}
    if talk.assigned_to is not None:
        about = f"{about} · {talk.assigned_to}"
    return Row(_named(talk), reverse("helpdesk_desk:conversation", args=[talk.pk]), about, row.tone)


def _named(talk: Conversation) -> str:
    topic = capfirst(talk.get_topic_display()) or inbox.number_behind(talk) or gettext("Belum dipilah")
    return gettext("%(topic)s (%(channel)s)") % {"topic": topic, "channel": talk.channel}


def by_hand(actor: Actor) -> list[Row]:
    """Answers that were written and have not left yet: only somebody with a phone in the hand can send them."""
    return [
        Row(
            _named(talk),
            f"{reverse('helpdesk_desk:conversation', args=[talk.pk])}#terakhir",
            gettext("ditulis %(at)s") % {"at": near(since)},
            "amber",
        )
        for talk, since in conversations.waiting_for_a_phone(actor, most=COUNTED)
    ]


def undecided(actor: Actor) -> list[Row]:
    count = conversations.settling_count(actor)
    if not count:
        return []
    words = ngettext("%(n)d pesan gagal atau tidak pasti terkirim", "%(n)d pesan gagal atau tidak pasti terkirim", count)
    return [Row(words % {"n": count}, reverse("helpdesk_desk:to_settle"), "", "amber")]


navigation.rail(
    Group.WORK,
    Item(
        _("Percakapan"),
        "helpdesk_desk:inbox",
        "chat",
        order=20,
        who=permissions.may_read_conversation,
        count=inbox.to_answer,
    ),
)
navigation.rail(
    Group.WORK,
    Item(
        _("Perlu diputuskan"),
        "helpdesk_desk:to_settle",
        "alert",
        order=28,
        who=permissions.may_read_conversation,
        count=conversations.settling_count,
    ),
)
today.section("helpdesk.waiting", _("Percakapan perlu dijawab"), waiting, order=10, url_name="helpdesk_desk:inbox")
today.section(
    "helpdesk.by_hand", _("Jawaban menunggu dikirim dari ponsel"), by_hand, order=11, url_name="helpdesk_desk:to_settle"
)
today.section("helpdesk.undecided", _("Perlu diputuskan"), undecided, order=12, url_name="helpdesk_desk:to_settle")
takes(
    Taker(
        _("Jadikan percakapan"),
        _("Chat dari ponsel petugas: menjadi percakapan di meja bantuan."),
        "helpdesk_desk:paste_chat",
        "chat",
        who=permissions.may_begin_conversation,
    )
)
trail_page("helpdesk.conversation", lambda actor, pk: conversations.conversation_row(actor, int(pk)))
