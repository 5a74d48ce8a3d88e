"""The one doorway for every write.

`@action("casework.case.closed", may=may_close_case, on="case", says=_("menutup perkara"))` on a keyword-only service
with `actor` first:
asks the permission, runs an optional `prepare` step outside any transaction (network, files, slow hashing), opens the
transaction, runs
the service, writes the trail entry in the same transaction. If anything fails nothing is written.

- `on`: the keyword whose value is the thing acted upon. For something that is made, name where it is made (`on="unit"`)
  and set
  `makes=True`: the entry then speaks of what the service returns.
- `fields`: names of the thing's fields whose values before and after stand in the entry. A field with `secret = True`
  shows only that it
  changed.
- `prepare`: called with the service's keywords; the dict it returns is added to them.
- `reason` is taken from the keyword of that name.
- Inside a service, `note(name=value)` adds a value to the entry, `note_about(subject)` says whose data it speaks of,
  `counted(n, ids)` makes it
  a bulk entry: one entry, a count and a file of ids.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import inspect
import json
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from serikat.audit import rules
from serikat.audit.models import Entry, Value
from serikat.kernel import generation
from serikat.kernel.access import Actor, Grant, Predicate, require, unit_path_of
from serikat.kernel.errors import Words
from serikat.kernel.together import later, step

P = ParamSpec("P")
R = TypeVar("R")
SECRET = "•••"


@dataclass(frozen=True, slots=True)
class Action:
    """A registered action: its name, who may, and the sentence that a reader of the trail sees."""

    name: str
    may: Predicate
    says: Words


_actions: dict[str, Action] = {}


def actions() -> dict[str, Action]:
    return dict(sorted(_actions.items()))


def register(name: str, *, may: Predicate, says: Words) -> Action:
    """Declare an action name. Twice the same name, or a name that is not room.noun.past, is refused when the module is imported."""
    if name in _actions:
        raise ValueError(f"The action {name} is declared twice.")
    if len(name.split(".")) != 3:
        raise ValueError(f"The action {name} is not of the form room.noun.past.")
    _actions[name] = Action(name, may, says)
    return _actions[name]


_note_words: dict[str, Words] = {}


def notes_say(**words: Words) -> None:
    """Give the values that entries carry their words for who reads the trail: `notes_say(hours=_("jam"))`. A room names what its own services
    note; what a lower room has named is not named again."""
    for name, said in words.items():
        if name in _note_words:
            raise ValueError(f"The note {name} is named twice.")
        _note_words[name] = said


def note_words() -> dict[str, Words]:
    return dict(_note_words)


_item_words: dict[str, Mapping[str, Words]] = {}
_named_models: set[str] = set()


def items_say(**choices: Iterable[tuple[str, Words]]) -> None:
    """Give the items of a field that holds a list their words: `items_say(protections=Protection.choices)`."""
    _item_words.update({name: dict(words) for name, words in choices.items()})


def item_words(name: str) -> Mapping[str, Words]:
    return _item_words.get(name, {})


def show_by_name(*labels: str) -> None:
    """Of these models ("units.unit") a changed reference shows its name, which is nobody's secret; of all others its number."""
    _named_models.update(labels)


def shows_by_name(label: str) -> bool:
    return label in _named_models


@dataclass
class _Open:
    """The entry being written."""

    group: uuid.UUID
    notes: list[tuple[str, Any, uuid.UUID | None]] = field(default_factory=list)
    about: uuid.UUID | None = None
    count: int = 1


_open: ContextVar[_Open | None] = ContextVar("open_entry", default=None)


def in_action() -> bool:
    """Whether an action is running whose entry speaks for what libraries do meanwhile."""
    return _open.get() is not None


def note(*, about: uuid.UUID | None = None, **values: Any) -> None:
    """Add values to the entry of the action that is running; `about` names another data subject than the entry's own."""
    current = _open.get()
    if current is None:
        raise RuntimeError("note() is called outside a doorway.")
    current.notes += [(name, value, about) for name, value in values.items()]


def note_about(subject: uuid.UUID) -> None:
    """Say whose data the running entry speaks of, when the thing itself does not carry it."""
    current = _open.get()
    if current is None:
        raise RuntimeError("note_about() is called outside a doorway.")
    current.about = subject


def counted(count: int, ids: Iterable[object]) -> None:
    """Make the running entry a bulk entry: how many, and a file of which under the data folder, named and hashed in the entry."""
    current = _open.get()
    if current is None:
        raise RuntimeError("counted() is called outside a doorway.")
    folder = Path(settings.SERIKAT_DATA) / "trail"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{current.group}-{secrets.token_hex(4)}.json.gz"
    content = gzip.compress(json.dumps([str(i) for i in ids]).encode(), mtime=0)
    (folder / name).write_bytes(content)
    current.count = count
    current.notes.append(("ids", {"file": name, "sha256": hashlib.sha256(content).hexdigest()}, None))


def ref_of(thing: Any) -> str:
    """A reference to a row: "people.person:7". Empty for what is not a saved row."""
    if isinstance(thing, models.Model) and thing.pk is not None:
        return f"{thing._meta.label_lower}:{thing.pk}"
    return ""


