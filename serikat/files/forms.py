"""The form field through which every file comes in: refused beside the field, or a checked file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from serikat.files import rules
from serikat.files.inspection import Checked, check_upload
from serikat.files.refusals import FileRefused


class UploadField(forms.FileField):
    """A file; cleaned to a `Checked` (None when not required and not given). `public` draws pictures anew and is stricter about documents."""

    def __init__(self, *, public: bool = False, pictures_only: bool = False, **kwargs: Any) -> None:
        self.public = public
        endings = rules.PICTURES if pictures_only else rules.FOR_PUBLIC if public else rules.ENDINGS
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
