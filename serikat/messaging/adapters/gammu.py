"""SMS by a modem of our own: gammu-smsd with its files service. A file in one folder is sent, a file in another has come.

The key of a message stands in its file's name, and the daemon keeps the name when it moves the file: so what was handed over once is not handed over
again, as long as the folder of sent files is kept. Of what it could not send the daemon leaves the file in a folder for errors. It tells nothing of
whether a phone was reached.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import (
    Adapter,
    Arrived,
    Attachment,
    ChannelDown,
    Delivery,
    Health,
    Limits,
    News,
    Outcome,
    Parcel,
    Report,
    Scheme,
    Setting,
    Sort,
    adapter,
)

FOLDERS = ("outbox", "inbox", "sent", "error")
INCOMING = re.compile(r"IN(\d{8}_\d{6})_(\d+)_(.*)_(\d{2,})\.(txt|bin|smsbackup)")
OUTGOING = re.compile(r"OUT[A-Z].*_([A-Za-z0-9-]+)\.txt[a-z]*")
SETTLED = 1.5  # seconds after which the daemon has written all parts of one SMS: it writes them in one go
STUCK = 300  # seconds that a file may wait before somebody should look at the daemon
BATCH = 100
MOST = 1_000_000  # bytes of one incoming file


@adapter
class Gammu(Adapter):
    kind = "gammu"
    name = _("SMS lewat modem (gammu-smsd)")
    about = _("SMS masuk dan keluar lewat modem USB atau ponsel yang tersambung ke komputer server, tanpa perusahaan lain.")
    needs = _(
        "Modem GSM, kartu SIM biasa, dan gammu-smsd dengan penyimpanan files di komputer ini. Biaya: pulsa kartu itu, satu tarif SMS tiap bagian."
    )
    scheme = Scheme.NUMBER
    repeats = True
    fetches = True
    limits = Limits(longest=1530, a_second=0.2, by_parts=True)
    settings = tuple(
        Setting(name, label, help, kind="folder", initial=f"/var/spool/gammu/{name}/")
        for name, label, help in (
            ("outbox", _("Folder keluar (outboxpath)"), _("Pakai outboxformat = unicode.")),
            ("inbox", _("Folder masuk (inboxpath)"), _("Pakai inboxformat = unicode.")),
            ("sent", _("Folder terkirim (sentsmspath)"), _("Menjaga agar satu pesan tidak terkirim dua kali.")),
            ("error", _("Folder gagal (errorsmspath)"), ""),
        )
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self.folders = {name: Path(values.get(name) or "/nowhere") for name in FOLDERS}

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        try:
            taken = self._taken()
        except OSError:
            yield from (Outcome(Sort.OFF, problem="The folders of gammu-smsd cannot be read.") for _parcel in parcels)
            return
        for parcel in parcels:
            name = _note(parcel.key)
            if name in taken:
                yield Outcome(Sort.SENT, provider_id=name)
                continue
            if not re.fullmatch(r"\+?[0-9]{2,15}", parcel.to):
                yield Outcome(Sort.REFUSED, problem="This is not a number that a modem can write to.")
                continue
            try:
                self._write(name, parcel)
            except OSError:
                yield Outcome(Sort.OFF, problem="The outgoing folder of gammu-smsd cannot be written to.")
                continue
            yield Outcome(Sort.SENT, provider_id=name)

    def _taken(self) -> set[str]:
        """What was handed over before. Files move from the first of these folders to the others: so none is missed."""
        found: set[str] = set()
        for folder in ("outbox", "sent", "error"):
            with os.scandir(self.folders[folder]) as entries:
                found |= {m[1] for entry in entries if (m := OUTGOING.fullmatch(entry.name))}
        return found

    def _write(self, name: str, parcel: Parcel) -> None:
        """Whole or not at all: the daemon takes every file whose name begins with OUT."""
        now = time.time_ns()
        order = f"{datetime.fromtimestamp(now // 10**9).astimezone():%Y%m%d_%H%M%S}_{now % 10**9:09}"
        fresh = self.folders["outbox"] / f".{name}"
        try:
            fresh.write_bytes(b"\xfe\xff" + parcel.text.replace("\x00", "").encode("utf-16-be", "replace"))
            fresh.rename(self.folders["outbox"] / f"OUTC{order}_{parcel.to}_{name}.txt")
        finally:
            fresh.unlink(missing_ok=True)

    def check(self) -> Health:
        for name, folder in self.folders.items():
            if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                return Health(False, f"The folder for {name} is not there, or may not be written to.")
        waiting = [f.stat().st_mtime for f in self.folders["outbox"].glob("OUT*")]
        if waiting and min(waiting) < time.time() - STUCK:
            return Health(False, f"Messages wait in the outgoing folder ({len(waiting)}): does gammu-smsd run?")
        return Health(True, "The folders of gammu-smsd are there, and none waits too long.")

    def fetch(self, take: Callable[[Sequence[News]], None]) -> None:
        try:
            groups = self._arrived_files()
            for start in range(0, len(groups), BATCH):
                batch = groups[start : start + BATCH]
                take([_arrived(files) for files in batch])
                for file in (file for files in batch for file in files):
                    file.unlink(missing_ok=True)
            self._fetch_failures(take)
        except OSError:
            raise ChannelDown("The folders of gammu-smsd cannot be read.") from None

    def _arrived_files(self) -> list[list[Path]]:
        """The files of each SMS, its parts in order; those still being written are left for the next time. Each part is named by the moment at which
        the SMS centre had it, and these may differ; but the daemon writes the parts of one SMS one after another, counted from 0."""
        groups: list[list[Path]] = []
        last: dict[tuple[str, ...], list[Path]] = {}  # the SMS of each sender that was written last
        for _written, name, file in sorted(self._incoming()):
            found = INCOMING.fullmatch(name)
            assert found is not None  # noqa: S101 only such files are given
            sender = found.group(2, 3, 5)
            if int(found[4]) == 0 or int(found[4]) != len(last.get(sender, ())):
                last[sender] = []
                groups.append(last[sender])
            last[sender].append(file)
        ready = time.time() - SETTLED
        return [parts for parts in groups if max(file.stat().st_mtime for file in parts) < ready]

    def _incoming(self) -> Iterator[tuple[int, str, Path]]:
        for file in self.folders["inbox"].iterdir():
            if INCOMING.fullmatch(file.name) and not file.is_symlink() and file.is_file():
                yield file.stat().st_mtime_ns, file.name, file

    def _fetch_failures(self, take: Callable[[Sequence[News]], None]) -> None:
        """What could not be sent. The file stays, so that it is not sent again; a list beside it says of which we know."""
        failed = [m[1] for f in sorted(self.folders["error"].iterdir()) if (m := OUTGOING.fullmatch(f.name))]
        noted = self.folders["error"] / ".told"
        told = set(noted.read_text().split()) if noted.exists() else set()
        fresh = [name for name in failed if name not in told]
        if fresh:
            take([Delivery(Report.FAILED, provider_id=name, problem="The modem could not send it.") for name in fresh])
            noted.write_text("\n".join(sorted(told.intersection(failed) | set(fresh))))


def _note(key: str) -> str:
    """A key as part of a file's name."""
    try:
        return uuid.UUID(key).hex
    except ValueError:
        return hashlib.sha256(key.encode()).hexdigest()[:32]


