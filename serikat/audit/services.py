"""Sealing, verifying and forgetting: what happens to the trail after an entry was written; and `record` for what libraries did."""

from __future__ import annotations

import hmac
import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, Sum, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from serikat.audit import action as doorway
from serikat.audit import rules
from serikat.audit.action import inner
from serikat.audit.models import Entry, Seal, Value
from serikat.kernel.access import SYSTEM, Actor, machine, require
from serikat.kernel.forgetting import first_tokens

doorway.notes_say(ids=_("daftarnya"))
FORGOTTEN = doorway.register(
    "audit.values.forgotten", may=machine, says=_("menghapus kata-kata tentang orang yang dilupakan")
)


@inner("part of another action")
def record(
    *,
    actor: Actor,
    name: str,
    thing: Any = None,
    about: uuid.UUID | None = None,
    reason: str = "",
    count: int = 1,
    **values: Any,
) -> Entry:
    """Write an entry for something that a library did (signing in, a revision in the editor), in the transaction that is open.

    The action must have been declared with `audit.action.register`, and its permission is asked here too.
    """
    declared = doorway.actions()[name]
    verdict = require(declared.may, actor, thing)
    with transaction.atomic(), doorway._entry_open() as current:
        current.about = about
        current.count = count
        current.notes += [(n, v, None) for n, v in values.items()]
        return doorway.write_entry(
            current,
            name=name,
            actor=actor,
            grant=verdict.grant,
            thing=thing,
            subject_ref=doorway.ref_of(thing),
            before={},
            after={},
            reason=reason,
        )


@inner("machinery")
def seal_entries(*, limit: int = 1000) -> int:
    """Number and chain what is not sealed yet, in the order of writing; return how many. One sealer at a time."""
    key = settings.TRAIL_KEY.encode()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(7031927)")
        last = Seal.objects.order_by("-number").first()
        number, before = (last.number, last.chain) if last else (0, rules.FIRST)
        seals = []
        for entry in Entry.objects.filter(seal=None).order_by("at", "id")[:limit]:
            number += 1
            before = rules.chain(key, before, number, entry.mac)
            seals.append(Seal(number=number, entry=entry, chain=before))
        Seal.objects.bulk_create(seals)
        if seals:
            transaction.on_commit(lambda: note_head(number=number, chain=before))
    return len(seals)


def _head_file() -> Path:
    return Path(settings.SERIKAT_KEYS) / "trail_head"


@inner("machinery")
def note_head(*, number: int, chain: str) -> None:
    """Write the newest seal down outside the database, so that a trail cut short is noticed. A restore notes the head of what it brought."""
    path = _head_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([number, chain]), "utf-8")
    fresh.replace(path)


@inner("machinery")
def note_restored_head() -> None:
    """After a restore the head is that of the restored trail."""
    last = Seal.objects.order_by("-number").first()
    note_head(number=last.number if last else 0, chain=last.chain if last else rules.FIRST)


@dataclass
class Verification:
    """What `verify_trail` found."""

    entries: int = 0
    sealed: int = 0
    forgotten_values: int = 0
    problems: list[str] = field(default_factory=list)


@inner("reads only")
def verify_trail(*, batch: int = 1000) -> Verification:
    """Walk the whole trail and report each byte that does not fit: a changed or missing entry, a broken link, a changed value."""
    key = settings.TRAIL_KEY.encode()
    found = Verification()
    before, expected = rules.FIRST, 1
    for seal in Seal.objects.order_by("number").values_list("number", "entry__mac", "chain").iterator(batch):
        number, mac, chain = seal
        if number != expected:
            found.problems.append(f"seal {expected} to {number - 1}: missing")
            expected = number
        if not hmac.compare_digest(chain, rules.chain(key, before, number, mac or "")):
            found.problems.append(f"seal {number}: the chain does not fit")
        before, expected = chain, expected + 1
        found.sealed += 1
    _verify_head(found)
    for entries in _in_batches(Entry.objects.order_by("at", "id").iterator(batch), batch):
        values: dict[uuid.UUID, dict[int, Value]] = {entry.pk: {} for entry in entries}
        for value in Value.objects.filter(entry__in=values):
            values[value.entry_id][value.position] = value
        for entry in entries:
            found.entries += 1
            _verify_entry(entry, values[entry.pk], found)
    explained = Entry.objects.filter(action=FORGOTTEN.name).aggregate(n=Sum("count"))["n"] or 0
    if found.forgotten_values > explained:
        found.problems.append(f"{found.forgotten_values - explained} values are missing that no forgetting explains")
    return found


def _verify_head(found: Verification) -> None:
    """The newest seal noted outside the database must still be there."""
    if not _head_file().is_file():
        return
    number, chain = json.loads(_head_file().read_text("utf-8"))
    if number and not Seal.objects.filter(number=number, chain=chain).exists():
        found.problems.append(f"the trail was cut: seal {number} was noted outside the database and is gone or changed")


def _verify_entry(entry: Entry, values: dict[int, Value], found: Verification) -> None:
    if not hmac.compare_digest(entry.mac, doorway.mac_of(entry)):
        found.problems.append(f"entry {entry.pk}: changed")
    for position, expected in enumerate(entry.hashes):
        value = values.pop(position, None)
        if value is None:
            found.forgotten_values += 1
        elif rules.value_hash(value.salt, value.name, value.value) != expected:
            found.problems.append(f"entry {entry.pk}: its value {value.name} was changed")
    for stray in values.values():
        found.problems.append(f"entry {entry.pk}: a value {stray.name} was added")


def _in_batches(rows: Iterable[Entry], size: int) -> Iterable[list[Entry]]:
    batch: list[Entry] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@inner("part of another action")
def forget_values(*, subject: uuid.UUID) -> int:
    """Delete every value that speaks of this data subject; the entries and the chain stay whole. Returns how many; the number itself
    stands in the trail, so that values which vanish in another way are noticed."""
    count, _per_model = Value.objects.filter(subject=subject).delete()
    if count:
        record(actor=SYSTEM, name=FORGOTTEN.name, count=count)
    return count


@inner("part of another action")
def forget_texts(*, needles: Iterable[str], pattern: re.Pattern[str] | None) -> int:
    """Delete every value, about whomever, in which somebody is named who is forgotten (a reason, the name of a letter). The chain stays whole.

    `needles` narrow what the database hands over; `pattern` decides. Who acted keeps their name, though it be the same one. Returns how many.
    """
    if pattern is None:
        return 0
    likely = Q(pk__in=[])
    for needle in needles:
        tokens = Q()
        for token in first_tokens(needle):
            tokens &= Q(text__icontains=token)
        likely |= tokens
    found = [
        value.pk
        for value in Value.objects.annotate(text=Cast("value", TextField()))
        .filter(likely)
        .exclude(name__in=("actor", "mandate"), subject__isnull=False)
        .iterator()
        if pattern.search(json.dumps(value.value, ensure_ascii=False))
    ]
    count, _per_model = Value.objects.filter(pk__in=found).delete()
    if count:
        record(actor=SYSTEM, name=FORGOTTEN.name, count=count)
    return count
