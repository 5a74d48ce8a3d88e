from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "serikat.messaging"
    label = "messaging"

    def ready(self) -> None:
        from serikat.messaging import holding, places  # noqa: F401  # reason: apps must be ready

        holding.register()
