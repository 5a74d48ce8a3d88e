from django.apps import AppConfig


class VacanciesConfig(AppConfig):
    name = "serikat.vacancies"
    label = "vacancies"

    def ready(self) -> None:
        from serikat.vacancies import holding, places  # noqa: F401  # reason: apps must be ready

        holding.register()
