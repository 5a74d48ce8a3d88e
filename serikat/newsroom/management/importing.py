"""What long commands share: progress; what both import commands share: their words, progress on standard error, one JSON line on standard output."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from serikat.kernel.access import console
from serikat.kernel.errors import Refused
from serikat.newsroom.importing.document import Archive, ArchiveRefused
from serikat.newsroom.services.importing import Outcome, import_archive
from serikat.units.models import Unit

PAUSE = 1.0  # seconds between two lines of progress


class ImportCommand(BaseCommand):
    """Reads an archive with `open_archive` and brings it in."""

    source = ""  # name of the argument

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--approved-by", default="", metavar="NAME", help="the person who approved the whole batch")
        parser.add_argument(
            "--unit", default="", metavar="CODE", help="the unit that the pages belong to; the highest one unless named"
        )

    def open_archive(self, options: dict[str, Any], now: datetime) -> Archive:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = Outcome()
        name = Path(options[self.source]).resolve().name
        try:
            self._run(name, outcome, options)
        except (ArchiveRefused, Refused) as refusal:
            outcome.tell(name, str(refusal))
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt as stop:
            outcome.tell(name, "Dihentikan. Yang sudah masuk tetap ada; jalankan lagi untuk melanjutkan.")
            raise CommandError("Dihentikan.", returncode=130) from stop
        finally:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))

    def _run(self, name: str, outcome: Outcome, options: dict[str, Any]) -> None:
        unit = _unit(options["unit"])
        now = timezone.now()
        archive = self.open_archive(options, now)
        self.stderr.write(f"{name}: {archive.total} tulisan.")
        import_archive(
            actor=console(options["approved_by"] or "konsol"),
            archive=archive,
            unit=unit,
            batch=f"{archive.kind} {name[:40]} {timezone.localtime(now):%Y-%m-%d %H:%M}",
            approved_by=options["approved_by"],
            outcome=outcome,
            told=progress_on(self.stderr),
        )
        for kind, number in archive.skipped.items():
            self.stderr.write(f"Bukan tulisan, tidak diimpor: {number} {kind}.")
        self.stderr.write(
            f"Selesai: {outcome.imported} baru, {outcome.updated} diperbarui, {outcome.unchanged} tetap, {outcome.pictures} gambar, "
            f"{len(outcome.missing_pictures)} gambar hilang, {len(outcome.problems)} catatan."
        )


def progress_on(out: Any) -> Callable[[int, int, str], None]:
    """Says how far long work is, a line a second."""
    last = monotonic()

    def told(done: int, total: int, title: str) -> None:
        nonlocal last
        if done == total or monotonic() - last >= PAUSE:
            last = monotonic()
            out.write(f"{done}/{total} {title[:70]}")
            out.flush()

    return told


def _unit(code: str) -> Unit:
    units = Unit.objects.filter(code=code) if code else Unit.objects.filter(parent=None, closed_on=None).order_by("pk")
    unit = units.first()
    if unit is None:
        raise CommandError(f"Tidak ada unit berkode {code}." if code else "Belum ada unit. Jalankan penyiapan lebih dulu.")
    return unit
