"""`serikat up`: web, worker and clock under one parent, until Ctrl-C. Sets up first what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from serikat.config import prepare, supervisor


class Command(BaseCommand):
    help = "Start web, worker and clock; stop all with Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--empty", action="store_true", help="leave an empty database empty, and print the wizard's link"
        )

    def handle(self, *args: Any, empty: bool, **options: Any) -> None:
        if not supervisor.port_is_free(settings.HOST, settings.PORT):
            raise CommandError(
                f"Something else already listens on port {settings.PORT} (perhaps another Serikat). "
                f"Stop it, or choose another port: PORT={settings.PORT + 1} ./run"
            )
        if not prepare.is_prepared():
            self._set_up(empty)
        supervisor.Supervisor(say=self.stdout.write, when_up=self._greet).run()

    def _set_up(self, empty: bool) -> None:
        """In a process of its own; then this program begins anew, since what was set up changes its settings."""
        command = [sys.executable, "-m", "serikat.cli", "setup", *(["--empty"] if empty else [])]
        if subprocess.run(command, cwd=settings.ROOT, check=False).returncode != 0 or not prepare.is_prepared():
            raise CommandError("The setup did not end well; what went wrong stands above.")
        os.execv(sys.executable, [sys.executable, "-m", "serikat.cli", *sys.argv[1:]])  # noqa: S606 the same program again

    def _greet(self) -> None:
        self.stdout.write(f"Serikat is at {settings.SITE_ADDRESS}   (Ctrl-C stops it)")
        if prepare.demo_note().is_file():
            self.stdout.write(prepare.demo_note().read_text("utf-8"))
        elif "wizard_link" in get_commands():
            call_command("wizard_link", stdout=self.stdout)
        self.stdout.flush()
