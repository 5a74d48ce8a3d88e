from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "serikat.people"
    label = "people"

    def ready(self) -> None:
        from serikat.audit.pages import trail_page  # reason: apps must be ready
        from serikat.kernel.access import Role, signed_in  # reason: apps must be ready
        from serikat.kernel.forgetting import on_restore  # reason: apps must be ready
        from serikat.people import (
            holding,  # reason: apps must be ready
            selectors,  # reason: apps must be ready
        )
        from serikat.people.permissions import DESK_ROLES, KEEPERS  # reason: apps must be ready
        from serikat.people.services.forgetting import reapply_forgotten  # reason: apps must be ready
        from serikat.ui import navigation, today  # reason: the registry opens when apps are ready
        from serikat.ui.navigation import Group, Item  # reason: the registry opens when apps are ready

        holding.register()
        officer = [Role.DATA_OFFICER]
        for item in (
            Item(_("Orang"), "people:index", "people", order=10, who=DESK_ROLES),
            Item(_("Perusahaan dan lembaga"), "people:bodies", "building", order=20, who=DESK_ROLES),
            Item(_("Menunggu orang kedua"), "people:seconds", "check", order=30, who=KEEPERS, count=selectors.count_seconds),
            Item(_("Permintaan data"), "people:requests", "doc", order=40, who=officer, count=selectors.count_requests),
            Item(_("Kebocoran data"), "people:breaches", "alert", order=50, who=officer, count=selectors.count_breaches),
        ):
            navigation.rail(Group.PEOPLE, item)
        navigation.rail(Group.SELF, Item(_("Data saya"), "people:own", "shield", order=30, who=signed_in))
        today.section(
            "people.requests", _("Permintaan data pribadi"), selectors.request_rows, order=30, url_name="people:requests"
        )
        today.section(
            "people.seconds", _("Menunggu orang kedua"), selectors.seconds_rows, order=35, url_name="people:seconds"
        )
        trail_page("people.person", lambda actor, pk: selectors.person_row_for(actor, int(pk)))
        trail_page("people.body", lambda actor, pk: selectors.body_for(actor, int(pk)))
        on_restore(reapply_forgotten)
