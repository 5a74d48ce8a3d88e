"""The form field through which every file comes in: refused beside the field, or a checked file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from serikat.files import rules
from serikat.files.inspection import Checked, check_upload
from serikat.files.refusals import FileRefused


class UploadField(forms.FileField):
    """A file; cleaned to a `Checked` (None when not required and not given). `public` draws pictures anew and is stricter about documents;
    `only` names the media types that are taken, with their endings."""

    def __init__(
        self, *, public: bool = False, pictures_only: bool = False, only: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.public = public
        endings = only or (rules.PICTURES if pictures_only else rules.FOR_PUBLIC if public else rules.ENDINGS)
        self.kinds = frozenset(endings)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(f".{e}" for e in endings.values())}))
        kwargs.setdefault("allow_empty_file", True)  # an empty one gets our own sentence
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        upload = super().clean(data, initial)
        if not upload or isinstance(upload, Checked):
            return upload or None
        try:
            checked = check_upload(upload, upload.name, public=self.public)
        except FileRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        if checked.kind not in self.kinds:
            raise ValidationError(str(FileRefused.message), code="file_refused")
        return checked


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        given = files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []
        return given if isinstance(given, list) else [given]


class UploadsField(UploadField):
    """Several pictures in one field, drawn anew; cleaned to a list of `Checked`, at most `most`."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", SeveralFiles(attrs={"accept": ",".join(f".{e}" for e in rules.PICTURES.values())}))
        super().__init__(public=True, pictures_only=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:  # type: ignore[override]
        given = [each for each in data or [] if each]
        if len(given) > self.most:
            said = ngettext("Paling banyak %(most)d berkas.", "Paling banyak %(most)d berkas.", self.most)
            raise ValidationError(said % {"most": self.most}, code="too_many")
        return [checked for each in given if (checked := super(UploadsField, self).clean(each)) is not None]
