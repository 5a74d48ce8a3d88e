from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "serikat.rights"
    label = "rights"

    def ready(self) -> None:
        from serikat.rights import holding, places  # noqa: F401  # reason: apps must be ready

        holding.register()
