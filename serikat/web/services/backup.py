"""One encrypted file that holds everything (tables, files, trail files, keys), made while the site runs; and its way back.

Made in the doorway's prepare step, outside any transaction, so that nobody waits. Restoring opens and checks the whole file first, into a folder
beside the data, and only then puts it in place; it runs in two processes, since the second one must start with the keys from the backup.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import serikat
from serikat.audit.action import action, inner, note, notes_say
from serikat.kernel.access import Actor, machine
from serikat.kernel.errors import Refused
from serikat.web.sealed import SealedReader, SealedWriter

notes_say(bytes=_("besarnya (bita)"), made_at=_("cadangan dibuat"), again=_("dilupakan lagi"), removed=_("yang dihapus"))

KEYS = ("secret_key", "trail_key", "index_key", "field_keys", "file_keys")
MADE_ANEW = {"serikat.sqlite3", "static", "bundles", "locale", "prepared", "generation", "restoring", "running", "uploads"}


class CannotBackUp(Refused):
    message = _("Cadangan tidak dapat dibuat.")


class CannotRestore(Refused):
    message = _("Cadangan tidak dapat dipulihkan.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    made_at: str
    database: str  # sqlite or postgresql
    migrations: list[list[str]]
    files: int
    with_keys: bool


def _data() -> Path:
    return Path(settings.SERIKAT_DATA)


def _files() -> Iterator[tuple[Path, str]]:
    """What lies in the data folder and cannot be made anew: media, private files, the trail's files, rooms' own."""
    for top in sorted(_data().iterdir()):
        if top.name.startswith(".") or top.name.split("-")[0] in MADE_ANEW or top.is_symlink():
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, f"data/{path.relative_to(_data()).as_posix()}"


def _snapshot(folder: Path) -> Path:
    """The tables as they are at one moment, while others go on writing."""
    target = folder / "database"
    if connection.vendor == "sqlite":
        with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        source.close()
        copy.close()
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    return target


def _postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools on our database; the password goes by the environment, never by the command line."""
    database: Mapping[str, Any] = dict(settings.DATABASES["default"])
    if shutil.which(program) is None:
        raise CannotBackUp(f"{program} is missing. On Debian or Ubuntu: apt install postgresql-client")
    address = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {**os.environ, **{name: str(database[key]) for name, key in address.items() if database.get(key)}}
    done = subprocess.run([program, *arguments], env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotBackUp(f"{program}: {done.stderr.strip()[:500]}")


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, BytesIO(content))


