"""People who sign in: with nothing, with a role, with a second factor. Mandates are made by name, since units stand above this room."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

PASSWORD = "kopi pahit di gerbang tiga"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def make_user(db):
    def make(username, **fields):
        user = get_user_model()(username=username, **fields)
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def sari(make_user):
    return make_user("sari", name="Sari Lestari", phone="+6281234567890", email="sari@contoh.example")


@pytest.fixture
def make_unit(db):
    def make(code, parent=None):
        unit = apps.get_model("units", "Unit").objects.create(
            kind="branch" if parent else "national", name=code.title(), code=code, parent=parent, path=f"{code}/tmp"
        )
        unit.path = f"{parent.path if parent else ''}{unit.pk}/"
        unit.save()
        return unit

    return make


@pytest.fixture
def root(make_unit):
    return make_unit("pusat")


@pytest.fixture
def appoint(db):
    def give(user, role, unit):
        decree = apps.get_model("units", "Decree").objects.create(
            unit=unit, number=f"{user.username}-{role}", about="pengangkatan", decided_on=dt.date(2026, 1, 2)
        )
        return apps.get_model("units", "Mandate").objects.create(
            user=user, role=role, unit=unit, decree=decree, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2090, 1, 1)
        )

    return give


def set_up_app(user):
    """Give a user an authenticator app, as the page does."""
    from allauth.mfa.totp.internal.auth import TOTP  # reason: Django is not set up when this file is read

    return TOTP.activate(user, SECRET).instance


@pytest.fixture
def admin(make_user, appoint, root):
    user = make_user("wening", name="Wening", phone="+6281311112222")
    appoint(user, "administrator", root)
    set_up_app(user)
    return user


@pytest.fixture
def sign_in(client):
    """Sign in through the page itself."""

    def go(name, password=PASSWORD, browser: Client = client, **extra):
        return browser.post("/akun/masuk/", {"login": name, "password": password, **extra})

    return go


@pytest.fixture
def queries_of():
    """How many queries a page costs, once whatever is looked up a single time has been."""

    def count(browser, address):
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    return count


@pytest.fixture
def desk(client, admin):
    """The administrator's browser."""
    client.force_login(admin)
    return client
