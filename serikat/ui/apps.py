from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "serikat.ui"
    label = "ui"

    def ready(self) -> None:
        from serikat.ui import navigation  # reason: the registry opens when apps are ready

        navigation.foot(navigation.Item(_("Bacaan tersimpan"), "ui:saved", order=80))
        navigation.foot(navigation.Item(_("Pasang di ponsel"), "ui:app", order=81))
        if settings.DEMO or settings.DEBUG:  # a reader of a real site has no use for it
            navigation.foot(navigation.Item(_("Komponen"), "ui:gallery", order=90))
