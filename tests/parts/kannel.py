"""Kannel for real: bearerbox, smsbox, and the SMS centre that comes with it for tests (fakesmsc)."""

from __future__ import annotations

import contextlib
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus, unquote_to_bytes

from tests.parts.programs import DidNotStart, find, free_port, running, scratch, wait_for, wait_until_listening

USER, PASSWORD, STATUS = "serikat", "kata-sandi-kannel", "lihat-saja"
SHORT = "12345"  # what people write to

CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {password}
status-password = {status}
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
dlr-storage = internal
sms-resend-freq = 1

group = smsc
smsc = fake
smsc-id = FAKE
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
http-request-retry = 20
http-queue-delay = 1

group = sendsms-user
username = {user}
password = {password}
concatenation = true
max-messages = 10
default-sender = {short}

group = sms-service
keyword = default
catch-all = true
max-messages = 0
concatenation = true
assume-plain-text = true
post-url = "{calls}{glue}secret={secret}&from=%p&to=%P&id=%I&at=%T"
"""

LINE = re.compile(rb"Got message \d+: <(.*)>$", re.MULTILINE)
WHOLE = re.compile(rb"\S+ (\S+) (?:udh (\S+) )?(text|ucs-2|data) (.*)")


@dataclass
class Kannel:
    """A running gate. `calls` is our address, at which it tells of messages."""

    folder: Path
    sendsms: int
    centre: int
    admin: int
    _centre: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.sendsms}"

    @property
    def status(self) -> str:
        return f"http://127.0.0.1:{self.admin}"

    def arrive(self, sender: str, text: str, *, to: str = SHORT) -> None:
        """Somebody sends us an SMS."""
        with contextlib.suppress(UnicodeEncodeError):
            text.encode("ascii")
            return self._connect(f"{sender} {to} text {text}")
        return self._connect(f"{sender} {to} ucs2 {quote_plus(text.encode('utf-16-be'))}")

    def sent(self) -> list[tuple[str, str]]:
        """What arrived at the SMS centre: number and text, in order, the parts of a long one joined."""
        found: list[tuple[bytes, bytes, bytes]] = []  # to, its reference when it is a part, what it holds
        for line in LINE.findall(b"".join(p.read_bytes() for p in sorted(self.folder.glob("centre-*.log")))):
            whole = WHOLE.fullmatch(line)
            if whole is None:  # the centre speaks in lines, and the text had one more
                to, reference, held = found.pop()
                found.append((to, reference, held + b"\n" + line))
                continue
            to, header, kind, text = whole.groups()
            held = text if kind == b"text" else unquote_to_bytes(text.replace(b"+", b" "))
            reference = unquote_to_bytes(header)[3:5] if header else b""
            if reference and found and found[-1][:2] == (to, reference):
                held = found.pop()[2] + held
            found.append((to, reference, held))
        return [(to.decode(), _text(held)) for to, _reference, held in found]

    def wait_for_sent(self, count: int) -> list[tuple[str, str]]:
        wait_for(lambda: len(self.sent()) >= count, words=f"The SMS centre got {self.sent()}, and not {count}.")
        return self.sent()

    def forget(self) -> None:
        """Begin a new page of what was sent."""
        self._connect()
        for old in sorted(self.folder.glob("centre-*.log"))[:-1]:
            old.unlink()

    def disconnect(self) -> None:
        """The line to the SMS centre is down."""
        self._centre.close()
        wait_for(lambda: not self._online(), words="Kannel did not notice that the SMS centre is gone.")

    def _connect(self, *messages: str) -> None:
        """One centre at a time is connected, and it says what it was started with."""
        self.disconnect()
        log = self.folder / f"centre-{time.time_ns()}.log"
        program = find("fakesmsc") or "fakesmsc"
        count = "1" if messages else "0"
        command = (
            program,
            "-H",
            "127.0.0.1",
            "-r",
            str(self.centre),
            "-i",
            "0.01",
            "-m",
            count,
            *(messages or ("1 2 text x",)),
        )
        self._centre.enter_context(running(*command, log=log))
        wait_for(
            lambda: b"fakesmsc starting" in log.read_bytes() and (not messages or b"sent message 1" in log.read_bytes())
        )
        wait_for(self._online, words="The SMS centre did not get through to Kannel.")

    def _online(self) -> bool:
        with urllib.request.urlopen(f"{self.status}/status.txt?password={STATUS}", timeout=5) as answer:
            return b"(online" in answer.read()

    def _complete(self) -> bool:
        with urllib.request.urlopen(f"{self.status}/status.txt?password={STATUS}", timeout=5) as answer:
            return b"smsbox:" in answer.read()


def _text(held: bytes) -> str:
    return held.decode("utf-16-be" if b"\x00" in held or b"\x20\x0f" in held else "utf-8", "replace")


@contextlib.contextmanager
def kannel(calls: str, secret: str) -> Iterator[Kannel | None]:
    """A gate that calls this address of ours; None when Kannel is not to be had."""
    programs = [find(name) for name in ("bearerbox", "smsbox", "fakesmsc")]
    if None in programs:
        yield None
        return
    with scratch("kannel") as folder, contextlib.ExitStack() as stack:
        gate = _start(folder, calls, secret, stack)
        wait_for(gate._complete, words="Kannel's boxes did not find each other.")
        stack.callback(gate._centre.close)
        gate._connect()
        yield gate


def _start(folder: Path, calls: str, secret: str, stack: contextlib.ExitStack, tries: int = 3) -> Kannel:
    """Bearerbox, then smsbox; on other ports when somebody was quicker to take one."""
    gate = Kannel(folder, sendsms=free_port(), centre=free_port(), admin=free_port())
    file = folder / f"kannel-{gate.admin}.conf"
    file.write_text(
        CONFIGURATION.format(
            admin=gate.admin, boxes=free_port(), centre=gate.centre, sendsms=gate.sendsms, user=USER, password=PASSWORD,
            status=STATUS, short=SHORT, calls=calls, glue="&" if "?" in calls else "?", secret=secret,
        )
    )  # fmt: skip
    with contextlib.ExitStack() as programs:
        for name, port in (("bearerbox", gate.admin), ("smsbox", gate.sendsms)):
            log = folder / f"{name}-{gate.admin}.log"
            program = programs.enter_context(running(str(find(name)), "-v", "1", str(file), log=log))
            try:
                wait_until_listening(program, port, log)
            except DidNotStart:
                if tries > 1:
                    break
                raise
        else:
            stack.push(programs.pop_all())
            return gate
    return _start(folder, calls, secret, stack, tries - 1)


def version() -> str:
    said = subprocess.run([str(find("bearerbox")), "--version"], capture_output=True, text=True, check=False)
    return said.stdout.splitlines()[0] if said.stdout else ""
