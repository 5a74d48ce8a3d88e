"""Jobs that the tests of the machinery run, and (as a program) a real worker or clock process that knows them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "serikat.config.settings"
    import django  # reason: the settings are named above

    django.setup()

from django.db import transaction

from serikat.kernel.jobs import every, job
from serikat.kernel.numbering import next_number


@job("kernel_tests.count", retries=1, pause=0.01)
def count(series: str) -> None:
    with transaction.atomic():
        next_number(series)


@job("kernel_tests.count_slowly", atomic=True, retries=2, pause=0.01)
def count_slowly(series: str, folder: str) -> None:
    """Count, then wait for a file: a process that is killed while it waits has counted nothing."""
    next_number(series)
    (Path(folder) / f"began-{os.getpid()}").touch()
    while not (Path(folder) / "go").exists():
        time.sleep(0.02)


@job("kernel_tests.dawdle", slow=True, retries=2, pause=0.01)
def dawdle(folder: str) -> None:
    (Path(folder) / f"began-{os.getpid()}").touch()
    while not (Path(folder) / "go").exists():
        time.sleep(0.02)


@job("kernel_tests.fail", retries=2, pause=600)
def fail(words: str) -> None:
    raise ValueError(words)


@job("kernel_tests.fail_soon", retries=2, pause=0.01)
def fail_soon(words: str) -> None:
    raise ValueError(words)


@every(seconds=3600)
@job("kernel_tests.hourly")
def hourly() -> None:
    with transaction.atomic():
        next_number("hourly")


if __name__ == "__main__":
    import signal  # reason: only the program needs it
    import threading  # reason: only the program needs it

    from serikat.kernel.jobs.clock import run_clock  # reason: only the program needs it
    from serikat.kernel.jobs.worker import Worker  # reason: only the program needs it

    if sys.argv[1] == "clock":
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
        run_clock(stop, interval=0.05)
    else:
        worker = Worker(lease=float(sys.argv[2]), grace=0.5)
        signal.signal(signal.SIGTERM, lambda number, frame: worker.stop.set())
        worker.run(interval=0.05)
        os._exit(0)
