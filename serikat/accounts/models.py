"""Keys to the house: a user signs in; who somebody is stands in `people`, what they may do in `units`."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from serikat.accounts import rules
from serikat.kernel.access import library_allows

# A user name holds a letter and no "@": it is never mistaken for a phone number or an e-mail address in the one field of the sign-in page.
username_shape = RegexValidator(
    r"^(?=.*[a-z])[a-z0-9][a-z0-9._-]*\Z",
    _("Pakai huruf kecil, angka, titik, garis bawah, atau tanda hubung, dengan sedikitnya satu huruf."),
)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail's pictures and documents point here
    """A key. `subject` is the opaque id under which the holder's personal data is kept in every room and in the trail."""

    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(
        _("nama pengguna"),
        max_length=60,
        unique=True,
        validators=[MinLengthValidator(3), username_shape],
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
    first_link_token: str = ""  # known only to who has just made the account: the page shows it once
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("akun")
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="one_user_a_phone"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_user_an_email"),
            models.UniqueConstraint(Lower("username"), name="one_user_a_username"),
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


class Session(models.Model):
    """A device that is signed in. The browser's session remembers this row's id; a session without its row is over."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, db_index=True)
    user_agent = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    last_active_at = models.DateTimeField(
        default=timezone.now, help_text="When a person last did something: idling counts from here."
    )

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return self.device

    @property
    def device(self) -> str:
        """The device in words."""
        browser, system = rules.device_of(self.user_agent)
        if browser and system:
            return gettext("%(browser)s di %(system)s") % {"browser": browser, "system": system}
        return browser or system or gettext("Perangkat tidak dikenal")


class OneTimeLink(models.Model):
    """A way in for who lost the password: made at the desk, good for one use and a short time. Only a hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    clears_factor = models.BooleanField(default=False, help_text="Using it also removes the second factor (a lost phone).")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    token: str = ""  # known only to who has just made the link

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(used_at=None) | Q(withdrawn_at=None), name="link_used_or_withdrawn")
        ]

    def __str__(self) -> str:
        return gettext("tautan masuk untuk %(user)s") % {"user": self.user}


class Notice(models.Model):
    """A line left for a user by some room: what happened, and where to look."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500, blank=True, help_text="The same in English, where it differs.")
    link = models.CharField(max_length=500, blank=True)
    task = models.CharField(
        max_length=80,
        blank=True,
        help_text="The thing that waits for somebody, as a reference: done by anybody, this counts as read.",
    )
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at"]),
            models.Index(fields=["task"], condition=Q(read_at=None) & ~Q(task=""), name="notice_waits_for_task"),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """In the language of whoever reads now."""
        return self.text_en if self.text_en and (get_language() or "").startswith("en") else self.text


class HeldForm(models.Model):
    """A form that was sent after its session had idled out: kept, unreadable to others, until its sender signs in again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="held_forms")
    sealed = models.TextField(help_text="Address, fields and names of files, encrypted.")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(self.pk)
