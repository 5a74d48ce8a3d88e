"""Print the one-time link that opens the wizard of the first start; silent when the organisation is founded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from serikat.web.selectors import is_founded
from serikat.web.services.founding import make_wizard_token


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_founded():
            self.stdout.write(settings.SITE_ADDRESS + reverse("web:open_wizard", args=[make_wizard_token()]))
