"""Reading the trail: the entries of one thing, in sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serikat.audit.action import actions, note_words
from serikat.audit.models import Entry

EMPTY: tuple[Any, ...] = (None, "", [], {})
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[^ ]*[+-]\d\d:\d\d\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a reader sees it; a forgotten text is None."""

    at: datetime
    actor: str
    mandate: str
    sentence: str
    subject: str
    reason: str
    changes: list[tuple[str, Any, Any]]
    notes: list[tuple[str, Any]]
    count: int
    action: str
    ref: str

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """The changes in the reader's words: a field by its name on the forms, a choice by its words; a field that was and is empty is none."""
        return [_in_words(self.ref, *change) for change in self.changes if not all(v in EMPTY for v in change[1:])]

    @property
    def noted(self) -> list[tuple[str, Any]]:
        """What the entry carries besides, in the reader's words."""
        words = note_words()
        return [(str(words.get(name, name)), _value_in_words(value)) for name, value in self.notes]


def trail_of(ref: str, *, limit: int = 200) -> list[Line]:
    """The newest entries about one thing. The caller has asked whether the reader may see the thing; two queries."""
    return _lines(Entry.objects.filter(subject_ref=ref), limit)


def latest_entries(unit_paths: list[str], *, limit: int = 50) -> list[Line]:
    """The newest entries in these units and below."""
    scope = Q(pk__in=[])
    for path in unit_paths:
        scope |= Q(unit_path__startswith=path)
    return _lines(Entry.objects.filter(scope), limit)


def _lines(entries: Any, limit: int) -> list[Line]:
    known = actions()
    lines = []
    for entry in entries.order_by("-at").prefetch_related("values")[:limit]:
        values = {v.name: v.value for v in entry.values.all()}
        forgotten = _("(dilupakan)")
        fields = sorted({n.split(".", 1)[1] for n in values if n.startswith(("before.", "after."))})
        plain = {"actor", "mandate", "subject", "reason"}
        lines.append(
            Line(
                at=entry.at,
                actor=values.get("actor", forgotten),
                mandate=values.get("mandate", ""),
                sentence=str(known[entry.action].says) if entry.action in known else entry.action,
                subject=values.get("subject", ""),
                reason=values.get("reason", ""),
                changes=[(f, values.get(f"before.{f}"), values.get(f"after.{f}")) for f in fields],
                notes=[(n, v) for n, v in values.items() if n not in plain and "." not in n],
                count=entry.count,
                action=entry.action,
                ref=entry.subject_ref,
            )
        )
    return lines


def _value_in_words(value: Any) -> Any:
    """Yes and no, a moment, an action by its sentence, a list as one line."""
    match value:
        case bool():
            said: Any = _("ya") if value else _("tidak")
        case list():
            said = ", ".join(str(_value_in_words(each)) for each in value)
        case {"file": file}:
            said = file
        case str() if value in actions():
            said = str(actions()[value].says)
        case str() if _MOMENT.match(value):
            said = _moment_in_words(value)
        case str() if _DAY.match(value):
            said = _day_in_words(value)
        case _:
            said = value
    return said


def _moment_in_words(value: str) -> str:
    try:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    except ValueError:
        return value


def _day_in_words(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "j F Y")
    except ValueError:
        return value


def _in_words(ref: str, name: str, before: Any, after: Any) -> tuple[str, Any, Any]:
    try:
        field = apps.get_model(ref.partition(":")[0])._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):  # a field or model of another time
        return name, _value_in_words(before), _value_in_words(after)
    choices = dict(getattr(field, "flatchoices", ()))

    def words(value: Any) -> Any:
        return choices[value] if isinstance(value, str) and value in choices else _value_in_words(value)

    return str(getattr(field, "verbose_name", name)), words(before), words(after)
