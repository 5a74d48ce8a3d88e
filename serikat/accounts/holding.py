"""The accounts' part in a person's data: the account itself, its addresses and second factors, and sessions that name them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings

from serikat.accounts.models import HeldForm, Notice, OneTimeLink, Session, User
from serikat.kernel.forgetting import Forgetting, Holder, passing_words, register_holder
from serikat.kernel.secrets import decrypt


def register() -> None:
    own = ("accounts.user",)  # another user of the same name keeps it
    register_holder(Holder(name="accounts", copy=_copy, erase=_erase, needles=_needles, own_tables=own))
    passing_words("accounts.notice", "text", "text_en", "link")


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    return {
        "akun": [
            {
                "nama pengguna": user.username,
                "nama": user.name,
                "surel": user.email,
                "telepon": user.phone,
                "bahasa": user.language,
                "sejak": user.joined_at.isoformat(),
                "masuk terakhir": user.last_login.isoformat() if user.last_login else None,
                "alamat surel": list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)),
                "perangkat": [
                    {"perangkat": s.user_agent, "sejak": s.since.isoformat(), "terakhir": s.last_seen_at.isoformat()}
                    for s in Session.objects.filter(user=user)
                ],
                "kabar": [{"pada": n.made_at.isoformat(), "isi": n.said} for n in Notice.objects.filter(user=user)],
                "faktor kedua": list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
            }
            for user in User.objects.filter(subject__in=subjects)
        ]
    }


def _needles(subjects: frozenset[uuid.UUID]) -> set[str]:
    found: set[str] = set()
    for user in User.objects.filter(subject__in=subjects):
        found |= {user.username, user.name, user.email, user.phone}
        found |= set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    return found - {""}


def _erase(forgetting: Forgetting) -> int:
    """Close the account and empty it; the row stays, since mandates and revisions point to it."""
    count, ids = 0, set()
    for user in User.objects.filter(subject__in=forgetting.subjects):
        EmailAddress.objects.filter(user=user).delete()
        for table in (Authenticator, Session, OneTimeLink, Notice, HeldForm):
            table.objects.filter(user=user).delete()
        user.username, user.name, user.email, user.phone = f"dilupakan-{user.subject.hex[:12]}", "", "", ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.last_login = None
        user.set_unusable_password()
        user.save()
        ids.add(str(user.pk))
        count += 1
    return count + _end_sessions(ids, forgetting) + _drop_held_forms(forgetting)


def _drop_held_forms(forgetting: Forgetting) -> int:
    """A form that somebody else left half done may hold the person's name."""
    pattern = forgetting.strong_pattern
    gone = [held.pk for held in HeldForm.objects.iterator() if pattern and pattern.search(decrypt(held.sealed))]
    return HeldForm.objects.filter(pk__in=gone).delete()[0]


def _end_sessions(user_ids: set[str], forgetting: Forgetting) -> int:
    """Sessions are packed, so each one is opened: those of the account, and those in which a message or a form names the person."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if not hasattr(store, "get_model_class"):
        return 0  # sessions that are kept in no table end by themselves
    pattern, gone = forgetting.strong_pattern, []
    for session in store.get_model_class().objects.iterator():
        data = session.get_decoded()
        words = json.dumps(data, ensure_ascii=False, default=str)
        if str(data.get("_auth_user_id")) in user_ids or (pattern and pattern.search(words)):
            gone.append(session.pk)
    store.get_model_class().objects.filter(pk__in=gone).delete()
    return len(gone)
