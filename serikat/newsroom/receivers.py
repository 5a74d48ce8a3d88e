"""Hears what Wagtail did to a page and writes it into the public site, in the same transaction; and what became of messages. Thin."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from serikat.kernel.events import on
from serikat.messaging.events import MessagesSettled
from serikat.newsroom.services import following, spreading
from serikat.newsroom.services.publishing import reflect_below, reflect_gone, reflect_live


@receiver(page_published)
def write_what_went_live(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    reflect_live(instance)
    following.article_changed(page_id=instance.pk)


@receiver(page_unpublished)
def remove_what_left(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    reflect_gone(instance.pk)
    following.article_changed(page_id=instance.pk)


@receiver(post_page_move)
@receiver(page_slug_changed)
def write_new_addresses(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    reflect_below(instance)


@on(MessagesSettled)
def note_what_was_sent(event: MessagesSettled) -> None:
    if event.about.startswith("newsroom.variant:"):
        spreading.note_settled(about=event.about)
