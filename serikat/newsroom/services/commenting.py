"""Comments without an account: held until somebody looks, limited, with traps for machines. No address and no browser is noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import clean_text
from serikat.newsroom import permissions
from serikat.newsroom.models import Comment, Post
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.selectors import comments as reads
from serikat.newsroom.services.drawing import LANGUAGE

LONGEST = 2000
MOST_LINKS = 2
MOST_WAITING_HERE = 30
MOST_AN_HOUR = 300  # in all


class CommentsClosed(Conflict):
    message = _("Komentar di halaman ini sudah ditutup.")


class TooManyWaiting(Refused):
    message = _("Banyak komentar sedang menunggu dilihat. Salin komentar Anda dan coba lagi nanti.")


class TooManyLinks(Refused):
    message = _("Paling banyak dua tautan dalam satu komentar.")


@action("newsroom.comment.sent", may=permissions.may_comment, says=_("mengirim komentar"), on="below")
def send_comment(*, actor: Actor, below: Any, name: str, text: str) -> Comment:
    """Hold a comment for the moderators. The same words below the same page are one comment, however often they are sent."""
    text = clean_text(text)[:LONGEST]
    with override(LANGUAGE):
        name = " ".join(name.split())[:120] or gettext("Pembaca")
    place = {"post": below} if isinstance(below, Post) else {"article": below}
    same = Comment.objects.filter(**place, name=name, text=text).first()
    if same is not None:
        return same
    if reads.is_closed(below):
        raise CommentsClosed
    if rules.count_links(text) > MOST_LINKS:
        raise TooManyLinks(field="text")
    waiting = Comment.objects.filter(approved=False, decided_at=None)
    if (
        waiting.filter(**place).count() >= MOST_WAITING_HERE
        or waiting.filter(at__gte=timezone.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR
    ):
        raise TooManyWaiting(field="text")
    return Comment.objects.create(**place, name=name, text=text, at=timezone.now())
