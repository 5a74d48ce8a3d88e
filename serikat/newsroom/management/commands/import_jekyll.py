"""serikat import_jekyll DIR: bring in a Jekyll archive. Ends with one JSON line on standard output."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from serikat.newsroom.importing.document import Archive
from serikat.newsroom.importing.jekyll import read_jekyll
from serikat.newsroom.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Bring in a Jekyll archive: a folder with _posts. Ends with one JSON line on standard output."
    source = "dir"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", metavar="DIR")
        super().add_arguments(parser)

    def open_archive(self, options: dict[str, Any], now: datetime) -> Archive:
        return read_jekyll(Path(options["dir"]), now=now)
