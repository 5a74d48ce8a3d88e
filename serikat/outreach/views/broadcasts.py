"""The desk of broadcasts: shelves, one with its texts, counts and report, and every decision about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.progress import progress_of
from serikat.messaging.selectors.trials import trials_on
from serikat.outreach import forms, permissions
from serikat.outreach.rules.texts import BY_WORD
from serikat.outreach.selectors import broadcasts as reads
from serikat.outreach.selectors.reaching import left_out_words
from serikat.outreach.services import broadcasts as services
from serikat.outreach.services import running
from serikat.ui.components.words import near
from serikat.ui.forms import refuse

PAGE = 25
UNSENT = ("queued", "held", "hand")
SUBMITTING = 3  # of four stages


@for_roles(*permissions.WRITERS)
def broadcasts(request: Request) -> HttpResponse:
    shelf = request.GET.get("rak", "")
    shelf = shelf if shelf in reads.SHELVES else next(iter(reads.SHELVES))
    names = {"draf": _("Draf dan menunggu"), "jalan": _("Berjalan"), "selesai": pgettext("a broadcast", "Selesai")}
    counts = reads.shelf_counts(request.actor)
    tabs = [{"name": n, "url": f"?rak={k}", "current": k == shelf, "count": counts[k]} for k, n in names.items()]
    page = Paginator(reads.broadcasts_on(request.actor, shelf), PAGE).get_page(request.GET.get("hal"))
    return render(request, "outreach/desk/broadcasts.html", {"page": page, "tabs": tabs})


def _form(request: Request, **more: Any) -> forms.BroadcastForm:
    units, audiences = reads.units_for(request.actor), reads.audiences_to_choose(request.actor)
    return forms.BroadcastForm(request.POST or None, units=units, audiences=audiences, **more)


@for_roles(*permissions.WRITERS)
def begin(request: Request) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.begin_broadcast(actor=request.actor, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("outreach_desk:broadcast", made.pk)
    return render(
        request,
        "outreach/desk/form.html",
        {"form": form, "title": _("Siaran baru"), "up": (reverse("outreach_desk:broadcasts"), _("Siaran"))},
        status=_status(form),
    )


@for_roles(*permissions.WRITERS)
def change(request: Request, pk: int) -> HttpResponse:
    found = reads.broadcast_for(request.actor, pk)
    begun = {name: getattr(found, name) for name in ("unit", "title", "send_at", "any_hour")}
    form = _form(request, initial={**begun, "audiences": found.audiences.all()})
    del form.fields["unit"]
    if request.method == "POST" and form.is_valid():
        try:
            services.change_broadcast(actor=request.actor, broadcast=found, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Disimpan. Persetujuan yang ada tidak berlaku lagi."))
            return redirect("outreach_desk:broadcast", pk)
    context = {"form": form, "title": _("Ubah siaran"), "back": found}
    return render(request, "outreach/desk/form.html", context, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.errors else 200


@for_roles(*permissions.WRITERS)
def broadcast(request: Request, pk: int) -> HttpResponse:
    return _look(request, reads.broadcast_for(request.actor, pk))


def _look(
    request: Request, found: Any, *, status: int = 200, tried: tuple[int, forms.TryForm] | None = None, **wrong: Any
) -> HttpResponse:
    shown = reads.shown(found)
    try_forms = _try_forms(request, shown) if found.is_open else {}
    try_forms |= dict([tried] if tried else [])
    rows, cost = reads.report_of(found) if not found.is_open else ([], 0)
    left_out = (found.counts or {}).get("left_out", {})
    used = {one.variant.channel_id for one in shown}
    context = {
        "broadcast": found,
        "who": _who(found),
        "may_stop": found.stage in ("approved", "queueing", "sending", "paused"),
        "not_sent_count": sum(row["n"] for row in rows if row["state"] in UNSENT),
        "audiences": found.audiences.all(),
        "shown": [(one, try_forms.get(one.variant.channel_id)) for one in shown],
        "more_channels": [c for c in reads.channels_to_choose(found.unit) if c.pk not in used] if found.is_open else [],
        "receivers": sum(one.receivers or 0 for one in shown) if found.counts is not None else None,
        "estimate": sum(one.cost or 0 for one in shown),
        "left_out": left_out_words(left_out),
        "report": [(row["channel__name"], reads.state_words(row["state"]), row["n"]) for row in rows],
        "sent_count": sum(row["n"] for row in rows if row["state"] not in UNSENT),
        "all_count": sum(row["n"] for row in rows),
        "cost": cost,
        "progress": progress_of(found.about) if found.stage == "queueing" else None,
        "may_approve": permissions.may_approve_broadcast(request.actor, found),
        "digest": services.digest_of(broadcast=found) if found.stage == "waiting" else "",
        "return_form": forms.ReasonForm(prefix="kembali"),
        "stages": _stages(found, _at(found, shown)),
        "at_stage": _at(found, shown),
        "can_send_to_many": bool(shown) or reads.channels_to_choose(found.unit).exists(),
        **wrong,
    }
    return render(request, "outreach/desk/broadcast.html", context, status=status)


def _who(found: Any) -> list[str]:
    """Who wrote it, handed it on, said yes, stopped it: each as far as it came to that."""
    said = [_("Ditulis %(who)s, %(at)s") % {"who": found.written_by or "–", "at": near(found.made_at)}]
    if found.changed_by_id and found.changed_by_id != found.written_by_id:
        said.append(_("Terakhir diubah %(who)s") % {"who": found.changed_by})
    if found.submitted_at and found.stage != "draft":
        said.append(_("Diajukan %(who)s, %(at)s") % {"who": found.submitted_by or "–", "at": near(found.submitted_at)})
    if found.approved_at:
        said.append(_("Disetujui %(who)s, %(at)s") % {"who": found.approved_by or "–", "at": near(found.approved_at)})
    if found.stage == "stopped":
        said.append(_("Dihentikan %(who)s, %(at)s") % {"who": found.stopped_by or "–", "at": near(found.ended_at)})
    return said


def _try_forms(request: Request, shown: Any) -> dict[int, forms.TryForm]:
    """By channel, with one's own address where it is known."""
    channels = [one.variant.channel for one in shown]
    templated = {one.variant.channel_id for one in shown if one.variant.template_id}
    trials = trials_on(request.actor, channels, templated=templated)
    return {channel.pk: forms.TryForm(channel=channel, trial=trials[channel.pk]) for channel in channels}


