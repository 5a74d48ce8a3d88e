from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "serikat.outreach"
    label = "outreach"

    def ready(self) -> None:
        from serikat.outreach import holding, places, receivers  # noqa: F401  # reason: apps must be ready

        holding.register()
