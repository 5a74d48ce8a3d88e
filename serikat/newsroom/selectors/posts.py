"""Workers' posts: as the public reads them, as their writer sees them, as the desk does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from wagtail.models import Revision

from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Missing
from serikat.newsroom.models import Comment, EditingRule, Lift, LivePage, Post, PostFile, Submission, WriterRule
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.rules.approval import content_digest
from serikat.newsroom.selectors.editing import digest_of, reach, who_touched
from serikat.newsroom.selectors.public import askable
from serikat.newsroom.selectors.reading import reads_of
from serikat.units.models import Unit

DESK = (Role.MODERATOR, Role.EDITOR)


def shown_posts() -> QuerySet[Post]:
    """What the public sees, the newest first."""
    return Post.objects.filter(state=Post.State.SHOWN).select_related("place").order_by("-shown_at", "-pk")


def shown_post(code: str) -> Post | None:
    return shown_posts().filter(code=askable(code)).first()


def pictures_shown(post: Post) -> list[PostFile]:
    """Its pictures with their public copies, in order."""
    return list(post.files.filter(kind=PostFile.Kind.PICTURE).exclude(picture=None).select_related("picture"))


def comments_on_post(post: Post) -> QuerySet[Comment]:
    return Comment.objects.filter(post=post, approved=True).order_by("at", "pk")


def news_of(post: Post) -> LivePage | None:
    """The live article that was made of it."""
    return LivePage.objects.filter(page__lift__post=post).first()


# The writer's own


def unit_of_writer(actor: Actor) -> Unit:
    """Where their post belongs: the nearest unit in which they hold something, else the organisation."""
    paths = sorted((grant.unit_path for grant in (*actor.grants, *actor.asleep)), key=len, reverse=True)
    found = Unit.objects.filter(path=paths[0]).first() if paths else None
    found = found or Unit.objects.order_by("path").first()
    if found is None:
        raise Missing
    return found


def own_posts(actor: Actor) -> QuerySet[Post]:
    mine = Post.objects.filter(writer_id=actor.user_id or 0).select_related("lift")
    return mine.annotate(answers=Count("comments", filter=Q(comments__approved=True))).order_by("-sent_at", "-pk")


def own_post(actor: Actor, code: str) -> Post:
    found = own_posts(actor).select_related("unit", "place").filter(code=code).first()
    if found is None:
        raise Missing
    return found


def own_post_with(actor: Actor, key: uuid.UUID) -> Post | None:
    """The post of this key, when it is the actor's own."""
    return own_posts(actor).filter(key=key).first()


def is_taken(key: uuid.UUID) -> bool:
    return Post.objects.filter(key=key).exists()


def sent_since(actor: Actor, moment: datetime) -> int:
    return Post.objects.filter(writer_id=actor.user_id or 0, sent_at__gte=moment).count()


def is_trusted(actor: Actor) -> bool:
    """Whether the next post of this writer shows without a look: by their own number, else by the organisation's."""
    own = WriterRule.objects.filter(writer_id=actor.user_id or 0).values_list("trusted_after", flat=True).first()
    after = organisations_number() if own is None else own
    looked_at = Post.objects.filter(writer_id=actor.user_id or 0, state=Post.State.SHOWN).exclude(decided_at=None)
    return rules.is_trusted(looked_at.count(), after)


