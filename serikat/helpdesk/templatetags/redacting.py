"""Marks in words, for templates."""

from __future__ import annotations

from django.template import Library

from serikat.helpdesk.selectors.marking import kind_in_words, why_in_words

register = Library()
register.filter("mark_kind", kind_in_words)
register.filter("mark_why", why_in_words)
