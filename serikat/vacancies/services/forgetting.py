"""Forgetting somebody in the adverts: who sent one, who reported one, and their name, number or address wherever it stands in one."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from serikat.audit.action import inner
from serikat.kernel import generation
from serikat.kernel.forgetting import Forgetting, wiped
from serikat.kernel.secrets import blind_index
from serikat.kernel.text import fold
from serikat.people.formats import phone_of
from serikat.people.rules import folded
from serikat.vacancies.models import Advert, CheckAnswer, Report, Sign
from serikat.vacancies.rules.adverts import CONTACT_DAYS
from serikat.vacancies.selectors.memory import PURPOSE, told_by

SOMEBODY = "(dilupakan)"
WORDS = (
    "title",
    "firm",
    "wage_note",
    "work",
    "requirements",
    "address",
    "phone",
    "mail",
    "link",
    "answer",
    "told",
    "sender_contact",
)


@inner("part of another action")
def forget_in_vacancies(*, forgetting: Forgetting) -> int:
    """The adverts stay, since they are a firm's; nothing in them leads to the person any more. Returns how many rows were touched."""
    count = Advert.objects.filter(sender__subject__in=forgetting.subjects).update(sender=None, sender_contact="", answer="")
    pattern = forgetting.pattern if not forgetting.strong_needles else forgetting.strong_pattern
    if pattern is not None:
        count += _wipe_adverts(pattern) + _wipe_reports(pattern)
        count += Sign.objects.filter(index__in=_indexes(forgetting)).delete()[0]
    if count:
        generation.bump_on_commit()
    return count


@inner("machinery")
def forget_contacts() -> None:
    """Contacts of senders and reporters go some time after the advert ended; by the clock, so it leaves no entry."""
    before = timezone.localdate() - timedelta(days=CONTACT_DAYS)
    Advert.objects.filter(ends_on__lt=before, sender=None).update(sender_contact="")
    Report.objects.filter(advert__ends_on__lt=before).exclude(settled_at=None).update(contact="")
    generation.bump_on_commit()  # a day turned: what ended leaves the lists now, not only within a minute


def _indexes(forgetting: Forgetting) -> list[str]:
    values = [phone_of(needle) or needle.lower() for needle in forgetting.strong_needles]
    return [blind_index(value, PURPOSE) for value in values if value]


def _wipe_adverts(pattern: re.Pattern[str]) -> int:
    """Every advert is read: contacts are encrypted, and there are hundreds of adverts, not millions."""
    count = 0
    for advert in Advert.objects.select_for_update().order_by("pk"):
        fresh = {name: wiped(getattr(advert, name), pattern, SOMEBODY) for name in WORDS}
        changed = [name for name, value in fresh.items() if value != getattr(advert, name)]
        for name in changed:
            whole = name in ("phone", "mail", "link", "sender_contact")  # half of one leads somewhere else
            text = "" if whole else str(fresh[name])
            setattr(advert, name, text[: getattr(Advert._meta.get_field(name), "max_length", None)])
        if changed:
            advert.firm_folded = folded(advert.firm)[:160]
            advert.words = fold(f"{told_by(advert).words}\n{advert.firm}")
            advert.save(update_fields=[*changed, "firm_folded", "words"])
            count += 1
    return count + _wipe_answers(pattern)


def _wipe_answers(pattern: re.Pattern[str]) -> int:
    count = 0
    for answer in CheckAnswer.objects.order_by("pk"):
        fresh = str(wiped(answer.words, pattern, SOMEBODY))[:300]
        if fresh != answer.words:
            CheckAnswer.objects.filter(pk=answer.pk).update(words=fresh)
            count += 1
    return count


def _wipe_reports(pattern: re.Pattern[str]) -> int:
    count = 0
    for report in Report.objects.select_for_update().order_by("pk"):
        words = str(wiped(report.words, pattern, SOMEBODY))[:2000]
        contact = "" if pattern.search(report.contact) else report.contact
        if (words, contact) != (report.words, report.contact):
            report.words, report.contact = words, contact
            report.save(update_fields=["words", "contact"])
            count += 1
    return count
