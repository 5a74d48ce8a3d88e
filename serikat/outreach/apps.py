from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "serikat.outreach"
    label = "outreach"

    def ready(self) -> None:
        from serikat.outreach import holding, places  # noqa: F401  # reason: apps must be ready

        holding.register()
