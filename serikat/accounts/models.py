"""Keys to the house: a user signs in; who somebody is stands in `people`, what they may do in `units`."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import library_allows


class User(AbstractBaseUser, PermissionsMixin):
    """A key. `subject` is the opaque id under which the holder's personal data is kept in every room and in the trail."""

    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(
        _("nama pengguna"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Nama pengguna ini sudah dipakai.")},
    )
    name = models.CharField(_("nama"), max_length=120, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon"), max_length=20, blank=True, help_text="E.164: +62812…")
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("akun")
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="one_user_a_phone"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="one_user_an_email"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    # Authority comes from mandates alone: groups, Django's permissions and `is_superuser` give nothing.
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return library_allows(self, perm)

    def has_module_perms(self, app_label: str) -> bool:
        return False

    # What libraries expect of a user; the product itself reads `name`.
    @property
    def first_name(self) -> str:
        return str(self)

    @property
    def last_name(self) -> str:
        return ""
