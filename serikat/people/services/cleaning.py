"""The cleaning after somebody was forgotten: passing words, logs, kept mail, lists of the trail, then the database's own leftovers; and the byte
search that says whether anything remains. Run by the clock at night, or by `serikat clean_forgotten`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from serikat.audit.action import inner
from serikat.audit.services import forget_texts, forget_values
from serikat.kernel import deep_clean
from serikat.kernel.forgetting import (
    Byline,
    Forgetting,
    first_tokens,
    holders,
    is_number,
    tables_of_passing_words,
    wiped,
    wiper,
)
from serikat.kernel.secrets import EncryptedTextField
from serikat.people.models import Forgotten
from serikat.people.services.forgotten_list import Line, append_to_forgotten_list

WORDS = "(dilupakan)"
PUBLIC_APPS = frozenset({"places", "contenttypes", "auth"})  # no word about anybody


@dataclass
class Cleaning:
    """What a cleaning did: how many were cleaned, how many rows and files were wiped, and where something is still found."""

    persons: int = 0
    rows: int = 0
    files: int = 0
    leftovers: list[str] = field(default_factory=list)


@inner("machinery")
def clean_forgotten() -> Cleaning:
    """Clean up after everybody who was forgotten since the last time. May be run twice, and again after it was stopped."""
    waiting = list(Forgotten.objects.filter(cleaned_at=None).order_by("pk"))
    append_to_forgotten_list(lines=[Line(f.subject, f.at, Byline(f.byline)) for f in waiting])
    done = Cleaning(persons=len(waiting))
    if not waiting:
        return done
    needles = _needles_of(waiting)
    forgetting = Forgetting(frozenset(f.subject for f in waiting), needles)
    with transaction.atomic():
        for subject in sorted(forgetting.subjects):
            done.rows += forget_values(subject=subject)
        done.rows += forget_texts(needles=forgetting.strong_needles, pattern=forgetting.strong_pattern)
        done.rows += wipe_tables(forgetting=forgetting)
    if forgetting.pattern is not None:
        done.files += deep_clean.wipe_logs(Path(settings.SERIKAT_DATA), forgetting.pattern)
    if forgetting.strong_pattern is not None:
        for folder in ("outbox", "trail"):
            done.files += deep_clean.remove_files_with(Path(settings.SERIKAT_DATA) / folder, forgetting.strong_pattern)
    deep_clean.clean_database(spare=_spared_tables())
    done.leftovers = find_leftovers(needles=_sought(waiting))
    Forgotten.objects.filter(pk__in=[f.pk for f in waiting]).update(
        needles="", cleaned_at=timezone.now(), leftovers=done.leftovers
    )
    return done


@inner("reads only")
def find_leftovers(*, needles: Iterable[str]) -> list[str]:
    """Search every byte under the data folder (the database of SQLite, its log and indexes are there) for the needles."""
    pattern = wiper(needles, bounded=False)
    return deep_clean.find_bytes(Path(settings.SERIKAT_DATA), pattern) if pattern else []


@inner("part of another action")
def wipe_tables(*, forgetting: Forgetting) -> int:
    """Wipe what names the forgotten in every text column that no room cleans by itself; in passing words single names too."""
    left_to_rooms = {label.lower() for holder in holders() for label in holder.own_tables}
    passing = tables_of_passing_words()
    count = 0
    for model in apps.get_models():
        label, app = model._meta.label_lower, model._meta.app_label
        if app in PUBLIC_APPS or {label, app} & left_to_rooms or not model._meta.managed or model._meta.proxy:
            continue
        for column in _text_columns(model):
            everything = column.name in passing.get(label, ())
            pattern = forgetting.pattern if everything else forgetting.strong_pattern
            needles = forgetting.needles if everything else forgetting.strong_needles
            if pattern is not None:
                count += _wipe_column(model, column, needles, pattern)
    return count


def _text_columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        f
        for f in model._meta.local_concrete_fields
        if isinstance(f, models.CharField | models.TextField | models.JSONField)
        and not isinstance(f, EncryptedTextField)
        and not getattr(f, "secret", False)
        and not f.primary_key
        and not f.choices
    ]


def _wipe_column(
    model: type[models.Model], column: models.Field[Any, Any], needles: Iterable[str], pattern: re.Pattern[str]
) -> int:
    likely = Q(pk__in=[])
    for needle in needles:
        tokens = Q()
        for token in first_tokens(needle):
            tokens &= Q(**{f"{column.name}__icontains": token})
        likely |= tokens
    count = 0
    for pk, value in model._base_manager.filter(likely).values_list("pk", column.name).iterator():
        fresh: Any = wiped(value, pattern, WORDS)
        if fresh == value:
            continue
        if isinstance(column, models.CharField) and column.max_length:
            fresh = fresh[: column.max_length]
        row = model._base_manager.filter(pk=pk)
        try:
            with transaction.atomic():
                row.update(**{column.name: fresh})
        except IntegrityError:  # the wiped text exists already
            row.update(**{column.name: f"dilupakan-{pk}"[: getattr(column, "max_length", None)]})
        count += 1
    return count


def _needles_of(waiting: list[Forgotten]) -> tuple[str, ...]:
    return tuple(sorted({needle for f in waiting for needle in json.loads(f.needles or "[]")}))


def _sought(waiting: list[Forgotten]) -> list[str]:
    """What the closing search looks for. Who keeps the byline keeps the name in public: then only numbers and addresses."""
    found = set()
    for one in waiting:
        for needle in Forgetting(frozenset(), tuple(json.loads(one.needles or "[]"))).strong_needles:
            if one.byline == Byline.ANONYMOUS or is_number(needle) or "@" in needle:
                found.add(needle)
    return sorted(found)


def _spared_tables() -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if m._meta.app_label in PUBLIC_APPS]
