from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "serikat.audit"
    label = "audit"

    def ready(self) -> None:
        from serikat.audit import holding  # reason: apps must be ready

        holding.register()
