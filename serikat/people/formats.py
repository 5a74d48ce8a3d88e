"""Bringing what people type to its one form: NIK, phone numbers (E.164), e-mail addresses; and the purposes of the keyed index."""

from __future__ import annotations

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from serikat.accounts.rules import as_dialled
from serikat.kernel.secrets import blind_index
from serikat.people import rules
from serikat.people.models import ContactKind

NIK = "people.nik"
NUMBER = "people.number"  # telephone and WhatsApp are found alike
EMAIL = "people.email"
ADDRESS = "people.address"


def phone_of(text: str) -> str:
    """E.164 of a number as people write it (0812…, +62 812…); "" when it is no number that can exist."""
    try:
        number = phonenumbers.parse(as_dialled(text), "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or number.extension:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def contact_value_of(kind: str, text: str) -> str:
    """The one form of a contact point; "" when it cannot be one."""
    text = " ".join(text.split())
    if kind in (ContactKind.PHONE, ContactKind.WHATSAPP):
        return phone_of(text)
    if kind == ContactKind.EMAIL:
        try:
            validate_email(text)
        except ValidationError:
            return ""
        return text.lower()
    return text if len(text) >= 5 else ""


def contact_index(kind: str, value: str) -> str:
    if kind in (ContactKind.PHONE, ContactKind.WHATSAPP):
        return blind_index(value, NUMBER)
    return blind_index(value, EMAIL) if kind == ContactKind.EMAIL else blind_index(rules.folded(value), ADDRESS)


def nik_index(nik: str) -> str:
    return blind_index(nik, NIK)


def masked_contact(kind: str, value: str) -> str:
    if kind in (ContactKind.PHONE, ContactKind.WHATSAPP):
        return rules.masked_phone(value)
    return rules.masked_email(value) if kind == ContactKind.EMAIL else rules.MASK * 6
