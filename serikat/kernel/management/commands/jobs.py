"""`serikat jobs`: what was parked; `jobs retry ID…` and `jobs drop ID…` (or `all`) are what can be done about it."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from serikat.kernel.jobs import drop_job, parked_jobs, retry_job


class Command(BaseCommand):
    help = "List jobs that failed for the last time; retry or drop them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", nargs="?", choices=["list", "retry", "drop"], default="list")
        parser.add_argument("ids", nargs="*", metavar="ID", help="ids from the list, or `all`")

    def handle(self, *args: Any, do: str, ids: list[str], **options: Any) -> None:
        if do == "list":
            for parked in parked_jobs():
                when = localtime(parked.parked_at).strftime("%Y-%m-%d %H:%M")
                name = f"{parked.name} {parked.key}".strip()
                self.stdout.write(f"{parked.id}  {name}  {when}  {parked.tries} tries  {parked.problem}")
            return
        if not ids:
            raise CommandError("Say which: ids from the list, or `all`.")
        try:
            chosen = [p.id for p in parked_jobs(10_000)] if ids == ["all"] else [uuid.UUID(i) for i in ids]
        except ValueError:
            raise CommandError("An id looks like 0f8b…-…: copy it from `serikat jobs`.") from None
        done = sum(retry_job(i) if do == "retry" else drop_job(i) for i in chosen)
        self.stdout.write(f"{done} of {len(chosen)} jobs: {'will be tried again' if do == 'retry' else 'dropped'}.")
