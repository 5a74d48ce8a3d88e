"""What a screen is: an address, what stands in it, and who opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Screen:
    """An address by its name in the URL table, what stands in it, and who opens it; "" is a reader."""

    who: str
    address: str
    args: Callable[[], list[object]] = list
    query: str = ""
    note: str = ""  # tells two screens of one address apart
    status: int = 200

    def __str__(self) -> str:
        return "-".join(part for part in (self.address.replace(":", "-"), self.note) if part)

    def url(self) -> str:
        return (self.address if "/" in self.address else reverse(self.address, args=self.args())) + self.query


def of(query: Callable[[], object]) -> Callable[[], list[object]]:
    """The key of a row that the organisation holds."""
    return lambda: [query().pk]
