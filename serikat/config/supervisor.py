"""One parent for web, worker and clock: starts them, starts again what dies (after a growing pause), stops all on one signal.

The parent has loaded the code once; worker and clock are forks of it and share that memory. The web server is granian, a program of its own.
Should the parent itself be killed, the kernel tells its children to go too (on Linux).
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.db import connections

from serikat.kernel.jobs.clock import run_clock
from serikat.kernel.jobs.worker import Worker

SIGNALS = (signal.SIGINT, signal.SIGTERM)
CALM = 30  # after so many seconds alive the next death is a first one again
LONGEST_PAUSE = 30


@dataclass
class Child:
    name: str
    run: Callable[[], NoReturn]
    pid: int = 0
    began: float = 0
    deaths: int = 0
    again_at: float = 0


def run_web() -> NoReturn:
    listen = ["--host", settings.HOST, "--port", str(settings.PORT)]
    size = ["--workers", "1", "--blocking-threads", "4", "--backlog", "1024", "--backpressure", "64"]
    quiet = ["--no-ws", "--log-level", "warning", "--workers-kill-timeout", "10"]
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", *listen, *size, *quiet]
    os.execv(sys.executable, [*granian, "serikat.config.wsgi:application"])  # noqa: S606 granian takes this process


def run_worker() -> NoReturn:
    worker = Worker()
    _on_signals(worker.stop)
    worker.run()
    os._exit(0)


def run_clock_until_told() -> NoReturn:
    stop = threading.Event()
    _on_signals(stop)
    run_clock(stop)
    os._exit(0)


def _on_signals(stop: threading.Event) -> None:
    for number in SIGNALS:
        signal.signal(number, lambda number, frame: stop.set())


def die_with_parent(parent: int) -> None:
    """Ask the kernel for a SIGTERM when the parent is gone; elsewhere than on Linux this is not to be had."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 where to ask a server that listens everywhere
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


class Supervisor:
    """`when_up` is called once, when the web server answers."""

    def __init__(self, *, say: Callable[[str], None], when_up: Callable[[], None]) -> None:
        self.say, self.when_up = say, when_up
        self.children = [
            Child("web", run_web),
            Child("worker", run_worker),
            Child("clock", run_clock_until_told),
        ]
        self.stopping = False

    def run(self) -> None:
        running = (Path(settings.SERIKAT_DATA) / ".running").open("w")  # held until the last child is gone: restore asks
        try:
            fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"Another Serikat is running on {settings.SERIKAT_DATA}. Stop it first.") from None
        for number in SIGNALS:
            signal.signal(number, self._stop)
        gc.collect()
        gc.freeze()  # what is loaded now is never written by the collector, and stays shared
        for child in self.children:
            self._start(child)
        told = False
        while not self.stopping:
            if not told and answers(settings.HOST, settings.PORT):
                told = True
                self.when_up()
                connections.close_all()
            self._look_after()
            time.sleep(0.1)
        self._end()

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _start(self, child: Child) -> None:
        connections.close_all()  # a connection may not be shared with a fork
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        child.began, child.pid = time.monotonic(), os.fork()
        if child.pid:
            return
        try:
            os.setsid()  # Ctrl-C reaches the parent alone, which tells the children
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            die_with_parent(parent)
            child.run()
        finally:
            os._exit(1)

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if self._has_ended(child):
                child.deaths = 1 if now - child.began > CALM else child.deaths + 1
                pause = min(LONGEST_PAUSE, 2 ** (child.deaths - 1))
                child.again_at = now + pause
                self.say(f"The {child.name} ended unexpectedly; it starts again in {pause} s.")
            elif not child.pid and now >= child.again_at and not self.stopping:
                self._start(child)

    def _has_ended(self, child: Child) -> bool:
        """Tell once that a child is gone, and take what it left running (a web server's own child) with it."""
        if not child.pid or not os.waitpid(child.pid, os.WNOHANG)[0]:
            return False
        _send(os.killpg, child.pid, signal.SIGKILL)
        child.pid = 0
        return True

    def _end(self) -> None:
        """Ask all to stop, wait, and end by force what does not."""
        for child in self.children:
            if child.pid:
                _send(os.kill, child.pid, signal.SIGTERM)
        until = time.monotonic() + 15
        while any(c.pid for c in self.children) and time.monotonic() < until:
            for child in self.children:
                self._has_ended(child)
            time.sleep(0.05)
        for child in self.children:
            if child.pid:
                _send(os.killpg, child.pid, signal.SIGKILL)


def _send(how: Callable[[int, int], None], pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # it ended by itself meanwhile
        how(pid, number)
