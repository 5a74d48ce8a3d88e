"""Readers' reports: without account, private, limited, each once. Enough of them hide an advert until somebody looked."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import clean_text, one_line
from serikat.vacancies import permissions
from serikat.vacancies.models import Advert, Report
from serikat.vacancies.rules import adverts as rules
from serikat.vacancies.selectors.desk import hide_after
from serikat.vacancies.services.keeping import hold_advert
from serikat.vacancies.services.sending import tell_checkers

REPORTABLE = (Advert.State.LIVE, Advert.State.HELD, Advert.State.WAITING)


class NotReportable(Conflict):
    message = _("Lowongan ini sudah diputus. Terima kasih, tidak perlu dilaporkan lagi.")


class TooManyReports(Refused):
    message = _("Banyak laporan sedang diperiksa. Salin cerita Anda dan coba lagi nanti.")


class NothingTold(Refused):
    message = _("Ceritakan apa yang terjadi.")


@action("vacancies.report.sent", may=permissions.may_report_advert, says=_("melaporkan lowongan"), on="advert")
def report_advert(
    *, actor: Actor, advert: Advert, what: str, amount: int | None = None, words: str = "", contact: str = ""
) -> Report:
    """Keep a report; the same words about the same advert are one. The one that reaches the rule's number hides the advert."""
    words = clean_text(words)[:2000]
    if what == Report.What.OTHER and not words:
        raise NothingTold(field="words")
    same = Report.objects.filter(advert=advert, what=what, amount=amount, words=words, settled_at=None).first()
    if same is not None:
        return same
    fresh = Advert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=advert.pk)
    if fresh.state not in REPORTABLE or fresh.shown_at is None:
        raise NotReportable
    _not_too_many(fresh)
    made = Report.objects.create(
        advert=fresh, what=what, amount=amount, words=words, contact=one_line(contact)[:200], at=timezone.now()
    )
    open_ones = Report.objects.filter(advert=fresh, settled_at=None).count()
    limit = hide_after()
    if fresh.state == Advert.State.LIVE and limit and open_ones >= limit:
        hold_advert(actor=SYSTEM, advert=fresh)
        tell_checkers(actor=actor, advert=fresh, words=_("Lowongan disembunyikan karena dilaporkan: {title}"))
    elif open_ones == 1:
        tell_checkers(actor=actor, advert=fresh, words=_("Lowongan dilaporkan: {title}"))
    return made


def _not_too_many(advert: Advert) -> None:
    waiting = Report.objects.filter(settled_at=None)
    if (
        waiting.filter(advert=advert).count() >= rules.MOST_REPORTS_HERE
        or waiting.filter(at__gte=timezone.now() - timedelta(hours=1)).count() >= rules.MOST_REPORTS_AN_HOUR
    ):
        raise TooManyReports
