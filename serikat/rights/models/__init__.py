"""The tables of the room: minimum wages by region and date, days off, and a lawyer's reviews."""

from serikat.rights.models.reviews import Review
from serikat.rights.models.tables import DayOff, MinimumWage

__all__ = ["DayOff", "MinimumWage", "Review"]
