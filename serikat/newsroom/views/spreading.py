"""An article on its way to every channel: the plan, one variant, a second person's yes, and all that went out lately."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role
from serikat.kernel.errors import Conflict, Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.messaging.selectors.channels import speaks_by_template
from serikat.newsroom.forms import spreading as forms
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.editing import approval_required
from serikat.newsroom.selectors.sheets import sheets_of
from serikat.newsroom.services import drafting
from serikat.newsroom.services import spreading as services
from serikat.outreach.selectors.subscriptions import open_topics
from serikat.ui.forms import refuse

PAGE = 25


@for_roles(Role.EDITOR)
def distributions(request: Request) -> HttpResponse:
    """What waits, what must be put right, and what went out lately."""
    context = {
        "page": Paginator(reads.lately(request.actor), PAGE).get_page(request.GET.get("hal")),
        "waiting": list(reads.waiting_for(request.actor)[:50]),
        "corrections": list(reads.corrections_to_send(request.actor)[:50]),
        "held": list(reads.held_by_correction(request.actor)[:50]),
    }
    return render(request, "newsroom/desk/distributions.html", context)


@for_roles(Role.EDITOR)
def distribute(request: Request, page_id: int) -> HttpResponse:
    """An article's distributions; POST plans the first, or adds channels that came since."""
    article = reads.article_for(request.actor, page_id)
    if request.method != "POST":
        return _look(request, article)
    try:
        services.plan_distribution(actor=request.actor, article=article)
    except Denied:
        raise
    except Refused as refused:
        return _look(request, article, refusal=refused)
    messages.success(request, _("Konsepnya siap. Baca dan sunting tiap varian, lalu kirim untuk diperiksa."))
    return redirect("newsroom_desk:distribute", page_id)


def _look(
    request: Request, article: Any, *, refusal: Refused | None = None, back_form: Any = None, topics_form: Any = None
) -> HttpResponse:
    sheets = sheets_of(request.actor, article)
    channels, uncorrected = reads.channels_of(article), reads.uncorrected(article)
    taken = {one.variant.channel_id for sheet in sheets if sheet.distribution.kind == "news" for one in sheet.variants}
    context = {
        "article": article,
        "sheets": sheets,
        "is_live": reads.is_live(article.pk),
        "missing": [channel for channel in channels if channel.pk not in taken],
        "planned": bool(taken),
        "uncorrected": uncorrected,
        "all_on_the_way": not any(one.words for one in uncorrected),
        "topics_form": topics_form or _topics_form(sheets),
        "back_form": back_form or forms.SendBackDistributionForm(auto_id="balik_%s"),
        "refusal": refusal,
        "rule_lifted": not approval_required(),
    }
    status = refusal.http_status if refusal else 422 if back_form or topics_form else 200
    return render(request, "newsroom/desk/distribute.html", context, status=status)


def _topics_form(sheets: Any) -> forms.TopicsForm | None:
    """Only where something may be chosen."""
    sheet = next((one for one in sheets if one.may_choose), None)
    chosen = [topic.pk for topic in sheet.topics] if sheet else []
    return forms.TopicsForm(topics=open_topics(), initial={"topics": chosen}, auto_id="topik_%s") if sheet else None


@for_roles(Role.EDITOR)
@require_POST
def choose_topics(request: Request, pk: int) -> HttpResponse:
    found = reads.distribution_for(request.actor, pk)
    form = forms.TopicsForm(request.POST, topics=open_topics(), auto_id="topik_%s")
    if not form.is_valid():
        return _look(request, reads.article_for(request.actor, found.article_id), topics_form=form)
    words, chosen = _("Topiknya disimpan."), list(form.cleaned_data["topics"])
    return _done(request, found.article_id, words, services.choose_topics, distribution=found, topics=chosen)


@for_roles(Role.EDITOR)
def change_variant(request: Request, pk: int) -> HttpResponse:
    """The words for one channel; another button shows them as they arrive, and keeps nothing yet."""
    variant = reads.variant_for(request.actor, pk)
    form = forms.VariantForm(request.POST or None, variant=variant)
    looked = None
    if request.method == "POST" and form.is_valid():
        given = form.given()
        try:
            if "lihat" in request.POST:
                looked, _values = drafting.worded(variant=variant, text=given["text"], values=given["values"])
            else:
                services.change_variant(actor=request.actor, variant=variant, **given)
        except (Denied, Conflict):
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            if looked is None:
                messages.success(request, _("Varian disimpan."))
                return redirect("newsroom_desk:distribute", variant.distribution.article_id)
    return _write(request, variant, form=form, looked=looked)


