"""A whole archive comes in: one recorded yes for the batch, one entry in the trail with a count and the ids, each post in a transaction of its own.

Stopped in the middle, what came in stays and the next run goes on. Run again, nothing changes: a post is known by its key and by the digest of
what was read. What somebody here has edited since is left alone and listed.
"""

from __future__ import annotations

import fcntl
import json
import logging
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from serikat.audit.action import action, counted, inner, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.newsroom import permissions
from serikat.newsroom.importing.document import MISSING_COVER, MISSING_PICTURE, Archive, ImportedPost, State
from serikat.newsroom.importing.stream import digest_of
from serikat.newsroom.models import ArchiveItem, ArticleIndex, HomePage
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.services.import_files import Files, keep_files, prepare_files
from serikat.newsroom.services.import_pages import Desk, work_since, write_page
from serikat.newsroom.services.site import found_site, site_stands
from serikat.units.models import Unit

notes_say(cut_short=_("terputus di tengah"))

logger = logging.getLogger(__name__)
AHEAD = 2  # posts whose pictures are drawn before their turn; their bytes are held until then
Told = Callable[[int, int, str], None]  # how many are done, of how many, the title


class ImportRunning(Conflict):
    message = _("Impor lain sedang berjalan. Tunggu sampai selesai.")


@dataclass
class Outcome:
    """What an import did, as its last line says it."""

    posts: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    pictures: int = 0
    missing_pictures: list[str] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def tell(self, file: str, what: str) -> None:
        told = {"file": file, "what": what if len(what) <= 500 else what[:499] + "…"}
        if told not in self.problems:
            self.problems.append(told)


@inner("part of another action")
def import_archive(
    *,
    actor: Actor,
    archive: Archive,
    unit: Unit,
    batch: str,
    approved_by: str = "",
    outcome: Outcome | None = None,
    told: Told | None = None,
) -> Outcome:
    """Bring in every post of the archive. `batch` names it in the trail (at most 80 characters); `outcome` is filled while it runs."""
    outcome = outcome or Outcome()
    if not site_stands():
        found_site(actor=actor, unit=unit, name=unit.name)
    index, home = ArticleIndex.objects.get(), HomePage.objects.get()
    with _only_one(), ExitStack() as stack:
        _finish_what_was_cut_short(actor)
        run = _Run(Desk.open(actor, unit, index, home), Files(unit), outcome, batch[:80], approved_by, archive.kind, stack)
        stack.callback(run.files.drawing.shutdown, cancel_futures=True)
        for post in _looking_ahead(archive.posts, run.files):
            run.take(post)
            outcome.posts += 1
            if told is not None:
                told(outcome.posts, archive.total, post.title)
    for problem in archive.problems:
        outcome.tell(problem.file, problem.what)
    return outcome


@action("newsroom.archive.imported", may=permissions.may_import_archive, says=_("mengimpor arsip"))
def record_import(
    *, actor: Actor, batch: str, kind: str, approved_by: str, pages: list[int], cut_short: bool = False
) -> None:
    """The one entry of an import: how many pages it wrote, and which."""
    note(batch=batch, kind=kind, approved_by=approved_by, cut_short=cut_short)
    counted(len(pages), pages)


