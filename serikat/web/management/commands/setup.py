"""`serikat setup`: tables, words, static files, and the demo when the database is empty. `./run setup` makes environment and keys before."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError

from serikat.config.prepare import prepare


class Command(BaseCommand):
    help = "Bring tables, words and static files up to the code; load the demo into an empty database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, empty: bool, **options: Any) -> None:
        try:
            prepare(empty=empty, say=self.stdout.write)
        except OperationalError as error:
            raise CommandError(
                f"The database cannot be used: {error}\nIs DATABASE_URL right, and the disk not full?"
            ) from None
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}. Is the disk full?") from None
        self.stdout.write("Everything is set up. `./run` starts it.")
