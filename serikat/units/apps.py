from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "serikat.units"
    label = "units"

    def ready(self) -> None:
        from serikat.kernel.access import fill_authority, signed_in  # reason: apps must be ready
        from serikat.ui import navigation  # reason: apps must be ready
        from serikat.units.permissions import READING  # reason: apps must be ready
        from serikat.units.selectors import MandateAuthority  # reason: apps must be ready

        fill_authority(MandateAuthority())
        organisation = navigation.Group.ORGANISATION
        navigation.rail(organisation, navigation.Item(_("Unit dan mandat"), "units:tree", "tree", who=READING, order=10))
        navigation.rail(organisation, navigation.Item(_("Wewenang"), "units:powers", "scale", who=READING, order=20))
        navigation.rail(
            navigation.Group.SELF, navigation.Item(_("Mandat Anda"), "units:own", "key", who=signed_in, order=30)
        )
