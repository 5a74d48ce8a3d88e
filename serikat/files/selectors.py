"""Reading what is known of files, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.storage import storages
from django.db.models import QuerySet

from serikat.files.models import StoredFile
from serikat.files.permissions import may_open_file
from serikat.files.sealing import opened, unwrap
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing


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
