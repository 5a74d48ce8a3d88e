"""Where the room stands: the bar and foot of public pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.ui import navigation
from serikat.ui.navigation import Item


def strip() -> Iterator[tuple[Words, str]]:
    yield _("Hitung hak"), reverse("rights:calculators")


navigation.strip_from(strip)
navigation.foot(Item(_("Hitung hak"), "rights:calculators", "calc", order=12))
navigation.foot(Item(_("Aturan"), "rights:rules", "scale", order=13))
