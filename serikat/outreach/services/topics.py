"""The list of topics, kept at the desk."""

from __future__ import annotations

import re

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.messaging.rules.words import WORDS
from serikat.outreach import permissions
from serikat.outreach.models import Topic

# Behind BERHENTI these make a sentence of it: who stopped working has not asked to be left alone.
SENTENCES = {"kerja", "bekerja", "kontrak", "semua", "dulu", "operasi", "produksi"}


class BadWord(Refused):
    message = _("Kata kunci: satu kata huruf dan angka, 2 sampai 20, dan bukan kata perintah.")


class KnownWord(Refused):
    message = _("Kata kunci ini sudah dipakai topik lain.")


@action(
    "outreach.topic.kept",
    may=permissions.may_keep_topic,
    says=pgettext_lazy("an action", "menyimpan topik langganan"),
    makes=True,
)
def keep_topic(
    *,
    actor: Actor,
    name: str,
    word: str,
    name_en: str = "",
    order: int = 50,
    closed: bool = False,
    topic: Topic | None = None,
) -> Topic:
    word = word.strip().lower()
    if not re.fullmatch(r"[a-z0-9]{2,20}", word) or word.upper() in WORDS or word in SENTENCES:
        raise BadWord(field="word")
    if Topic.objects.filter(word__iexact=word).exclude(pk=(topic.pk or 0) if topic else 0).exists():
        raise KnownWord(field="word")
    kept = topic or Topic()
    kept.name, kept.name_en, kept.word, kept.order = name, name_en, word, order
    kept.closed_at = (kept.closed_at or timezone.now()) if closed else None
    kept.save()
    return kept
