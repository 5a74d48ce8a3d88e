"""The test database: copied from a migrated template, since migrating anew costs twenty seconds.

A template is the result of `serikat migrate`, kept outside the repository and named by a hash of the lock and of every migration. When
migrations were only added, it grows from the newest template that fits; one with the libraries alone is always kept for that.
SQLite: a file that is copied. PostgreSQL (`TEST_DATABASE_URL`): a database that `CREATE DATABASE … TEMPLATE` copies. Each test process has
a copy of its own; a test with real transactions leaves a fresh copy behind itself. Knows no Django before `prepare` was called.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = [
    "wagtailcore",
    "wagtailimages",
    "wagtaildocs",
    "wagtailusers",
    "wagtailredirects",
    "wagtailembeds",
    "wagtailadmin",
]
LIBRARIES += ["sessions", "account", "mfa", "django_tasks_database", "taggit"]


def cache_folder() -> Path:
    """Where templates live: a folder of this user alone, outside the repository."""
    folder = Path(os.environ.get("SERIKAT_TEST_CACHE") or Path(tempfile.gettempdir()) / f"serikat-test-cache-{os.getuid()}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else; name another folder in SERIKAT_TEST_CACHE.")
    return folder


def manifest() -> dict[str, str]:
    """What a migrated database depends on: a hash of the lock and of each migration."""
    files = [ROOT / "requirements/base.txt", *sorted(ROOT.glob("serikat/*/migrations/*.py"))]
    return {str(f.relative_to(ROOT)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def key_of(entries: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()[:16]


def compiled_words() -> Path:
    """The folder of compiled translations, kept beside the templates."""
    from serikat.config.prepare import compile_words  # reason: only once the settings are read

    words = {str(f): hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))}
    folder = cache_folder() / f"words-{key_of(words)}"
    if not folder.exists():
        building = Path(tempfile.mkdtemp(dir=cache_folder()))
        compile_words(building)
        with contextlib.suppress(OSError):  # another process was quicker
            building.rename(folder)
    return folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process builds, the others wait."""
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Templates:
    """Templates of one kind of database; a subclass says how one is kept, copied and named to Django."""

    def __init__(self) -> None:
        self.folder = cache_folder()

    def path(self, key: str) -> Path:
        """The manifest of a finished template."""
        return self.folder / f"{self.kind}-{key}.json"

    def ready(self) -> str:
        """The key of the template that fits today's migrations; built when there is none."""
        wanted = manifest()
        key = key_of(wanted)
        if not self.path(key).exists() or not self.exists(key):
            with locked(self.folder):
                if not self.path(key).exists() or not self.exists(key):
                    self.build(key, wanted)
        return key

    def build(self, key: str, wanted: dict[str, str]) -> None:
        below = self.fitting(wanted) or self.libraries(wanted)
        if below is None or not self.make(key, wanted, below, [[]]):
            self.make(key, wanted, None, [[]], must=True)
        for old in sorted(self.folder.glob(f"{self.kind}-*.json"), key=lambda p: -p.stat().st_mtime)[12:]:
            old.unlink()
            self.remove(old.stem.removeprefix(f"{self.kind}-"))

    def fitting(self, wanted: dict[str, str]) -> str | None:
        """The largest template whose lock and migrations are all among the wanted ones."""
        fits: list[tuple[int, str]] = []
        for file in self.folder.glob(f"{self.kind}-*.json"):
            entries = json.loads(file.read_text())
            if entries.items() <= wanted.items():
                fits.append((len(entries), file.stem.removeprefix(f"{self.kind}-")))
        return max(fits)[1] if fits else None

    def libraries(self, wanted: dict[str, str]) -> str | None:
        """A template of the libraries' tables alone, which only the account's first migration can change."""
        first = {k: v for k, v in wanted.items() if k.startswith("requirements/") or "accounts/migrations/0001" in k}
        key = key_of(first)
        return key if self.make(key, first, None, [[label] for label in LIBRARIES]) else None

    def make(
        self, key: str, entries: dict[str, str], below: str | None, runs: list[list[str]], *, must: bool = False
    ) -> bool:
        """Copy the template `below` (or start empty), migrate, keep. False when the migrations do not fit onto it."""
        env = {**os.environ, **self.begin(below), "DJANGO_SETTINGS_MODULE": "serikat.config.settings"}
        program = (
            "import sys, json, django; django.setup(); from django.core.management import call_command;"
            "[call_command('migrate', *labels, verbosity=0) for labels in json.loads(sys.argv[1])];"
            "from django.db import connections; connections.close_all()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, json.dumps(runs)], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            self.keep(key)
            self.path(key).write_text(json.dumps(entries))
        elif must:
            raise RuntimeError(f"The test template cannot be migrated:\n{done.stderr[-4000:]}")
        return done.returncode == 0

    kind = ""

    def exists(self, key: str) -> bool:
        raise NotImplementedError

    def remove(self, key: str) -> None:
        raise NotImplementedError

    def begin(self, below: str | None) -> dict[str, str]:
        """Make the database under construction; return the environment that points Django at it."""
        raise NotImplementedError

    def keep(self, key: str) -> None:
        raise NotImplementedError

    def copy(self, key: str) -> None:
        """Put a fresh copy where this process's settings look for the database."""
        raise NotImplementedError


class SQLiteTemplates(Templates):
    kind = "sqlite"

    def __init__(self, data: Path) -> None:
        super().__init__()
        self.data = data

    def file(self, key: str) -> Path:
        return self.folder / f"{self.kind}-{key}.sqlite3"

    def exists(self, key: str) -> bool:
        return self.file(key).exists()

    def remove(self, key: str) -> None:
        self.file(key).unlink(missing_ok=True)

    def begin(self, below: str | None) -> dict[str, str]:
        building = self.folder / "building"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        if below is not None:
            shutil.copy(self.file(below), building / "serikat.sqlite3")
        return {"SERIKAT_DATA": str(building), "DATABASE_URL": ""}

    def keep(self, key: str) -> None:
        # the migrating process closed its connection, so its write-ahead log is folded in
        (self.folder / "building/serikat.sqlite3").replace(self.file(key))

    def copy(self, key: str) -> None:
        """In one step: a thread of the live server may still answer a browser's late question, and keeps the file that it has open."""
        database = self.data / "serikat.sqlite3"
        fresh = shutil.copy(self.file(key), self.data / "fresh.sqlite3")
        Path(fresh).replace(database)
        for leftover in self.data.glob("serikat.sqlite3-*"):  # the log of the old one
            leftover.unlink(missing_ok=True)

    def drop(self) -> None:
        """Nothing to do: the scratch folder goes as a whole."""


class PostgreSQLTemplates(Templates):
    """`address` is of a server and role that may create databases; its database name is only connected to for that."""

    kind = "postgres"

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.name = f"serikat_test_{os.getpid()}"

    def address_of(self, database: str) -> str:
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{database}"))

    def run(self, *statements: str) -> list[tuple[object, ...]]:
        import psycopg  # reason: only when PostgreSQL is tested

        rows: list[tuple[object, ...]] = []
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[call-overload]
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def exists(self, key: str) -> bool:
        return bool(self.run(f"SELECT 1 FROM pg_database WHERE datname = 'serikat_template_{key}'"))

    def remove(self, key: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "serikat_template_{key}" WITH (FORCE)')

    def begin(self, below: str | None) -> dict[str, str]:
        source = f'TEMPLATE "serikat_template_{below}"' if below else ""
        self.run('DROP DATABASE IF EXISTS "serikat_building" WITH (FORCE)', f'CREATE DATABASE "serikat_building" {source}')
        return {"DATABASE_URL": self.address_of("serikat_building")}

    def fitting(self, wanted: dict[str, str]) -> str | None:
        found = super().fitting(wanted)
        return found if found and self.exists(found) else None

    def keep(self, key: str) -> None:
        self.remove(key)
        self.run(f'ALTER DATABASE "serikat_building" RENAME TO "serikat_template_{key}"')

    def copy(self, key: str) -> None:
        self.drop()
        self.run(f'CREATE DATABASE "{self.name}" TEMPLATE "serikat_template_{key}"')

    def drop(self) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def prepare(data: Path) -> SQLiteTemplates | PostgreSQLTemplates:
    """Choose the database of this test process and tell it to the settings; never the one that DATABASE_URL or `.env` names."""
    address = os.environ.get("TEST_DATABASE_URL", "")
    if not address:
        os.environ["DATABASE_URL"] = ""
        return SQLiteTemplates(data)
    templates = PostgreSQLTemplates(address)
    os.environ["DATABASE_URL"] = templates.address_of(templates.name)
    return templates
