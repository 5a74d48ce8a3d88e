"""One conversation: what was said, the answer, and every decision about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.helpdesk import permissions
from serikat.helpdesk.forms import conversations as forms
from serikat.helpdesk.forms.beside import NOTHING_DONE
from serikat.helpdesk.forms.conversations import ReplyForm
from serikat.helpdesk.permissions import INBOX
from serikat.helpdesk.selectors import conversations as reads
from serikat.helpdesk.selectors.inbox import name_of, next_to_answer, place_of
from serikat.helpdesk.services import conversations
from serikat.helpdesk.services.saying_again import SaidAlready
from serikat.helpdesk.views.typed import drop_typed, keep_file, keep_typed, kept_typed
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.opening import open_for, opened
from serikat.people.permissions import may_see_people
from serikat.people.selectors import find_people, person_for
from serikat.people.services.persons import LikelyDouble
from serikat.ui.deciding import decide, press
from serikat.ui.forms import refuse
from serikat.units.selectors import units_within

FOUND = 20


def whole_number(told: str) -> int | None:
    """A number out of an address or a hidden field."""
    return int(told) if told.isdecimal() and len(told) < 18 else None


@for_roles(*INBOX)
def conversation(request: Request, pk: int) -> HttpResponse:
    """Opening it is reading it. `sejak`: what came after that message, for a page that stays open, and what became of the answers on it (`nasib`); nobody
    may sit before it, so nothing counts as read."""
    found = reads.conversation_for(request.actor, pk)
    since = whole_number(request.GET.get("sejak", ""))
    return _look(request, found) if since is None else _newer(request, found, since)


def _newer(request: Request, found: Any, since: int) -> HttpResponse:
    fates = _fates(request.GET.get("nasib", ""))
    if not reads.came_since(found, since) and not reads.moved_since(found, fates):
        return HttpResponse(status=204)
    look = reads.look_at(request.actor, found)
    context = {
        "look": look,
        "conversation": found,
        "said": [one for one in look.said if one.message.pk > since],
        "changed": [one for one in look.said if fates.get(one.message.pk, one.message.state) != one.message.state],
        "newest": look.newest,
        "writing": "isi" in request.GET,
    }
    answer = render(request, "helpdesk/desk/parts/newer_messages.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _fates(told: str) -> dict[int, str]:
    """How far the answers on a page are, as it says itself."""
    pairs = (one.partition(":") for one in told.split(",")[: reads.MOST_FATES])
    return {known: state for pk, _colon, state in pairs if (known := whole_number(pk)) is not None}


def _look(request: Request, found: Any, *, status: int = 200, number: str = "", **given: Any) -> HttpResponse:
    if found.unread and request.method in ("GET", "POST"):
        conversations.read_conversation(actor=request.actor, conversation=found)
    look = reads.look_at(request.actor, found, before=whole_number(request.GET.get("sebelum", "")), number=number)
    kept = kept_typed(request, _typed(found.pk))
    begun = {field: kept[field] for field in ("text", "report") if field in kept}
    reply_form = given.pop("reply_form", None) or _reply(request, look, initial=begun)
    came = request.POST if request.method == "POST" else kept
    typed = (reply_form.data.get("text") if reply_form.is_bound else reply_form.initial.get("text")) or ""
    context = {
        "look": look,
        "conversation": found,
        "reply_form": reply_form,
        "place": _place(request, found),
        "counted": reads.counted(found.channel, typed) if look.by_parts and typed else None,
        "template_form": None
        if look.open_window
        else forms.TemplateForm(channel=found.channel, reports=look.answerable, initial=_of_template(came)),
        "hand_form": forms.HandOverForm(people=reads.colleagues(found), initial={"to": found.assigned_to_id}).begin(came),
        "close_form": forms.CloseForm(prefix="tutup").begin(came),
        "sort_form": forms.SortForm(
            guarded=found.shows_alias, initial={"topic": found.topic, "called": found.called or found.address.called}
        ).begin(came),
        "guard_form": forms.GuardForm(
            initial={"threat_level": found.threat_level, "protections": found.protections, "alias": found.alias}
        ).begin(came),
        **given,
    }
    answer = render(request, "helpdesk/desk/conversation.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _reply(request: Request, look: Any, *typed: Any, **begun: Any) -> Any:
    return ReplyForm(
        *typed,
        actor=request.actor,
        about=f"conversation:{look.conversation.pk}",
        with_file=look.limits.files and not look.cannot_write,
        reports=look.answerable,
        **begun,
    )


def _of_template(came: Any) -> dict[str, Any]:
    return {field: came[field] for field in ("template", "values", "report") if came.get(field)}


# What is kept while another button is pressed: the answer, or the template and what fills it; and the words of the small forms.
KEPT = ("text", "report", "template", "values", "reason", "tutup-reason")


def keep_reply(request: Request, found: Any, *, but: Sequence[str] = ()) -> None:
    """What is half typed waits for the page to come back, and the file that was chosen."""
    keep_typed(request, _typed(found.pk), KEPT, but=but)
    keep_file(request, lambda *given: _reply(request, reads.look_at(request.actor, found), *given))


def _typed(pk: int) -> str:
    return f"helpdesk.typed.conversation:{pk}"


PLACE = "helpdesk.place"


def _place(request: Request, found: Any) -> str:
    """Where it stood on the shelf when its page was opened: the page says so, after an answer the session."""
    pk, _space, place = opened(request, PLACE, stays=False).partition(" ")
    return request.POST.get("tempat", "") or (place if pk == str(found.pk) else "") or place_of(found)


def _answered(request: Request, found: Any, place: str) -> None:
    """It is off the shelf, and nothing is half typed any more: `berikutnya` goes on from where it stood."""
    drop_typed(request, _typed(found.pk))
    open_for(request, PLACE, f"{found.pk} {place}")


def _here(pk: int) -> str:
    return reverse("helpdesk_desk:conversation", args=[pk])


@for_roles(*INBOX)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Send; or take a quick reply (`balasan`) below what was typed, only count (`lakukan=hitung`), take the plain form (`lakukan=polos`), or nothing
    at all (`lakukan=simpan`): the page comes back with what was typed. `lakukan=berikutnya` goes on to the next that waits; what is typed here waits."""
    found = reads.conversation_for(request.actor, pk)
    look = reads.look_at(request.actor, found)
    wish, typed = request.POST.get("lakukan", ""), request.POST.get("text", "")
    quick = reads.quick_text(look, request.POST.get("balasan", ""))
    if quick or wish:
        keep_reply(request, found)
        if wish == "berikutnya":
            return _onward(request, found)
        if wish == "simpan":
            messages.info(request, NOTHING_DONE)
        if quick:
            text = "\n".join(part for part in (typed.strip(), quick) if part)
        else:
            text = reads.counted(found.channel, typed).plain or typed if wish == "polos" else typed
        begun = {"text": text, "report": request.POST.get("report", "")}
        return _look(request, found, reply_form=_reply(request, look, initial=begun))
    form, place = _reply(request, look, request.POST, request.FILES), _place(request, found)

    def send(*, actor: Any, file: Any = None, report: int = 0, key: str = "", **given: Any) -> None:
        told = next((one for one in look.answerable if one.pk == report), None)
        files = [file] if file else []
        try:
            conversations.answer_conversation(
                actor=actor,
                conversation=found,
                files=files,
                report=told,
                seen=whole_number(request.POST.get("terakhir", "")),
                **given,
            )
        except SaidAlready:
            form.ask_again()
            raise
        _answered(request, found, place)
        form.let_go()

    def again(filled: Any) -> HttpResponse:
        filled.hold()
        return _look(request, found, status=422, reply_form=filled)

    return decide(
        request,
        form,
        act=send,
        words=_("Tulis sekarang dari ponsel Anda lewat tautan di pesannya.") if look.by_hand else _("Jawaban dikirim."),
        here=f"{_here(pk)}#terakhir",
        again=again,
    )


