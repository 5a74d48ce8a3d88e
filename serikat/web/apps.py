from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "serikat.web"
    label = "web"
