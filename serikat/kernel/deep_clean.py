"""Making deleted words unreadable: the database's free pages, write-ahead log, indexes and statistics; log files; kept mail. And the byte search
that proves it.

Deleting a row leaves its bytes in free pages, in the log and in full-text indexes until they are written over. `clean_database` writes everything
anew. It takes locks: a job at night, not a request, calls it. What lies outside reach is said in SECURITY.md: an archive of PostgreSQL's log, a
disk's own spare blocks, snapshots that somebody else keeps.
"""

from __future__ import annotations

import gzip
import mmap
import re
import time
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.db import OperationalError, ProgrammingError, connection, transaction
from psycopg.errors import LockNotAvailable

CHUNK = 4 * 1024 * 1024
OVERLAP = 4096


class CleaningBlocked(RuntimeError):
    """Somebody kept the database busy for too long; the job tries again later."""


def clean_database(*, spare: Iterable[str] = (), patience: float = 60) -> None:
    """Rewrite the database so that nothing deleted remains in its files. `spare` names tables that hold no word about anybody (PostgreSQL only)."""
    if connection.in_atomic_block:
        raise transaction.TransactionManagementError("clean_database() runs outside a transaction.")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _clean_sqlite(cursor, patience)
        else:
            _clean_postgresql(cursor, frozenset(spare), patience)


def _clean_sqlite(cursor: Any, patience: float) -> None:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
    for (table,) in cursor.fetchall():
        name = connection.ops.quote_name(table)
        try:
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608
        except OperationalError:  # an index without content of its own cannot be rebuilt: merging drops what was deleted
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat4'")
    if cursor.fetchone()[0]:
        cursor.execute("ANALYZE")  # its samples are values
    end = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not cursor.fetchone()[0]:
                return
        except OperationalError as error:
            if "locked" not in str(error):
                raise
        if time.monotonic() > end:
            raise CleaningBlocked("The database stayed busy: another process reads or writes it without pause.")
        time.sleep(0.2)


def _clean_postgresql(cursor: Any, spare: frozenset[str], patience: float) -> None:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = current_schema()::regnamespace"
    )
    end = time.monotonic() + patience
    for (table,) in sorted(cursor.fetchall()):
        if table not in spare:
            _rewrite(cursor, connection.ops.quote_name(table), end)
    try:
        _rewrite(cursor, "pg_statistic", end)  # most common values and bounds are values
        cursor.execute("CHECKPOINT")  # old files are removed now
    except ProgrammingError:
        return  # the database's user may not: PostgreSQL's own checkpoint does it within minutes


def _rewrite(cursor: Any, table: str, end: float) -> None:
    """Rewrite a table until no deleted row is left in it. While anybody (a long reader, a backup, PostgreSQL's own analysis) still looks at the
    state before, VACUUM carries deleted rows over into the new file; that it did is only said in the detail of its message. It never waits long
    for its lock, since every reader of the table would wait behind it."""
    kept: list[int] = []

    def listen(message: Any) -> None:
        if number := re.search(
            r"\d+", message.message_detail or ""
        ):  # "11 dead row versions cannot be removed yet", in any language
            kept.append(int(number[0]))

    cursor.connection.add_notice_handler(listen)
    cursor.execute("SET lock_timeout = '2s'")
    try:
        while True:
            kept.clear()
            try:
                cursor.execute(f"VACUUM (FULL, ANALYZE, VERBOSE) {table}")
                if not any(kept):
                    return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
            if time.monotonic() > end:
                raise CleaningBlocked(f"Another process keeps reading what was there before the cleaning of {table}.")
            time.sleep(0.2)
    finally:
        cursor.execute("RESET lock_timeout")
        cursor.connection.remove_notice_handler(listen)


def wipe_logs(root: Path, pattern: re.Pattern[str]) -> int:
    """Write asterisks over what matches in every log under `root`, in place and of the same length: a process that is writing to it loses
    nothing. Returns how many files were touched."""
    found = _bytes(pattern)
    touched = 0
    for path in _files(root):
        if "outbox" in path.parts or not (".log" in path.name or "logs" in path.relative_to(root).parts):
            continue
        touched += _wipe_packed(path, found) if path.suffix == ".gz" else _wipe_plain(path, found)
    return touched


def _wipe_plain(path: Path, found: re.Pattern[bytes]) -> int:
    if path.stat().st_size == 0:
        return 0
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as view:
        spans = [m.span() for m in found.finditer(view)]
        for start, end in spans:
            view[start:end] = b"*" * (end - start)
    return bool(spans)


def _wipe_packed(path: Path, found: re.Pattern[bytes]) -> int:
    plain, count = found.subn(b"***", gzip.decompress(path.read_bytes()))
    if count:
        fresh = path.with_suffix(".new")
        fresh.write_bytes(gzip.compress(plain))
        fresh.replace(path)
    return bool(count)


def remove_files_with(root: Path, pattern: re.Pattern[str]) -> int:
    """Remove every file under `root` (kept mail, lists of a bulk action) that holds a match, packed or encoded as mail too."""
    count = 0
    for path in _files(root):
        if pattern.search(_readable(path)):
            path.unlink()
            count += 1
    return count


def _readable(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    texts = [raw.decode("utf-8", "replace")]
    for one in raw.split(b"\n" + b"-" * 79 + b"\n"):
        mail = message_from_bytes(one.lstrip(), policy=policy.default)
        texts += [str(value) for value in mail.values()]
        for part in mail.walk():
            body = part.get_payload(decode=True)
            texts.append(body.decode("utf-8", "replace") if isinstance(body, bytes) else "")
    return "\n".join(texts)


def find_bytes(root: Path, pattern: re.Pattern[str]) -> list[str]:
    """Search the bytes of every file under `root`, and their names: the paths where something was found, from `root`."""
    found = _bytes(pattern)
    return [
        path.relative_to(root).as_posix()
        for path in _files(root)
        if found.search(path.relative_to(root).as_posix().encode()) or any(found.search(chunk) for chunk in _chunks(path))
    ]


def _chunks(path: Path) -> Iterator[bytes]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        tail = b""
        while chunk := file.read(CHUNK):
            yield tail + chunk
            tail = chunk[-OVERLAP:]


def _files(root: Path) -> list[Path]:
    return sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink()) if root.is_dir() else []


def _bytes(pattern: re.Pattern[str]) -> re.Pattern[bytes]:
    return re.compile(pattern.pattern.encode(), re.IGNORECASE)
