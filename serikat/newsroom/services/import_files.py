"""An archive's pictures and documents become the site's: each content once, checked and drawn anew as `files` does for all that is public."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from serikat.audit.action import inner
from serikat.files import rules
from serikat.files.inspection import Checked, check_upload
from serikat.files.refusals import FileRefused, UnknownType
from serikat.newsroom.importing.document import Document, ImportedPost, State
from serikat.newsroom.importing.stream import Kept, cut
from serikat.newsroom.models import NewsDocument, Picture
from serikat.newsroom.renditions import SHARE, Rendition, draw_renditions, wanted_of
from serikat.newsroom.services.pictures import keep_renditions, prepare_picture
from serikat.units.models import Unit


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the archive, checked and drawn anew, with its renditions."""

    checked: Checked
    width: int
    height: int
    renditions: list[Rendition]


@dataclass
class Files:
    """The files that one import has met: their digests, and where they stand on the site."""

    unit: Unit
    digests: dict[Path, str] = field(default_factory=dict)
    pictures: dict[Path, int] = field(default_factory=dict)
    documents: dict[Path, int] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)
    drawing: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
    )
    ahead: dict[Path, Future[Drawn]] = field(default_factory=dict)
    ready: set[tuple[int, bool]] = field(default_factory=set)  # pictures with their renditions; with one to share?

    def foresee(self, post: ImportedPost) -> None:
        """Begin to check and draw the pictures of a post that comes soon, beside what is being written now. Pillow works outside Python's lock."""
        for picture in post.pictures():
            path = picture.path
            if path is None or path in self.pictures or path in self.refused or path in self.ahead:
                continue
            if not Picture.objects.filter(source_key=f"sha256:{self.digest(path)}").exists():
                shows = post.state in (State.LIVE, State.SCHEDULED)
                self.ahead[path] = self.drawing.submit(_drawn, path, shows=shows, for_sharing=picture is post.cover)

    def digest(self, path: Path) -> str:
        """SHA-256 of a file, read once."""
        if path not in self.digests:
            with path.open("rb") as opened:
                self.digests[path] = hashlib.file_digest(opened, "sha256").hexdigest()
        return self.digests[path]


@inner("part of another action")
def keep_files(*, post: ImportedPost, files: Files) -> Kept:
    """Put the post's files on the site, each in a transaction of its own; what is refused stands in the post's problems."""
    for picture in list(post.pictures()):
        if picture.path:
            _keep_once(picture.path, picture.alt, files, files.pictures)
            if picture.path in files.refused:
                post.problem(f"Gambar {picture.source} tidak dapat dipakai: {files.refused[picture.path]}")
    for document in [block for block in post.body if isinstance(block, Document)]:
        _keep_once(document.path, document.title, files, files.documents)
        if document.path in files.refused:
            post.problem(f"Berkas {document.source} tidak dapat dipakai: {files.refused[document.path]}")
    return Kept(files.pictures, files.documents)


@inner("machinery")
def prepare_files(*, post: ImportedPost, kept: Kept, files: Files) -> None:
    """Make what readers see of the post's pictures before its transaction opens: encoding is slow and a database has one writer."""
    cover = kept.pictures.get(post.cover.path) if post.cover and post.cover.path else None
    numbers = {kept.pictures[picture.path] for picture in post.pictures() if picture.path and picture.path in kept.pictures}
    wanted = {(number, number == cover) for number in numbers} - files.ready
    for picture in Picture.objects.filter(pk__in=[number for number, _shared in wanted]):
        prepare_picture(picture, for_sharing=picture.pk == cover)
    files.ready |= wanted


def _keep_once(path: Path, words: str, files: Files, known: dict[Path, int]) -> None:
    if path in known or path in files.refused:
        return
    is_picture = known is files.pictures
    key = f"sha256:{files.digest(path)}"
    rows = Picture.objects if is_picture else NewsDocument.objects
    standing = rows.filter(source_key=key).values_list("pk", flat=True).first()
    if standing is None:
        try:
            standing = _kept_picture(path, words, files, key) if is_picture else _kept_document(path, words, files.unit, key)
        except FileRefused as refusal:
            files.refused[path] = str(refusal)
            return
    known[path] = standing


def _checked(path: Path, *, is_picture: bool) -> Checked:
    with path.open("rb") as opened:
        checked = check_upload(opened, path.name, public=True)
    if (checked.kind in rules.PICTURES) is not is_picture:
        raise UnknownType
    if not is_picture and rules.FOR_PUBLIC[checked.kind] not in settings.WAGTAILDOCS_EXTENSIONS:
        raise UnknownType
    return checked


def _drawn(path: Path, *, shows: bool, for_sharing: bool) -> Drawn:
    """Runs beside the import, and touches no table."""
    checked = _checked(path, is_picture=True)
    with Image.open(BytesIO(checked.content)) as picture:
        width, height = picture.size
    wanted = wanted_of(width, for_sharing=for_sharing) if shows else {}
    return Drawn(checked, width, height, list(draw_renditions(BytesIO(checked.content), wanted)) if wanted else [])


def _kept_picture(path: Path, words: str, files: Files, key: str) -> int:
    foreseen = files.ahead.pop(path, None)
    drawn = foreseen.result() if foreseen else _drawn(path, shows=False, for_sharing=False)
    checked = drawn.checked
    with transaction.atomic():
        picture = Picture(
            title=cut(path.stem, 250),
            description=cut(words, 255),
            unit=files.unit,
            source_key=key,
            width=drawn.width,
            height=drawn.height,
            file_size=checked.size,
            file_hash=hashlib.sha1(checked.content, usedforsecurity=False).hexdigest(),
        )
        # put in its place first: Wagtail decodes a picture that its field stores, only to learn the measures known above
        room = picture.file.field.max_length
        picture.file = picture.file.storage.save(
            picture.get_upload_to(checked.name), ContentFile(checked.content), max_length=room
        )
        picture.save()
        keep_renditions(picture, drawn.renditions)
    if drawn.renditions:
        files.ready |= {(picture.pk, shared) for shared in {False, any(each.spec == SHARE for each in drawn.renditions)}}
    return int(picture.pk)


def _kept_document(path: Path, words: str, unit: Unit, key: str) -> int:
    checked = _checked(path, is_picture=False)
    with transaction.atomic():
        document = NewsDocument(
            title=cut(words or path.stem, 250),
            unit=unit,
            source_key=key,
            file=ContentFile(checked.content, name=checked.name),
            file_size=checked.size,
            file_hash=hashlib.sha1(checked.content, usedforsecurity=False).hexdigest(),
        )
        document.save()
    return int(document.pk)