def _onward(request: Request, found: Any) -> HttpResponse:
    follows = next_to_answer(request.actor, found, _place(request, found))
    if follows is None:
        messages.info(request, _("Tidak ada lagi percakapan yang menunggu Anda."))
        return redirect("helpdesk_desk:inbox")
    pk, anew = follows
    if anew:
        messages.info(request, _("Sudah sampai akhir rak. Mulai lagi dari atas."))
    return redirect("helpdesk_desk:conversation", pk)


@for_roles(*INBOX)
@require_POST
def send_template(request: Request, pk: int) -> HttpResponse:
    look = reads.look_at(request.actor, reads.conversation_for(request.actor, pk))
    place = _place(request, look.conversation)

    def send(*, report: int = 0, **given: Any) -> None:
        told = next((one for one in look.answerable if one.pk == report), None)
        conversations.send_template(report=told, **given)
        _answered(request, look.conversation, place)

    return _do(
        request,
        pk,
        "template_form",
        form=lambda found: forms.TemplateForm(request.POST, channel=found.channel, reports=look.answerable),
        service=send,
        words=_("Pesan templat dikirim."),
    )


def _do(
    request: Request,
    pk: int,
    name: str,
    *,
    form: Callable[[Any], Any],
    service: Callable[..., Any],
    words: str,
    onward: str = "",
) -> HttpResponse:
    found = reads.conversation_for(request.actor, pk)
    shape = form(found)
    keep_reply(request, found, but=[shape.add_prefix(field) for field in shape.fields])
    return decide(
        request,
        shape,
        act=partial(service, conversation=found),
        words=words,
        here=_here(pk),
        onward=onward,
        again=lambda filled: _look(request, found, status=422, **{name: filled}),
    )


