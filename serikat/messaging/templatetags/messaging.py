"""Problems in words, for templates."""

from __future__ import annotations

from django.template import Library

from serikat.messaging.problems import said

register = Library()
register.filter("problem", said)
