"""`serikat clean_forgotten`: the cleaning after somebody was forgotten, by hand instead of by the clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from serikat.people.services.cleaning import clean_forgotten


class Command(BaseCommand):
    help = "Make what was deleted of forgotten persons unreadable, and search for what remains."

    def handle(self, *args: Any, **options: Any) -> None:
        done = clean_forgotten()
        self.stdout.write(f"{done.persons} forgotten persons cleaned: {done.rows} rows and {done.files} files wiped.")
        if done.leftovers:
            raise CommandError("Something is still found in: " + ", ".join(done.leftovers))