def _press(request: Request, pk: int, service: Callable[..., Any], words: str) -> HttpResponse:
    found = reads.conversation_for(request.actor, pk)
    keep_reply(request, found)
    return press(request, act=partial(service, conversation=found), words=words, here=_here(pk))


@for_roles(*INBOX)
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    return _press(request, pk, conversations.take_conversation, _("Percakapan ini sekarang milik Anda."))


@for_roles(*INBOX)
@require_POST
def hand_over(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "hand_form",
        form=lambda found: forms.HandOverForm(request.POST, people=reads.colleagues(found)),
        service=conversations.hand_over,
        words=_("Diserahkan."),
    )


@for_roles(*INBOX)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "close_form",
        form=lambda found: forms.CloseForm(request.POST, prefix="tutup"),
        service=conversations.close_conversation,
        words=_("Percakapan selesai. Pesan baru membukanya lagi."),
        onward=reverse("helpdesk_desk:inbox"),
    )


@for_roles(*INBOX)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    return _press(request, pk, conversations.reopen_conversation, _("Percakapan dibuka lagi."))


@for_roles(*INBOX)
@require_POST
def sort(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "sort_form",
        form=lambda found: forms.SortForm(request.POST, guarded=found.shows_alias),
        service=conversations.sort_conversation,
        words=_("Disimpan."),
    )


@for_roles(*INBOX)
@require_POST
def guard(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "guard_form",
        form=lambda found: forms.GuardForm(request.POST),
        service=conversations.guard_conversation,
        words=_("Perlindungan disimpan."),
    )


@for_roles(*INBOX)
@require_POST
def show_address(request: Request, pk: int) -> HttpResponse:
    found = reads.conversation_for(request.actor, pk)
    keep_reply(request, found)
    return _look(request, found, number=conversations.show_address(actor=request.actor, conversation=found))


@for_roles(*INBOX)
@require_POST
def note_handed(request: Request, pk: int, message: int) -> HttpResponse:
    found = reads.conversation_for(request.actor, pk)
    keep_reply(request, found)
    return press(
        request,
        act=partial(conversations.note_handed, conversation=found, message=reads.message_in(found, message)),
        words=_("Dicatat sebagai terkirim."),
        here=_here(pk),
    )


@for_roles(*INBOX)
def person(request: Request, pk: int) -> HttpResponse:
    """Who is it? Somebody known, or a new record. From the conversation's page by POST, with what is half typed there."""
    found = reads.conversation_for(request.actor, pk)
    if request.method == "POST":
        keep_reply(request, found)
        return redirect("helpdesk_desk:person", pk)
    return _person(request, found)


def _person(request: Request, found: Any, *, form: Any = None, doubles: Any = (), status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    may_see = bool(may_see_people(request.actor))
    guess = "" if found.shows_alias else found.called or found.address.called
    context = {
        "conversation": found,
        "name": name_of(found),
        "words": words,
        "people": find_people(request.actor, words)[:FOUND] if words and may_see else [],
        "form": form
        or forms.PersonForm(units=units_within(request.actor, *INBOX), initial={"name": guess, "unit": found.unit_id}),
        "doubles": doubles,
    }
    return render(request, "helpdesk/desk/person.html", context, status=status)


@for_roles(*INBOX)
@require_POST
def tie_person(request: Request, pk: int, subject: Any) -> HttpResponse:
    found = reads.conversation_for(request.actor, pk)
    return press(
        request,
        act=partial(conversations.tie_person, conversation=found, person=person_for(request.actor, subject)),
        words=_("Dihubungkan."),
        here=_here(pk),
    )


@for_roles(*INBOX)
@require_POST
def untie_person(request: Request, pk: int) -> HttpResponse:
    return _press(request, pk, partial(conversations.tie_person, person=None), _("Hubungannya dilepas."))


@for_roles(*INBOX)
@require_POST
def make_person(request: Request, pk: int) -> HttpResponse:
    found = reads.conversation_for(request.actor, pk)
    form = forms.PersonForm(request.POST, units=units_within(request.actor, *permissions.INBOX))
    if form.is_valid():
        try:
            conversations.make_person(actor=request.actor, conversation=found, **form.cleaned_data)
        except LikelyDouble as double:
            refuse(form, double)
            return _person(request, found, form=form, doubles=double.people, status=422)
        messages.success(request, _("Orang dicatat dan dihubungkan."))
        return redirect(_here(pk))
    return _person(request, found, form=form, status=422)
