from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "serikat.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from serikat.files.permissions import open_files_of  # reason: apps must be ready
        from serikat.newsroom import cms, holding, places, receivers  # noqa: F401  # reason: apps must be ready
        from serikat.newsroom.permissions import may_open_post_file, may_remove_post_file  # reason: apps must be ready
        from serikat.newsroom.services import importing  # noqa: F401  # reason: apps must be ready; the trail knows its sentence

        cms.install()
        open_files_of("newsroom.post", read=may_open_post_file, remove=may_remove_post_file)
        holding.register()
