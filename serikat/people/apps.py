from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "serikat.people"
    label = "people"
