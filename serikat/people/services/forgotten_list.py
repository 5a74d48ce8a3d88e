"""The list of who was forgotten, kept beside the keys and outside the database, so that a restored backup can be told.

One JSON line each: the opaque id, when, and what was chosen for the byline; no name, and no hash of one. Lines are only added. Each carries an
HMAC under the index key over itself and the line before, so a line that was taken out or changed is seen.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from serikat.audit.action import inner
from serikat.kernel.forgetting import Byline


class ForgottenListDamaged(RuntimeError):
    """A line of the list was changed or taken out. A restore stops here: it cannot know whom to forget again."""


@dataclass(frozen=True, slots=True)
class Line:
    subject: uuid.UUID
    at: datetime
    byline: Byline


def path_of_list() -> Path:
    return Path(settings.SERIKAT_KEYS) / "forgotten.jsonl"


path_of_list = inner("reads only")(path_of_list)


def _mac(before: str, content: dict[str, str]) -> str:
    text = json.dumps([before, content], sort_keys=True)
    return hmac.new(settings.INDEX_KEY.encode(), f"people.forgotten\0{text}".encode(), hashlib.sha256).hexdigest()


@inner("reads only")
def read_forgotten_list() -> list[Line]:
    """Every line, checked. A last line that was cut off while being written is left out; it is written again from the database."""
    return [line for line, _mac_of_it in _read()]


def _read() -> list[tuple[Line, str]]:
    path = path_of_list()
    raw = path.read_bytes() if path.is_file() else b""
    found: list[tuple[Line, str]] = []
    before = ""
    for number, text in enumerate(raw.split(b"\n")[:-1], start=1):
        try:
            content = json.loads(text)
            mac = content.pop("mac")
            line = Line(uuid.UUID(content["subject"]), datetime.fromisoformat(content["at"]), Byline(content["byline"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ForgottenListDamaged(f"Line {number} of {path.name} cannot be read.") from None
        if not hmac.compare_digest(mac, _mac(before, content)):
            raise ForgottenListDamaged(f"Line {number} of {path.name} was changed, or one before it was taken out.")
        found.append((line, mac))
        before = mac
    return found


@inner("machinery")
def append_to_forgotten_list(*, lines: Iterable[Line]) -> int:
    """Add what is not on the list yet, and make sure that it is on the disk. Returns how many lines were added."""
    path = path_of_list()
    path.parent.mkdir(parents=True, exist_ok=True)
    known = _read()
    subjects, before = {line.subject for line, _ in known}, known[-1][1] if known else ""
    added = b""
    count = 0
    for line in lines:
        if line.subject in subjects:
            continue
        content = {"subject": str(line.subject), "at": line.at.isoformat(), "byline": str(line.byline)}
        before = _mac(before, content)
        added += json.dumps(content | {"mac": before}).encode() + b"\n"
        subjects.add(line.subject)
        count += 1
    if added:
        with path.open("a+b") as file:
            file.seek(0)
            whole = file.read().rfind(b"\n") + 1
            file.truncate(whole)  # a line that was cut off
            file.write(added)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o600)
    return count
