"""The form field through which every file comes in: refused beside the field, or a checked file; and forms that come back without losing theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serikat.files import rules
from serikat.files.inspection import Checked, as_played, check_upload
from serikat.files.refusals import FileRefused
from serikat.files.selectors import Held, held_content, held_mark, held_of, were_taken
from serikat.files.services import drop_held, hold_files
from serikat.kernel.access import Actor


def accepted(endings: Mapping[str, str]) -> str:
    """As a browser's file chooser reads it."""
    return ",".join(dict.fromkeys(f".{ending}" for ending in endings.values()))


class UploadField(forms.FileField):
    """A file; cleaned to a `Checked` (None when not required and not given). `public` draws pictures anew and is stricter about documents;
    `only` names the media types that are taken, with their endings. `voice`: it may be recorded there. `played`: a recording is for others to hear, so it
    becomes a sound that every phone plays; without, it is evidence and stays byte by byte."""

    def __init__(
        self,
        *,
        public: bool = False,
        pictures_only: bool = False,
        only: Mapping[str, str] | None = None,
        voice: bool = False,
        played: bool = False,
        **kwargs: Any,
    ) -> None:
        self.public, self.played = public, played
        endings = only or (rules.PICTURES if pictures_only else rules.FOR_PUBLIC if public else rules.ENDINGS)
        self.kinds, self.endings = frozenset(endings), ", ".join(sorted(set(endings.values())))
        kwargs.setdefault("widget", (FileOrVoice if voice else forms.FileInput)(attrs={"accept": accepted(endings)}))
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
            said = _("Jenis berkas ini tidak diterima di sini. Yang diterima: %(endings)s.") % {"endings": self.endings}
            raise ValidationError(said, code="file_refused")
        return as_played(checked) if self.played else checked


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        given = files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []
        return given if isinstance(given, list) else [given]


class RecorderMixin:
    """Beside the field a button records a voice note in the page, where the browser can. `files/recorder.js`; the page draws `form.media`."""

    template_name = "files/recorder.html"

    class Media:
        js = [Script("files/recorder.js", type="module")]


class FileOrVoice(RecorderMixin, forms.FileInput):
    pass


class FilesOrVoice(RecorderMixin, SeveralFiles):
    pass


class UploadsField(UploadField):
    """Several pictures in one field, drawn anew; cleaned to a list of `Checked`, at most `most`. `private`: files of every kind, kept as they are.
    `voice`: one may be recorded there."""

    def __init__(self, *, most: int, private: bool = False, voice: bool = False, **kwargs: Any) -> None:
        self.most = most
        endings = rules.ENDINGS if private else rules.PICTURES
        kind = FilesOrVoice if voice else SeveralFiles
        kwargs.setdefault("widget", kind(attrs={"accept": accepted(endings)}))
        super().__init__(public=not private, pictures_only=not private, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:  # type: ignore[override]
        """One that is refused is named; the others passed all the same."""
        given, wrong = [each for each in data or [] if each], []
        self.passed: list[Checked] = []
        if len(given) > self.most:
            raise self.too_many()
        for each in given:
            try:
                checked = super().clean(each)
            except ValidationError as error:
                name = getattr(each, "name", "")
                wrong += [f"{name}: {said}" if name and len(given) > 1 else said for said in error.messages]
            else:
                self.passed += [checked] if checked is not None else []
        if wrong:
            raise ValidationError(wrong, code="file_refused")
        return self.passed

    def too_many(self) -> ValidationError:
        said = ngettext("Paling banyak %(most)d berkas.", "Paling banyak %(most)d berkas.", self.most)
        return ValidationError(said % {"most": self.most}, code="too_many")


if TYPE_CHECKING:
    _Form = forms.Form
else:
    _Form = object


class HoldsFiles(_Form):
    """A form with files and a `key` that was made when its page was opened. Its view calls `hold` when it answers with what is wrong and `let_go` when
    the form was taken; meanwhile the files wait sealed, under this form's key and its sender, and the next sending takes them along. A form that begins
    with a key of its own (`initial`) shows what waits under it. The template draws `files/held.html`. Stands before the form class:
    `class RequestForm(HoldsFiles, TrappedForm)`."""

    DROP, TOLD = "buang", "disimpan"  # what is no longer wanted; what the page said was held
    lost = False  # files came in that could not be held

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._subject = actor.subject
        self._mark, self._dropped = "", frozenset[str]()
        if self.is_bound:
            self._dropped = self._ids(self.DROP)
        key = self.data.get(self.add_prefix("key"), "") if self.is_bound else str(self.initial.get("key", ""))
        self._mark = held_mark(type(self).__name__, actor, key)
        self._waiting = [one for one in held_of(self._mark) if one.id not in self._dropped and one.field in self.fields]
        for one in self._waiting:
            self.fields[one.field].required = False
        self._told = self._ids(self.TOLD) if self.is_bound else frozenset()

    def _ids(self, name: str) -> frozenset[str]:
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
        return frozenset([values] if isinstance(values, str) else values)

    def clean(self) -> dict[str, Any]:
        """What waits goes along with what was chosen now."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        over = self._told - self._dropped - {one.id for one in self._waiting}
        if over - were_taken(over, self._mark):
            raise ValidationError(
                _("Berkas yang tadi kami simpan sudah dihapus: lebih dari satu jam. Pilih lagi berkasnya.")
            )
        for name, field in self.fields.items():
            waiting = [one for one in self._waiting if one.field == name]
            if not waiting or name not in cleaned:
                continue
            if not isinstance(field, UploadsField):
                cleaned[name] = cleaned[name] or held_content(waiting[-1])
                continue
            new = [one for one in cleaned[name] if one.sha256 not in {held.sha256 for held in waiting}]
            if len(waiting) + len(new) > field.most:
                self.add_error(name, field.too_many())
            elif not self.errors:
                cleaned[name] = [one for one in map(held_content, waiting) if one is not None] + new
        return cleaned

    def hold(self) -> None:
        """Hold what came in, for the next sending."""
        received: dict[str, list[Checked]] = {}
        several = {name for name, field in self.fields.items() if isinstance(field, UploadsField)}
        for name, field in self.fields.items():
            if isinstance(field, UploadsField):
                received[name] = list(getattr(field, "passed", []))
            elif isinstance(field, UploadField):
                given = self.cleaned_data.get(name) if self.files.get(self.add_prefix(name)) else None
                received[name] = [given] if given else []
        whole = hold_files(
            mark=self._mark,
            received=received,
            replaced=set(received) - several,
            dropped=self._dropped,
            subject=self._subject,
        )
        self.lost = not whole

    def let_go(self) -> None:
        drop_held(mark=self._mark)

    @property
    def kept(self) -> list[Held]:
        """What waits now, for the page."""
        return held_of(self._mark) if self.is_bound else self._waiting
