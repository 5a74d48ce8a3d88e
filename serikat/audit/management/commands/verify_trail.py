"""`serikat verify_trail`: walk the whole trail; each byte that does not fit is a line and an exit code of 1."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from serikat.audit.services import verify_trail


class Command(BaseCommand):
    help = "Verify every entry, value and seal of the trail."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify_trail()
        for problem in found.problems:
            self.stdout.write(problem)
        self.stdout.write(
            f"{found.entries} entries, {found.sealed} sealed, {found.forgotten_values} values forgotten, {len(found.problems)} problems"
        )
        if found.problems:
            sys.exit(1)
