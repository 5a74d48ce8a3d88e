"""The tree of units and the office holders that the room's tests share; keys and data of their own for each test."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from serikat.kernel.access import Role
from serikat.people.tests.factories import make_actor, make_unit


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.SERIKAT_KEYS = tmp_path / "keys"
    settings.SERIKAT_DATA = tmp_path / "data"
    settings.SERIKAT_KEYS.mkdir()
    settings.SERIKAT_DATA.mkdir()
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def nation(db):
    return make_unit(name="Serikat Contoh")


@pytest.fixture
def branch(nation):
    return make_unit(nation, "Cabang Timur")


@pytest.fixture
def other_branch(nation):
    return make_unit(nation, "Cabang Barat")


@pytest.fixture
def secretary(branch):
    return make_actor(Role.SECRETARY, unit=branch)


@pytest.fixture
def operator(branch):
    return make_actor(Role.OPERATOR, unit=branch)


@pytest.fixture
def paralegal(branch):
    return make_actor(Role.PARALEGAL, unit=branch)


@pytest.fixture
def data_officer(nation):
    return make_actor(Role.DATA_OFFICER, unit=nation)


@pytest.fixture
def database_in_files(transactional_db, own_folders, settings):
    """A database whose bytes can be read: for SQLite a file in the data folder, copied from the empty one; PostgreSQL has its own.
    Gives a function that says which needles stand in those bytes."""
    if connection.vendor != "sqlite":
        yield search_postgresql
        return
    path = Path(settings.SERIKAT_DATA) / "serikat.sqlite3"
    name = connection.settings_dict["NAME"]
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    yield lambda needles: needles_in(sorted(path.parent.glob(path.name + "*")), needles)
    connection.close()
    connection.settings_dict["NAME"] = name


def search_postgresql(needles):
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()")
        folder, oid = cursor.fetchone()
    return needles_in([p for p in (Path(folder) / "base" / str(oid)).iterdir() if p.is_file()], needles)


def needles_in(paths, needles):
    """Which needles stand in these files, as they are, in lower case, or a number without its +62."""
    held = b"\n".join(p.read_bytes() for p in paths).lower()
    ways = {n: {n, n.replace("+62", "0"), n.replace("+62", "62")} for n in needles}
    return [n for n in needles if any(w.lower().encode() in held for w in ways[n])]
