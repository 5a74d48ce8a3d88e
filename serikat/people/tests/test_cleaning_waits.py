"""On PostgreSQL a deleted row survives the rewriting of its table while somebody still looks at the state before: the cleaning waits, and says
so when it waited in vain."""

from __future__ import annotations

import threading

import psycopg
import pytest
from django.db import connection

from serikat.kernel.deep_clean import CleaningBlocked, clean_database
from serikat.people.models import Person
from serikat.people.tests.conftest import search_postgresql
from serikat.people.tests.factories import make_person

NAME = "Wulandari Kesumaningtyas"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite rewrites its file only when nobody reads it"),
]


@pytest.fixture
def reader(branch):
    """Somebody who began to look at the database before a person was deleted."""
    make_person(branch, NAME)
    with psycopg.connect(
        **connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "context": None}
    ) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT count(*) FROM pg_class")
        Person.objects.all().delete()
        yield other


def test_a_reader_who_stays_blocks_the_cleaning_aloud(reader):
    with pytest.raises(CleaningBlocked):
        clean_database(patience=0.5)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_reader_who_leaves_is_waited_for(reader):
    threading.Timer(1.0, reader.close).start()
    clean_database(patience=30)
    assert search_postgresql([NAME]) == []


def test_a_table_that_is_held_is_tried_again(branch):
    make_person(branch, NAME)
    with psycopg.connect(
        **connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "context": None}
    ) as other:
        other.execute(f"SELECT count(*) FROM {Person._meta.db_table}")
        threading.Timer(3.0, other.close).start()
        clean_database(patience=30)
