"""Short codes that people read out, write down and type: no letters that look alike, and a check digit that catches a slip.

The alphabet has no 0, O, 1, I, L, U: 30 signs. The last sign is a check over the others (Luhn mod 30): it finds each wrong sign and nearly
each swap of two neighbours. What is typed is forgiven: small letters, spaces, dashes and points.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {sign: number for number, sign in enumerate(ALPHABET)}


def make_code(length: int = 8) -> str:
    """A random code of `length` signs, its check digit among them: 8 give 30^7, some 22 thousand million."""
    if length < 3:
        raise ValueError("A code has three signs at least.")
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check_sign(body)


def derived_code(digest: str, length: int = 16) -> str:
    """The code that belongs to a keyed digest in hexadecimal: who has the secret behind the digest can say it again, and no table holds it."""
    number, body = int(digest, 16), ""
    for _sign in range(length - 1):
        number, value = divmod(number, len(ALPHABET))
        body += ALPHABET[value]
    return body + check_sign(body)


def check_sign(body: str) -> str:
    total = 0
    for position, sign in enumerate(reversed(body)):
        value = _VALUE[sign] * (2 if position % 2 == 0 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def clean_code(typed: str) -> str:
    """What was meant by what was typed. Signs that no code holds stay, so that `is_code` says no."""
    return "".join(typed.upper().split()).replace("-", "").replace(".", "")


def is_code(code: str, length: int | None = None) -> bool:
    """Tell whether a cleaned code is one of ours: right signs, right check, right length where one is given."""
    if len(code) < 3 or (length is not None and len(code) != length) or any(sign not in _VALUE for sign in code):
        return False
    return check_sign(code[:-1]) == code[-1]


def spaced(code: str, size: int = 4) -> str:
    """In groups, for reading: ABCD-EFGH."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))
