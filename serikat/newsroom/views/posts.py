"""Ruang Buruh: what workers wrote, for everybody; writing, and one's own posts, for who has signed in; comments without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_signed_in, public, readable_offline, same_for_all
from serikat.newsroom.forms.posts import (
    ChangePostForm,
    CommentForm,
    DecisionsForm,
    LiftAnswerForm,
    OwnPostForm,
    PostForm,
    senders_left_out,
)
from serikat.newsroom.selectors import comments as commented
from serikat.newsroom.selectors import posts as reads
from serikat.newsroom.selectors import redress
from serikat.newsroom.selectors.searching import path_of_post
from serikat.newsroom.services import commenting
from serikat.newsroom.services import posts as services
from serikat.newsroom.views.public import not_found
from serikat.ui import sharing

PAGE = 20


@public
@same_for_all
def posts(request: HttpRequest) -> HttpResponse:
    page = Paginator(reads.shown_posts(), PAGE).get_page(request.GET.get("hal"))
    return render(request, "newsroom/posts.html", {"page": page})


@public
@same_for_all
@readable_offline("article")
def post(request: HttpRequest, code: str) -> HttpResponse:
    found = reads.shown_post(code)
    if found is None:
        return not_found(request, withdrawal=redress.withdrawal_of_post(code))
    context = {
        "post": found,
        "path": path_of_post(found.code),
        "spoken": ("id",),
        "pictures": reads.pictures_shown(found),
        "comments": reads.comments_on_post(found),
        "news": reads.news_of(found),
        "redress": redress.shown_below(found),
    }
    return render(request, "newsroom/post.html", context)


@for_signed_in
def write_post(request: Request) -> HttpResponse:
    """Sent twice, the same post answers twice with the same page. It may begin with what a phone shared."""
    sent = request.method == "POST"
    begun = {"title": request.GET.get(sharing.TITLE, ""), "text": request.GET.get(sharing.TEXT, "")}
    form = PostForm(request.POST if sent else None, request.FILES if sent else None, initial=begun, actor=request.actor)
    if sent and form.is_valid():
        values = form.cleaned_data
        alt = values.pop("alt")
        values["pictures"] = [(checked, alt) for checked in values["pictures"]]
        try:
            made, new = services.send_post_once(
                actor=request.actor, unit=reads.unit_of_writer(request.actor), key=values.pop("key"), **values
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            form.let_go()
            if new:
                messages.success(request, _("Terkirim. Di bawah ini Anda melihat apa yang terjadi dengannya."))
                _tell_senders(request, form)
            if "X-Draft" in request.headers:
                return HttpResponse(headers={"X-Next": reverse("newsroom:own_post", args=[made.code])})
            return redirect("newsroom:own_post", made.code)
    if sent:
        form.hold()
    answer = render(request, "newsroom/write_post.html", {"form": form}, status=422 if form.errors else 200)
    if sent and not form.lost:
        answer["X-Held"] = "1"
    return answer


def _tell_senders(request: Request, form: OwnPostForm) -> None:
    if form.senders:
        messages.info(request, senders_left_out(form.senders))


@for_signed_in
def own_posts(request: Request) -> HttpResponse:
    page = Paginator(reads.own_posts(request.actor), PAGE).get_page(request.GET.get("hal"))
    return render(request, "newsroom/own_posts.html", {"page": page, "figures": reads.figures_of(request.actor)})


@for_signed_in
def own_post(request: Request, code: str) -> HttpResponse:
    """What became of it, what the writer is asked, and what they may do."""
    found = reads.own_post(request.actor, code)
    return _own(request, found)


def _own(request: Request, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    look = reads.look_at(found)
    asked = reads.asked_of(found)
    context = {
        "post": found,
        "look": look,
        "asked": asked,
        "news": reads.news_of(found),
        "decisions": DecisionsForm(concerns=[c for c in look.concerns if not c.decision]) if look.undecided else None,
        "lift_form": LiftAnswerForm(initial={"revision": asked.revision_id}) if asked else None,
        **forms,
    }
    return render(request, "newsroom/own_post.html", context, status=status)


@for_signed_in
def change_post(request: Request, code: str) -> HttpResponse:
    found = reads.own_post(request.actor, code)
    form = ChangePostForm(request.POST or None, instance=found, pictures=reads.look_at(found).pictures)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_post(actor=request.actor, post=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Perubahan disimpan."))
            _tell_senders(request, form)
            return redirect("newsroom:own_post", found.code)
    return render(request, "newsroom/change_post.html", {"form": form, "post": found}, status=422 if form.errors else 200)


@for_signed_in
@require_POST
def withdraw_post(request: Request, code: str) -> HttpResponse:
    found = reads.own_post(request.actor, code)
    services.withdraw_post(actor=request.actor, post=found)
    messages.success(request, _("Ditarik. Tulisan ini tidak tampil lagi."))
    return redirect("newsroom:own_post", found.code)


@for_signed_in
@require_POST
def decide_concerns(request: Request, code: str) -> HttpResponse:
    found = reads.own_post(request.actor, code)
    form = DecisionsForm(request.POST, concerns=[c for c in reads.look_at(found).concerns if not c.decision])
    if not form.is_valid():
        return _own(request, found, status=422, decisions=form)
    services.decide_concerns(actor=request.actor, post=found, decisions=form.cleaned_data)
    messages.success(request, _("Jawaban Anda disimpan. Moderator diberi tahu."))
    return redirect("newsroom:own_post", found.code)


@for_signed_in
@require_POST
def answer_lift(request: Request, code: str) -> HttpResponse:
    """Yes or no to the news made of one's post; the button says which."""
    found = reads.own_post(request.actor, code)
    form = LiftAnswerForm(request.POST)
    if not form.is_valid():
        return _own(request, found, status=422, lift_form=form)
    revision, words = form.cleaned_data["revision"], form.cleaned_data["words"]
    if request.POST.get("answer") == "yes":
        services.agree_to_lift(actor=request.actor, post=found, revision_id=revision)
        messages.success(request, _("Terima kasih. Versi ini boleh tayang."))
    else:
        services.decline_lift(actor=request.actor, post=found, revision_id=revision, words=words)
        messages.success(request, _("Redaktur diberi tahu. Tanpa persetujuan Anda ini tidak tayang."))
    return redirect("newsroom:own_post", found.code)


@public
def write_comment(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A comment without an account."""
    below = commented.below_for_reader(kind, key)
    form = CommentForm(request.POST or None)
    back = reverse("newsroom:article", args=[key]) if kind == "berita" else reverse("newsroom:post", args=[key])
    closed = commented.is_closed(below)
    if request.method == "POST" and not closed and form.is_meant():
        try:
            commenting.send_comment(
                actor=ANONYMOUS, below=below, name=form.cleaned_data["name"], text=form.cleaned_data["text"]
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return render(request, "newsroom/comment_sent.html", {"below": below, "back": back})
    context = {"form": form, "below": below, "back": back, "closed": closed}
    status = 409 if closed and request.method == "POST" else 422 if form.errors else 200
    return render(request, "newsroom/write_comment.html", context, status=status)
