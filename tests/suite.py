"""The whole suite behind `./test`: environment, checks, tests on SQLite, on PostgreSQL, journeys in a real browser; one line that counts.

Plain Python without packages. PostgreSQL, Chromium, ffmpeg, Kannel, gammu-smsd and Dovecot are found or, on Debian as root, installed; where
neither is possible the tests that need them are skipped, and it is said aloud. What touches no database runs once, on SQLite. PostgreSQL runs on a
scratch folder as a user without rights and is stopped at the end.
`./test quick` runs the tests on SQLite without a browser and without what runs long: marked slow, a whole archive, hypothesis. While files are
changed and not committed it runs the rooms of those files and the house's own tests, else every room. What stands after it goes to pytest instead:
`./test quick serikat/audit -x`, `./test quick serikat tests` for every room.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from serikat.config import install
from tests.parts.programs import CONNECTIONS, find, free_port

ROOT = install.ROOT
BIN = install.VENV / "bin"


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def say(words: str) -> None:
    print(f"\n== {words}", flush=True)


def run_check(tally: Tally, name: str, *command: str) -> None:
    """One check is one passed or failed; its words are shown when it fails."""
    done = subprocess.run(
        [str(BIN / "python"), *command], cwd=ROOT, env=clean(**keys()), capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        tally.passed += 1
        print(f"{name}: fine", flush=True)
    else:
        tally.failed += 1
        print(f"{name}: FAILED\n{done.stdout[-6000:]}{done.stderr[-3000:]}", flush=True)


def clean(**more: str) -> dict[str, str]:
    """The environment without what would lead a test to somebody's real data; what Python and pytest compile is kept outside the project."""
    without = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "TEST_DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    ours = {k: v for k, v in os.environ.items() if k not in without}
    return {**ours, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / f"serikat-compiled-{os.getuid()}"), **more}


def keys() -> dict[str, str]:
    """Keys for checks that read the settings and nothing else: a clean checkout has none."""
    field = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    return {f"SERIKAT_{name}": field for name in ("SECRET_KEY", "TRAIL_KEY", "INDEX_KEY", "FIELD_KEYS", "FILE_KEYS")}


def run_tests(tally: Tally, *arguments: str, **environment: str) -> None:
    """Run pytest and count what it reports; when it ends without a report that is one failure."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [str(BIN / "python"), "-m", "pytest", f"--junitxml={report}", *arguments],
            cwd=ROOT,
            env=clean(**environment),
            check=False,
        )
        if done.returncode == 5:  # nothing was collected
            return
        before = tally.failed
        if report.exists():
            for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 pytest's own report
                count = {k: int(suite.get(k, 0)) for k in ("tests", "failures", "errors", "skipped")}
                wrong = count["failures"] + count["errors"]
                tally.failed += wrong
                tally.skipped += count["skipped"]
                tally.passed += max(0, count["tests"] - wrong - count["skipped"])
        if done.returncode != 0 and tally.failed == before:
            tally.failed += 1


@contextlib.contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a PostgreSQL to test on: a given one, or one started on a scratch folder; None when there is none to be had."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    initdb = find("initdb")
    if initdb is None:
        yield None
        return
    tools = Path(initdb).resolve().parent
    scratch = Path(tempfile.mkdtemp(prefix="serikat-postgres-"))
    as_whom: dict[str, object] = {"cwd": scratch, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = names.get("postgres") or names["nobody"]
        os.chown(scratch, entry.pw_uid, entry.pw_gid)
        as_whom |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    port = free_port()
    data, log = scratch / "data", scratch / "log"
    options = f"-p {port} -k {scratch} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    try:
        for command in (
            [tools / "initdb", "-D", data, "-U", "serikat", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            [tools / "pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start"],
        ):
            done = subprocess.run([str(w) for w in command], check=False, **as_whom)  # type: ignore[call-overload]
            if done.returncode != 0:
                print(f"{command[0]}: {done.stderr}", flush=True)
                yield None
                return
        yield f"postgres://serikat@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            stop = [str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            subprocess.run(stop, check=False, **as_whom)  # type: ignore[call-overload]
        shutil.rmtree(scratch, ignore_errors=True)


def everything(tally: Tally) -> None:
    say("Checks")
    run_check(tally, "ruff", "-m", "ruff", "check", "--no-cache", ".")
    run_check(tally, "ruff format", "-m", "ruff", "format", "--no-cache", "--check", ".")
    run_check(tally, "mypy", "-m", "mypy", "--cache-dir", str(Path(tempfile.gettempdir()) / "serikat-mypy"), "serikat")
    if find("ffmpeg") is None:
        print(
            "SKIPPED, ALOUD: no ffmpeg was found and none could be installed: nothing that makes video is tested.",
            flush=True,
        )
        tally.skipped += 1
    for program in CONNECTIONS:
        if find(program) is None:
            print(
                f"SKIPPED, ALOUD: no {program} was found and none could be installed: what speaks to it is not tested.",
                flush=True,
            )
            tally.skipped += 1
    say("Tests on SQLite")
    run_tests(tally, "-n", "2", "-m", "not journey")
    say("Tests on PostgreSQL")
    with postgres() as address:
        if address is None:
            print("SKIPPED, ALOUD: no PostgreSQL was found and none could be installed or started.", flush=True)
            tally.skipped += 1
        else:
            run_tests(tally, "-n", "2", "-m", "database and not journey", TEST_DATABASE_URL=address)
    say("Journeys in a real browser")
    if find("chromium") is None:
        print("SKIPPED, ALOUD: no Chromium was found and none could be installed.", flush=True)
        tally.skipped += 1
    else:
        run_tests(tally, "-n", "2", "-m", "journey")


def changed_files() -> list[str]:
    """Files that differ from the last commit, new ones too; none where there is no git."""
    found: list[str] = []
    for command in (["diff", "--name-only", "HEAD"], ["ls-files", "--others", "--exclude-standard"]):
        with contextlib.suppress(OSError):
            found += subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    return found


def rooms_of(files: Iterable[str]) -> list[str]:
    """Where the tests of these files stand, for pytest; nothing when that is everywhere. The house's own tests look at every room."""
    rooms = set()
    for path in files:
        top, _slash, rest = path.partition("/")
        room = rest.partition("/")[0]
        if path.endswith((".md", ".po")) or path.startswith(("docs/", "benchmarks/", "tests/journeys/", "tests/house/")):
            continue
        if top != "serikat" or not (ROOT / "serikat" / room / "tests").is_dir():
            return []
        rooms.add(f"serikat/{room}")
    return [*sorted(rooms), "tests/house"] if rooms else []


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    tally = Tally()
    if not install.VENV.is_symlink():  # a linked environment is looked after elsewhere
        install.make_environment("dev.txt")
    if arguments[:1] == ["quick"]:
        chosen = arguments[1:] or rooms_of(changed_files())
        if chosen and not arguments[1:]:
            say(f"What changed since the last commit: {' '.join(chosen)}")
        run_tests(tally, "-n", "2", "-m", "not (journey or slow or archive or hypothesis)", *chosen)
    elif arguments:
        run_tests(tally, *arguments)
    else:
        everything(tally)
    print(tally.line(), flush=True)
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except install.CannotGoOn as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
