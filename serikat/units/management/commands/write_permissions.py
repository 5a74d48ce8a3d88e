"""`serikat write_permissions`: write docs/reference/permissions.md anew from what the rooms register."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from serikat.units.selectors import permissions_page

PAGE = Path(settings.ROOT) / "docs" / "reference" / "permissions.md"


def current_page() -> str:
    """The page as it should be, with every room's permissions loaded."""
    for room in settings.ROOMS:
        if find_spec(f"{room}.permissions") is not None:
            import_module(f"{room}.permissions")
    return permissions_page()


class Command(BaseCommand):
    help = "Write the table of permissions for the documentation."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(current_page(), "utf-8")
        self.stdout.write(f"{PAGE.relative_to(settings.ROOT)} written.")
