"""How forms are drawn: every field the same way, with its error beside it."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's own templates until `ui/forms/` overrides them."""
