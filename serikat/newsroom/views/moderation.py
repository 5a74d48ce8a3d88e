"""The moderator's queue: workers' posts and comments, one after the other, by keyboard too; and one post looked at closely."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role, require
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_roles
from serikat.newsroom import permissions
from serikat.newsroom.forms.posts import AskWriterForm, PostingRuleForm, RefusePostForm, ShowPostForm, TrustForm
from serikat.newsroom.selectors import comments as commented
from serikat.newsroom.selectors import posts as reads
from serikat.newsroom.services import lifting
from serikat.newsroom.services import moderating as services
from serikat.ui.deciding import decide

PAGE = 25


@for_roles(Role.MODERATOR)
def queue(request: Request) -> HttpResponse:
    """Both lists, oldest first; a comment is decided where it stands, a post on its own page."""
    posts = Paginator(reads.posts_waiting(request.actor), PAGE).get_page(request.GET.get("hal"))
    comments = Paginator(commented.comments_waiting(request.actor), PAGE).get_page(request.GET.get("komentar"))
    return render(request, "newsroom/desk/queue.html", {"posts": posts, "comments": comments})


@for_roles(Role.MODERATOR)
@require_POST
def decide_comment(request: Request, pk: int) -> HttpResponse:
    comment = commented.comment_for(request.actor, pk)
    below = commented.below_of(comment)
    try:
        if request.POST.get("answer") == "show":
            services.show_comment(actor=request.actor, below=below, comment=comment)
        else:
            services.refuse_comment(actor=request.actor, below=below, comment=comment)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("newsroom_desk:queue")


@for_roles(Role.MODERATOR, Role.EDITOR)
def post(request: Request, code: str) -> HttpResponse:
    return _look(request, reads.post_for(request.actor, code))


def _look(request: Request, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    look = reads.look_at(found)
    context = {
        "post": found,
        "look": look,
        "may_moderate": permissions.may_moderate(request.actor, found),
        "may_lift": permissions.may_lift_post(request.actor, found),
        "show_form": ShowPostForm(pictures=look.pictures, careful=bool(look.hidden)),
        "ask_form": AskWriterForm(),
        "refuse_form": RefusePostForm(),
        "trust_form": TrustForm(initial={"trusted_after": look.own_rule}),
        **forms,
    }
    return render(request, "newsroom/desk/post.html", context, status=status)


def _do(request: Request, code: str, form: Any, name: str, *, service: Any, words: str) -> HttpResponse:
    """One decision about one post: back to the queue."""
    found = reads.post_for(request.actor, code)
    require(permissions.may_moderate, request.actor, found)
    return decide(
        request,
        form(found),
        act=partial(service, post=found),
        words=words,
        here=reverse("newsroom_desk:post", args=[code]),
        onward=reverse("newsroom_desk:queue"),
        again=lambda filled: _look(request, found, status=422, **{name: filled}),
    )


@for_roles(Role.MODERATOR)
@require_POST
def show_post(request: Request, code: str) -> HttpResponse:
    def form(found: Any) -> ShowPostForm:
        return ShowPostForm(request.POST, pictures=reads.look_at(found).pictures)

    return _do(request, code, form, "show_form", service=services.show_post, words=_("Tulisan tayang. Penulis diberi tahu."))


@for_roles(Role.MODERATOR)
@require_POST
def ask_writer(request: Request, code: str) -> HttpResponse:
    words = _("Penulis ditanyai. Tulisannya kembali ke antrean sesudah ia menjawab.")
    return _do(
        request, code, lambda found: AskWriterForm(request.POST), "ask_form", service=services.ask_writer, words=words
    )


@for_roles(Role.MODERATOR)
@require_POST
def refuse_post(request: Request, code: str) -> HttpResponse:
    words = _("Tidak ditayangkan. Penulis membaca alasannya.")
    return _do(
        request, code, lambda found: RefusePostForm(request.POST), "refuse_form", service=services.refuse_post, words=words
    )


@for_roles(Role.MODERATOR)
@require_POST
def trust_writer(request: Request, code: str) -> HttpResponse:
    words = _("Aturan disimpan.")
    return _do(
        request, code, lambda found: TrustForm(request.POST), "trust_form", service=services.trust_writer, words=words
    )


@for_roles(Role.EDITOR)
@require_POST
def lift_post(request: Request, code: str) -> HttpResponse:
    found = reads.post_for(request.actor, code)
    article = lifting.lift_post(actor=request.actor, post=found)
    messages.success(request, _("Konsep berita dibuat dari tulisan ini. Penulisnya diberi tahu."))
    return redirect("wagtailadmin_pages:edit", article.pk)


@for_roles(Role.MODERATOR)
@require_POST
def close_comments(request: Request, kind: str, key: str) -> HttpResponse:
    """Close or open a page for comments; the button says which."""
    below = commented.below_for_reader(kind, key)
    if request.POST.get("answer") == "open":
        services.open_comments(actor=request.actor, below=below)
        messages.success(request, _("Komentar dibuka."))
    else:
        services.close_comments(actor=request.actor, below=below)
        messages.success(request, _("Komentar ditutup."))
    return redirect("newsroom_desk:comments", kind, key)


@for_roles(Role.MODERATOR)
def comments(request: Request, kind: str, key: str) -> HttpResponse:
    """The comments that show below one page, to take one off again, and whether it takes more."""
    below = commented.below_for_reader(kind, key)
    require(permissions.may_moderate, request.actor, below)
    page = Paginator(commented.comments_shown_below(request.actor, below), PAGE).get_page(request.GET.get("hal"))
    context = {"below": below, "kind": kind, "key": key, "page": page, "closed": commented.is_closed(below)}
    return render(request, "newsroom/desk/comments.html", context)


@for_roles(Role.ADMINISTRATOR)
def posting_rule(request: Request) -> HttpResponse:
    require(permissions.may_change_editing_rule, request.actor)
    form = PostingRuleForm(request.POST or None, initial={"trusted_after": reads.organisations_number()})
    if request.method == "POST" and form.is_valid():
        services.change_posting_rule(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Aturan disimpan."))
        return redirect("newsroom_desk:posting_rule")
    return render(request, "newsroom/desk/posting_rule.html", {"form": form}, status=422 if form.errors else 200)
