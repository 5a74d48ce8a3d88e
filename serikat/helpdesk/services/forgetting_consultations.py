"""Forgetting somebody in consultations: their own lose every word, those of others their name and number. Drafts of pages go with the question."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from serikat.audit.action import inner
from serikat.helpdesk.models import Consultation, PublicAnswer, Skill
from serikat.kernel import fulltext, generation
from serikat.kernel.forgetting import Forgetting, wiped
from serikat.messaging.addresses import address_of, index_of

SOMEBODY = "(dilupakan)"
WORDS = ("question", "answer", "called", "reach", "opinion_word", "closing_word")
SHOWN = ("question", "answer", "title", "title_en", "consent_words", "returned_because", "withdrawn_because")
UNSEEN = ("draft", "review")


@inner("part of another action")
def forget_in_consultations(*, forgetting: Forgetting) -> int:
    """The rows stay, for figures; nothing in them leads to the person. What was published stays: it names nobody, and if it does after all, the name goes."""
    own = Consultation.objects.filter(person__subject__in=forgetting.subjects)
    addresses = {
        index_of(scheme, value)
        for needle in forgetting.strong_needles
        for scheme in ("number", "mail")
        if (value := address_of(scheme, needle))
    }
    theirs = own | Consultation.objects.filter(conversation__address__index__in=addresses)
    count = empty_consultations(pks=list(theirs.values_list("pk", flat=True).distinct()))
    count += Skill.objects.filter(user__subject__in=forgetting.subjects).delete()[0]
    if (pattern := forgetting.strong_pattern) is not None:
        count += _wipe_consultations(pattern) + _wipe_answers(pattern)
    return count


@inner("part of another action")
def empty_consultations(*, pks: list[int]) -> int:
    """Of theirs no word is left. Also those asked in their calls: calls are forgotten with the number that led here."""
    count = PublicAnswer.objects.filter(consultation__in=pks, state__in=UNSEEN).delete()[0]
    PublicAnswer.objects.filter(consultation__in=pks).update(consent_words="", consultation=None)
    rows: QuerySet[Consultation] = Consultation.objects.filter(pk__in=pks)
    count += rows.update(**dict.fromkeys(WORDS, ""), alias="", person=None, index="", conversation=None, call_back=False)
    return count


def _wipe_consultations(pattern: re.Pattern[str]) -> int:
    """Texts are encrypted: each is read. A person is forgotten seldom."""
    count = 0
    for row in Consultation.objects.only("pk", *WORDS).order_by("pk").iterator(chunk_size=1000):
        fresh = {name: str(wiped(getattr(row, name), pattern, SOMEBODY)) for name in WORDS}
        changed = [name for name, value in fresh.items() if value != getattr(row, name)]
        for name in changed:
            setattr(row, name, "" if name == "reach" else fresh[name])
        if changed:
            row.save(update_fields=changed)
            count += 1
    return count


def _wipe_answers(pattern: re.Pattern[str]) -> int:
    """A draft that names them is marked anew by whoever goes on with it: its texts change, so its marks no longer fit and it cannot be published as it is."""
    count = 0
    fields = (*SHOWN, "source_question", "source_answer", "marks")
    for row in PublicAnswer.objects.order_by("pk").iterator(chunk_size=500):
        fresh = {name: str(wiped(getattr(row, name), pattern, SOMEBODY)) for name in fields}
        changed = [name for name, value in fresh.items() if value != getattr(row, name)]
        for name in changed:
            limit = getattr(PublicAnswer._meta.get_field(name), "max_length", None)
            setattr(row, name, fresh[name][:limit])
        if changed:
            if row.source_question and {"source_question", "source_answer"} & set(changed):
                row.marks, row.state = "[]", PublicAnswer.State.DRAFT
                changed += ["marks", "state"]
            row.save(update_fields=list(dict.fromkeys(changed)))
            if row.state == PublicAnswer.State.PUBLISHED and row.published_at:
                text = f"{row.question}\n{row.answer}"
                fulltext.put("helpdesk_answers", fulltext.Document(row.pk, row.title, text, row.published_at))
                generation.bump_on_commit()
            count += 1
    return count
