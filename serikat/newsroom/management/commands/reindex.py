"""serikat reindex: write the public site anew from its pages. Ends with one JSON line on standard output."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from serikat.newsroom.management.importing import progress_on
from serikat.newsroom.services.finding import find_everything
from serikat.newsroom.services.publishing import Rebuilt, reflect_everything


class Command(BaseCommand):
    help = "Write what readers see anew: pages, lists, full text. May be stopped and run again. Ends with one JSON line on standard output."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuilt = Rebuilt()
        try:
            reflect_everything(rebuilt=rebuilt, told=progress_on(self.stderr))
            find_everything()
        except KeyboardInterrupt as stop:
            raise CommandError("Dihentikan. Jalankan lagi untuk menulis ulang semuanya.", returncode=130) from stop
        finally:
            self.stdout.write(json.dumps(asdict(rebuilt), ensure_ascii=False))
        if rebuilt.problems:
            raise CommandError(f"{len(rebuilt.problems)} halaman tidak dapat digambar; yang lama tetap tayang.")
