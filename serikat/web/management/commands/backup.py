"""`serikat backup FILE`: everything in one new file, encrypted to a passphrase. The site may go on running."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from serikat.kernel.access import console
from serikat.kernel.errors import Refused
from serikat.web.passphrase import ask_passphrase
from serikat.web.services.backup import make_backup


class Command(BaseCommand):
    help = "Write database, files, trail and keys into one encrypted file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-keys", action="store_true", help="leave the keys out; without them the backup cannot be read"
        )

    def handle(self, *args: Any, file: Path, without_keys: bool, **options: Any) -> None:
        try:
            made = make_backup(
                actor=console(), target=file.absolute(), passphrase=ask_passphrase(twice=True), with_keys=not without_keys
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"{file}: {made['bytes']} bytes, {made['files']} files and all tables. Try it: serikat restore --check {file}"
        )
