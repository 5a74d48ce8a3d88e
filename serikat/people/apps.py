from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "serikat.people"
    label = "people"

    def ready(self) -> None:
        from serikat.kernel.forgetting import on_restore  # reason: apps must be ready
        from serikat.people import holding  # reason: apps must be ready
        from serikat.people.services.forgetting import reapply_forgotten  # reason: apps must be ready

        holding.register()
        on_restore(reapply_forgotten)
