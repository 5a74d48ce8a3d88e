"""`serikat restore FILE`: put a backup in place, only where nothing is yet (or with `--over`). `--check` opens it and changes nothing."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from serikat.audit.services import verify_trail
from serikat.kernel.access import console
from serikat.kernel.errors import Refused
from serikat.kernel.forgetting import after_restore
from serikat.web.passphrase import ask_passphrase
from serikat.web.services import backup


class Command(BaseCommand):
    help = "Put a backup in place of an empty installation."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="also over what is there; that is kept aside")
        parser.add_argument("--check", action="store_true", help="open and check the file, change nothing")
        parser.add_argument("--finish", action="store_true", help="(used by itself) the second half, with the backup's keys")

    def handle(self, *args: Any, file: Path, over: bool, check: bool, finish: bool, **options: Any) -> None:
        if finish:
            self._finish(str(file))
            return
        folder = Path(tempfile.mkdtemp(dir=settings.SERIKAT_DATA, prefix=".restoring-"))
        try:
            manifest = backup.open_backup(source=file, passphrase=ask_passphrase(twice=False), folder=folder)
            self.stdout.write(f"A backup of {manifest.made_at}, whole and readable: {manifest.files} files.")
            if check:
                return
            if not over and backup.holds_something():
                raise CommandError("There is something here already. Restore into an empty installation, or say --over.")
            with (Path(settings.SERIKAT_DATA) / ".running").open("w") as running:
                try:
                    fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise CommandError("Serikat is running on this data folder. Stop it first (Ctrl-C in ./run).") from None
                backup.put_in_place(folder=folder)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        # from here on with the keys that came with the backup
        rest = [sys.executable, "-m", "serikat.cli", "restore", "--finish", manifest.made_at]
        if subprocess.run(rest, cwd=settings.ROOT, check=False).returncode != 0:
            raise CommandError(
                "The backup is in place, but was not finished; see above. Nobody should be let in before it is."
            )

    def _finish(self, made_at: str) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        again = {name: json.dumps(result, default=str) for name, result in after_restore().items()}
        backup.record_restore(actor=console(), made_at=made_at, again=again)
        found = verify_trail()
        for problem in found.problems:
            self.stderr.write(problem)
        if found.problems:
            raise CommandError("The trail in the backup is not whole.")
        self.stdout.write(f"Restored: {found.entries} entries of the trail verified. `./run` starts it.")
