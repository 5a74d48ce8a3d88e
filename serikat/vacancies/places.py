"""Where adverts stand: the strip and the foot of public pages, the rail of the desk, the chooser of what a phone shares, the sitemap, the trail."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.kernel.access import Actor, signed_in
from serikat.kernel.errors import Words
from serikat.ui import navigation, sitemaps, today
from serikat.ui.components.words import near
from serikat.ui.navigation import Group, Item
from serikat.ui.sharing import Taker, takes
from serikat.ui.today import Row
from serikat.vacancies import permissions
from serikat.vacancies.selectors import desk


def strip() -> Iterator[tuple[Words, str]]:
    yield _("Lowongan"), reverse("vacancies:adverts")


def reported(actor: Actor) -> list[Row]:
    """Adverts that readers reported, for the desk's first page."""
    return [
        Row(
            advert.title,
            reverse("vacancies_desk:advert", args=[advert.code]),
            ngettext("%(n)d laporan", "%(n)d laporan", advert.open_reports) % {"n": advert.open_reports},
            "red",
        )
        for advert in desk.adverts_on(actor, "dilaporkan")[:50]
    ]


def to_check(actor: Actor) -> list[Row]:
    """Adverts of others that wait for a check."""
    return [
        Row(
            advert.title,
            reverse("vacancies_desk:advert", args=[advert.code]),
            gettext("%(firm)s, dikirim %(at)s") % {"firm": advert.firm, "at": near(advert.sent_at)},
        )
        for advert in desk.adverts_on(actor, "antrean").exclude(sender=actor.user_id)[:50]
    ]


navigation.strip_from(strip)
navigation.foot(Item(_("Lowongan"), "vacancies:adverts", order=15))
navigation.rail(
    Group.PUBLISHING,
    Item(_("Lowongan"), "vacancies_desk:adverts", "building", order=25, who=permissions.may_keep_advert, count=desk.to_do),
)
navigation.rail(
    Group.PUBLISHING, Item(_("Lowongan kiriman saya"), "vacancies:own_adverts", "building", order=32, who=signed_in)
)
navigation.rail(
    Group.PUBLISHING,
    Item(_("Aturan lowongan"), "vacancies_desk:rule", "check", order=92, who=permissions.may_change_vacancy_rule),
)
today.section("vacancies.reported", _("Lowongan dilaporkan"), reported, order=22, url_name="vacancies_desk:adverts")
today.section("vacancies.to_check", _("Lowongan menunggu diperiksa"), to_check, order=24, url_name="vacancies_desk:adverts")
takes(
    Taker(
        _("Kirim lowongan"),
        _("Iklan kerja dari grup atau papan pabrik: kami periksa dulu, lalu tampil bagi semua."),
        "vacancies:send_advert",
        "building",
    )
)
sitemaps.lists("vacancies_feeds:adverts_sitemap")
trail_page("vacancies.advert", lambda actor, pk: desk.advert_row(actor, int(pk)))
