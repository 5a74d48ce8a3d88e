"""The demo's Ruang Buruh: what workers told, some of it shown, one post waiting for a moderator."""

from __future__ import annotations

import uuid

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.kernel.access import Actor, actor_of
from serikat.newsroom.models import Comment, Post
from serikat.newsroom.services.commenting import send_comment
from serikat.newsroom.services.moderating import show_post
from serikat.newsroom.services.posts import send_post
from serikat.newsroom.services.showing import take_off
from serikat.units.models import Unit
from serikat.web.demo import telling

WRITER = "penulis"


@inner("part of another action")
def load_posts(*, actor: Actor, unit: Unit) -> None:
    """Sent by the demo's writer, shown by the console; a reader's comment waits below the first."""
    writer = actor_of(User.objects.get(username=WRITER))
    for told in telling.POSTS:
        post = send_post(
            actor=writer,
            unit=unit,
            key=uuid.uuid4(),
            title=told.title,
            text=told.text,
            named_as=told.named_as,
            pen_name=told.pen_name,
        )
        if told.shown:
            show_post(actor=actor, post=post)
    first = Post.objects.filter(unit=unit, state=Post.State.SHOWN).order_by("pk")[0]
    send_comment(actor=actor, below=first, name="Rini", text="Di tempat kami juga begitu. Surat bersama memang didengar.")


@inner("part of another action")
def clear_demo_posts() -> int:
    """Remove the posts that the demo brought, as the trail remembers them; returns how many."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    made = Entry.objects.filter(group__in=loaded, action="newsroom.post.sent").values_list("subject_ref", flat=True)
    posts = Post.objects.filter(pk__in=[int(ref.partition(":")[2]) for ref in made if ref.startswith("newsroom.post:")])
    count = posts.count()
    for post in posts:
        take_off(post=post, state=Post.State.WITHDRAWN)
        Comment.objects.filter(post=post).delete()
        post.delete()
    return count
