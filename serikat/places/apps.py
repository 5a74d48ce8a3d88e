from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "serikat.places"
    label = "places"
