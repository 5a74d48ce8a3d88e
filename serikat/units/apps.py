from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "serikat.units"
    label = "units"

    def ready(self) -> None:
        from serikat.kernel.access import fill_authority  # reason: apps must be ready
        from serikat.units.selectors import MandateAuthority  # reason: apps must be ready

        fill_authority(MandateAuthority())
