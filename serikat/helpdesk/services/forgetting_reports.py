"""Forgetting somebody in reports, and reports that were begun and never told."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from serikat.audit.action import inner
from serikat.files.selectors import files_of
from serikat.files.services import remove_file
from serikat.helpdesk.models import AccessCode, CodeRenewal, Report, ReportedPerson, ReportStep
from serikat.helpdesk.selectors.codes import ref_of
from serikat.helpdesk.selectors.reports import web_address
from serikat.kernel.access import SYSTEM
from serikat.kernel.forgetting import Forgetting, wiped
from serikat.messaging.services.forgetting import empty_addresses

SOMEBODY = "(dilupakan)"
WORDS = ("story", "where", "against", "reach", "told", "called", "alias", "happened")
BATCH = 200
EMPTY_FOR = timedelta(days=30)


@inner("part of another action")
def forget_in_reports(*, forgetting: Forgetting) -> int:
    """A report of theirs is emptied: its number, its topic and its dates stay for the figures. In reports of others their names and numbers go."""
    theirs = list(Report.objects.filter(person__subject__in=forgetting.subjects).select_for_update(of=("self",)))
    for report in theirs:
        _empty(report)
    count = len(theirs) + ReportedPerson.objects.filter(person__subject__in=forgetting.subjects).delete()[0]
    pattern = forgetting.pattern if not forgetting.strong_needles else forgetting.strong_pattern
    if pattern is not None:
        count += _wipe(Report, WORDS, pattern) + _wipe(ReportedPerson, ("name", "number", "note"), pattern)
        count += _wipe(ReportStep, ("words",), pattern) + _wipe(CodeRenewal, ("words",), pattern)
    return count


def _empty(report: Report) -> None:
    for name in WORDS:
        setattr(report, name, "")
    report.story, report.anonymous, report.person, report.protections = SOMEBODY, True, None, []
    report.save()
    report.people.all().delete()
    report.steps.update(words="")
    report.renewals.update(words="")
    AccessCode.objects.filter(report=report, ended_at=None).update(ended_at=timezone.now(), secret="")
    for file in files_of(ref_of(report)):
        remove_file(actor=SYSTEM, file=file, reason="forgotten")
    address = web_address(report)
    if address is not None:
        empty_addresses(addresses=[address])


def _wipe(
    model: type[Report] | type[ReportedPerson] | type[ReportStep] | type[CodeRenewal],
    names: tuple[str, ...],
    pattern: re.Pattern[str],
) -> int:
    """Every row is read, batch by batch: what stands there is sealed, and no index knows a name."""
    count, after = 0, 0
    while rows := list(model._default_manager.filter(pk__gt=after).order_by("pk")[:BATCH]):
        for row in rows:
            fresh = {name: str(wiped(getattr(row, name), pattern, SOMEBODY)) for name in names}
            changed = [name for name, value in fresh.items() if value != getattr(row, name)]
            for name in changed:
                setattr(row, name, fresh[name][: getattr(model._meta.get_field(name), "max_length", None)])
            if changed:
                row.save(update_fields=changed)
                count += 1
        after = rows[-1].pk
    return count


@inner("machinery")
def drop_empty_reports() -> int:
    """Reports that were begun by message and never got a word or a file; by the clock."""
    before = timezone.now() - EMPTY_FOR
    old = Report.objects.filter(way=Report.Way.MESSAGE, state=Report.State.RECEIVED, received_at__lt=before)
    empty = [r.pk for r in old.iterator() if not r.story and not files_of(ref_of(r)).exists()]
    return Report.objects.filter(pk__in=empty).delete()[0]
