from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "serikat.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from serikat.newsroom import cms, holding, places, receivers  # noqa: F401  # reason: apps must be ready
        from serikat.newsroom.services import importing  # noqa: F401  # reason: apps must be ready; the trail knows its sentence

        cms.install()
        holding.register()
