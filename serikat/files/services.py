"""Keeping, opening and removing files. What is kept was let through by `inspection.check_upload` before."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, inner, note, notes_say
from serikat.files import sealing
from serikat.files.inspection import Checked
from serikat.files.models import HeldFile, StoredFile
from serikat.files.permissions import may_open_file, may_remove_file
from serikat.files.selectors import HELD_FOR, content_of, files_about, held_in_all, held_of
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.forgetting import Forgetting

notes_say(file=_("nama berkas"), sha256=_("sidik berkas (SHA-256)"))

FORGOTTEN_NAME = "berkas"
MOST_HELD = 12  # files of one form


@inner("part of another action")
def keep_file(
    *,
    actor: Actor,
    checked: Checked,
    holder_ref: str,
    private: bool = True,
    subject: uuid.UUID | None = None,
    unit: Any = None,
) -> StoredFile:
    """Store a checked file for the thing that holds it, sealed when private. The same bytes twice for one holder are one file.

    Called from inside the action of the room that holds the thing: its trail entry names the file and its hash; outside it is refused. Bytes
    whose transaction fails in the end are swept later by `sweep_files`.
    """
    note(about=subject, file=checked.name, sha256=checked.sha256)
    same = StoredFile.objects.filter(holder_ref=holder_ref, sha256=checked.sha256, private=private, removed_at=None).first()
    if same is not None:
        return same
    file = StoredFile(
        name=checked.name,
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        flags=list(checked.flags),
        private=private,
        holder_ref=holder_ref,
        subject=subject,
        unit=unit,
        uploaded_by_id=actor.user_id,
    )
    content = checked.content
    folder = file.pk.hex[:2]
    if private:
        key = os.urandom(32)
        file.key_id, file.wrapped_key = sealing.wrap(key, str(file.pk))
        content = b"".join(sealing.sealed([content], key, str(file.pk)))
        name = f"{folder}/{file.pk.hex}.sealed"
    else:
        name = f"berkas/{folder}/{file.pk.hex}.{checked.name.rsplit('.', 1)[-1]}"
    file.storage_name = _storage_of(file).save(name, ContentFile(content))
    file.save(force_insert=True)
    return file


@action("files.file.opened", may=may_open_file, says=_("membuka berkas"), on="file")
def open_file(*, actor: Actor, file: StoredFile) -> Iterator[bytes]:
    """Open a file: who looked stands in the trail. Gives the bytes chunk by chunk."""
    note(sha256=file.sha256)
    return content_of(file)


@action("files.file.removed", may=may_remove_file, says=_("menarik berkas"), on="file", fields=("removed_at",))
def remove_file(*, actor: Actor, file: StoredFile, reason: str) -> StoredFile:
    """Withdraw a file: its bytes and its key are erased, the row stays with the reason."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Tuliskan alasannya."), field="reason")
    fresh = StoredFile.objects.select_for_update().get(pk=file.pk)
    if fresh.removed_at is not None:
        raise Refused(_("Berkas ini sudah ditarik."))
    _erase(file, reason[:200])
    return file


@inner("part of another action")
def erase_files(*, forgetting: Forgetting) -> int:
    """Erase every file of a person who is forgotten: bytes, key, and the name, which may be theirs. The rows stay as empty shells."""
    files = list(files_about(forgetting.subjects).select_for_update())
    for file in files:
        file.name, file.sha256 = FORGOTTEN_NAME, file.pk.hex
        _erase(file, "forgotten")
    # removed earlier: their bytes are gone, their names and hashes still stand
    for file in StoredFile.objects.filter(subject__in=forgetting.subjects).exclude(name=FORGOTTEN_NAME):
        file.name, file.sha256, file.removed_because = FORGOTTEN_NAME, file.pk.hex, "forgotten"
        file.save(update_fields=["name", "sha256", "removed_because"])
        files.append(file)
    StoredFile.objects.filter(pk__in=[f.pk for f in files]).update(uploaded_by=None)
    return len(files) + _drop(HeldFile.objects.filter(subject__in=forgetting.subjects)) + _drop_named(forgetting)


def _drop_named(forgetting: Forgetting) -> int:
    """A file without an account waits under no subject, but its name may be the person's."""
    pattern = forgetting.strong_pattern
    named = [
        row.pk
        for row in HeldFile.objects.exclude(storage_name="").iterator()
        if pattern and pattern.search(json.loads(row.about)["name"])
    ]
    return _drop(HeldFile.objects.filter(pk__in=named))


