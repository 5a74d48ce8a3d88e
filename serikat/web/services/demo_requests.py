"""The demo's requests to the newsroom: a reply that two editors let show, a correction that waits for an answer."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.db.models import Q

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS, Actor, actor_of
from serikat.newsroom.models import Article, EditorialRequest, Redress
from serikat.newsroom.selectors.requests import followed
from serikat.newsroom.services.answering import accept_request, confirm_decision
from serikat.newsroom.services.requests import send_request_once
from serikat.web.demo import telling
from serikat.web.services.demo_clearing import MARK

EDITORS = ("redaktur", "redaktur2")


@inner("part of another action")
def load_requests() -> None:
    """Sent by nobody in particular; decided by the demo's two editors."""
    first, second = (awake(actor_of(User.objects.get(username=name))) for name in EDITORS)
    for told in telling.REQUESTS:
        code = send_request_once(
            actor=ANONYMOUS,
            key=uuid.uuid4(),
            about=Article.objects.get(slug=told.article),
            kind=told.kind,
            words=told.words,
            name=told.name,
            contact=told.contact,
        )
        if told.answer:
            request = accept_request(actor=first, request=followed(code), answer=told.answer)
            confirm_decision(actor=second, request=request)


@inner("reads only")
def awake(editor: Actor) -> Actor:
    """Somebody of the demo as after signing in with the second factor that nobody set up yet."""
    return replace(editor, grants=(*editor.grants, *editor.asleep), asleep=())


@inner("part of another action")
def clear_demo_requests() -> int:
    """Remove the requests that the demo brought, as the trail remembers them, with what they put on pages; returns how many."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    made = Entry.objects.filter(group__in=loaded, action="newsroom.editorial_request.sent").values_list(
        "subject_ref", flat=True
    )
    requests = EditorialRequest.objects.filter(pk__in=[int(ref.partition(":")[2]) for ref in made])
    Redress.objects.filter(Q(request__in=requests) | Q(article__source_key__startswith=MARK)).delete()
    count: int = requests.count()
    requests.delete()
    return count
