"""`serikat clear_demo`: remove the demo's content and people; settings and accounts stay, and this is a demo no more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from serikat.config.prepare import demo_note
from serikat.kernel.access import console
from serikat.web.services.backup import clear_demo


class Command(BaseCommand):
    help = "Remove what the demo brought."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in clear_demo(actor=console()).items():
            self.stdout.write(f"{what}: {count}")
        demo_note().unlink(missing_ok=True)
        self.stdout.write("The demo is gone. Restart ./run: guarded roles now need a second factor.")
