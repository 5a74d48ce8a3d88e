from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "serikat.units"
    label = "units"

    def ready(self) -> None:
        from serikat.audit.action import show_by_name  # reason: apps must be ready
        from serikat.audit.pages import trail_page  # reason: apps must be ready
        from serikat.kernel.access import fill_authority, signed_in  # reason: apps must be ready
        from serikat.ui import navigation, today  # reason: apps must be ready
        from serikat.units import selectors  # reason: apps must be ready
        from serikat.units.permissions import READING  # reason: apps must be ready

        fill_authority(selectors.MandateAuthority())
        show_by_name("units.unit", "places.region", "places.country")
        organisation = navigation.Group.ORGANISATION
        navigation.rail(organisation, navigation.Item(_("Unit dan mandat"), "units:tree", "tree", who=READING, order=10))
        navigation.rail(organisation, navigation.Item(_("Wewenang"), "units:powers", "scale", who=READING, order=20))
        navigation.rail(
            navigation.Group.SELF, navigation.Item(_("Mandat Anda"), "units:own", "key", who=signed_in, order=30)
        )
        today.section("units.proposals", _("Usul pengangkatan"), selectors.proposal_rows, order=40, url_name="units:tree")
        today.section(
            "units.ending", _("Mandat yang segera berakhir"), selectors.ending_rows, order=60, url_name="units:tree"
        )
        trail_page("units.unit", lambda actor, pk: selectors.unit_for(actor, int(pk)))
        trail_page("units.mandate", lambda actor, pk: selectors.mandate_for(actor, int(pk)))
        trail_page("units.decree", lambda actor, pk: selectors.decree_for(actor, int(pk)))
