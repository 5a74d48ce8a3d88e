"""What the search holds beside pages: workers' posts and clips, as the public sees them. Pages are put there when they go live."""

from __future__ import annotations

from collections.abc import Iterable

from serikat.audit.action import inner
from serikat.kernel import fulltext
from serikat.kernel.fulltext import Document
from serikat.newsroom.models import Clip, LiveClip, Post
from serikat.newsroom.rules import captions
from serikat.newsroom.selectors.clips import cues_of
from serikat.newsroom.services.drawing import plain

POSTS, CLIPS = "newsroom_posts", "newsroom_clips"


@inner("part of another action")
def find_posts(keys: Iterable[int]) -> None:
    """Hold these posts as they show now; what does not show is found no more."""
    wanted = set(keys)
    for post in Post.objects.filter(pk__in=wanted, state=Post.State.SHOWN).exclude(shown_at=None):
        fulltext.put(POSTS, Document(post.pk, post.title, f"{post.name}\n{plain(post.html)}", post.shown_at))  # type: ignore[arg-type]
        wanted.discard(post.pk)
    for pk in wanted:
        fulltext.drop(POSTS, pk)


@inner("part of another action")
def find_clips(keys: Iterable[int]) -> None:
    """The same for clips: their words, and what is said in them."""
    wanted = set(keys)
    for live in LiveClip.objects.filter(pk__in=wanted):
        said = live.transcript or captions.transcript_of(cues_of(live.captions))
        fulltext.put(CLIPS, Document(live.pk, live.title, "\n".join((live.about, live.credit, said)), live.shown_at))
        wanted.discard(live.pk)
    for pk in wanted:
        fulltext.drop(CLIPS, pk)


@inner("machinery")
def find_everything() -> None:
    """Write the searches of posts and clips anew."""
    find_posts(Post.objects.values_list("pk", flat=True))
    find_clips(Clip.objects.values_list("pk", flat=True))
