"""`serikat rotate_file_keys`: wrap every private file's key under the newest line of FILE_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from serikat.files.services import rotate_file_keys


class Command(BaseCommand):
    help = "Wrap the keys of private files under the newest key; the old one may be taken away afterwards."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rotate_file_keys()} keys wrapped anew.")