def action(
    name: str,
    *,
    may: Predicate,
    says: Words,
    on: str | None = None,
    makes: bool = False,
    fields: tuple[str, ...] = (),
    prepare: Callable[..., Mapping[str, Any]] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Put a service behind the doorway. See the module's text."""
    register(name, may=may, says=says)

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(service).parameters
        if next(iter(parameters), None) != "actor" or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
            raise TypeError(f"{service.__qualname__}: a service takes keywords only, `actor` first.")
        if on is not None and on not in parameters:
            raise TypeError(f"{service.__qualname__} has no keyword {on}.")

        @functools.wraps(service)
        def doorway(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Actor = kwargs["actor"]  # type: ignore[assignment]
            thing: Any = kwargs.get(on) if on else None
            verdict = require(may, actor, thing)
            if prepare is not None:
                kwargs.update(prepare(**kwargs))
            with step(), _entry_open() as current:
                before = {} if makes else _values_of(thing, fields, fresh=True)
                subject_ref = ref_of(thing)
                result = service(*args, **kwargs)
                spoken_of = result if makes else thing
                after = _values_of(spoken_of, fields)
                write_entry(
                    current,
                    name=name,
                    actor=actor,
                    grant=verdict.grant,
                    thing=spoken_of,
                    subject_ref=ref_of(spoken_of) or subject_ref,
                    before=before,
                    after=after,
                    reason=str(kwargs.get("reason") or ""),
                )
            return result

        doorway.action_name = name  # type: ignore[attr-defined]
        return doorway

    return decorate


INNER_REASONS = frozenset(
    {
        "part of another action",  # called only from inside a doorway, which writes the entry
        "machinery",  # jobs, progress, caches: nothing that anybody is answerable for
        "reads only",
    }
)


def inner(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a public function of a services module that has no doorway, with a reason from the short list."""
    if reason not in INNER_REASONS:
        raise ValueError(f"{reason!r} is no accepted reason: {sorted(INNER_REASONS)}")

    def mark(service: Callable[P, R]) -> Callable[P, R]:
        service.inner_reason = reason  # type: ignore[attr-defined]
        return service

    return mark


@contextmanager
def _entry_open() -> Iterator[_Open]:
    outer = _open.get()
    current = _Open(outer.group if outer else uuid.uuid4())
    token = _open.set(current)
    try:
        yield current
    finally:
        _open.reset(token)


def _values_of(thing: Any, fields: tuple[str, ...], *, fresh: bool = False) -> dict[str, Any]:
    """The declared fields as JSON can hold them; fresh from the database, since a form may have changed the object already."""
    if not fields or not isinstance(thing, models.Model):
        return {}
    row = type(thing)._base_manager.filter(pk=thing.pk).first() if fresh and thing.pk is not None else thing
    return {} if row is None else {name: _plain(row, name) for name in fields}


def _plain(row: models.Model, name: str) -> Any:
    field_ = row._meta.get_field(name)
    value = getattr(row, field_.attname if isinstance(field_, models.ForeignKey) else name)
    if getattr(field_, "secret", False):
        # a short keyed mark tells that it changed, never what it is
        return [SECRET, rules.entry_mac(settings.INDEX_KEY.encode(), {"v": str(value)})[:8]] if value else None
    return _jsonable(value)


def _jsonable(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _jsonable(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_jsonable(v) for v in value]
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return str(value)


def write_entry(
    current: _Open,
    *,
    name: str,
    actor: Actor,
    grant: Grant | None,
    thing: Any,
    subject_ref: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str,
) -> Entry:
    """Write one entry and its values, in the transaction that is open."""
    about = current.about or getattr(thing, "subject", None)
    about = about if isinstance(about, uuid.UUID) else None
    words: list[tuple[str, Any, uuid.UUID | None]] = [("actor", actor.name, actor.subject)]
    if grant is not None:
        words.append(("mandate", grant.words, actor.subject))
    if thing is not None:
        words.append(("subject", str(thing)[:200], about))
    for field_name in sorted(set(before) | set(after)):
        if before.get(field_name) != after.get(field_name):
            if field_name in before:
                words.append((f"before.{field_name}", before[field_name], about))
            if field_name in after:
                words.append((f"after.{field_name}", after[field_name], about))
    words += [(n, _jsonable(v), s or about) for n, v, s in current.notes]
    if reason:
        words.append(("reason", reason, about))
    salted = [(secrets.token_hex(16), n, v, s) for n, v, s in words]
    entry = Entry(
        at=timezone.now(),
        action=name,
        actor_ref=actor.ref,
        mandate_ref=grant.mandate if grant else "",
        subject_ref=subject_ref,
        unit_path=unit_path_of(thing) or "",
        group=current.group,
        count=current.count,
        hashes=[rules.value_hash(salt, n, v) for salt, n, v, _ in salted],
    )
    entry.mac = mac_of(entry)
    generation.bump_on_commit()  # what was done may show on a public page
    later(Entry.objects.bulk_create, entry)
    later(
        Value.objects.bulk_create,
        *(Value(entry=entry, position=i, name=n, subject=s, salt=salt, value=v) for i, (salt, n, v, s) in enumerate(salted)),
    )
    return entry


def mac_of(entry: Entry) -> str:
    """The MAC of an entry's columns under the trail key."""
    return rules.entry_mac(
        settings.TRAIL_KEY.encode(),
        {
            "id": str(entry.pk),
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "action": entry.action,
            "actor_ref": entry.actor_ref,
            "mandate_ref": entry.mandate_ref,
            "subject_ref": entry.subject_ref,
            "unit_path": entry.unit_path,
            "group": str(entry.group),
            "count": entry.count,
            "hashes": entry.hashes,
        },
    )
