"""`serikat load_places`: bring regions and countries up to the edition in the repository; does nothing when they are."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from serikat.places.services import load_places


class Command(BaseCommand):
    help = "Load provinces to villages and countries, once an edition."

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_places()
        self.stdout.write(f"{done.regions} regions and {done.countries} countries written.")
