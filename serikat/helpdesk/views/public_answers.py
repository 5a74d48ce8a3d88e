"""Answers for everybody: the list with its search, one answer with its articles. The same for every reader: no cookie, no name."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from serikat.helpdesk.forms.consultations import SortForm
from serikat.helpdesk.selectors import citing
from serikat.helpdesk.selectors import public_answers as reads
from serikat.kernel.gate import public, readable_offline, same_for_all
from serikat.ui.sitemaps import Sitemap


@public
@same_for_all
@readable_offline("page")
def answers(request: HttpRequest) -> HttpResponse:
    """By topic, or by words; older ones by the mark of the last one seen."""
    topics = dict(SortForm.base_fields["topic"].choices)  # type: ignore[attr-defined]
    counts = reads.topics_published()
    topic = request.GET.get("pokok", "")
    topic = topic if topic in topics else ""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    found = reads.found_for(typed) if typed else None
    page = reads.page_of(topic, request.GET.get("sebelum", "")) if found is None else reads.PageOf(found.rows)
    rows, older = page.rows, page.older
    home = reverse("helpdesk_answers:answers")
    chips = [{"name": topics[key], "url": f"?pokok={key}", "count": n, "current": key == topic} for key, n in counts.items()]
    context = {
        "rows": rows,
        "older": f"?{f'pokok={topic}&' if topic else ''}sebelum={older}" if older else "",
        "typed": typed,
        "found": found,
        "topic": topics.get(topic, ""),
        "narrow": bool(typed or topic or request.GET.get("sebelum")),
        "chips": chips,
        "home": home,
    }
    return render(request, "helpdesk/public/answers.html", context)


@public
@same_for_all
@readable_offline("article")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One answer. Withdrawn, its address says so and is gone."""
    found = reads.public_answer_with(code)
    if found is None:
        return render(request, "helpdesk/public/no_answer.html", status=404)
    if code != found.code:
        return HttpResponsePermanentRedirect(reverse("helpdesk_answers:answer", args=[found.code]))
    if found.state != "published":
        return render(request, "helpdesk/public/withdrawn.html", {"public": found}, status=410)
    context = {
        "public": found,
        "cited": citing.cited(found.cites),
        "reviewed_on": citing.reviewed_on(found.cites),
        "others": reads.others_of_topic(found),
        "address": settings.SITE_ADDRESS + reverse("helpdesk_answers:answer", args=[found.code]),
        "spoken": ("id",),
    }
    return render(request, "helpdesk/public/answer.html", context)


@public
@same_for_all
def answers_sitemap(request: HttpRequest) -> HttpResponse:
    reply = HttpResponse(content_type="application/xml")
    with Sitemap(reply, "urlset") as xml:
        xml.entry("url", settings.SITE_ADDRESS + reverse("helpdesk_answers:answers"))
        for code, at in reads.codes_for_search_engines():
            xml.entry("url", settings.SITE_ADDRESS + reverse("helpdesk_answers:answer", args=[code]), at)
    return reply
