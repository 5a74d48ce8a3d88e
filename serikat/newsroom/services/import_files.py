"""An archive's pictures and documents become the site's: each content once, checked and drawn anew as `files` does for all that is public."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction

from serikat.audit.action import inner
from serikat.files import rules
from serikat.files.inspection import Checked, check_upload
from serikat.files.refusals import FileRefused, UnknownType
from serikat.newsroom.importing.document import Document, ImportedPost
from serikat.newsroom.importing.stream import Kept, cut
from serikat.newsroom.models import NewsDocument, Picture
from serikat.newsroom.services.pictures import prepare_picture
from serikat.units.models import Unit


@dataclass
class Files:
    """The files that one import has met: their digests, and where they stand on the site."""

    unit: Unit
    digests: dict[Path, str] = field(default_factory=dict)
    pictures: dict[Path, int] = field(default_factory=dict)
    documents: dict[Path, int] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)

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
def prepare_files(*, post: ImportedPost, kept: Kept) -> None:
    """Make what readers see of the post's pictures before its transaction opens: encoding is slow and a database has one writer."""
    cover = kept.pictures.get(post.cover.path) if post.cover and post.cover.path else None
    numbers = {kept.pictures[picture.path] for picture in post.pictures() if picture.path and picture.path in kept.pictures}
    for picture in Picture.objects.filter(pk__in=numbers):
        prepare_picture(picture, for_sharing=picture.pk == cover)


def _keep_once(path: Path, words: str, files: Files, known: dict[Path, int]) -> None:
    if path in known or path in files.refused:
        return
    is_picture = known is files.pictures
    key = f"sha256:{files.digest(path)}"
    rows = Picture.objects if is_picture else NewsDocument.objects
    standing = rows.filter(source_key=key).values_list("pk", flat=True).first()
    if standing is None:
        try:
            checked = _checked(path, is_picture=is_picture)
        except FileRefused as refusal:
            files.refused[path] = str(refusal)
            return
        standing = _kept(path, words, checked, files.unit, key, is_picture=is_picture)
    known[path] = standing


def _checked(path: Path, *, is_picture: bool) -> Checked:
    with path.open("rb") as opened:
        checked = check_upload(opened, path.name, public=True)
    if (checked.kind in rules.PICTURES) is not is_picture:
        raise UnknownType
    if not is_picture and rules.FOR_PUBLIC[checked.kind] not in settings.WAGTAILDOCS_EXTENSIONS:
        raise UnknownType
    return checked


def _kept(path: Path, words: str, checked: Checked, unit: Unit, key: str, *, is_picture: bool) -> int:
    with transaction.atomic():
        if is_picture:
            picture = Picture(
                title=cut(path.stem, 250),
                description=cut(words, 255),
                unit=unit,
                source_key=key,
                file=ImageFile(BytesIO(checked.content), name=checked.name),
                file_size=checked.size,
                file_hash=hashlib.sha1(checked.content, usedforsecurity=False).hexdigest(),
            )
            picture.save()
            return int(picture.pk)
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
