"""What stands between the code and a served site: tables, words, static files, and the demo when the database is empty.

All of it is skipped while nothing it depends on has changed: a stamp in the data folder remembers lock, migrations, static sources, words and the law.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connections

ROOT: Path = settings.ROOT
Say = Callable[[str], None]


def fingerprint() -> str:
    """A hash of all that the tables, words and static files are made from, and of where the tables are."""
    files = [
        *ROOT.glob("requirements/base.txt"),
        *ROOT.glob("serikat/*/migrations/*.py"),
        *ROOT.glob("serikat/law/data/**/*.yaml"),
        *(f for f in ROOT.glob("serikat/*/static/**/*") if f.is_file()),
        *ROOT.glob("locale/*/LC_MESSAGES/*.po"),
        *ROOT.glob("serikat/ui/*.py"),
    ]
    whole = hashlib.sha256(repr(settings.DATABASES).encode())
    for file in sorted(files):
        whole.update(str(file.relative_to(ROOT)).encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def stamp() -> Path:
    return Path(settings.SERIKAT_DATA) / "prepared"


def is_prepared() -> bool:
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"] and not Path(database["NAME"]).exists():
        return False
    return stamp().is_file() and stamp().read_text("utf-8") == fingerprint()


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: a second start waits here."""
    with (Path(settings.SERIKAT_DATA) / ".preparing").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(*, empty: bool, say: Say) -> None:
    """Bring tables, words and static files up to the code; load the demo into an empty database unless `empty`."""
    with alone():
        if is_prepared():
            return
        say("Bringing the tables up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        say("Compiling the words, collecting the static files …")
        compile_words()
        call_command("collectstatic", verbosity=0, interactive=False)
        say("Checking the law …")
        compile_law()
        say("Loading the regions …")
        call_command("load_places", verbosity=0)
        if not empty and not get_user_model()._default_manager.exists() and "load_demo" in get_commands():
            say("Loading the demo organisation …")
            load_demo()
        stamp().write_text(fingerprint(), "utf-8")


def compile_law() -> None:
    """Check the law and write it where the console finds it; a process of its own, as at the console."""
    done = subprocess.run(
        [sys.executable, "-m", "serikat.cli", "law", "compile"],
        cwd=ROOT,
        env=os.environ | {"SERIKAT_DATA": str(settings.SERIKAT_DATA)},
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit("The law is not whole (see above).")


def load_demo() -> None:
    """In a process of its own, whose settings know that this is a demo. What it prints (the accounts) is kept and shown at each start."""
    connections.close_all()
    done = subprocess.run(
        [sys.executable, "-m", "serikat.cli", "load_demo"],
        cwd=ROOT,
        env={**os.environ, "SERIKAT_DEMO": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit("The demo could not be loaded (see above). `./run --empty` starts without it.")
    demo_note().write_text(done.stdout, "utf-8")


def demo_note() -> Path:
    """The file whose presence makes this installation a demo; it holds the accounts to print."""
    return Path(settings.SERIKAT_DATA) / "demo"


def compile_words(target: Path | None = None) -> None:
    """Compile each `locale/*/LC_MESSAGES/*.po` into the data folder, without gettext's tools."""
    from babel.messages.mofile import write_mo  # reason: only here, and heavy
    from babel.messages.pofile import read_po  # reason: only here, and heavy

    target = target or Path(settings.SERIKAT_DATA) / "locale"
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = target / source.relative_to(ROOT / "locale").with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as po, compiled.with_suffix(".part").open("wb") as mo:
            write_mo(mo, read_po(po))
        compiled.with_suffix(".part").replace(compiled)
