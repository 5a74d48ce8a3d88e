"""A worker's post before the public: written as it may be read, with public copies of its pictures; and taken off again."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, override

from serikat.accounts.services import leave_notice
from serikat.audit.action import inner
from serikat.files.selectors import content_of
from serikat.kernel import generation
from serikat.kernel.access import Actor
from serikat.kernel.errors import Words
from serikat.newsroom.models import Picture, Post, PostFile
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.services.drawing import LANGUAGE
from serikat.newsroom.services.finding import find_posts
from serikat.newsroom.services.pictures import prepare_picture


@inner("part of another action")
def show(*, actor: Actor, post: Post, shows_numbers: bool = False) -> None:
    """Write what the public reads. Numbers and addresses of persons are covered unless a moderator let them show."""
    text = post.text if shows_numbers else covered(text=post.text)
    post.html, post.shows_numbers = rules.shown_html(text), shows_numbers
    post.state, post.shown_at = Post.State.SHOWN, post.shown_at or timezone.now()
    post.save(update_fields=["html", "shows_numbers", "state", "shown_at"])
    for part in post.files.filter(kind=PostFile.Kind.PICTURE, left_out=False, picture=None).select_related("file"):
        part.picture = public_copy(part=part, post=post)
        part.save(update_fields=["picture"])
    find_posts([post.pk])
    generation.bump_on_commit()


@inner("part of another action")
def describe_pictures(*, post: Post, alts: Mapping[int, str]) -> int:
    """What is seen on each picture, by its number; gives how many changed. Numbers of other posts' pictures are none."""
    changed = 0
    for part in post.files.filter(kind=PostFile.Kind.PICTURE, pk__in=alts):
        if part.alt != alts[part.pk][:300]:
            part.alt = alts[part.pk][:300]
            part.save(update_fields=["alt"])
            changed += 1
    return changed


@inner("reads only")
def covered(*, text: str) -> str:
    """A text with every number and address of a person covered, in the language of the site."""
    with override(LANGUAGE):
        return rules.without_numbers(text, gettext("(nomor ditutup)"))


@inner("part of another action")
def public_copy(*, part: PostFile, post: Post) -> Picture:
    """A picture of the site with the same bytes, which were cleaned of place and device when they came in."""
    content = b"".join(content_of(part.file))
    picture: Picture = Picture.objects.create(
        title=post.title,
        description=part.alt,
        credit=post.name[:120],
        unit=post.unit,
        file=ContentFile(content, name=part.file.name),
    )
    prepare_picture(picture)
    return picture


@inner("part of another action")
def tell_writer(*, actor: Actor, post: Post, words: Words) -> None:
    """Leave the post's writer a notice that leads to their own page of it; `words` may name its {title}."""
    if post.writer_id and post.writer_id != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=post.writer_id,
            text=format_lazy(words, title=post.title),
            link=reverse("newsroom:own_post", args=[post.code]),
        )


@inner("part of another action")
def take_off(*, post: Post, state: str) -> None:
    """Nothing of it stays public: no words, no picture."""
    for part in post.files.exclude(picture=None).select_related("picture"):
        picture = part.picture
        part.picture = None
        part.save(update_fields=["picture"])
        if picture is not None:
            picture.delete()
    post.html, post.state, post.shown_at = "", state, None
    post.save(update_fields=["html", "state", "shown_at"])
    find_posts([post.pk])
    generation.bump_on_commit()
