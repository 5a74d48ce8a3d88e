"""Typed reading of environment variables, and of the `.env` file beside the project. Plain Python: no Django."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

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


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    tls: bool  # STARTTLS on a plain port
    ssl: bool  # encrypted from the first byte


def mail(name: str) -> MailServer | None:
    """Read `smtp://user:password@host:587?tls=1` or `smtps://…@host:465`; None when it is empty. A sign like @ in a password is written %40."""
    value = os.environ.get(name, "")
    if not value:
        return None
    wrong = BadSetting(f"{name} does not look like smtp://user:password@host:587?tls=1 (or smtps://…).")
    try:
        parts = urlsplit(value)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or set(asked) - {"tls"}:
        raise wrong
    tls = asked.get("tls", ["0"])[-1].lower()
    if tls not in TRUE | FALSE:
        raise wrong
    secure = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=port or (465 if secure else 587 if tls in TRUE else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls in TRUE and not secure,
        ssl=secure,
    )
