"""The inbox, what waits for a decision, and the quick replies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from serikat.helpdesk.forms import conversations as forms
from serikat.helpdesk.permissions import INBOX
from serikat.helpdesk.selectors import conversations as threads
from serikat.helpdesk.selectors import inbox as reads
from serikat.helpdesk.services import conversations
from serikat.helpdesk.views.conversations import keep_reply, whole_number
from serikat.kernel.errors import Conflict, Missing
from serikat.kernel.gate import Request, for_roles
from serikat.messaging.permissions import may_settle_message
from serikat.messaging.selectors.messages import message_for
from serikat.messaging.services import settling
from serikat.ui.deciding import decide
from serikat.units.selectors import units_within

SETTLED = {
    "kirim-lagi": (settling.resend_message, later("Dikirim sekali lagi.")),
    "terkirim": (settling.count_as_sent, later("Dicatat sebagai terkirim.")),
    "biarkan": (settling.drop_message, later("Dibiarkan.")),
}
SETTLING_SHOWN = 50
NOBODY = "belum"
MICRO, LAST_DAY = 1_000_000, 2**37  # moments in an address: microseconds, and no later than what a calendar holds


@for_roles(*INBOX)
def inbox(request: Request) -> HttpResponse:
    """One shelf, or what a search finds. `baru`: how many were written to since then, for a page that stays open."""
    asked, given = request.GET.get("q", "").strip()[:200], request.GET
    shelf = given.get("rak", "")
    shelf = shelf if shelf in reads.SHELVES else reads.SHELVES[0]
    if since := whole_number(given.get("baru", "")):
        context = {"fresh": reads.count_fresh(request.actor, _moment(since)), "since": since, "shelf": shelf}
        return render(request, "helpdesk/desk/parts/newer.html", context)
    topic = given.get("pokok", "")
    topic = topic if topic in dict(reads.topics()) else ""
    channels = reads.channels_used(request.actor)
    channel = next((one for one in channels if str(one.pk) == given.get("saluran")), None)
    if asked:
        found = reads.search(request.actor, asked)
    else:
        found = reads.conversations_in_reach(request.actor).filter(reads.shelf(request.actor, shelf))
    if channel is not None:
        found = found.filter(channel=channel)
    if topic:
        found = found.filter(topic=topic)
    carried = reads.carried(request.actor)
    who = given.get("petugas", "")
    who = who if who == NOBODY or any(str(pk) == who for pk, _name, _n in carried) else ""
    if who:
        found = found.filter(assigned_to=None if who == NOBODY else int(who))
    kept = {
        "q": asked, "rak": "" if asked else shelf, "saluran": channel.pk if channel else "", "pokok": topic, "petugas": who,
    }  # fmt: skip
    kept = {name: value for name, value in kept.items() if value}
    by_wait = shelf == "dijawab" and not asked
    page = (reads.page_by_wait if by_wait else reads.page_of)(found, given.get("sesudah", ""))
    context = {
        "page": page,
        "next": f"?{urlencode({**kept, 'sesudah': page.next})}" if page.next else "",
        "tabs": _tabs(request, shelf, asked),
        "asked": asked,
        "shelf": shelf,
        "channels": channels,
        "channel": channel,
        "topics": reads.topics(),
        "topic": topic,
        "carried": [(str(pk), name, n) for pk, name, n in carried],
        "who": who,
        "nobody": NOBODY,
        "by_wait": by_wait,
        "begun": bool(given.get("sesudah")),
        "since": round(timezone.now().timestamp() * MICRO),
    }
    return render(request, "helpdesk/desk/inbox.html", context)


def _moment(since: int) -> datetime:
    return datetime.fromtimestamp(min(since / MICRO, LAST_DAY), tz=UTC)


def _tabs(request: Request, shelf: str, asked: str) -> list[dict[str, Any]]:
    names = {
        "dijawab": _("Perlu dijawab"),
        "saya": _("Milik saya"),
        "menunggu": _("Menunggu mereka"),
        "selesai": _("Selesai"),
        "semua": _("Semua"),
    }
    counts = reads.counts(request.actor)
    return [
        {"name": name, "url": f"?rak={key}", "current": key == shelf and not asked, "count": _up_to(counts.get(key))}
        for key, name in names.items()
    ]


def _up_to(count: int | None) -> int | None:
    return None if count is None else min(count, reads.MOST)


@for_roles(*INBOX)
def to_settle(request: Request) -> HttpResponse:
    """Messages in doubt or given up, and answers that wait for a phone."""
    found = list(threads.to_settle(request.actor)[: SETTLING_SHOWN + 1])
    talks = threads.conversations_of(found)
    rows = [(message, talks.get(message.pk)) for message in found[:SETTLING_SHOWN]]
    hand = threads.waiting_for_a_phone(request.actor, most=SETTLING_SHOWN + 1)
    context = {
        "rows": [(m, talk, reads.name_of(talk) if talk else str(m.address or "")) for m, talk in rows],
        "more": len(found) > SETTLING_SHOWN,
        "may": bool(may_settle_message(request.actor)),
        "hand": [(talk, reads.name_of(talk), since) for talk, since in hand[:SETTLING_SHOWN]],
        "hand_more": len(hand) > SETTLING_SHOWN,
    }
    return render(request, "helpdesk/desk/to_settle.html", context)


@for_roles(*INBOX)
@require_POST
def settle(request: Request, pk: int, how: str) -> HttpResponse:
    message = message_for(request.actor, pk)
    if how not in SETTLED:
        raise Missing
    service, words = SETTLED[how]
    talk = threads.conversation_of(message)
    if talk is not None:
        keep_reply(request, talk)
    try:
        service(actor=request.actor, message=message)
    except Conflict as meanwhile:
        messages.error(request, str(meanwhile))
    else:
        messages.success(request, words)
    if request.POST.get("dari") == "percakapan" and talk is not None:
        return redirect("helpdesk_desk:conversation", talk.pk)
    return redirect("helpdesk_desk:to_settle")


@for_roles(*INBOX)
def quick_replies(request: Request) -> HttpResponse:
    """What is answered often, kept for all of a unit and below."""
    return _quick_replies(request, None, forms.QuickReplyForm(units=units_within(request.actor, *INBOX)))


def _quick_replies(request: Request, reply: Any, form: Any, status: int = 200) -> HttpResponse:
    kept = threads.quick_replies_kept(request.actor)
    context = {"kept": kept, "form": form, "reply": reply}
    return render(request, "helpdesk/desk/quick_replies.html", context, status=status)


@for_roles(*INBOX)
@require_POST
def add_quick_reply(request: Request) -> HttpResponse:
    return _keep(request, None)


@for_roles(*INBOX)
def change_quick_reply(request: Request, pk: int) -> HttpResponse:
    reply = threads.quick_reply_for(request.actor, pk)
    if request.method == "POST":
        return _keep(request, reply)
    initial = {"title": reply.title, "text": reply.text, "topic": reply.topic, "unit": reply.unit}
    form = forms.QuickReplyForm(units=units_within(request.actor, *INBOX), initial=initial)
    return _quick_replies(request, reply, form)


def _keep(request: Request, reply: Any) -> HttpResponse:
    def act(*, actor: Any, **typed: Any) -> None:
        conversations.keep_quick_reply(actor=actor, reply=reply, **typed)

    return decide(
        request,
        forms.QuickReplyForm(request.POST, units=units_within(request.actor, *INBOX)),
        act=act,
        words=_("Balasan disimpan."),
        here=reverse("helpdesk_desk:quick_replies"),
        again=lambda form: _quick_replies(request, reply, form, 422),
    )


@for_roles(*INBOX)
@require_POST
def drop_quick_reply(request: Request, pk: int) -> HttpResponse:
    conversations.drop_quick_reply(actor=request.actor, reply=threads.quick_reply_for(request.actor, pk))
    messages.success(request, _("Balasan dibuang."))
    return redirect("helpdesk_desk:quick_replies")
