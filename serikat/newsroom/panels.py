"""Parts of the editor's form that Wagtail does not bring."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel


class NotesPanel(FieldPanel):
    """A text that is only read, line by line; there when it holds something. Given with `read_only=True`."""

    def format_value_for_display(self, value: Any) -> SafeString:
        return format_html_join("", "<p>{}</p>", ((line,) for line in str(value).splitlines() if line.strip()))

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.value_from_instance) and super().is_shown()
