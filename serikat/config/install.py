"""From nothing to a running Serikat: the environment, the data folder and the keys; then the rest in that environment.

Plain Python without packages, since none is installed yet. `./run` calls it. Each step is skipped when it is done: the environment by a stamp of
the lock, keys because a key is never written over. Whatever cannot work is said in a sentence, not in a trace.
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import secrets
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from serikat.config import environment as env

ROOT = env.ROOT
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
KEYS = {
    "secret_key": lambda: secrets.token_urlsafe(48),
    "trail_key": lambda: secrets.token_hex(32),
    "index_key": lambda: secrets.token_hex(32),
    "field_keys": lambda: base64.urlsafe_b64encode(os.urandom(32)).decode(),
    "file_keys": lambda: base64.urlsafe_b64encode(os.urandom(32)).decode(),
}
USAGE = "usage: ./run [setup] [--empty], or on a new computer ./run restore FILE"


class CannotGoOn(Exception):
    """Said to whoever stands at the console, who can mend it."""


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 the console is where this program speaks


def lock_stamp(*names: str) -> str:
    text = f"{platform.python_version()} {ROOT}" + "".join(
        (ROOT / "requirements" / name).read_text("utf-8") for name in names
    )
    return hashlib.sha256(text.encode()).hexdigest()


def make_environment(*locks: str) -> None:
    """Make `.venv` with exactly what the locks name, wheels alone, each checked against its hash."""
    stamp = VENV / f".serikat-{'-'.join(lock.removesuffix('.txt') for lock in locks)}"
    wanted = lock_stamp(*locks)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        say("Making the environment .venv …")
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise CannotGoOn(
                f"The environment .venv could not be made: {last_line(made.stdout + made.stderr)}\n"
                "On Debian or Ubuntu: apt install python3-venv. Is the disk full? Then make room and start again."
            )
    say("Installing the packages of the lock (the first time takes a minute) …")
    files = [word for lock in locks for word in ("-r", f"requirements/{lock}")]
    hashed = ["--require-hashes", "--only-binary", ":all:"]
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), "--compile-bytecode", *hashed, *files]
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q", *hashed, *files]
    subprocess.run(
        [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q", "--only-binary", ":all:", "uv"],
        cwd=ROOT,
        capture_output=True,
        check=False,  # uv is only quicker: without it pip does the same
    )
    done = subprocess.run(uv, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        done = subprocess.run(pip, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotGoOn(
            f"The packages could not be installed: {last_line(done.stderr)}\n"
            "Is this computer connected to the network, and does it reach a package index? Is the disk full? Then start again."
        )
    write_launchers()
    stamp.write_text(wanted)


def compile_bytecode() -> None:
    """Compile our own package where it is new, as the packages are when they are installed: `serikat law` starts in half the time.

    Nothing is said and nothing stops where it cannot be written: Python then compiles at each start.
    """
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", "serikat"], cwd=ROOT, capture_output=True, check=False)


def write_launchers() -> None:
    """Let `.venv/bin/serikat` and `import serikat` find this folder."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    (site / "serikat.pth").write_text(f"{ROOT}\n")
    launcher = VENV / "bin" / "serikat"
    launcher.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m serikat.cli "$@"\n')
    launcher.chmod(0o755)


def last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no word from the program")


def make_data_folder(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.write_bytes(b"0" * 65536)
        probe.unlink()
    except OSError as error:
        raise CannotGoOn(
            f"The data folder {data} cannot be written: {error.strerror}. Make it writable for this user, make room on the disk, "
            "or name another folder in SERIKAT_DATA."
        ) from None


def make_keys(folder: Path, data: Path) -> None:
    """Make the keys that are missing; never write over one. A folder or file that others may read is refused."""
    if folder == data or data in folder.parents:
        raise CannotGoOn(
            f"The keys ({folder}) may not lie inside the data folder: a copy of the data must not hold its keys."
        )
    new = not folder.is_dir()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if new:
            folder.chmod(0o700)
        for name, make in KEYS.items():
            path = folder / name
            if not path.exists() and not env.text(f"SERIKAT_{name.upper()}"):
                if (data / "prepared").exists():
                    raise CannotGoOn(
                        f"The key {path} is missing, but {data} holds data that was written with it. Put the key back from your "
                        "backup; a new one could not read what is there."
                    )
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                    file.write(make() + "\n")
        for path in (folder, *(folder / name for name in KEYS)):
            if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise CannotGoOn(
                    f"Others on this computer may read {path}. Close it (chmod {'700' if path == folder else '600'} {path}) and start again."
                )
    except OSError as error:
        raise CannotGoOn(f"The keys in {folder} cannot be made or read: {error.strerror} ({error.filename}).") from None


def check_database_address(address: str) -> None:
    """A broken DATABASE_URL is said before anything else fails on it."""
    if not address:
        return
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("postgres", "postgresql") and parts.path.strip("/") and (parts.port or True)
        fine = fine or (parts.scheme == "sqlite" and bool(parts.path.strip("/")))
    except ValueError:
        fine = False
    if not fine:
        raise CannotGoOn(
            "DATABASE_URL is not an address of a database. It looks like postgres://name:password@host:5432/database; "
            "leave it out for the built-in database. Signs like @ / : # in a password are written %40 %2F %3A %23."
        )


def main(arguments: list[str]) -> None:
    restoring = arguments[:1] == ["restore"]
    wrong = [] if restoring else [a for a in arguments if a not in ("setup", "--empty")]
    if wrong:
        raise CannotGoOn(f"{wrong[0]} is not known. {USAGE}")
    env.load_env_file(ROOT / ".env")
    data, keys = env.folder("SERIKAT_DATA", ROOT / "data"), env.folder("SERIKAT_KEYS", ROOT / "keys")
    check_database_address(env.text("DATABASE_URL"))
    make_environment("base.txt")
    compile_bytecode()
    make_data_folder(data)
    make_keys(keys, data)
    rest = ["setup"] if "setup" in arguments else ["up"]
    rest += ["--empty"] if "--empty" in arguments else []
    if restoring:  # a path is meant from where it was called; the keys made above give way to those in the backup
        called_from = Path(os.environ.get("SERIKAT_CALLED_FROM", "."))
        rest = ["restore", *(a if a.startswith("-") else str(called_from / a) for a in arguments[1:])]
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "serikat.cli", *rest])  # noqa: S606 our own program takes this one's place


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (CannotGoOn, env.BadSetting) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
