"""The test database itself: a copy with what migrations put in, fresh after each test with real transactions."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from tests import database

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_each_test_with_real_transactions_starts_from_the_template(time):
    users = get_user_model().objects
    assert users.count() == 0
    with transaction.atomic():
        users.create(username=time)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wagtailcore_locale")
        assert cursor.fetchone()[0] == 1


def test_tests_keep_their_data_outside_the_repository():
    assert ROOT not in Path(settings.SERIKAT_DATA).parents
    assert ROOT not in database.cache_folder().parents


def test_a_changed_migration_names_another_template():
    entries = database.manifest()
    assert database.key_of(entries) != database.key_of({**entries, "serikat/x/migrations/0001_initial.py": "00"})
