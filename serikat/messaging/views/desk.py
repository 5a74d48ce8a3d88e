"""The desk of channels: which there are and how they stand, setting up, testing, pausing and retiring one, its templates; and the stop list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role, require
from serikat.kernel.errors import Conflict, Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.messaging import forms, permissions
from serikat.messaging.adapters import Adapter, Scheme, adapter_named, adapters
from serikat.messaging.selectors import channels as reads
from serikat.messaging.selectors import messages as kept
from serikat.messaging.selectors.trials import trials_on
from serikat.messaging.services import channels as services
from serikat.messaging.services import queueing, stopping
from serikat.ui.deciding import decide
from serikat.ui.forms import refuse


@for_roles(*permissions.DESK)
def channels(request: Request) -> HttpResponse:
    now = timezone.now()
    rows = [
        (row, reads.standing_of(row, now), _kind_name(row)) for row in reads.with_figures(reads.channels_for(request.actor))
    ]
    context = {
        "rows": [row for row in rows if row[0].retired_at is None],
        "retired": [row for row in rows if row[0].retired_at is not None],
        "may_keep": permissions.may_keep_channel(request.actor),
        "may_stop": permissions.may_stop_address(request.actor),
    }
    return render(request, "messaging/desk/channels.html", context)


def _kind_name(channel: Any) -> Any:
    return adapter_named(channel.kind).name if channel.kind in adapters() else channel.kind


def _kind(name: str) -> type[Adapter]:
    try:
        return adapter_named(name)
    except LookupError:
        raise Missing from None


@for_roles(Role.ADMINISTRATOR)
def choose_kind(request: Request) -> HttpResponse:
    """The first step: which kind, by what it is and what one needs for it."""
    kinds = sorted(adapters().values(), key=lambda kind: str(kind.name).casefold())
    return render(request, "messaging/desk/choose_kind.html", {"kinds": kinds})


@for_roles(Role.ADMINISTRATOR)
def add_channel(request: Request) -> HttpResponse:
    """The second step: what the chosen kind asks for."""
    kind = request.GET.get("jenis", "")
    if kind not in adapters():
        return redirect("messaging_desk:choose_kind")
    found = adapter_named(kind)
    form = forms.ChannelForm(request.POST or None, kind=found, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_channel(actor=request.actor, kind=kind, **form.given())
        except Denied:
            raise
        except Refused as refused:
            form.refuse(refused.field, str(refused))
        else:
            messages.success(request, _("Saluran terpasang. Uji dulu sebelum dipakai."))
            return redirect("messaging_desk:channel", made.pk)
    context = {"form": form, "kind": found}
    return render(request, "messaging/desk/add_channel.html", context, status=422 if form.errors else 200)


@for_roles(*permissions.DESK)
def channel(request: Request, pk: int) -> HttpResponse:
    return _look(request, reads.channel_for(request.actor, pk))


def _look(request: Request, found: Any, *, status: int = 200, **wrong: Any) -> HttpResponse:
    may_keep = bool(permissions.may_keep_channel(request.actor, found))
    alive = found.retired_at is None and found.kind in adapters()
    kind = adapter_named(found.kind) if alive else None
    can_try = kind is not None and kind.sends and found.active and kind.scheme not in (Scheme.CODE, Scheme.PUSH)
    context = {
        "channel": reads.with_figures(reads.channels_for(request.actor)).get(pk=found.pk),
        "kind": kind,
        "kind_name": _kind_name(found),
        "standing": reads.standing_of(found, timezone.now()),
        "may_keep": may_keep,
        "called_at": settings.SITE_ADDRESS + reverse("messaging:called", args=[found.key])
        if may_keep and kind and kind.hears and not found.rehearsed
        else "",
        "by_template": may_keep and alive and reads.speaks_by_template(found),
        "templates": [(one, reads.verdict_words(one)) for one in reads.kept_templates(found)] if may_keep else [],
        "trials": reads.trials_of(found) if may_keep else [],
        "try_form": _try_form(request, found) if may_keep and can_try else None,
        "template_form": forms.TemplateForm(prefix="templat"),
        **wrong,
    }
    return render(request, "messaging/desk/channel.html", context, status=status)


def _try_form(request: Request, found: Any, *typed: Any) -> forms.TryForm:
    return forms.TryForm(*typed, scheme=found.scheme, trial=trials_on(request.actor, [found])[found.pk], prefix="uji")


def _mine(request: Request, pk: int) -> Any:
    """A channel that this actor keeps; for others it is not there."""
    found = reads.channel_for(request.actor, pk)
    require(permissions.may_keep_channel, request.actor, found)
    return found


@for_roles(Role.ADMINISTRATOR)
def change_channel(request: Request, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    if found.retired_at is not None:
        raise services.Retired
    form = forms.ChannelForm(request.POST or None, kind=_kind(found.kind), actor=request.actor, channel=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_channel(actor=request.actor, channel=found, active=found.active, **form.given())
        except (Denied, Conflict):
            raise
        except Refused as refused:
            form.refuse(refused.field, str(refused))
        else:
            messages.success(request, _("Disimpan. Uji lagi supaya yakin."))
            return redirect("messaging_desk:channel", pk)
    context = {"form": form, "channel": found, "kind": form.kind}
    return render(request, "messaging/desk/change_channel.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def check_channel(request: Request, pk: int) -> HttpResponse:
    """Ask the provider; its own words are shown on the channel's page."""
    found = _mine(request, pk)
    _kind(found.kind)
    health = services.check_channel(actor=request.actor, channel=found)
    if health.well:
        messages.success(request, _("Berfungsi: penyedia menjawab dan menerima pengaturan ini."))
    else:
        messages.error(request, _("Belum berfungsi. Sebabnya tertulis di bawah."))
    return _look(request, found, answered=health)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def try_channel(request: Request, pk: int) -> HttpResponse:
    found = _mine(request, pk)

    def send(*, actor: Any, text: str, address: str = "") -> None:
        services.try_channel(actor=actor, channel=found, address=address, text=text)

    return decide(
        request,
        _try_form(request, found, request.POST),
        act=send,
        words=_("Pesan uji masuk antrean. Muat ulang halaman ini untuk melihat hasilnya."),
        here=reverse("messaging_desk:channel", args=[pk]),
        again=lambda form: _look(request, found, status=422, try_form=form),
    )


