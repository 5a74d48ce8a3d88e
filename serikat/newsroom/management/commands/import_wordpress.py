"""serikat import_wordpress FILE.xml [--media DIR]: bring in a WordPress export. Ends with one JSON line on standard output."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from serikat.newsroom.importing.document import Archive
from serikat.newsroom.importing.wordpress import read_wordpress
from serikat.newsroom.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Bring in a WordPress export (WXR). Ends with one JSON line on standard output."
    source = "file"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.xml")
        parser.add_argument("--media", metavar="DIR", help="the folder of the export's pictures and files, found by name")
        super().add_arguments(parser)

    def open_archive(self, options: dict[str, Any], now: datetime) -> Archive:
        media = Path(options["media"]) if options["media"] else None
        return read_wordpress(Path(options["file"]), media=media, now=now)
