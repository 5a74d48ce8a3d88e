"""What the demo put into the rooms goes when it is cleared."""

from __future__ import annotations

from serikat.kernel.demo import on_clear_demo
from serikat.web.services.demo_adverts import clear_demo_adverts
from serikat.web.services.demo_calls import clear_demo_calls
from serikat.web.services.demo_channels import clear_demo_channels
from serikat.web.services.demo_clearing import clear_demo_pages, clear_demo_people
from serikat.web.services.demo_clips import clear_demo_clips
from serikat.web.services.demo_consultations import clear_demo_consultations
from serikat.web.services.demo_outreach import clear_demo_outreach
from serikat.web.services.demo_posts import clear_demo_posts
from serikat.web.services.demo_reports import clear_demo_reports
from serikat.web.services.demo_requests import clear_demo_requests


@on_clear_demo
def reports() -> int:
    return clear_demo_reports()


@on_clear_demo
def requests() -> int:
    return clear_demo_requests()


@on_clear_demo
def adverts() -> int:
    """First: they name bodies, which go below."""
    return clear_demo_adverts()


@on_clear_demo
def calls() -> int:
    """Before people: they name persons."""
    return clear_demo_calls()


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


@on_clear_demo
def outreach() -> int:
    """Before the channels that its broadcasts name."""
    return clear_demo_outreach()


@on_clear_demo
def channels() -> int:
    return clear_demo_channels()


@on_clear_demo
def clear_consultations() -> int:
    return clear_demo_consultations()