@inner("machinery")
def hold_files(
    *,
    mark: str,
    received: Mapping[str, Sequence[Checked]],
    replaced: Collection[str] = (),
    dropped: Collection[str] = (),
    subject: uuid.UUID | None = None,
) -> bool:
    """Hold what came with a form that goes back to its sender, so that no browser has to send it again; False where something could not be held.
    `replaced` names the fields of one file, whose earlier one goes; `dropped` are those that the sender no longer wants."""
    if not mark:
        return not any(received.values())
    before = held_of(mark)
    gone = [one.id for one in before if one.id in dropped or (one.field in replaced and received.get(one.field))]
    _drop(HeldFile.objects.filter(pk__in=gone))
    kept = {(one.field, one.sha256): one.size for one in before if one.id not in gone}
    left = min(settings.HELD_FILES_MB * 10**6 - held_in_all(), settings.HELD_FORM_MB * 10**6 - sum(kept.values()))
    whole = True
    for field, files in received.items():
        for checked in files:
            if (field, checked.sha256) in kept:
                continue
            if checked.size > left or len(kept) >= MOST_HELD:
                whole = False
                continue
            _hold(mark, field, checked, subject)
            kept[field, checked.sha256] = checked.size
            left -= checked.size
    return whole


def _hold(mark: str, field: str, checked: Checked, subject: uuid.UUID | None) -> None:
    about = {"name": checked.name, "kind": checked.kind, "sha256": checked.sha256, "flags": list(checked.flags)}
    row = HeldFile(
        mark=mark, field=field, about=json.dumps(about), size=checked.size, subject=subject, held_at=timezone.now()
    )
    key = os.urandom(32)
    row.key_id, row.wrapped_key = sealing.wrap(key, str(row.pk))
    content = b"".join(sealing.sealed([checked.content], key, str(row.pk)))
    row.storage_name = storages["private"].save(f"{row.pk.hex[:2]}/{row.pk.hex}.sealed", ContentFile(content))
    row.save(force_insert=True)


@inner("machinery")
def drop_held(*, mark: str) -> int:
    """The form was taken: names, keys and bytes go; that they were here is known until their hour is over, since a form may be sent twice."""
    rows = HeldFile.objects.filter(mark=mark).exclude(storage_name="") if mark else HeldFile.objects.none()
    names = list(rows.values_list("storage_name", flat=True))
    rows.update(storage_name="", about="", size=0, wrapped_key=b"")
    _delete_bytes(names)
    return len(names)


@inner("machinery")
def drop_old_held() -> int:
    """Those past their hour, by the clock."""
    return _drop(HeldFile.objects.filter(held_at__lte=timezone.now() - HELD_FOR))


def _drop(rows: QuerySet[HeldFile]) -> int:
    """Delete the rows, and with them the keys; the bytes, noise from then on, go when it commits."""
    names = list(rows.values_list("storage_name", flat=True))
    rows.delete()
    _delete_bytes(names)
    return len(names)


def _delete_bytes(names: Sequence[str]) -> None:
    for name in filter(None, names):
        transaction.on_commit(partial(storages["private"].delete, name))


@inner("machinery")
def rotate_file_keys(*, batch: int = 500) -> int:
    """Wrap every file's key anew under the newest key of the house; the sealed bytes stay as they are. Returns how many."""
    newest = next(iter(sealing.house_keys()))
    count = 0
    _drop(HeldFile.objects.exclude(key_id=newest).exclude(storage_name=""))  # they wait an hour at most
    while True:
        with transaction.atomic():
            old = StoredFile.objects.filter(private=True, removed_at=None).exclude(key_id=newest).select_for_update()
            files = list(old.order_by("pk")[:batch])
            for file in files:
                key = sealing.unwrap(bytes(file.wrapped_key), file.key_id, str(file.pk))
                file.key_id, file.wrapped_key = sealing.wrap(key, str(file.pk))
                file.save(update_fields=["key_id", "wrapped_key"])
        if not files:
            return count
        count += len(files)


@inner("machinery")
def sweep_files(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Delete sealed bytes that no row holds: their transaction failed, or the server stopped before they were erased. Returns how many."""
    storage, count = storages["private"], 0
    before = timezone.now() - older_than
    if not storage.exists(""):
        return 0
    for folder in storage.listdir("")[0]:
        names = {f"{folder}/{n}" for n in storage.listdir(folder)[1] if n.endswith(".sealed")}
        held = StoredFile.objects.filter(storage_name__in=names, removed_at=None).values_list("storage_name", flat=True)
        waiting = HeldFile.objects.filter(storage_name__in=names).values_list("storage_name", flat=True)
        for name in names - set(held) - set(waiting):
            if storage.get_modified_time(name) < before:
                storage.delete(name)
                count += 1
    return count


def _storage_of(file: StoredFile) -> Storage:
    return storages["private" if file.private else "default"]


def _erase(file: StoredFile, because: str) -> None:
    """Empty the row in the transaction; the bytes go when it commits. Without the wrapped key they are noise at once."""
    transaction.on_commit(partial(_storage_of(file).delete, file.storage_name))
    file.removed_at, file.removed_because = timezone.now(), because
    file.wrapped_key, file.storage_name = b"", ""
    file.save()
