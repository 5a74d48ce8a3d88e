"""Programs that tests need and Python cannot bring: found, or on Debian as root installed; started, waited for, stopped. Plain Python without packages."""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PACKAGES = {  # program: Debian's package
    "initdb": "postgresql",
    "chromium": "chromium",
    "ffmpeg": "ffmpeg",
    "bearerbox": "kannel",
    "smsbox": "kannel",
    "fakesmsc": "kannel-extras",
    "gammu-smsd": "gammu-smsd",
    "gammu-smsd-inject": "gammu-smsd",
    "dovecot": "dovecot-imapd",
}
BESIDE = ("/usr/sbin", "/usr/local/sbin", "/usr/lib/kannel/test")
CONNECTIONS = ("bearerbox", "smsbox", "fakesmsc", "gammu-smsd", "dovecot")  # what the tests of messaging run against
_sought: set[str] = set()


def find(program: str) -> str | None:
    """The path of a program; on Debian as root its package is installed when it is missing, by one process at a time."""
    if found := _look(program):
        return found
    package = PACKAGES[program]
    if package in _sought or os.getuid() != 0 or not shutil.which("apt-get"):
        return None
    _sought.add(package)
    with (Path(tempfile.gettempdir()) / "serikat-installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := _look(program):
            return found
        print(f"\n== {program} is missing: installing Debian's package {package}", flush=True)  # noqa: T201 said at the console
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-yq", "--no-install-recommends", package]):
            subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)
    return _look(program)


def _look(program: str) -> str | None:
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(program, path=os.pathsep.join([os.environ["PATH"], *BESIDE, *map(str, newest)]))


def free_port() -> int:
    """A port on which nobody listens, of those that no outgoing connection is given: what is started on it a moment later finds it free."""
    while True:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", random.randrange(15_000, 32_000)))  # noqa: S311 no secret
            return int(probe.getsockname()[1])


def wait_for(what: Callable[[], object], *, seconds: float = 20.0, words: str = "") -> None:
    """Ask until it is so."""
    ends = time.monotonic() + seconds
    while not what():
        if time.monotonic() > ends:
            raise TimeoutError(words or f"It did not come true within {seconds:g} seconds.")
        time.sleep(0.03)


class DidNotStart(Exception):
    """With the last words of the program."""


def wait_until_listening(program: subprocess.Popen[bytes], port: int, log: Path, *, seconds: float = 30.0) -> None:
    """Until the program listens there. Refuses one that ended or takes too long, with its last words."""
    ends = time.monotonic() + seconds
    while not answers(port):
        if program.poll() is not None or time.monotonic() > ends:
            raise DidNotStart(f"{program.args}: {program.poll()}\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.03)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def scratch(name: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"serikat-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(*command: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program, its words in a file; ended politely, then not."""
    with log.open("ab") as words:
        program = subprocess.Popen(command, stdout=words, stderr=words, stdin=subprocess.DEVNULL, cwd=log.parent)
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(5)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
