"""gammu-smsd for real, on its own dummy driver: a modem whose card is a folder."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.parts.programs import find, running, scratch, wait_for

CONFIGURATION = """
[gammu]
model = dummy
connection = none
port = {folder}/modem
gammuloc = /dev/null

[smsd]
service = files
logfile = {folder}/smsd.log
debuglevel = 1
pin = 1234
inboxpath = {folder}/inbox/
outboxpath = {folder}/outbox/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/error/
inboxformat = unicode
outboxformat = unicode
transmitformat = auto
commtimeout = 1
sendtimeout = 5
maxretries = 1
receivefrequency = 1
statusfrequency = 0
loopsleep = 1
checksecurity = 0
checknetwork = 0
checkbattery = 0
checksignal = 0
"""


@dataclass
class Gammu:
    folder: Path
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def settings(self) -> dict[str, str]:
        return {name: str(self.folder / name) for name in ("inbox", "outbox", "sent", "error")}

    def arrive(self, sender: str, text: str, *, at: datetime | None = None) -> None:
        """Somebody sends us an SMS; of a long one each part comes by itself, joined by its header, as a network does it."""
        at = at or datetime.now()  # noqa: DTZ005 a phone's own time
        parts = [text[i : i + 60] for i in range(0, len(text), 60)]
        reference = next(self._count) % 256
        for number, part in enumerate(parts, 1):
            head = f"UDH = 050003{reference:02X}{len(parts):02X}{number:02X}\n" if len(parts) > 1 else ""
            unicode = part.encode("utf-16-be").hex().upper()
            place = self.folder / "modem" / "sms" / "1" / str(next(self._count))
            words = (
                f'[SMSBackup000]\nSMSC = "+628160000"\nState = UnRead\nNumber = "{sender}"\nDateTime = {at:%Y%m%dT%H%M%S}\n'
                f"Coding = Unicode_No_Compression\nFolder = 1\nLength = {len(part)}\n{head}Text00 = {unicode}\n"
            )
            fresh = self.folder / f"fresh-{place.name}"
            fresh.write_text(words)
            fresh.rename(place)

    def inject(self, to: str, text: str) -> None:
        """As an operator would at the console."""
        command = [str(find("gammu-smsd-inject")), "-c", str(self.folder / "smsdrc"), "TEXT", to, "-unicode", "-text", text]
        subprocess.run(command, check=True, capture_output=True)

    def sent(self) -> dict[str, str]:
        """Names and texts of what went out."""
        return {p.name: p.read_bytes().decode("utf-16") for p in sorted((self.folder / "sent").glob("OUT*"))}

    def wait_for_sent(self, count: int) -> dict[str, str]:
        wait_for(lambda: len(self.sent()) >= count, words=f"The modem sent {self.sent()}, and not {count}.")
        return self.sent()

    def wait_for_inbox(self, count: int) -> list[str]:
        inbox = self.folder / "inbox"
        wait_for(lambda: len(list(inbox.glob("IN*"))) >= count, words="gammu-smsd took nothing from the modem.")
        return sorted(p.name for p in inbox.glob("IN*"))

    def forget(self) -> None:
        for name in ("inbox", "outbox", "sent", "error"):
            for file in (self.folder / name).iterdir():
                file.unlink()


@contextlib.contextmanager
def gammu() -> Iterator[Gammu | None]:
    """A daemon on a scratch folder; None when it is not to be had."""
    program = find("gammu-smsd")
    if program is None:
        yield None
        return
    with scratch("gammu") as folder:
        for name in ("inbox", "outbox", "sent", "error", *(f"modem/sms/{n}" for n in range(1, 6))):
            (folder / name).mkdir(parents=True)
        (folder / "smsdrc").write_text(CONFIGURATION.format(folder=folder))
        with running(program, "-c", str(folder / "smsdrc"), log=folder / "words.log"):
            wait_for((folder / "modem" / "operations.log").exists, words="gammu-smsd did not start.")
            yield Gammu(folder)
