"""The editor's first page, the rule of the second person, rubrics and bylines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.kernel.access import Role, require
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.newsroom import permissions
from serikat.newsroom.forms import BylineForm, EditingRuleForm, RubricForm, TagNameForm
from serikat.newsroom.selectors import desk as reads
from serikat.newsroom.selectors import editing
from serikat.newsroom.selectors import english as in_english
from serikat.newsroom.services import editing as services
from serikat.newsroom.services import naming


@for_roles(Role.EDITOR)
def first_page(request: Request) -> HttpResponse:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return render(request, "newsroom/desk/first_page.html", reads.first_page(request.actor, midnight))


@for_roles(Role.ADMINISTRATOR)
def editing_rule(request: Request) -> HttpResponse:
    require(permissions.may_change_editing_rule, request.actor)
    now = editing.approval_required()
    form = EditingRuleForm(request.POST or None, initial={"approval_required": now})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_editing_rule(
                actor=request.actor,
                approval_required_from_now=form.cleaned_data["approval_required"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Aturan disimpan."))
            return redirect("newsroom_desk:editing_rule")
    status = 422 if form.errors else 200
    return render(request, "newsroom/desk/editing_rule.html", {"form": form, "approval_required": now}, status=status)


def _keep(request: Request, form: Any, template: str, *, back: str, save: Any, words: str) -> HttpResponse:
    """One form, one service call, one answer."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except (Denied, Missing):
            raise
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, words)
            return redirect(back)
    return render(request, template, {"form": form, "back": back}, status=422 if form.errors else 200)


@for_roles(Role.EDITOR)
def rubrics(request: Request) -> HttpResponse:
    return render(
        request,
        "newsroom/desk/rubrics.html",
        {"rubrics": editing.rubrics(), "may_keep": permissions.may_keep_rubric(request.actor)},
    )


@for_roles(Role.EDITOR)
def add_rubric(request: Request) -> HttpResponse:
    require(permissions.may_keep_rubric, request.actor)
    return _keep(
        request,
        RubricForm(request.POST or None),
        "newsroom/desk/rubric.html",
        back="newsroom_desk:rubrics",
        save=lambda values: naming.add_rubric(actor=request.actor, values=values),
        words=_("Rubrik disimpan."),
    )


@for_roles(Role.EDITOR)
def change_rubric(request: Request, pk: int) -> HttpResponse:
    rubric = reads.rubric(pk)
    require(permissions.may_keep_rubric, request.actor, rubric)
    return _keep(
        request,
        RubricForm(request.POST or None, instance=rubric),
        "newsroom/desk/rubric.html",
        back="newsroom_desk:rubrics",
        save=lambda values: naming.change_rubric(actor=request.actor, rubric=rubric, values=values),
        words=_("Rubrik disimpan."),
    )


@for_roles(Role.EDITOR)
def tags(request: Request) -> HttpResponse:
    """The tags that are used most, and what they are called in English."""
    require(permissions.may_name_tag, request.actor)
    return render(request, "newsroom/desk/tags.html", {"tags": in_english.tags_to_name()})


@for_roles(Role.EDITOR)
def name_tag(request: Request, pk: int) -> HttpResponse:
    tag = in_english.tag_by_key(pk)
    require(permissions.may_name_tag, request.actor, tag)
    form = TagNameForm(request.POST or None, initial={"name": getattr(getattr(tag, "in_english", None), "name", "")})
    if request.method == "POST" and form.is_valid():
        naming.name_tag(actor=request.actor, tag=tag, name=form.cleaned_data["name"])
        messages.success(request, _("Tersimpan."))
        return redirect("newsroom_desk:tags")
    status = 422 if form.errors else 200
    return render(request, "newsroom/desk/name_tag.html", {"form": form, "tag": tag}, status=status)


@for_roles(Role.EDITOR)
def bylines(request: Request) -> HttpResponse:
    names = list(editing.bylines())
    may_change = bool(names) and permissions.may_keep_byline(request.actor, names[0])  # they all belong to everybody
    return render(request, "newsroom/desk/bylines.html", {"bylines": names, "may_change": may_change})


@for_roles(Role.EDITOR)
def add_byline(request: Request) -> HttpResponse:
    return _keep(
        request,
        BylineForm(request.POST or None),
        "newsroom/desk/byline.html",
        back="newsroom_desk:bylines",
        save=lambda values: naming.add_byline(actor=request.actor, values=values),
        words=_("Penulis disimpan."),
    )


@for_roles(Role.EDITOR)
def change_byline(request: Request, pk: int) -> HttpResponse:
    byline = reads.byline(pk)
    require(permissions.may_keep_byline, request.actor, byline)
    return _keep(
        request,
        BylineForm(request.POST or None, instance=byline),
        "newsroom/desk/byline.html",
        back="newsroom_desk:bylines",
        save=lambda values: naming.change_byline(actor=request.actor, byline=byline, values=values),
        words=_("Penulis disimpan."),
    )
