from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class KernelConfig(AppConfig):
    name = "serikat.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Load what registers itself in the rooms: jobs and receivers of events."""
        for config in apps.get_app_configs():
            for module in ("tasks", "receivers"):
                if config.name.startswith("serikat.") and find_spec(f"{config.name}.{module}") is not None:
                    import_module(f"{config.name}.{module}")
