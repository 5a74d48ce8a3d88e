from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "serikat.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from serikat.files.permissions import open_files_of  # reason: apps must be ready
        from serikat.newsroom import cms, holding, permissions, places, receivers  # noqa: F401  # reason: apps must be ready
        from serikat.newsroom.services import importing  # noqa: F401  # reason: apps must be ready; the trail knows its sentence

        cms.install()
        open_files_of("newsroom.post", read=permissions.may_open_post_file, remove=permissions.may_remove_post_file)
        evidence = permissions.may_open_request_file
        open_files_of("newsroom.editorialrequest", read=evidence, remove=evidence)
        holding.register()
