from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "serikat.web"
    label = "web"

    def ready(self) -> None:
        from django.urls import reverse  # reason: apps must be ready

        from serikat.audit import pages  # reason: apps must be ready
        from serikat.ui import identity, navigation, today  # reason: apps must be ready
        from serikat.ui.navigation import Group, Item  # reason: apps must be ready
        from serikat.web import receivers  # noqa: F401  # reason: apps must be ready
        from serikat.web.permissions import (  # reason: apps must be ready
            TRAIL_READERS,
            may_change_identity,
            may_mend_jobs,
        )
        from serikat.web.selectors import face, parked_rows  # reason: apps must be ready
        from serikat.web.services import backup  # noqa: F401  # reason: apps must be ready; the trail knows its sentences

        identity.fill_identity(face)
        pages.fill_address(lambda ref: reverse("web:trail_page", args=[ref]))
        today.section("web.parked", _("Pekerjaan yang macet"), parked_rows, order=90)
        navigation.rail(Group.WORK, Item(_("Hari saya"), "web:desk", "home", order=1, exact=True))
        navigation.rail(Group.ORGANISATION, Item(_("Jejak"), "web:trail", "clock", order=80, who=list(TRAIL_READERS)))
        navigation.rail(
            Group.SYSTEM,
            Item(
                _("Pekerjaan yang macet"),
                "web:jobs",
                "alert",
                order=90,
                who=may_mend_jobs,
                count=lambda actor: len(parked_rows(actor)),
            ),
        )
        navigation.rail(
            Group.SYSTEM, Item(_("Nama dan lambang"), "web:change_identity", "building", order=10, who=may_change_identity)
        )
