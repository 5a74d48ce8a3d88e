"""The frame: same page for everybody, language by address, refusals as pages."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.test import Client


def test_public_page_sets_no_cookie_and_varies_by_nothing_of_the_person(db):
    answer = Client().get("/ui/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in answer.content
    assert b"htmx.min" not in answer.content


def test_language_stands_in_the_address_and_nothing_else_decides(db):
    indonesian = Client(HTTP_ACCEPT_LANGUAGE="en").get("/ui/").content.decode()
    english = Client(HTTP_ACCEPT_LANGUAGE="id").get("/en/ui/").content.decode()
    assert '<html lang="id">' in indonesian
    assert '<html lang="en">' in english
    assert 'href="/en/ui/" lang="en" hreflang="en"' in indonesian
    assert 'href="/ui/" lang="id" hreflang="id"' in english
    assert 'hreflang="x-default"' in english


def test_lost_page_answers_404_in_the_frame(db):
    answer = Client().get("/tidak-ada/")
    assert answer.status_code == 404
    assert 'class="brand"' in answer.content.decode()


def test_broken_page_is_drawn_without_database_and_without_context():
    assert "Ada yang rusak di pihak kami" in render_to_string("500.html")
