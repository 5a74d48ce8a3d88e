"""Adverts with their checks (`adverts`), reports of readers and the organisation's rule (`reports`)."""

from serikat.vacancies.models.adverts import Advert, CheckAnswer, Point, Sign
from serikat.vacancies.models.reports import Report, VacancyRule

__all__ = ["Advert", "CheckAnswer", "Point", "Report", "Sign", "VacancyRule"]
