"""answer(): a page, or the part that a small update asked for."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from serikat.ui.answer import answer

pytestmark = pytest.mark.django_db  # the context holds the organisation's identity, which a room above reads from its table


def ask(**headers):
    seen = {}
    HtmxMiddleware(lambda request: seen.setdefault("request", request))(RequestFactory().get("/", headers=headers))
    return seen["request"]


@pytest.fixture
def page(tmp_path, settings):
    (tmp_path / "t.html").write_text("{% load partials %}whole {% partialdef rows inline %}rows {{ n }}{% endpartialdef %}")
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    settings.TEMPLATES = [engine]
    return "t.html"


def test_answer_gives_the_whole_page_to_a_plain_request(page):
    assert answer(ask(), page, {"n": 3}, partial="rows").content.decode().split() == ["whole", "rows", "3"]


def test_answer_gives_the_part_to_a_small_update_and_keeps_the_status(page):
    got = answer(ask(**{"HX-Request": "true"}), page, {"n": 3}, partial="rows", status=422)
    assert (got.content.decode(), got.status_code, got.headers["Vary"]) == ("rows 3", 422, "HX-Request")


def test_answer_gives_the_whole_page_when_history_is_restored(page):
    request = ask(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "whole" in answer(request, page, {"n": 3}, partial="rows").content.decode()
