"""`serikat rotate_field_keys`: write every encrypted field again under the newest key, after which the older lines of FIELD_KEYS may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from serikat.kernel.secrets import rotate


class Command(BaseCommand):
    help = "Encrypt every secret field again under the newest line of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rotate()
        self.stdout.write(f"{count} rows now stand under the newest key. Older lines of FIELD_KEYS may be removed.")