@dataclass
class _Run:
    """One import on its way. The yes to the batch is recorded, and a journal begun, when the first page is written: nothing new, no entry."""

    desk: Desk
    files: Files
    outcome: Outcome
    batch: str
    approved_by: str
    kind: str
    stack: ExitStack
    journal: Path | None = None
    pages: list[int] = field(default_factory=list)

    def take(self, post: ImportedPost) -> None:
        """Import one post; whatever goes wrong with it is listed and the rest goes on."""
        try:
            self._take(post)
        except Exception as slip:
            logger.exception("The post %s could not be imported", post.file)
            post.problem(f"Tidak dapat diimpor: {slip if isinstance(slip, Refused) else type(slip).__name__}")
        self._list(post)

    def _take(self, post: ImportedPost) -> None:
        digest = digest_of(post, self.files.digest)
        item = ArchiveItem.objects.select_related("page").filter(key=post.key).first()
        since = work_since(item=item) if item else ""
        kept = keep_files(post=post, files=self.files) if not since else None
        if since:
            post.problem(since)
        if kept is None or (item is not None and item.digest == digest):
            self.outcome.unchanged += 1
            return
        self._begin()
        if post.state in (State.LIVE, State.SCHEDULED):
            prepare_files(post=post, kept=kept, files=self.files)
        with transaction.atomic():
            # each save would ask for the index of references anew: once a page is enough
            with disable_reference_index_auto_update():
                page = write_page(desk=self.desk, post=post, kept=kept, digest=digest, item=item)
            update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))
        self._wrote(page)
        if item is None:
            self.outcome.imported += 1
        else:
            self.outcome.updated += 1

    def _begin(self) -> None:
        if self.journal is not None:
            return
        self.stack.enter_context(approved_batch(actor=self.desk.actor, batch=self.batch, approved_by=self.approved_by))
        self.journal = _journals() / f"import-{uuid.uuid4()}.open"
        head = {"batch": self.batch, "kind": self.kind, "approved_by": self.approved_by}
        self.journal.write_text(json.dumps(head) + "\n")
        self.stack.callback(self._end)

    def _wrote(self, page: Page) -> None:
        self.pages.append(page.pk)
        if self.journal is not None:
            with self.journal.open("a") as opened:
                opened.write(f"{page.pk}\n")

    def _end(self) -> None:
        """The entry is written however the import ended; only a killed process leaves its journal to the next one."""
        if self.pages:
            record_import(
                actor=self.desk.actor, batch=self.batch, kind=self.kind, approved_by=self.approved_by, pages=self.pages
            )
        if self.journal is not None:
            self.journal.unlink(missing_ok=True)

    def _list(self, post: ImportedPost) -> None:
        self.outcome.pictures = len(self.files.pictures)
        for source in post.missing_pictures():
            if source not in self.outcome.missing_pictures:
                self.outcome.missing_pictures.append(source)
            self.outcome.tell(post.file, _said_of_missing(source, post))
        for problem in post.problems:
            self.outcome.tell(problem.file, problem.what)
        for each in post.notes:
            if each.what not in (MISSING_COVER, MISSING_PICTURE):  # said above, or with the reason why a file was refused
                self.outcome.tell(post.file, str(each))


def _said_of_missing(source: str, post: ImportedPost) -> str:
    """A missing picture as the page's notes say it, with where it stood; they are not written for a page that stays as it was."""
    for note_ in post.notes:
        if note_.what in (MISSING_PICTURE, MISSING_COVER) and (note_.literal + " [").startswith(source + " ["):
            return str(note_)
    return f"{MISSING_PICTURE}: {source}"


def _looking_ahead(posts: Iterable[ImportedPost], files: Files) -> Iterator[ImportedPost]:
    """The posts in their order; the pictures of the next two are begun meanwhile."""
    soon: deque[ImportedPost] = deque()
    for post in posts:
        files.foresee(post)
        soon.append(post)
        if len(soon) > AHEAD:
            yield soon.popleft()
    yield from soon


def _journals() -> Path:
    folder = Path(settings.SERIKAT_DATA) / "trail"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _finish_what_was_cut_short(actor: Actor) -> None:
    """A killed import left its journal: its entry is written now."""
    for journal in sorted(_journals().glob("import-*.open")):
        lines = journal.read_text().splitlines()
        head: dict[str, Any] = json.loads(lines[0]) if lines else {}
        pages = [int(line) for line in lines[1:] if line.isdigit()]
        if pages:
            record_import(
                actor=actor,
                batch=str(head.get("batch", "")),
                kind=str(head.get("kind", "")),
                approved_by=str(head.get("approved_by", "")),
                pages=pages,
                cut_short=True,
            )
        journal.unlink()


@contextmanager
def _only_one() -> Iterator[None]:
    """Two imports at once would make doubles."""
    with (_journals() / "import.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as slip:
            raise ImportRunning from slip
        yield
