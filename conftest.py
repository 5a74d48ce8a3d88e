"""Test settings for the whole suite: scratch data and keys before Django starts, a database copied from a migrated template.

`TEST_DATABASE_URL=postgres://…` runs the same tests on PostgreSQL. Nothing here writes into the repository.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings

from tests import database

if settings.configured:
    raise pytest.UsageError(
        "The settings were read before the tests could name scratch folders: unset DJANGO_SETTINGS_MODULE."
    )

pytest_plugins = ["tests.parts.fixtures"]

_scratch = Path(tempfile.mkdtemp(prefix="serikat-test-"))
os.environ.update(
    SERIKAT_DATA=str(_scratch / "data"),
    SERIKAT_KEYS=str(_scratch / "keys"),
    SERIKAT_SECRET_KEY="test-secret-key-that-is-long-enough-to-pass-the-check-0123456789",
    SERIKAT_TRAIL_KEY="test-trail-key",
    SERIKAT_INDEX_KEY="test-index-key",
    SERIKAT_FIELD_KEYS="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    SERIKAT_FILE_KEYS="MTAyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    SERIKAT_DEMO="0",
    DEBUG="0",
    HYPOTHESIS_STORAGE_DIRECTORY=str(_scratch / "hypothesis"),
    DJANGO_SETTINGS_MODULE="serikat.config.settings",
)
for name in ("EMAIL_URL", "SITE_ADDRESS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SECOND_FACTOR_REQUIRED"):
    os.environ.pop(name, None)
(_scratch / "data").mkdir()
hypothesis.settings.register_profile("serikat", deadline=None, database=None)  # a busy computer is slow, not wrong
hypothesis.settings.load_profile("serikat")
_templates = database.prepare(_scratch / "data")
django.setup()  # the rooms' own conftests import models, also when one room alone is run


def pytest_configure(config: pytest.Config) -> None:
    """Plain static files, so that no test needs `collectstatic`; compiled words; argon2 with its smallest work, since it is slow on purpose."""
    from django.contrib.auth.hashers import Argon2PasswordHasher  # reason: the environment above comes first
    from django.utils.translation import trans_real  # reason: the environment above comes first

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.LOCALE_PATHS = [database.ROOT / "locale", database.compiled_words()]
    trans_real._translations.clear()  # what was read before knows nothing of the compiled words


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches the database is marked: on a second one the rest would say the same again."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Processes of xdist inherit the environment: each must name its own scratch folders before its settings are read."""
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_scratch, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A copy of the template instead of migrating; after a test with real transactions a fresh copy instead of emptied tables."""
    from django.db import connections  # reason: Django must be set up
    from django.test import TransactionTestCase  # reason: Django must be set up

    key = _templates.ready()
    _templates.copy(key)

    def begin_again(case: TransactionTestCase) -> None:
        connections.close_all()
        until_answered()
        _templates.copy(key)

    TransactionTestCase._fixture_teardown = begin_again
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    _templates.drop()


def until_answered(patience: float = 10) -> None:
    """Wait until a live server's threads have ended. One that still held the database while the next test gets a fresh one would, at its end, remove the
    new one's log by name: "disk I/O error", or "database disk image is malformed"."""
    late = time.monotonic() + patience
    while any("process_request_thread" in thread.name for thread in threading.enumerate()) and time.monotonic() < late:
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def _no_trail_head_from_another_test():
    """The trail's head is noted outside the database, where a rollback does not reach."""
    yield
    (Path(settings.SERIKAT_KEYS) / "trail_head").unlink(missing_ok=True)
