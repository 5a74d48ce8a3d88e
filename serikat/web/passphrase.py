"""Where the passphrase of a backup comes from: the environment, or whoever sits at the console."""

from __future__ import annotations

import getpass
import sys

from django.core.management.base import CommandError

from serikat.config import environment as env


def ask_passphrase(*, twice: bool) -> str:
    if given := env.text("SERIKAT_BACKUP_PASSPHRASE"):
        return given
    if not sys.stdin.isatty():
        raise CommandError("Set SERIKAT_BACKUP_PASSPHRASE, or run this at a console that can ask for it.")
    typed = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != typed:
        raise CommandError("The two are not the same.")
    return typed
