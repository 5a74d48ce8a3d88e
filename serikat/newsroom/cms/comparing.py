"""How two versions of a page are set beside each other: a day and an hour as people write them, nothing where there was nothing, and no body
that only the editor's own keys tell apart."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db.models import DateTimeField
from django.utils.html import escape
from wagtail.admin.compare import FieldComparison, StreamFieldComparison, TextDiff, register_comparison_class
from wagtail.fields import StreamField

from serikat.ui.components.words import moment


class MomentComparison(FieldComparison):
    def htmldiff(self) -> Any:
        if not self.has_changed():
            return escape(moment(self.val_a))
        versions = (("deletion", self.val_a), ("addition", self.val_b))
        return TextDiff([(change, moment(value)) for change, value in versions if value]).to_html()


class BodyComparison(StreamFieldComparison):
    """The editor gives each paragraph a key of its own when it opens it: for readers that is no change."""

    def has_changed(self) -> bool:
        return _keyless(self.val_a) != _keyless(self.val_b)


def _keyless(body: Any) -> str:
    return re.sub(r' data-block-key=\\"[^"]*\\"', "", json.dumps(body.get_prep_value(), sort_keys=True))


def install() -> None:
    register_comparison_class(DateTimeField, comparison_class=MomentComparison)
    register_comparison_class(StreamField, comparison_class=BodyComparison)
