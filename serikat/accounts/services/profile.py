"""What a holder changes on the own account: name, language, phone and e-mail."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from serikat.accounts import rules
from serikat.accounts.models import User
from serikat.accounts.permissions import may_change_profile
from serikat.accounts.services.links import withdraw_links
from serikat.accounts.services.notices import leave_notice
from serikat.audit.action import action, inner
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused


class ContactTaken(Refused):
    message = _("Nomor atau surel ini tidak dapat dipakai. Hubungi pengurus bila itu memang milik Anda.")


class BadPhone(Refused):
    message = _("Nomor telepon ini tidak lengkap. Contoh: 0812 3456 7890.")


class BadName(Refused):
    message = _("Tulis nama orang: dengan huruf, tanpa surel dan tanpa nomor telepon.")


@inner("reads only")
def clean_name(name: str) -> str:
    """A name as it may stand; refused when it is a number or an address, also somebody else's."""
    name = name.strip()
    if not rules.is_name(name):
        raise BadName(field="name")
    return name


@inner("reads only")
def clean_contacts(user: User | None, phone: str, email: str) -> tuple[str, str]:
    """Bring phone and e-mail to their one form; refuse a number that is none, and what another account has."""
    normal = rules.normal_phone(phone, settings.PHONE_REGION)
    if phone.strip() and not normal:
        raise BadPhone(field="phone")
    email = email.strip().lower()
    others = User.objects.exclude(pk=user.pk) if user is not None else User.objects.all()
    if normal and others.filter(phone=normal).exists():
        raise ContactTaken(field="phone")
    if email and others.filter(email__iexact=email).exists():
        raise ContactTaken(field="email")
    return normal, email


@inner("part of another action")
def save_user(user: User) -> None:
    """Save; when somebody else took name, phone or e-mail in the same moment, refuse as if they had it before."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        taken = User.objects.exclude(pk=user.pk).filter(username__iexact=user.username).exists()
        raise ContactTaken(
            _("Nama pengguna ini sudah dipakai.") if taken else None, field="username" if taken else None
        ) from None


@action(
    "accounts.profile.changed",
    may=may_change_profile,
    says=_("mengubah nama atau bahasa akun"),
    on="user",
    fields=("name", "language"),
)
def change_profile(*, actor: Actor, user: User, name: str, language: str) -> User:
    user.name, user.language = clean_name(name), language
    user.save(update_fields=["name", "language"])
    return user


@action(
    "accounts.contacts.changed",
    may=may_change_profile,
    says=_("mengubah nomor telepon atau surel akun"),
    on="user",
    fields=("phone", "email"),
)
def change_contacts(*, actor: Actor, user: User, phone: str, email: str) -> User:
    """Change phone and e-mail: both are names to sign in with. Open links and reset mails of before lose their force; the holder is told."""
    user.phone, user.email = clean_contacts(user, phone, email)
    save_user(user)
    withdraw_links(user=user)
    leave_notice(
        actor=actor, user_id=user.pk, text=_("Nomor telepon atau surel akun Anda diubah. Bila bukan Anda, hubungi pengurus.")
    )
    return user