@for_roles(Role.ADMINISTRATOR)
@require_POST
def pause_channel(request: Request, pk: int) -> HttpResponse:
    services.pause_channel(actor=request.actor, channel=_mine(request, pk), active=False)
    messages.success(request, _("Dihentikan sementara. Yang menunggu tetap menunggu."))
    return redirect("messaging_desk:channel", pk)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def resume_channel(request: Request, pk: int) -> HttpResponse:
    services.pause_channel(actor=request.actor, channel=_mine(request, pk), active=True)
    messages.success(request, _("Berjalan lagi."))
    return redirect("messaging_desk:channel", pk)


@for_roles(Role.ADMINISTRATOR)
def retire_channel(request: Request, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    if found.retired_at is not None:
        raise services.Retired
    left = kept.left_on(found)
    form = forms.RetireForm(request.POST or None, actor=request.actor, channel=found, waiting=left.to_cancel > 0)
    if request.method == "POST" and form.is_valid():
        try:
            services.retire_channel(actor=request.actor, channel=found, **form.cleaned_data)
        except (Denied, Conflict):
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saluran pensiun. Riwayatnya tetap ada, kuncinya dihapus."))
            return redirect("messaging_desk:channel", pk)
    context = {"form": form, "channel": found, "left": left}
    return render(request, "messaging/desk/retire_channel.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def keep_template(request: Request, pk: int) -> HttpResponse:
    found = _mine(request, pk)

    def keep(*, actor: Any, **typed: str) -> None:
        services.keep_template(actor=actor, channel=found, **typed)

    return decide(
        request,
        forms.TemplateForm(request.POST, prefix="templat"),
        act=keep,
        words=_("Templat tersimpan."),
        here=reverse("messaging_desk:channel", args=[pk]),
        again=lambda form: _look(request, found, status=422, template_form=form, by_template=True),
    )


@for_roles(Role.ADMINISTRATOR)
@require_POST
def drop_template(request: Request, pk: int, template: int) -> HttpResponse:
    found = _mine(request, pk)
    services.drop_template(actor=request.actor, channel=found, template=reads.template_of(found, template))
    messages.success(request, _("Templat dihapus."))
    return redirect("messaging_desk:channel", pk)


@for_roles(*permissions.STOPPING)
def stops(request: Request) -> HttpResponse:
    """Who wants nothing more. The number is sent in the body: nobody finds it in an address or in a log."""
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    form = (forms.StopForm if verb in ("stop", "resume") else forms.FindStopForm)(request.POST or None)
    found = None
    if verb and form.is_valid():
        try:
            found = _stop(request, verb, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            if verb in ("stop", "resume"):
                return redirect("messaging_desk:stops")
    looked = bool(verb) and not form.errors
    context = {
        "form": form if not looked else forms.FindStopForm(initial=form.cleaned_data),
        "looked": looked,
        "found": found,
        "typed": form.cleaned_data if looked else {},
        "stop_form": forms.StopForm(initial=form.cleaned_data, auto_id="henti_%s") if looked else None,
        "rows": kept.lately_stopped(),
    }
    return render(request, "messaging/desk/stops.html", context, status=422 if form.errors else 200)


def _stop(request: Request, verb: str, *, scheme: str, address: str, reason: str = "") -> Any:
    require(permissions.may_stop_address, request.actor)
    if verb == "stop":
        made = queueing.find_or_make_address(scheme=scheme, typed=address, heard=True)
        stopping.stop_address(actor=request.actor, address=made, reason=reason)
        messages.success(request, _("Tercatat. Alamat ini tidak dikirimi lagi, kecuali jawaban atas pesannya sendiri."))
        return made
    if not queueing.readable(scheme=scheme, typed=address):
        raise queueing.NoAddress(field="address")
    row = kept.find_address(scheme, address)
    if verb == "resume":
        if row is None or row.stopped_at is None:
            raise stopping.NotStopped(field="address")
        stopping.resume_address(actor=request.actor, address=row, reason=reason)
        messages.success(request, _("Tercatat. Alamat ini boleh dikirimi lagi."))
    return row