def _write_backup(*, target: Path, passphrase: str, with_keys: bool = True, **_others: Any) -> Mapping[str, Any]:
    if target.exists():
        raise CannotBackUp(f"{target} exists already; a backup is never written over.")
    if len(passphrase) < 10:
        raise CannotBackUp("The passphrase needs ten signs at least: whoever has the file can try as often as they like.")
    applied = [[app, name] for app, name in MigrationRecorder(connection).applied_migrations()]
    part = target.with_name(f".{target.name}.part")
    count = 0
    try:
        with tempfile.TemporaryDirectory(dir=_data(), prefix=".backup-") as folder, _private(part) as file:
            database = _snapshot(Path(folder))
            files = list(_files())
            made_at = timezone.now().isoformat()
            manifest = Manifest(serikat.__version__, made_at, connection.vendor, applied, len(files), with_keys)
            with (
                SealedWriter(file, passphrase) as sealed,
                tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="w|") as tar,
            ):
                _add(tar, "manifest.json", json.dumps({n: getattr(manifest, n) for n in Manifest.__slots__}).encode())
                if with_keys:
                    for name in KEYS:
                        _add(tar, f"keys/{name}", getattr(settings, name.upper()).encode())
                tar.add(database, "database")
                for path, name in files:
                    try:
                        tar.add(path, name, recursive=False)
                        count += 1
                    except FileNotFoundError:
                        continue  # removed since the list was made
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    except OSError as error:
        raise CannotBackUp(f"{target} cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    return {"made": {"file": target.name, "bytes": target.stat().st_size, "files": count}}


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@action("web.backup.made", may=machine, says=_("membuat cadangan"), prepare=_write_backup)
def make_backup(
    *,
    actor: Actor,
    target: Path,
    passphrase: str,
    with_keys: bool = True,
    made: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Write everything into one new file, encrypted to the passphrase. Refuses to write over a file, and a short passphrase."""
    note(**(made or {}))
    return made or {}


@inner("machinery")
def open_backup(*, source: Path, passphrase: str, folder: Path) -> Manifest:
    """Decrypt and check a whole backup into an empty folder; nothing else is touched."""
    try:
        with (
            source.open("rb") as file,
            tarfile.open(fileobj=cast("IO[bytes]", SealedReader(file, passphrase)), mode="r|") as tar,
        ):
            for entry in tar:
                path = PurePosixPath(entry.name)
                if not entry.isfile() or path.is_absolute() or ".." in path.parts:
                    raise CannotRestore(f"The backup holds {entry.name!r}, which no backup of ours holds.")
                place = folder / path
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                content = tar.extractfile(entry)
                with place.open("wb") as out:
                    shutil.copyfileobj(cast("IO[bytes]", content), out)
                place.chmod(0o600)
    except (ValueError, tarfile.TarError) as error:
        raise CannotRestore(str(error)) from None
    except OSError as error:
        raise CannotRestore(f"{error.filename}: {error.strerror}") from None
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        raise CannotRestore("The backup does not say what it is.") from None
    _check(manifest, folder)
    return manifest


def _check(manifest: Manifest, folder: Path) -> None:
    if manifest.database != connection.vendor:
        raise CannotRestore(f"The backup is of {manifest.database}, this installation runs on {connection.vendor}.")
    known = set(MigrationLoader(None).disk_migrations or {})
    unknown = sorted("/".join(m) for m in manifest.migrations if tuple(m) not in known)
    if unknown:
        raise CannotRestore(f"The backup was made by a newer Serikat (it knows {unknown[0]}). Update this one first.")
    if not (folder / "database").is_file():
        raise CannotRestore("The backup holds no database.")
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "database") as copy:
            fine = copy.execute("PRAGMA integrity_check").fetchone()[0]
        copy.close()
        if fine != "ok":
            raise CannotRestore(f"The database in the backup is damaged: {fine}")


@inner("reads only")
def holds_something() -> bool:
    """Tell whether this installation already holds people's work: an account, or files."""
    tables = connection.introspection.table_names()
    if "accounts_user" in tables:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
            if cursor.fetchone():
                return True
    return any(True for _file in _files())


@inner("machinery")
def put_in_place(*, folder: Path) -> None:
    """Put an opened backup in the place of what is there. What was there is kept in `before-…` folders until a person removes it."""
    when = timezone.now().strftime("%Y%m%d-%H%M%S")
    _place_keys(folder / "keys", when)
    if connection.vendor == "sqlite":
        connections.close_all()
        live = Path(settings.DATABASES["default"]["NAME"])
        aside = _data() / f".before-{when}"
        aside.mkdir(mode=0o700)
        for old in live.parent.glob(f"{live.name}*"):
            old.rename(aside / old.name)
        (folder / "database").rename(live)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connections.close_all()
        name = str(settings.DATABASES["default"]["NAME"])
        _postgres(
            "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "-d", name, str(folder / "database")
        )
    _place_files(folder / "data", when)
    (_data() / "prepared").unlink(missing_ok=True)


def _place_files(files: Path, when: str) -> None:
    aside = _data() / f".before-{when}"
    aside.mkdir(mode=0o700, exist_ok=True)
    for path, _name in list(_files()):
        kept = aside / path.relative_to(_data())
        kept.parent.mkdir(parents=True, exist_ok=True)
        path.rename(kept)
    if files.is_dir():
        shutil.copytree(files, _data(), dirs_exist_ok=True)


def _place_keys(keys: Path, when: str) -> None:
    """Keys from the backup take the place of others, which are kept aside; keys from the environment cannot be changed here."""
    home = Path(settings.SERIKAT_KEYS)
    for name in KEYS:
        found = keys / name
        if not found.is_file() or found.read_text("utf-8") == getattr(settings, name.upper()):
            continue
        if os.environ.get(f"SERIKAT_{name.upper()}"):
            raise CannotRestore(f"The key in SERIKAT_{name.upper()} is not the one of the backup.")
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (home / name).exists():
            aside = home / f"before-{when}"
            aside.mkdir(mode=0o700, exist_ok=True)
            (home / name).rename(aside / name)
        with _private(home / name) as out:
            out.write(found.read_bytes() + b"\n")


@action("web.backup.restored", may=machine, says=_("memulihkan cadangan"))
def record_restore(*, actor: Actor, made_at: str, again: dict[str, str]) -> None:
    """Say in the trail that everything before this is as it was at `made_at`."""
    note(made_at=made_at, again=again)


@action("web.demo.cleared", may=machine, says=_("membuang isi contoh"))
def clear_demo(*, actor: Actor) -> dict[str, int]:
    """Remove what the demo brought, room by room, in one transaction; settings and accounts stay."""
    from serikat.kernel.demo import clear_demo_content  # reason: only here

    removed = clear_demo_content()
    note(removed=removed)
    return removed
