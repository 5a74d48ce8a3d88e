from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "serikat.ui"
    label = "ui"