@for_roles(Role.EDITOR)
@require_POST
def choose_template(request: Request, pk: int) -> HttpResponse:
    """Drafted anew in one of its provider's templates, or in free words."""
    variant = reads.variant_for(request.actor, pk)
    form = forms.TemplateForm(request.POST, variant=variant, auto_id="templat_%s")
    if form.is_valid():
        try:
            drafting.choose_template(actor=request.actor, variant=variant, **form.cleaned_data)
        except (Denied, Conflict):
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Disusun ulang. Baca, lengkapi, dan simpan."))
            return redirect("newsroom_desk:change_variant", pk)
    return _write(request, variant, template_form=form)


def _write(
    request: Request, variant: Any, *, form: Any = None, template_form: Any = None, looked: str | None = None
) -> HttpResponse:
    form = form or forms.VariantForm(variant=variant)
    if template_form is None and speaks_by_template(variant.channel):
        template_form = forms.TemplateForm(variant=variant, auto_id="templat_%s")
    context = {
        "form": form,
        "template_form": template_form,
        "variant": variant,
        "article": variant.distribution.article,
        "taken": reads.taken_by(variant, looked),
        "is_sms": reads.style_of(variant.channel).value == "sms",
        "address": reads.short_address(variant),
        "arrives": reads.as_read(variant, looked),
        "looked": looked is not None,
    }
    wrong = form.errors or (template_form is not None and template_form.errors)
    return render(request, "newsroom/desk/change_variant.html", context, status=422 if wrong else 200)


def _done(request: Request, page_id: int, words: str, service: Any, **given: Any) -> HttpResponse:
    """One press of a button; what cannot be done is said on the article's page."""
    try:
        service(actor=request.actor, **given)
    except Denied:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("newsroom_desk:distribute", page_id)


def _of_variant(request: Request, pk: int, words: str, service: Any) -> HttpResponse:
    variant = reads.variant_for(request.actor, pk)
    return _done(request, variant.distribution.article_id, words, service, variant=variant)


@for_roles(Role.EDITOR)
@require_POST
def translate_variant(request: Request, pk: int) -> HttpResponse:
    variant, english = reads.variant_for(request.actor, pk), request.POST.get("bahasa") == "en"
    words = _("Disusun ulang dalam bahasa Inggris.") if english else _("Disusun ulang dalam bahasa Indonesia.")
    return _done(
        request,
        variant.distribution.article_id,
        words,
        drafting.translate_variant,
        variant=variant,
        english=english,
    )


@for_roles(Role.EDITOR)
@require_POST
def drop_variant(request: Request, pk: int) -> HttpResponse:
    return _of_variant(request, pk, _("Tidak disebar lewat saluran itu."), services.drop_variant)


@for_roles(Role.EDITOR)
@require_POST
def resend_variant(request: Request, pk: int) -> HttpResponse:
    return _of_variant(request, pk, _("Dikirim sekali lagi."), services.resend_variant)


@for_roles(Role.EDITOR)
@require_POST
def count_variant(request: Request, pk: int) -> HttpResponse:
    return _of_variant(request, pk, _("Tercatat sebagai terkirim."), services.count_variant)


@for_roles(Role.EDITOR)
@require_POST
def submit_distribution(request: Request, pk: int) -> HttpResponse:
    found = reads.distribution_for(request.actor, pk)
    words = _("Terkirim. Yang berhak menyetujui sudah diberi tahu.") if approval_required() else _("Disebar.")
    return _done(request, found.article_id, words, services.submit_distribution, distribution=found)


@for_roles(Role.EDITOR)
@require_POST
def approve_distribution(request: Request, pk: int) -> HttpResponse:
    found = reads.distribution_for(request.actor, pk)
    form = forms.ApproveDistributionForm(request.POST)
    seal = form.cleaned_data["seal"] if form.is_valid() else ""
    words = _("Disetujui. Yang tidak berwaktu sudah berangkat, yang lain berangkat pada waktunya.")
    return _done(request, found.article_id, words, services.approve_distribution, distribution=found, seal=seal)


@for_roles(Role.EDITOR)
@require_POST
def send_back_distribution(request: Request, pk: int) -> HttpResponse:
    found = reads.distribution_for(request.actor, pk)
    form = forms.SendBackDistributionForm(request.POST, auto_id="balik_%s")
    if not form.is_valid():
        return _look(request, reads.article_for(request.actor, found.article_id), back_form=form)
    reason = form.cleaned_data["reason"]
    words = _("Dikembalikan dengan catatan.")
    return _done(request, found.article_id, words, services.send_back_distribution, distribution=found, reason=reason)
