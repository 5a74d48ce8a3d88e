"""Where the room stands: the bar and foot of public pages, the rail of the desk, the trail."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.kernel.access import Actor
from serikat.kernel.errors import Words
from serikat.rights import permissions
from serikat.rights.models import MinimumWage
from serikat.rights.selectors import days, reviews
from serikat.ui import navigation
from serikat.ui.navigation import Group, Item


def strip() -> Iterator[tuple[Words, str]]:
    yield _("Hitung hak"), reverse("rights:calculators")


def wage_row(actor: Actor, pk: str) -> MinimumWage | None:
    """A wage for its trail."""
    return MinimumWage.objects.filter(pk=int(pk)).first() if permissions.may_keep_law_tables(actor) else None


navigation.strip_from(strip, first=True)
navigation.foot(Item(_("Hitung hak"), "rights:calculators", "calc", order=12))
navigation.foot(Item(_("Aturan"), "rights:rules", "scale", order=13))
navigation.rail(
    Group.ORGANISATION,
    Item(_("Upah, libur, tinjauan hukum"), "rights_desk:tables", "scale", order=60, who=permissions.may_keep_law_tables),
)
trail_page("rights.minimumwage", wage_row)
trail_page("rights.dayoff", lambda actor, pk: days.day_for(actor, int(pk)))
trail_page("rights.review", lambda actor, pk: reviews.review_for(actor, int(pk)))
