from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "serikat.newsroom"
    label = "newsroom"
