from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "serikat.files"
    label = "files"
