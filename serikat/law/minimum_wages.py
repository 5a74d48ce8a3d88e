"""The minimum wage that holds in a place on a day: that of the regency or city where it is held, that of its province otherwise."""

from __future__ import annotations

import re
from datetime import date

from serikat.law.holding import Law
from serikat.law.parameters import MINIMUM_WAGES
from serikat.law.values import Dated

_CODE = re.compile(r"^(\d\d)(?:[.-](\d\d))?(?:[.-].*)?$")


def parts_of(region_code: str) -> tuple[str, str]:
    """The province and the regency of an official code ("32.16.08" or "32-16"), as the parameters name them; no regency: an empty text.

    >>> parts_of("32.16.08.2003"), parts_of("32")
    (('32', '32-16'), ('32', ''))
    """
    found = _CODE.match(region_code)
    if not found:
        raise ValueError(f"{region_code!r} is not the code of a region")
    province, regency = found.groups()
    return province, f"{province}-{regency}" if regency else ""


def minimum_wage_of(law: Law, region_code: str, day: date) -> Dated[int] | None:
    """The minimum wage of a place on a day, None where none is held: never that of another year or another province."""
    province, regency = parts_of(region_code)
    wage = law.maybe(MINIMUM_WAGES.named(regency), day) if regency else None
    return wage or law.maybe(MINIMUM_WAGES.named(province), day)
