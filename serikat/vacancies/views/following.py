"""An advert that was sent without an account: its code, shown until it is kept, and what became of it, to who types the code. No address carries it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.codes import spaced
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import public
from serikat.kernel.opening import MINUTES, close, hold_up, note_wrong, open_for, opened
from serikat.vacancies.forms import CodeForm
from serikat.vacancies.selectors import own
from serikat.vacancies.services import sending

# What is open in a browser: the advert that is followed, the code of one just sent.
OPEN, CODE = "vacancies.advert", "vacancies.advert_code"


@public
@never_cache
def advert_sent(request: HttpRequest) -> HttpResponse:
    """The code, until its holder says that it is kept: a network that drops out must not take it away."""
    code = opened(request, CODE)
    if not code:
        return redirect("vacancies:find_advert")
    if request.method == "POST":
        close(request, CODE)
        open_for(request, OPEN, str(own.sent_with(code).pk))
        return redirect("vacancies:follow_advert")
    return render(request, "vacancies/advert_sent.html", {"code": spaced(code)})


@public
@never_cache
def find_advert(request: HttpRequest) -> HttpResponse:
    """The form for the code. Wrong ones are slowed down."""
    form = CodeForm(request.POST or None)
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            hold_up(request, OPEN)
            found = own.sent_with(form.cleaned_data["code"])
        except Missing:
            note_wrong(request, OPEN)
            form.add_error("code", _("Kode ini tidak kami kenal. Periksa lagi huruf dan angkanya."))
        except Refused as refused:
            form.add_error("code", str(refused))
            status = refused.http_status
        else:
            close(request, CODE)
            open_for(request, OPEN, str(found.pk))
            return redirect("vacancies:follow_advert")
    context = {"form": form, "old": "lama" in request.GET}
    return render(request, "vacancies/find_advert.html", context, status=status if form.errors else 200)


@public
@never_cache
def old_link(request: HttpRequest, key: str) -> HttpResponse:
    """An address that carried what opens an advert, as they once did. It opens nothing, and is taken out of the bar and the history."""
    answer = redirect("vacancies:find_advert")
    answer["Location"] += "?lama"
    return answer


@public
@never_cache
def follow_advert(request: HttpRequest) -> HttpResponse:
    """What became of the advert that is open in this browser."""
    found = own.opened_advert(opened(request, OPEN))
    if found is None:
        return redirect("vacancies:find_advert")
    return render(request, "vacancies/follow_advert.html", {"advert": found, "minutes": MINUTES})


@public
@never_cache
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    found = own.opened_advert(opened(request, OPEN))
    if found is None or found.code != request.POST.get("which"):  # its time is over, or another was opened beside it
        return redirect("vacancies:find_advert")
    sending.take_back_advert(actor=ANONYMOUS, advert=found)
    return redirect("vacancies:follow_advert")


@public
@never_cache
@require_POST
def close_advert(request: HttpRequest) -> HttpResponse:
    """Nothing of it stays open in this browser."""
    close(request, OPEN, CODE)
    return redirect("vacancies:adverts")
