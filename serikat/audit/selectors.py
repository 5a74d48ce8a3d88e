"""Reading the trail: the entries of one thing, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serikat.audit.action import SECRET, actions, item_words, note_words, shows_by_name
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
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)  # of units and places in `changes`

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """The changes in the reader's words: a field by its name on the forms, a choice by its words; a field that was and is empty is none."""
        return [_in_words(self, *change) for change in self.changes if not all(v in EMPTY for v in change[1:])]

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
    return with_names(lines)


def with_names(lines: Sequence[Line]) -> list[Line]:
    """The lines, knowing what the units and places in their changes are called."""
    names = _names_in(lines)
    return [replace(line, names=names) for line in lines] if names else list(lines)


def _field_of(ref: str, name: str) -> Any:
    """The model's field; None when it is of another time."""
    try:
        return apps.get_model(ref.partition(":")[0])._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _label_of(found: Any) -> str:
    """Which model a field refers to, where that one shows by its name; "" otherwise."""
    model = getattr(found, "related_model", None) if isinstance(found, ForeignKey) else None
    label = "" if model is None else str(model._meta.label_lower)
    return label if shows_by_name(label) else ""


def _names_in(lines: Iterable[Line]) -> dict[tuple[str, str], str]:
    """What the references in all changes are called: one query for each model."""
    asked: dict[str, set[Any]] = {}
    for line in lines:
        for name, *values in line.changes:
            if label := _label_of(_field_of(line.ref, name)):
                asked.setdefault(label, set()).update(value for value in values if value not in EMPTY)
    return {
        (label, str(pk)): str(row)
        for label, pks in asked.items()
        for pk, row in apps.get_model(label)._base_manager.in_bulk(pks).items()
    }


def _value_in_words(value: Any) -> Any:
    """Yes and no, a moment, an action by its sentence, a list as one line."""
    match value:
        case [mark, *_rest] if mark == SECRET:
            said: Any = SECRET
        case bool():
            said = _("ya") if value else _("tidak")
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


def _in_words(line: Line, name: str, before: Any, after: Any) -> tuple[str, Any, Any]:
    found = _field_of(line.ref, name)
    if found is None:
        return name, _value_in_words(before), _value_in_words(after)
    choices, items, label = dict(getattr(found, "flatchoices", ())), item_words(name), _label_of(found)

    def words(value: Any) -> Any:
        if label and value not in EMPTY:
            return line.names.get((label, str(value)), value)
        if items and isinstance(value, list):
            return ", ".join(str(items.get(one, one)) for one in value)
        return choices[value] if isinstance(value, str) and value in choices else _value_in_words(value)

    return str(getattr(found, "verbose_name", name)), words(before), words(after)