def _arrived(files: Sequence[Path]) -> Arrived:
    found = INCOMING.fullmatch(files[0].name)
    assert found is not None  # noqa: S101 only such files are given
    contents = [_read(file) for file in files]
    try:
        at = datetime.strptime(found[1], "%Y%m%d_%H%M%S").astimezone()  # noqa: DTZ007 the daemon writes this computer's time
    except ValueError:
        at = None
    named = f"{found[1]}_{found[2]}_{hashlib.sha256(found[3].encode() + b''.join(contents)).hexdigest()[:24]}"
    if found[5] == "bin":
        return Arrived(
            found[3], "", named, at, files=(Attachment("sms.bin", "application/octet-stream", b"".join(contents)),)
        )
    read = _backed_up if found[5] == "smsbackup" else _text
    return Arrived(found[3], "".join(map(read, contents)).replace("\x00", ""), named, at)


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST)


def _text(content: bytes) -> str:
    for mark, coding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if content.startswith(mark):
            return content[len(mark) :].decode(coding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _backed_up(content: bytes) -> str:
    """The text in Gammu's own format (inboxformat = detail): UTF-16 in hexadecimal."""
    pieces = re.findall(rb"^Text\d\d\s*=\s*([0-9A-Fa-f]*)\s*$", content, re.MULTILINE)
    joined = b"".join(pieces)
    return bytes.fromhex(joined[: len(joined) // 4 * 4].decode()).decode("utf-16-be", "replace")
