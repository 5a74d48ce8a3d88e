"""The shapes of what editors type: pages, pictures and documents in the editor; rubrics, bylines and answers at the desk."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.blocks import StructValue
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.rich_text import RichText

from serikat.files.inspection import check_upload
from serikat.files.refusals import FileRefused, UnknownType
from serikat.files.rules import FOR_PUBLIC, PICTURES
from serikat.kernel.access import Role, actor_of
from serikat.newsroom.models import Bulletin, Byline, LivePage, Rubric
from serikat.newsroom.rules.pasting import clean_plain, clean_rich
from serikat.newsroom.selectors.editing import approval_required, live_pages_with
from serikat.newsroom.selectors.stories import read_in_english
from serikat.places.forms import PlaceField
from serikat.places.models import Level
from serikat.units.selectors import units_within

OUT_OF_REACH = _("Unit ini di luar mandat Anda.")


def _limit_unit(field: forms.ModelChoiceField[Any], user: Any, *, whole_organisation: bool) -> None:
    """Offer only units within reach of the editor's mandates, and say so beside the field."""
    actor = getattr(user, "desk_actor", None) or actor_of(user)
    units = units_within(actor, Role.EDITOR).order_by("path")
    field.queryset = units
    field.error_messages["invalid_choice"] = OUT_OF_REACH
    at_the_top = any(path.count("/") == 1 for path in actor.reach(Role.EDITOR))
    field.required = not (whole_organisation and at_the_top)
    if field.initial is None:
        field.initial = units.first()
    if field.required:
        field.empty_label = None


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and an hour, in place of Wagtail's calendar, which lies over the button that saves."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Several rows by their numbers. A number larger than any row's is a wrong choice, not an error of the database."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]
        except OverflowError as error:
            shown = {"value": str(max(value, key=len))[:20]}
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=shown) from error


class _IndonesianAlone:
    """A correction of an article that nobody reads in English: its English words are not asked for, and those that stand are kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("text_en", None)  # type: ignore[attr-defined]


class SitePageForm(WagtailAdminPageForm):
    """A page of the site: its unit must be one that the editor's mandate reaches."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"go_live_at", "expire_at"} & set(self.fields):  # their panel brings a calendar of its own
            self.fields[name].widget = MomentInput(self.fields[name].widget.attrs)
        if "also_in" in self.fields:
            before = self.fields["also_in"]
            self.fields["also_in"] = RowsField(
                before.queryset, required=False, label=before.label, widget=before.widget, initial=before.initial
            )
        if "place" in self.fields:  # some ninety thousand regions are looked for by name, not listed
            level = self.instance.place.level if self.instance.place else Level.REGENCY
            self.fields["place"] = PlaceField(
                level=level, required=False, label=_("Tempat"), help_text=_("Kabupaten atau kota. Ketik, lalu pilih.")
            )
        if "unit" in self.fields:
            _limit_unit(self.fields["unit"], self.for_user, whole_organisation=False)
            if self.instance.unit_id is None:
                self.initial["unit"] = self.fields["unit"].initial
        corrections = self.formsets.get("corrections")
        if corrections is not None and not (self.instance.pk and read_in_english(self.instance)):
            corrections.form = type("IndonesianCorrectionForm", (_IndonesianAlone, corrections.form), {})

    def clean_lead(self) -> str:
        lead, senders = clean_plain(self.cleaned_data["lead"])
        self.senders_left_out(senders)
        return lead

    def clean_body(self) -> Any:
        """What was pasted, as it was meant; how many senders of a chat went with it, the editor is told."""
        body = self.cleaned_data["body"]
        for part in body:
            if isinstance(part.value, RichText):
                part.value = self._pasted(part.value)
            elif isinstance(part.value, StructValue) and isinstance(part.value.get("text"), RichText):
                part.value["text"] = self._pasted(part.value["text"])
        return body

    def _pasted(self, text: RichText) -> RichText:
        html, senders = clean_rich(text.source)
        self.senders_left_out(senders)
        return text if html == text.source else RichText(html)

    def senders_left_out(self, count: int) -> None:
        """Noted on the page, from where the answer to this request tells it."""
        self.instance.senders_left_out = getattr(self.instance, "senders_left_out", 0) + count

    def defer_required_fields(self) -> None:
        """A draft may be incomplete, but it always belongs to a unit: that says who may read it."""
        super().defer_required_fields()
        if "unit" in self.fields:
            self.fields["unit"].required = True


