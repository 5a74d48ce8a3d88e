"""`serikat clock`: enqueue what the schedule says, until told to stop. More than one may run."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from serikat.kernel.jobs.clock import run_clock


class Command(BaseCommand):
    help = "Enqueue scheduled jobs when they are due, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, frame: stop.set())
        run_clock(stop)
