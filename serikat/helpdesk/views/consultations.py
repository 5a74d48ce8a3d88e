"""The desk of consultations: the queue, one question beside its answer, what helps to answer it, who knows what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from serikat.helpdesk.forms import consultations as forms
from serikat.helpdesk.forms.public_answers import ConsentForm
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.selectors import calls, citing, public_answers
from serikat.helpdesk.selectors import consultations as reads
from serikat.helpdesk.services import caller_questions, questions
from serikat.helpdesk.services import consultations as services
from serikat.helpdesk.services import skills as skills_services
from serikat.helpdesk.services.public_answers import is_never_public
from serikat.helpdesk.views.conversations import keep_reply
from serikat.helpdesk.views.typed import drop_typed, keep_typed, kept_typed
from serikat.kernel.access import Role, require
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_roles
from serikat.ui.deciding import decide, press
from serikat.ui.forms import refuse

PAGE = 25
DESK = for_roles(*permissions.CONSULTING)
ANSWERING = for_roles(*permissions.ANSWERING)


@DESK
def queue(request: Request) -> HttpResponse:
    """One shelf at a time; the queue has one's own topics first, then what was promised first."""
    shelf = request.GET.get("rak", "")
    shelf = shelf if shelf in reads.SHELVES else reads.SHELVES[0]
    topics = dict(forms.SortForm.base_fields["topic"].choices)  # type: ignore[attr-defined]
    topic = request.GET.get("pokok", "")
    topic = topic if topic in topics else ""
    found = reads.consultations_on(request.actor, shelf, topic=topic)
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    counts, waiting = reads.counts(request.actor), reads.topics_waiting(request.actor) if shelf == "antrean" else {}
    names = {"antrean": _("Belum dijawab"), "saya": _("Saya jawab"), "dijawab": _("Sudah dijawab"), "ditutup": _("Ditutup")}
    tabs = [
        {"name": name, "url": f"?rak={key}", "current": key == shelf, "count": counts.get(key)}
        for key, name in names.items()
    ]
    chips = [{"name": _("Semua"), "url": "?", "current": not topic}] + [
        {"name": topics[key], "url": f"?pokok={key}", "count": waiting[key], "current": key == topic}
        for key in topics
        if waiting.get(key)
    ]
    context = {
        "rows": [(one, reads.clock_of(one)) for one in page],
        "page": page,
        "tabs": tabs,
        "chips": chips if shelf == "antrean" and len(chips) > 1 else [],
        "shelf": shelf,
        "skills": reads.skills_of(request.actor.user_id),
        "may_add": permissions.may_add_consultation(request.actor),
        "may_publish": permissions.may_draft_public_answer(request.actor),
        "public_counts": public_answers.counts(request.actor),
    }
    return render(request, "helpdesk/consultations/queue.html", context)


