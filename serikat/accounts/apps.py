from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    name = "serikat.accounts"
    label = "accounts"

    def ready(self) -> None:
        from serikat.accounts import holding, receivers, selectors  # noqa: F401  # reason: apps must be ready
        from serikat.audit.pages import trail_page  # reason: apps must be ready
        from serikat.kernel.access import Role, fill_second_factor, signed_in  # reason: apps must be ready
        from serikat.ui import navigation, today  # reason: the registry opens when apps are ready
        from serikat.ui.navigation import Group, Item  # reason: the registry opens when apps are ready

        fill_second_factor(selectors.has_second_factor)
        navigation.bar(Item(pgettext_lazy("one's own", "Akun"), "accounts:profile", "user", order=90))
        navigation.rail(
            Group.SYSTEM,
            Item(_("Akun"), "accounts:accounts", "key", order=20, who=[Role.ADMINISTRATOR, Role.SECRETARY]),
        )
        navigation.rail(
            Group.SELF,
            Item(_("Kabar"), "accounts:notices", "bell", order=10, who=signed_in, count=selectors.unread_notices),
        )
        navigation.rail(Group.SELF, Item(_("Akun saya"), "accounts:profile", "user", order=20, who=signed_in, exact=True))
        navigation.rail(Group.SELF, Item(_("Keluar"), "account_logout", "exit", order=90, who=signed_in))

        today.section("accounts.notices", _("Kabar baru"), selectors.unread_rows, order=70, url_name="accounts:notices")
        trail_page("accounts.user", selectors.user_with_trail)
        holding.register()
