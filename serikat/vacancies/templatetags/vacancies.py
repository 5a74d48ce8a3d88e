"""`{% load vacancies %}`: a telephone number as people dial it."""

from __future__ import annotations

import phonenumbers
from django import template

register = template.Library()


@register.filter
def as_dialled(number: str) -> str:
    """0812-3456-7890 for a number of this country, +852 … for one of another; any other words as they are."""
    if not number.removeprefix("+").isdigit():
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == 62
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, kind)