@DESK
def add_consultation(request: Request) -> HttpResponse:
    form = forms.AddForm(request.POST or None, units=reads.units_of(request.actor), initial={"called": "", "reach": ""})
    if request.method == "POST" and form.is_valid():
        try:
            made = questions.add_consultation(actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Tercatat."))
            return redirect("helpdesk_consultations:consultation", made.pk)
    return render(request, "helpdesk/consultations/add.html", {"form": form}, status=422 if form.errors else 200)


@DESK
@require_POST
def from_conversation(request: Request, pk: int) -> HttpResponse:
    """One click in a conversation: what they wrote becomes a question with a promise."""
    found = reads.conversation_for(request.actor, pk)
    keep_reply(request, found)
    made = questions.make_from_conversation(actor=request.actor, conversation=found)
    messages.success(request, _("Percakapan ini menjadi konsultasi."))
    return redirect("helpdesk_consultations:consultation", made.pk)


@DESK
@never_cache
def consultation(request: Request, pk: int) -> HttpResponse:
    return _look(request, reads.consultation_for(request.actor, pk))


def _ways(found: Any) -> list[tuple[str, Any]]:
    """How an answer can reach this asker, the likeliest first."""
    told = services.Told
    ways = [told.PHONE, told.FACE]
    if found.way == "face":
        ways.reverse()
    if found.index:
        ways.insert(1 if found.call_back else 0, told.CODE)
    if found.conversation_id:
        ways.insert(0, told.CONVERSATION)
    return [(way.value, way.label) for way in ways]


def _look(request: Request, found: Any, *, status: int = 200, **wrong: Any) -> HttpResponse:
    actor = request.actor
    is_open = found.state in reads.OPEN
    answering = (
        is_open and bool(permissions.may_answer_consultation(actor, found)) and found.taken_by_id in (None, actor.user_id)
    )
    typed = wrong.get("answer_form")
    kept = kept_typed(request, _typed(found.pk))
    came = request.POST if request.method == "POST" else kept
    written = typed.data if typed is not None else kept
    chosen = written.getlist("cites")[:50] if answering else found.cites
    looked_for = written.get("cari_pasal", "")
    public = found.public_answers.order_by("-pk").first()
    ring, ring_hidden = reads.number_to_ring(found)
    context = {
        "asked": found,
        "reach": "" if found.shows_alias else found.reach,
        "safe": reads.safe_ways(found),
        "clock": reads.clock_of(found),
        "is_open": is_open,
        "ring": ring,
        "ring_hidden": ring_hidden,
        "of_calls": calls.calls_of_consultation(actor, found),
        "answering": answering,
        "answer_form": forms.AnswerForm(
            ways=_ways(found), initial={field: kept[field] for field in ("answer", "told") if field in kept}
        )
        if answering
        else None,
        "chosen": citing.cited(chosen),
        "found_articles": citing.articles_about(looked_for, chosen),
        "looked_for": looked_for,
        "looked_back": written.get("cari_jawaban", ""),
        "offered": _earlier(written, found.question) if answering else [],
        "own_before": reads.own_answers_before(actor, found) if answering else [],
        "hand_form": forms.HandForm(people=reads.who_could_answer(found), prefix="serah").begin(came) if is_open else None,
        "sort_form": forms.SortForm(initial={"topic": found.topic}, prefix="pokok").begin(came),
        "close_form": forms.CloseForm(prefix="tutup").begin(came),
        "guard_form": forms.GuardForm(
            initial={"threat_level": found.threat_level, "protections": found.protections, "alias": found.alias},
            prefix="samar",
        ).begin(came),
        "may_answer": permissions.may_answer_consultation(actor, found),
        "public": public,
        "consent_form": ConsentForm(prefix="izin"),
        "may_draft": bool(
            (public is None or public.by_guard)
            and found.answer
            and permissions.may_draft_public_answer(actor, found)
            and not is_never_public(consultation=found)
        ),
        **wrong,
    }
    return render(request, "helpdesk/consultations/consultation.html", context, status=status)


def _here(pk: int) -> str:
    return reverse("helpdesk_consultations:consultation", args=[pk])


def _typed(pk: int) -> str:
    return f"helpdesk.typed.consultation:{pk}"


# What is kept while another button is pressed: the answer with its articles and what was looked for, and the word of the small form.
KEPT = ("answer", "told", "cites", "cari_pasal", "cari_jawaban", "tutup-word")


def _keep(request: Request, found: Any, *, but: Sequence[str] = ()) -> None:
    keep_typed(request, _typed(found.pk), KEPT, but=but)


def _do(
    request: Request,
    pk: int,
    name: str,
    *,
    form: Callable[[Any], Any],
    service: Callable[..., Any],
    words: str,
    onward: bool = False,
) -> HttpResponse:
    found = reads.consultation_for(request.actor, pk)
    shape = form(found)
    if name != "answer_form":
        _keep(request, found, but=[shape.add_prefix(field) for field in shape.fields])
    return decide(
        request,
        shape,
        act=partial(service, consultation=found),
        words=words,
        here=_here(pk),
        onward=reverse("helpdesk_consultations:queue") if onward else "",
        again=lambda filled: _look(request, found, status=422, **{name: filled}),
    )


@DESK
@require_POST
@never_cache
def show_reach(request: Request, pk: int) -> HttpResponse:
    """On this answer alone, and in the trail."""
    found = reads.consultation_for(request.actor, pk)
    _keep(request, found)
    return _look(request, found, reach=services.show_reach(actor=request.actor, consultation=found))


@ANSWERING
@require_POST
def take_consultation(request: Request, pk: int) -> HttpResponse:
    found = reads.consultation_for(request.actor, pk)
    _keep(request, found)
    return press(
        request,
        act=partial(services.take_consultation, consultation=found),
        words=_("Konsultasi ini sekarang Anda yang menjawab."),
        here=_here(pk),
    )


@ANSWERING
@require_POST
def answer_consultation(request: Request, pk: int) -> HttpResponse:
    """The answer; or, by its other button, a search of articles and earlier answers that keeps what was typed."""
    found = reads.consultation_for(request.actor, pk)
    require(permissions.may_answer_consultation, request.actor, found)
    if forms.AnswerForm.SEARCH in request.POST:
        form = forms.AnswerForm(request.POST, ways=_ways(found))
        form.full_clean()
        form.errors.clear()
        return _look(request, found, answer_form=form)

    def send(**given: Any) -> None:
        services.answer_consultation(**given)
        drop_typed(request, _typed(pk))

    words = _("Jawaban dikirim.") if request.POST.get("told") == "message" else _("Jawaban disimpan.")
    return _do(
        request,
        pk,
        "answer_form",
        form=lambda found: forms.AnswerForm(request.POST, ways=_ways(found)),
        service=send,
        words=words,
    )


@DESK
@require_POST
def hand_over(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "hand_form",
        form=lambda found: forms.HandForm(request.POST, people=reads.who_could_answer(found), prefix="serah"),
        service=services.hand_over,
        words=_("Diserahkan. Petugas itu diberi tahu."),
        onward=True,
    )


@ANSWERING
@require_POST
def sort_consultation(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "sort_form",
        form=lambda found: forms.SortForm(request.POST, prefix="pokok"),
        service=services.sort_consultation,
        words=_("Pokok masalah disimpan."),
    )


@ANSWERING
@require_POST
def close_consultation(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "close_form",
        form=lambda found: forms.CloseForm(request.POST, prefix="tutup"),
        service=services.close_consultation,
        words=_("Konsultasi ditutup."),
        onward=True,
    )


@ANSWERING
@never_cache
@require_POST
def show_number(request: Request, pk: int) -> HttpResponse:
    """On this answer alone, and in the trail."""
    found = reads.consultation_for(request.actor, pk)
    _keep(request, found)
    number = caller_questions.show_number(actor=request.actor, consultation=found)
    return _look(request, found, ring=number, ring_hidden=False)


@DESK
@require_POST
def guard_consultation(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "guard_form",
        form=lambda found: forms.GuardForm(request.POST, prefix="samar"),
        service=services.guard_consultation,
        words=_("Penyamaran disimpan."),
    )


# Pieces of the answer's page, while typing


@ANSWERING
def find_articles(request: Request) -> HttpResponse:
    """What was ticked, and what the typed words find."""
    chosen = request.GET.getlist("cites")[:50]
    typed = request.GET.get("cari_pasal", "")
    context = {
        "chosen": citing.cited(chosen),
        "found_articles": citing.articles_about(typed, chosen),
        "looked_for": typed,
    }
    return render(request, "helpdesk/consultations/_articles.html", context)


@ANSWERING
@never_cache
@require_POST
def find_earlier(request: Request) -> HttpResponse:
    """Public answers for the words being typed. By POST: an unfinished answer stands in no address. Nothing is written."""
    return render(request, "helpdesk/consultations/_earlier.html", {"offered": _earlier(request.POST)})


def _earlier(written: Any, question: str = "") -> list[Any]:
    """For what was looked for, else for the answer as far as it is written, else for the question."""
    if looked_for := written.get("cari_jawaban", "").strip():
        return public_answers.looked_up(looked_for)
    return public_answers.offered_for(written.get("answer", "").strip() or question)


# Who knows what


@DESK
def skills(request: Request) -> HttpResponse:
    """One's own topics; the chair sees everybody's."""
    return _skills(request, request.user)


@for_roles(Role.CHAIR)
def skills_of(request: Request, pk: int) -> HttpResponse:
    user = reads.somebody_answering(pk)
    require(permissions.may_set_skills, request.actor, user)
    return _skills(request, user)


def _skills(request: Request, user: Any) -> HttpResponse:
    form = forms.SkillsForm(request.POST or None, initial={"topics": reads.skills_of(user.pk)})
    if request.method == "POST" and form.is_valid():
        skills_services.set_skills(actor=request.actor, user=user, **form.cleaned_data)
        messages.success(request, _("Disimpan. Pertanyaan tentang pokok itu tampil paling atas."))
        return redirect("helpdesk_consultations:skills")
    others = reads.everybody_skilled(None) if request.actor.holds(Role.CHAIR) else []
    context = {"form": form, "whose": user, "own": user.pk == request.actor.user_id, "others": others}
    return render(request, "helpdesk/consultations/skills.html", context, status=422 if form.errors else 200)
