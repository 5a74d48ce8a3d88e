"""How two versions of a page are set beside each other: a day and an hour as people write them, and nothing where there was nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import DateTimeField
from django.utils.html import escape
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

from serikat.ui.components.words import moment


class MomentComparison(FieldComparison):
    def htmldiff(self) -> Any:
        if not self.has_changed():
            return escape(moment(self.val_a))
        versions = (("deletion", self.val_a), ("addition", self.val_b))
        return TextDiff([(change, moment(value)) for change, value in versions if value]).to_html()


def install() -> None:
    register_comparison_class(DateTimeField, comparison_class=MomentComparison)
