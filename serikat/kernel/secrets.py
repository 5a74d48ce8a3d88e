"""What tables keep unreadable: encrypted fields, and the keyed index by which they are found again.

Encryption is Fernet under the keys in `settings.FIELD_KEYS` (one a line, newest first): the first key writes, all of them read, so that a key
is changed by putting a new one on top and running `serikat rotate_field_keys`. The keyed index is HMAC-SHA-256 under `settings.INDEX_KEY`.
An empty text stays empty: that nothing is there is no secret. A wrong or missing key is an error that says so; never a garbled value.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models, transaction


class Unreadable(RuntimeError):
    """A stored secret was not written with any of the keys at hand."""


@lru_cache(maxsize=4)
def _fernet(lines: str) -> MultiFernet:
    keys = [line.strip() for line in lines.splitlines() if line.strip()]
    if not keys:
        raise ImproperlyConfigured(
            "FIELD_KEYS is empty: encrypted fields cannot be read or written. Run `./run setup` once."
        )
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(
            "FIELD_KEYS holds a line that is no key: each line is 32 random bytes in URL-safe base64, newest first."
        ) from None


def encrypt(text: str) -> str:
    """Encrypt under the newest key. The same text gives another token each time."""
    return _fernet(settings.FIELD_KEYS).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Give the text back, whichever of the keys wrote it."""
    try:
        return _fernet(settings.FIELD_KEYS).decrypt(token.encode()).decode()
    except InvalidToken:
        raise Unreadable(
            "A stored secret cannot be read with the keys in FIELD_KEYS. Put the key that wrote it back as one of its lines."
        ) from None


def blind_index(value: str, purpose: str) -> str:
    """A keyed hash by which an encrypted value is found when somebody types it again; "" for "".

    `purpose` keeps indexes apart: the same digits as a phone and as a NIK never meet. The caller brings the value to its one form first.
    """
    if not settings.INDEX_KEY:
        raise ImproperlyConfigured("INDEX_KEY is empty: what is encrypted cannot be found. Run `./run setup` once.")
    if not value:
        return ""
    return hmac.new(settings.INDEX_KEY.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


class _Encrypted(models.TextField):  # type: ignore[type-arg]
    """What the encrypted fields share. `secret` tells the doorway to keep the value out of the trail."""

    secret = True

    def get_lookup(self, lookup_name: str) -> Any:
        """Encrypted values differ each time they are written, so only "is there one" can be asked of the database."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.model.__name__}.{self.name} is encrypted and cannot be filtered on ({lookup_name}). Filter on its blind_index() column."
        )

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(
            f"{self.model.__name__}.{self.name} is encrypted: the database cannot look into it ({lookup_name})."
        )

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = list(super().check(**kwargs))
        if self.unique or getattr(self, "db_index", False):
            found.append(checks.Error("An encrypted field cannot be unique or indexed.", obj=self, id="kernel.E001"))
        return found

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        text = self.to_text(value)
        return encrypt(text) if text else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return self.from_text(decrypt(value) if value else "")

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text


class EncryptedTextField(_Encrypted):
    """A text that the database holds encrypted."""


class EncryptedDateField(_Encrypted):
    """A date that the database holds encrypted; None when unknown."""

    # what the type checker's Django plugin reads of a field
    _pyi_private_set_type: date | str | None  # type: ignore[assignment]
    _pyi_private_get_type: date | None  # type: ignore[assignment]

    def to_python(self, value: Any) -> date | None:
        parsed: date | None = models.DateField(null=True).to_python(value or None)
        return parsed

    def to_text(self, value: Any) -> str:
        parsed = self.to_python(value)
        return parsed.isoformat() if parsed else ""

    def from_text(self, text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    def value_to_string(self, obj: models.Model) -> str:
        return self.to_text(self.value_from_object(obj))

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return models.DateField(self.verbose_name, null=True, blank=self.blank, help_text=self.help_text).formfield(
            *args, **kwargs
        )


def encrypted_fields() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every table that keeps something encrypted, with the names of those fields."""
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, _Encrypted)]
        if names and not model._meta.proxy:
            yield model, names


def rotate(*, batch: int = 500) -> int:
    """Write every encrypted value again under the newest key; return how many rows. May be stopped and run again: each batch commits."""
    _fernet.cache_clear()
    count = 0
    for model, names in encrypted_fields():
        after: Any = None
        while True:
            rows = model._base_manager.only("pk", *names).order_by("pk")
            with transaction.atomic():
                found = list((rows if after is None else rows.filter(pk__gt=after)).select_for_update()[:batch])
                for row in found:
                    row.save(update_fields=names)
            if not found:
                break
            after, count = found[-1].pk, count + len(found)
    return count
