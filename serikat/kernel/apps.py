from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "serikat.kernel"
    label = "kernel"
