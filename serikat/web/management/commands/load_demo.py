"""Load the demo organisation into an empty installation and print its accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from serikat.kernel.access import console
from serikat.kernel.errors import Refused
from serikat.web.services.demo import demo_accounts, load_demo


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_demo(actor=console("peragaan"))
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(demo_accounts())
