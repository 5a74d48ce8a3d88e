"""Subscribing on the site, and leaving by one step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Refused
from serikat.kernel.gate import public
from serikat.kernel.opening import close, hold_up, note_wrong, open_for, opened
from serikat.messaging.selectors import pushing
from serikat.outreach.forms import BrowserForm, CodeForm, SubscribeForm
from serikat.outreach.selectors import subscriptions as reads
from serikat.outreach.services import subscribing
from serikat.ui.forms import refuse

ASKED, BROWSER = "outreach.pending", "outreach.browser"


@public
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose, and a code goes to the address."""
    offers, before = reads.offers(), reads.pending(opened(request, ASKED))
    form = SubscribeForm(request.POST or None, topics=reads.open_topics(), offers=offers, initial=_chosen(before))
    if request.method == "POST" and form.is_meant():
        names = ("channel", "typed", "topics", "place", "weekly")
        words = {name: form.cleaned_data[name] for name in names if name in form.fields}
        try:
            hold_up(request, ASKED)
            note_wrong(request, ASKED)  # ten askings from one network are enough too
            made = subscribing.ask_for_code(actor=ANONYMOUS, **words)
            open_for(request, ASKED, str(made.pk))
        except Refused as refused:
            if refused.field == "address":
                refused.field = "typed"
            refuse(form, refused)
        else:
            return redirect("outreach:confirm")
    notices = pushing.push_channel() is not None
    context = {"form": form, "channels": offers, "by_word": reads.by_word(), "notices": notices}
    return render(request, "outreach/subscribe.html", context, status=422 if form.errors else 200)


def _chosen(before: Any) -> dict[str, Any]:
    """What was asked for a moment ago, for who mends the number; the number itself stands on no page again."""
    if before is None:
        return {}
    kept = {"topics": before.topics, "channel": before.channel_id, "weekly": "1" if before.weekly else ""}
    return kept | ({"place": before.place} if before.place_id else {})


@public
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """Notices in this browser: turned on with what one chose, turned off. Its script asks the browser; everything else is a plain form."""
    channel = pushing.push_channel()
    if channel is None:
        return redirect("outreach:subscribe")
    if "mati" in request.POST:
        subscribing.quiet_browser(actor=ANONYMOUS, channel=channel, typed=request.POST.get("subscription", ""))
        return render(request, "outreach/notices_set.html", {"off": True})
    form = BrowserForm(request.POST or None, topics=reads.open_topics())
    if request.method == "POST" and form.is_meant():
        words = {name: form.cleaned_data[name] for name in ("topics", "place")}
        try:
            hold_up(request, BROWSER)
            note_wrong(request, BROWSER)
            subscribing.tell_browser(actor=ANONYMOUS, channel=channel, typed=form.cleaned_data["subscription"], **words)
        except Refused as refused:
            refuse(form, refused)
        else:
            return render(request, "outreach/notices_set.html")
    context = {"form": form, "key": pushing.key_for_browsers(channel), "channels": reads.offers()}
    return render(request, "outreach/notices.html", context, status=422 if form.errors else 200)


@public
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """The code makes it true."""
    found = reads.pending(opened(request, ASKED))
    if found is None:
        return redirect("outreach:subscribe")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            subscribing.confirm(pending=found, code=form.cleaned_data["code"])
        except Refused as refused:
            refuse(form, refused)
        else:
            close(request, ASKED)
            return render(request, "outreach/subscribed.html", {"channel": reads.public_kind(found.channel)})
    context = {
        "form": form,
        "pending": found,
        "kind": reads.public_kind(found.channel),
        "rehearsed": reads.code_rehearsed(found),
    }
    return render(request, "outreach/confirm.html", context, status=422 if form.errors else 200)


@public
@never_cache
@csrf_exempt  # a mail program leaves by one POST without ever having seen a page (RFC 8058)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """What this address gets, and one button: everything ends, or one topic or place. What a mail program sends by itself (RFC 8058) ends everything
    and nothing else can be said along. Who pressed by mistake takes it up again with one press."""
    address = reads.address_of_token(token)
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        if "lagi" in request.POST and not one_click:
            subscribing.take_up_again(actor=ANONYMOUS, address=address)
            return redirect("outreach_leave:leave", token)
        if "satu" not in request.POST or one_click:
            subscribing.unsubscribe(actor=ANONYMOUS, address=address)
            return render(request, "outreach/left.html")
        one = reads.subscription_of(address, request.POST["satu"])
        if one is None:  # pressed twice
            return redirect("outreach_leave:leave", token)
        subscribing.unsubscribe(actor=ANONYMOUS, address=address, topic=one.topic, place=one.place)
        return render(request, "outreach/left.html", {"what": one.topic or one.place})
    context = {"address": address, "subscriptions": reads.subscriptions_of(address)}
    return render(request, "outreach/leave.html", context)
