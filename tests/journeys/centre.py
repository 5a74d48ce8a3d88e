"""The centre that a journey of messages begins in: who works at its desk, and what one does at /kode/ with a telephone that has no script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import urllib3
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page

from serikat.kernel.access import Role
from serikat.newsroom.tests import builders
from serikat.units.models import Decree, Mandate, Unit

PASSWORD = "kopi pahit di gerbang tiga"
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
A_PERSON_NEEDS = 3200  # milliseconds: who is quicker is taken for a machine


def a_centre() -> Unit:
    """The organisation's own unit and its public site."""
    unit = builders.a_unit()
    Unit.objects.filter(pk=unit.pk).update(path=f"{unit.pk}/")
    unit.refresh_from_db()
    builders.a_site()
    return unit


def somebody(username: str, name: str, unit: Unit, *roles: Role) -> Any:
    """Somebody with these roles in a unit, who signs in with `PASSWORD`."""
    user = get_user_model()(username=username, name=name)
    user.set_password(PASSWORD)
    user.save()
    today = timezone.localdate()
    decree = Decree.objects.get_or_create(unit=unit, number="1/2026", defaults={"about": "Redaksi", "decided_on": today})[0]
    for role in roles:
        Mandate.objects.create(
            user=user, role=role.value, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=300)
        )
    return user


def sign_in(page: Page, username: str) -> None:
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def open_code(worker: Page, code: str) -> None:
    """From the front page to what stands behind an access code."""
    worker.goto("/")
    worker.get_by_role("link", name="Cek kode", exact=True).click()
    worker.get_by_label("Kode akses").fill(code)
    worker.get_by_role("button", name="Buka").click()


def call_us(address: str, body: bytes, headers: dict[str, str] | None = None) -> int:
    """A machine of somebody else calls an address of ours; gives the status that it was answered with."""
    with urllib3.PoolManager() as machine:
        return machine.request("POST", address, body=body, headers=headers, retries=False, timeout=10).status
