from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "serikat.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from serikat.newsroom import cms, holding, places, receivers  # noqa: F401  # reason: apps must be ready

        cms.install()
        holding.register()
