"""Reading what is known of files, scoped to who asks."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.storage import storages
from django.db.models import QuerySet, Sum
from django.utils import timezone

from serikat.files.inspection import Checked
from serikat.files.models import HeldFile, StoredFile
from serikat.files.permissions import may_open_file
from serikat.files.sealing import opened, unwrap
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index

HELD_FOR = timedelta(hours=1)


def file_for(actor: Actor, pk: uuid.UUID) -> StoredFile:
    """A file that the actor may open, or `Missing`; a removed one is missing too."""
    file = StoredFile.objects.filter(pk=pk, removed_at=None).select_related("unit").first()
    if file is None or not may_open_file(actor, file):
        raise Missing
    return file


def files_of(holder_ref: str) -> QuerySet[StoredFile]:
    """The files of one thing, the oldest first. The caller has asked whether the reader may see the thing."""
    return StoredFile.objects.filter(holder_ref=holder_ref, removed_at=None).order_by("kept_at", "pk")


def files_about(subjects: Iterable[uuid.UUID]) -> QuerySet[StoredFile]:
    """The files that are data of these persons."""
    return StoredFile.objects.filter(subject__in=list(subjects), removed_at=None).order_by("kept_at", "pk")


def content_of(file: StoredFile) -> Iterator[bytes]:
    """The bytes, chunk by chunk, opened on the way. The caller has asked whether the reader may have them."""
    with storages["private" if file.private else "default"].open(file.storage_name) as stream:
        if file.private:
            yield from opened(stream, unwrap(bytes(file.wrapped_key), file.key_id, str(file.pk)), str(file.pk))
        else:
            while piece := stream.read(64 * 1024):
                yield piece


def public_address(file: StoredFile) -> str:
    """Where anybody finds a public file."""
    if file.private:
        raise ValueError("A private file has no public address.")
    return str(storages["default"].url(file.storage_name))


def copy_of_data(subjects: frozenset[uuid.UUID]) -> dict[str, Any]:
    """A person's files for the copy of their data: what is known of each, with its id."""
    return {
        "files": [
            {
                "id": str(f.pk),
                "name": f.name,
                "type": f.kind,
                "size": f.size,
                "sha256": f.sha256,
                "kept_at": f.kept_at.isoformat(),
            }
            for f in files_about(subjects)
        ]
    }


@dataclass(frozen=True, slots=True)
class Held:
    """A file that waits for its form to be sent again."""

    id: str
    field: str
    name: str
    kind: str
    size: int
    sha256: str
    flags: tuple[str, ...]


def held_mark(form: str, actor: Actor, key: str) -> str:
    """By what the files of one form of one sender are found; "" for a key that is none, to which nothing can be held."""
    try:
        return blind_index(f"{form}:{actor.user_id or 0}:{uuid.UUID(key)}", "files held")
    except (ValueError, AttributeError, TypeError):
        return ""


def held_of(mark: str) -> list[Held]:
    """What waits under this mark, the oldest first; nothing that is past its hour."""
    if not mark:
        return []
    rows = HeldFile.objects.filter(mark=mark, held_at__gt=timezone.now() - HELD_FOR).exclude(storage_name="")
    return [_held(row) for row in rows]


def _held(row: HeldFile) -> Held:
    about = json.loads(row.about)
    return Held(str(row.pk), row.field, about["name"], about["kind"], row.size, about["sha256"], tuple(about["flags"]))


def held_content(held: Held) -> Checked | None:
    """The file itself, as it was checked when it came in; None when it is gone meanwhile."""
    row = HeldFile.objects.filter(pk=held.id).first()
    if row is None or not storages["private"].exists(row.storage_name):
        return None
    with storages["private"].open(row.storage_name) as stream:
        content = b"".join(opened(stream, unwrap(bytes(row.wrapped_key), row.key_id, str(row.pk)), str(row.pk)))
    return Checked(held.name, held.kind, content, held.sha256, held.flags)


def were_taken(ids: Iterable[str], mark: str) -> frozenset[str]:
    """Those of these that went along with an earlier sending of the same form: a second one of a shaky network says nothing of them."""
    return frozenset(str(pk) for pk in HeldFile.objects.filter(mark=mark, storage_name="").values_list("pk", flat=True)) & {
        *ids
    }


def held_in_all() -> int:
    """Bytes that wait, of everybody."""
    return HeldFile.objects.aggregate(all=Sum("size"))["all"] or 0
