"""What the demo put into the rooms goes when it is cleared."""

from __future__ import annotations

from serikat.kernel.demo import on_clear_demo
from serikat.web.services.demo_adverts import clear_demo_adverts
from serikat.web.services.demo_clearing import clear_demo_pages, clear_demo_people
from serikat.web.services.demo_clips import clear_demo_clips
from serikat.web.services.demo_posts import clear_demo_posts
from serikat.web.services.demo_requests import clear_demo_requests


@on_clear_demo
def requests() -> int:
    return clear_demo_requests()


@on_clear_demo
def adverts() -> int:
    """First: they name bodies, which go below."""
    return clear_demo_adverts()


@on_clear_demo
def pages() -> int:
    return clear_demo_pages()


@on_clear_demo
def people() -> int:
    return clear_demo_people()


@on_clear_demo
def posts() -> int:
    return clear_demo_posts()


@on_clear_demo
def clips() -> int:
    return clear_demo_clips()