def _stages(found: Any, at: int) -> list[tuple[str, str]]:
    """The way of a broadcast; beside the present stage, what it waits for."""
    note = {
        "draft": _("lalu ajukan kepada orang kedua") if at == SUBMITTING else _("tulis untuk tiap saluran"),
        "waiting": _("orang lain membaca, lalu menyetujui"),
    }.get(found.stage, found.get_stage_display())
    names = (_("Penerima"), _("Isi pesan"), pgettext("a broadcast", "Persetujuan"), _("Pengiriman"))
    return [(name, note if number == at else "") for number, name in enumerate(names, 1)]


def _at(found: Any, shown: Any) -> int:
    return {"draft": SUBMITTING if shown else 2, "waiting": 3, "done": 5}.get(found.stage, 4)


def _channel(found: Any, pk: int) -> Any:
    variant = found.variants.select_related("channel").filter(channel=pk).first()
    channel = variant.channel if variant else reads.channel_named(found.unit, str(pk))
    if channel is None:
        raise Missing
    return channel, variant


@for_roles(*permissions.WRITERS)
def write(request: Request, pk: int, channel: int) -> HttpResponse:
    """The words for one channel."""
    found = reads.broadcast_for(request.actor, pk)
    way, variant = _channel(found, channel)
    begun = {"subject": variant.subject, "text": variant.text, "template": variant.template} if variant else {}
    begun |= {f"value{n}": value for n, value in enumerate(variant.values if variant else [], 1)}
    form = forms.VariantForm(request.POST or None, channel=way, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_variant(actor=request.actor, broadcast=found, channel=way, **form.shape)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("outreach_desk:broadcast", pk)
    by_parts = way.scheme == "number" and way.kind != "whatsapp"
    context = {"form": form, "title": str(way), "back": found, "counts": way if by_parts else None, "after": BY_WORD}
    return render(request, "outreach/desk/form.html", context, status=_status(form))


@for_roles(*permissions.WRITERS)
@require_POST
def remove(request: Request, pk: int, channel: int) -> HttpResponse:
    found = reads.broadcast_for(request.actor, pk)
    _way, variant = _channel(found, channel)
    if variant is not None:
        services.remove_variant(actor=request.actor, broadcast=found, variant=variant)
    return redirect("outreach_desk:broadcast", pk)


@for_roles(*permissions.WRITERS)
@require_POST
def try_it(request: Request, pk: int, channel: int) -> HttpResponse:
    found = reads.broadcast_for(request.actor, pk)
    way, variant = _channel(found, channel)
    if variant is None:
        raise Missing
    templated = {way.pk} if variant.template_id else set()
    trial = trials_on(request.actor, [way], templated=templated)[way.pk]
    form = forms.TryForm(request.POST, channel=way, trial=trial)
    if form.is_valid():
        try:
            services.try_broadcast(actor=request.actor, broadcast=found, variant=variant, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            messages.success(request, _("Uji dikirim."))
            return redirect("outreach_desk:broadcast", pk)
    return _look(request, found, status=422, tried=(way.pk, form))


@for_roles(*permissions.WRITERS)
@require_POST
def decide_on(request: Request, pk: int) -> HttpResponse:
    """Submit, approve, return, count, pause, let go on, stop: the button says which."""
    found = reads.broadcast_for(request.actor, pk)
    digest = request.POST.get("digest", "")
    acts: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
        "hitung": (services.count_again, {}, _("Penerima dihitung.")),
        "ajukan": (services.submit_broadcast, {}, _("Diajukan. Orang lain membacanya sebelum dikirim.")),
        "setujui": (services.approve_broadcast, {"digest": digest}, _("Disetujui.")),
        "jeda": (running.pause_broadcast, {}, _("Dijeda. Yang sudah di penyedia tetap sampai.")),
        "lanjut": (running.resume_broadcast, {}, _("Dilanjutkan.")),
        "hentikan": (running.stop_broadcast, {}, _("Dihentikan. Yang belum terkirim ditarik.")),
    }
    what = request.POST.get("apa", "")
    if what == "kembalikan":
        form = forms.ReasonForm(request.POST, prefix="kembali")
        if not form.is_valid():
            return _look(request, found, status=422, return_form=form)
        acts[what] = (services.return_broadcast, form.cleaned_data, _("Dikembalikan kepada penulisnya."))
    if what not in acts:
        raise Missing
    act, more, words = acts[what]
    try:
        act(actor=request.actor, broadcast=found, **more)
    except Denied:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("outreach_desk:broadcast", pk)
