"""The wizard of the first start in three short steps, and the organisation's face."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serikat.accounts.models import User
from serikat.files.inspection import check_upload
from serikat.files.refusals import FileRefused, UnknownType
from serikat.units.models import Kind

MARK_LIMIT = 512 * 1024
MARK_KINDS = ("image/png", "image/jpeg", "image/webp")
WRONG_KIND = _("Jenis gambar ini tidak dapat dipakai. Pakai PNG, JPEG, atau WebP.")
FIRST_UNITS = 5


class FaceForm(forms.Form):
    """Name, line, languages, mark."""

    name = forms.CharField(
        label=_("Nama organisasi"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    tagline = forms.CharField(
        label=_("Satu kalimat tentangnya"),
        max_length=120,
        required=False,
        help_text=_("Tampil di kaki setiap halaman, sesudah nama."),
    )
    mark = forms.FileField(
        label=_("Lambang"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG, atau WebP, paling besar 512 kB. Tanpa lambang dipakai turus."),
    )
    english = forms.BooleanField(label=_("Situs juga tersedia dalam bahasa Inggris"), required=False, initial=True)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_mark(self) -> Any:
        mark = self.cleaned_data.get("mark")
        if mark and getattr(mark, "size", 0) > MARK_LIMIT:
            raise ValidationError(_("Berkas ini terlalu besar. Paling besar 512 kB."))
        if not mark:
            return mark
        try:
            checked = check_upload(mark, mark.name, public=True)
        except UnknownType:
            raise ValidationError(WRONG_KIND) from None
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from None
        if checked.kind not in MARK_KINDS:
            raise ValidationError(WRONG_KIND)
        return BytesIO(checked.content)


class IdentityForm(FaceForm):
    """The face as its administrator changes it later."""

    imprint = forms.CharField(
        label=_("Keterangan penerbit"),
        max_length=200,
        required=False,
        help_text=_("Di kaki halaman: siapa yang menerbitkan dan boleh dikutip bagaimana."),
    )
    hours = forms.CharField(label=_("Jam layanan"), max_length=200, required=False)
    tagline_en = forms.CharField(
        label=_("Satu kalimat tentangnya, dalam bahasa Inggris"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
        help_text=_("Kosong: di halaman Inggris pun tampil yang berbahasa Indonesia."),
    )
    imprint_en = forms.CharField(
        label=_("Keterangan penerbit, dalam bahasa Inggris"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    hours_en = forms.CharField(
        label=_("Jam layanan, dalam bahasa Inggris"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    remove_mark = forms.BooleanField(label=_("Hapus lambang"), required=False)
    field_order = [
        "name", "tagline", "imprint", "hours", "mark", "remove_mark", "english", "tagline_en", "imprint_en", "hours_en",
    ]  # fmt: skip


class UnitLineForm(forms.Form):
    """One first unit below the top; an empty line is left out."""

    name = forms.CharField(label=_("Nama unit"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[c for c in Kind.choices if c[0] != Kind.NATIONAL], initial=Kind.BRANCH, required=False
    )


class UnitLines(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        names = [line["name"].strip().casefold() for line in self.filled()]
        if len(names) != len(set(names)):
            raise ValidationError(_("Dua unit memakai nama yang sama."))

    def filled(self) -> list[dict[str, str]]:
        """The lines that name a unit."""
        return [
            f.cleaned_data for f in self.forms if getattr(f, "cleaned_data", None) and f.cleaned_data.get("name", "").strip()
        ]


UnitsForm = forms.formset_factory(
    UnitLineForm, formset=UnitLines, extra=3, max_num=FIRST_UNITS, absolute_max=FIRST_UNITS, validate_max=True
)


class AdministratorForm(forms.Form):
    """The first account: it can set up everything else, and touches no matters, no money and no publishing."""

    name = forms.CharField(label=_("Nama Anda"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        help_text=_("Huruf kecil, angka, titik, atau garis bawah. Dipakai untuk masuk."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    email = forms.EmailField(
        label=_("Surel"), required=False, help_text=_("Untuk masuk, dan untuk membuat kata sandi baru bila lupa.")
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        help_text=_("Paling sedikit 10 huruf. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("Kedua kata sandi tidak sama."))
        elif password:
            try:
                validate_password(password, User(username=cleaned.get("username", ""), name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
