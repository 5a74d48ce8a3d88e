"""`serikat worker`: run jobs until told to stop; `--batch` runs what is due now and ends."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from serikat.kernel.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run jobs from the queue until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="run what is due now, then end")
        parser.add_argument(
            "--lease", type=float, default=60, help="seconds without a sign of life until another worker takes over"
        )

    def handle(self, *args: Any, batch: bool, lease: float, **options: Any) -> None:
        worker = Worker(lease=lease)
        if batch:
            worker.take_over()
            self.stdout.write(f"{worker.work_off()} jobs were run.")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, frame: worker.stop.set())
        worker.run()
        os._exit(0)  # a job that was given back may still be running in its thread: it ends here