def organisations_number() -> int:
    return EditingRule.objects.values_list("posts_trusted_after", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A version of the news made of a post, as its writer is asked about it."""

    lift: Lift
    revision_id: int
    digest: str
    title: str
    changes: list[tuple[str, str]]
    agreed: bool
    touched: tuple[int, ...]


def asked_of(post: Post) -> Asked | None:
    """The newest version that was submitted for review, beside the writer's own words; None while there is none."""
    lift = Lift.objects.filter(post=post).select_related("page", "post").first()
    if lift is None:
        return None
    submitted = Submission.objects.filter(revision__object_id=str(lift.page_id), revision_id=lift.page.latest_revision_id)
    newest = submitted.values_list("revision_id", flat=True).first()
    if newest is None:
        return None
    revision = Revision.objects.get(pk=newest)
    digest = content_digest(revision.content)
    before = f"{lift.post.title}\n\n{lift.post.text}"
    article = revision.as_object()
    after = "\n\n".join(part for part in (article.title, article.lead, body_text(article)) if part)
    return Asked(
        lift=lift,
        revision_id=newest,
        digest=digest,
        title=article.title,
        changes=list(rules.changes(before, after)),
        agreed=lift.agreed_digest == digest,
        touched=tuple(sorted(who_touched(lift.page, newest))),
    )


def body_text(article: Any) -> str:
    """The words of an article's body, without its pictures."""
    parts = []
    for block in article.body:
        if block.block_type in ("paragraph", "quote", "callout"):
            value = block.value if block.block_type == "paragraph" else block.value["text"]
            parts.append(rules.plain_words(value.source))
        elif block.block_type == "heading":
            parts.append(block.value["text"])
        elif block.block_type == "preformatted":
            parts.append(str(block.value))
    return "\n\n".join(part for part in parts if part)


def lift_of_page(page_id: int) -> Lift | None:
    """The post behind an article, where there is one."""
    return Lift.objects.filter(page_id=page_id).select_related("post").first()


def has_agreed(page_id: int, revision_id: int) -> bool:
    """Whether the writer of the post behind an article said yes to this version."""
    lift = Lift.objects.filter(page_id=page_id).exclude(agreed_digest="").first()
    return lift is not None and lift.agreed_digest == digest_of(revision_id)


def figures_of(actor: Actor) -> dict[str, int]:
    """What came of a writer's posts: sent, shown, made news of, and how often that news was read."""
    mine = Post.objects.filter(writer_id=actor.user_id or 0)
    figures = mine.aggregate(sent=Count("pk"), shown=Count("pk", filter=Q(state=Post.State.SHOWN)), lifted=Count("lift"))
    news = mine.exclude(lift=None).values_list("lift__page_id", flat=True)
    return {**figures, "read": sum(reads_of(news).values())}


# The desk's


def posts_in_reach(actor: Actor) -> QuerySet[Post]:
    """Posts of units within reach of a moderator's or an editor's mandate; what its writer took back is theirs alone again."""
    return (
        Post.objects.filter(reach(actor, roles=DESK))
        .exclude(state=Post.State.WITHDRAWN)
        .select_related("unit", "place", "lift")
    )


def posts_waiting(actor: Actor) -> QuerySet[Post]:
    """What waits for a look, oldest first; what waits for its writer's answer is not in it."""
    return posts_in_reach(actor).filter(state=Post.State.WAITING).order_by("sent_at", "pk")


def post_for(actor: Actor, code: str) -> Post:
    found = posts_in_reach(actor).filter(code=code).first()
    if found is None:
        raise Missing
    return found


def post_row(actor: Actor, pk: int) -> Post | None:
    """For the trail's page: a post within reach."""
    return posts_in_reach(actor).filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Look:
    """A post as the moderator looks at it."""

    post: Post
    pictures: list[PostFile]
    sounds: list[PostFile]
    numbers: list[str]
    concerns: list[Any]
    undecided: bool
    hidden: list[Any]
    earlier: int
    own_rule: int | None
    comments: list[Comment]


def look_at(post: Post) -> Look:
    """Everything a decision needs; a fixed number of queries."""
    parts = list(post.files.select_related("file"))
    concerns = list(post.concerns.all())
    return Look(
        post=post,
        pictures=[p for p in parts if p.kind == PostFile.Kind.PICTURE],
        sounds=[p for p in parts if p.kind == PostFile.Kind.SOUND],
        numbers=rules.personal_numbers(post.text),
        concerns=concerns,
        undecided=any(not c.decision for c in concerns),
        hidden=[c for c in concerns if c.decision == c.Decision.HIDE],
        earlier=Post.objects.filter(writer_id=post.writer_id, state=Post.State.SHOWN).exclude(pk=post.pk).count()
        if post.writer_id
        else 0,
        own_rule=WriterRule.objects.filter(writer_id=post.writer_id).values_list("trusted_after", flat=True).first()
        if post.writer_id
        else None,
        comments=list(Comment.objects.filter(post=post).order_by("at", "pk")),
    )


def posts_lately(actor: Actor, *, limit: int = 10) -> QuerySet[Post]:
    """Shown in the last month and not yet made news of: what an editor may lift."""
    since = timezone.now() - timedelta(days=30)
    found = posts_in_reach(actor).filter(state=Post.State.SHOWN, shown_at__gte=since, lift=None)
    return found.order_by("-shown_at")[:limit]
