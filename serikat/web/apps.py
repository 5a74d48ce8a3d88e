from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "serikat.web"
    label = "web"

    def ready(self) -> None:
        from serikat.kernel.access import Role  # reason: apps must be ready
        from serikat.ui import identity, navigation  # reason: apps must be ready
        from serikat.ui.navigation import Group, Item  # reason: apps must be ready
        from serikat.web.permissions import TRAIL_READERS  # reason: apps must be ready
        from serikat.web.selectors import face  # reason: apps must be ready

        identity.fill_identity(face)
        navigation.rail(Group.WORK, Item(_("Hari saya"), "web:desk", "home", order=1, exact=True))
        navigation.rail(Group.ORGANISATION, Item(_("Jejak"), "web:trail", "clock", order=80, who=list(TRAIL_READERS)))
        navigation.rail(
            Group.SYSTEM, Item(_("Nama dan lambang"), "web:change_identity", "building", order=10, who=[Role.ADMINISTRATOR])
        )