class DraftCopyForm(CopyForm):
    """A copy is a draft of its own: what goes live was approved by another person, and Serikat has no aliases."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        self.fields.pop("alias", None)


def _check_first(field: forms.Field, kinds: Collection[str]) -> None:
    """Let Wagtail's file field see only what the files room lets through: type from its bytes, pictures drawn anew. A refusal stands
    beside the field."""
    then = field.to_python

    def to_python(upload: Any) -> Any:
        if upload in field.empty_values:
            return then(upload)
        try:
            checked = check_upload(upload, upload.name, public=True)
            if checked.kind not in kinds:
                raise UnknownType
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return then(SimpleUploadedFile(checked.name, checked.content, checked.kind))

    field.to_python = to_python  # type: ignore[method-assign, assignment]


def _refuse_what_is_live(form: forms.ModelForm[Any]) -> None:
    """A file that a live page shows is not exchanged behind the back of whoever approved that page: the page is given a new one, and approved."""
    medium = form.instance
    if not medium.pk or "file" not in form.changed_data or not approval_required():
        return
    count = live_pages_with(medium).count()
    if count:
        form.add_error(
            "file",
            ngettext(
                "Berkas ini sedang tayang di %(count)d halaman. Unggah yang baru, pilih di naskahnya, lalu minta diperiksa.",
                "Berkas ini sedang tayang di %(count)d halaman. Unggah yang baru, pilih di naskahnya, lalu minta diperiksa.",
                count,
            )
            % {"count": count},
        )


class PictureForm(BaseImageForm):
    """A picture of the site, cleaned of place and device data when it comes in."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            _check_first(self.fields["file"], PICTURES)
            self.fields["file"].label = _("Ambil atau pilih foto")
            self.fields["title"].required = False  # a phone's picture has its file's name until somebody finds a better one
        if "description" in self.fields:
            self.fields["description"].label = _("Teks pengganti")
            self.fields["description"].help_text = _("Apa yang terlihat, bagi yang tidak dapat melihatnya.")
        if "unit" in self.fields and user is not None:
            _limit_unit(self.fields["unit"], user, whole_organisation=True)
            self.fields["unit"].required = False

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        upload = self.files.get(self.add_prefix("file"))
        return title or self.instance.title or (PurePath(upload.name).stem[:255] if upload else "") or str(_("Gambar"))

    def clean_unit(self) -> Any:
        return self.cleaned_data["unit"] or self.fields["unit"].initial

    def clean(self) -> Any:
        cleaned = super().clean()
        _refuse_what_is_live(self)
        return cleaned


class DocumentForm(BaseDocumentForm):
    """A document for the public."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            _check_first(self.fields["file"], set(FOR_PUBLIC) - set(PICTURES))
        if "unit" in self.fields and user is not None:
            _limit_unit(self.fields["unit"], user, whole_organisation=True)
            self.fields["unit"].required = False

    def clean_unit(self) -> Any:
        return self.cleaned_data["unit"] or self.fields["unit"].initial

    def clean(self) -> Any:
        cleaned = super().clean()
        _refuse_what_is_live(self)
        return cleaned


class RubricForm(forms.ModelForm[Rubric]):
    class Meta:
        model = Rubric
        fields = ["name", "slug", "about", "name_en", "about_en", "position", "in_strip"]

    def validate_unique(self) -> None:
        """The service says what is taken."""


class TagNameForm(forms.Form):
    name = forms.CharField(
        label=_("Nama dalam bahasa Inggris"),
        max_length=60,
        required=False,
        help_text=_("Kosong: nama Indonesianya yang tampil."),
        widget=forms.TextInput(attrs={"lang": "en"}),
    )


class BylineForm(forms.ModelForm[Byline]):
    account = forms.CharField(
        label=_("Nama pengguna penulis"),
        help_text=_(
            "Menghubungkan nama ini dengan akunnya, supaya penulis dapat meminta salinan atau penghapusan. Tidak ditampilkan."
        ),
        max_length=60,
        required=False,
    )

    class Meta:
        model = Byline
        fields = ["name", "slug", "about"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.subject is not None:
            del self.fields["account"]  # it is tied for good, and to whom is nobody's business

    def validate_unique(self) -> None:
        """The service says what is taken."""


class SubmitForm(forms.Form):
    note = forms.CharField(
        label=_("Pesan bagi pemeriksa"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReviewForm(forms.Form):
    """An answer to one revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SendBackForm(ReviewForm):
    reason = forms.CharField(label=_("Apa yang harus diperbaiki"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class EditingRuleForm(forms.Form):
    approval_required = forms.BooleanField(label=_("Orang kedua harus menyetujui sebelum tayang"), required=False)
    reason = forms.CharField(label=_("Alasan"), required=False, max_length=300)


class BulletinForm(forms.Form):
    """What goes on a wall bulletin. The articles are ticked in the page's own list, so that a search does not lose them."""

    title = forms.CharField(label=_("Nama buletin"), max_length=60)
    motto = forms.CharField(label=_("Semboyan"), max_length=120, required=False)
    day = forms.DateField(label=_("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    paper = forms.ChoiceField(label=_("Kertas"), choices=Bulletin.Paper.choices)
    columns = forms.TypedChoiceField(
        label=_("Kolom"), coerce=int, choices=[(1, _("satu")), (2, _("dua")), (3, _("tiga, untuk A3"))], initial=2
    )
    pictures = forms.ChoiceField(
        label=_("Gambar"), choices=Bulletin.Pictures.choices, initial=Bulletin.Pictures.FIRST, required=False
    )
    stories = RowsField(
        label=_("Berita"),
        queryset=LivePage.objects.filter(kind=LivePage.Kind.ARTICLE),
        error_messages={
            "required": _("Pilih sedikitnya satu berita yang tayang."),
            "invalid_choice": _("Berita ini sudah tidak tayang."),
            "invalid_pk_value": _("Berita ini sudah tidak tayang."),
        },
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_within(actor, Role.EDITOR).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()
