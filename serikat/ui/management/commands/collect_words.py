"""Bring `locale/en` up to the sentences that stand in the source, and say which still lack their English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import serikat
from serikat.ui import words


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        package = Path(serikat.__file__).parent
        po = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"
        found = words.collect(package)
        words.write_catalogue(words.merge(found, po), po)
        for problem in words.untranslated(found, po):
            self.stdout.write(problem)
