"""Typed reading of environment variables, and of the `.env` file beside the project. Plain Python: no Django."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

TRUE = {"1", "true", "yes", "on", "ya"}
FALSE = {"0", "false", "no", "off", "tidak", ""}


class BadSetting(ValueError):
    """An environment variable holds something that cannot be meant."""


def load_env_file(path: Path) -> None:
    """Put `NAME=value` lines of a file into the environment; what is already set wins."""
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        name, sep, value = line.strip().partition("=")
        if sep and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """Read yes or no; refuse anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise BadSetting(f"{name} is {value!r}: write 1 or 0.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value in (None, ""):
        return default
    try:
        return int(value)  # type: ignore[arg-type]
    except ValueError:
        raise BadSetting(f"{name} is {value!r}: write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder; a relative one is meant from the project's root."""
    value = os.environ.get(name)
    return (ROOT / value).resolve() if value else default.resolve()
