"""The law as this organisation holds it: what is shipped, with its own tables over it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from serikat.kernel.generation import while_unchanged
from serikat.law import the_law
from serikat.law.holding import Law

COMPILED = "law.json"


def shipped() -> Law:
    """The law as it comes with the program."""
    return the_law(Path(settings.SERIKAT_DATA) / COMPILED)


@while_unchanged
def law() -> Law:
    """The law with the organisation's values and its lawyers' marks over it."""
    return shipped()
