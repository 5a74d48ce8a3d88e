"""The shapes of what workers and readers type: a post, its writer's answers, a comment; and of a moderator's decisions."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from serikat.files.forms import HoldsFiles, UploadField, UploadsField
from serikat.files.rules import SOUND_AND_FILM
from serikat.kernel.text import clean_text
from serikat.newsroom.models import Concern, Post
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.rules.pasting import clean_plain
from serikat.places.forms import PlaceField
from serikat.places.models import Level
from serikat.ui.traps import TrappedForm

SOUNDS = {kind: ending for kind, ending in SOUND_AND_FILM.items() if kind.startswith("audio/") or ending in ("webm", "3gp")}


def senders_left_out(count: int) -> str:
    """What is said when a pasted chat came without the names of those who wrote it."""
    return ngettext(
        "Nama dan jam %(count)d pesan WhatsApp tidak ikut: pengirimnya belum tentu mau disebut.",
        "Nama dan jam %(count)d pesan WhatsApp tidak ikut: pengirimnya belum tentu mau disebut.",
        count,
    ) % {"count": count}


class OwnPostForm(forms.ModelForm[Post]):
    """A post's words, and the name they show under."""

    senders = 0  # of a pasted chat, whose names did not come along

    pen_name = forms.CharField(
        label=_("Nama pena"), max_length=60, required=False, help_text=_("Bila Anda memilih nama pena di atas.")
    )

    class Meta:
        model = Post
        fields = ["title", "text", "named_as"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 10}),
            "named_as": forms.RadioSelect,
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named_as"].label = _("Nama yang tampil")
        self.fields["named_as"].choices = Post.NamedAs.choices  # type: ignore[attr-defined]
        self.fields["text"].required = False  # a voice note may say it all; the service asks for one of both
        self.fields["text"].help_text = _(
            "Ceritakan seperti kepada teman: apa, di mana, kapan, siapa. Nomor telepon dan NIK ditutup sebelum tayang. "
            "Boleh kosong bila Anda merekam suara."
        )
        if self.instance.pk and self.instance.named_as == Post.NamedAs.PEN:
            self.initial.setdefault("pen_name", self.instance.name)

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if rules.personal_numbers(title):
            raise ValidationError(_("Jangan menulis nomor telepon, NIK, atau alamat surel di judul."))
        return title

    def clean_text(self) -> str:
        text, self.senders = clean_plain(self.cleaned_data["text"])
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("named_as") == Post.NamedAs.PEN and not " ".join(cleaned.get("pen_name", "").split()):
            self.add_error("pen_name", _("Tulis nama penanya."))
        return cleaned


class PostForm(HoldsFiles, OwnPostForm):
    """A new post, with its pictures, a voice note and its place. `key` was made when the page was opened."""

    place = PlaceField(label=_("Tempat kejadian"), level=Level.REGENCY, required=False)
    pictures = UploadsField(
        label=_("Gambar"),
        required=False,
        most=rules.MOST_PICTURES,
        help_text=_("Paling banyak enam. Tempat dan jenis ponsel di dalam berkasnya dihapus."),
    )
    alt = forms.CharField(
        label=_("Apa yang terlihat di gambar"),
        max_length=300,
        required=False,
        help_text=_("Untuk yang tidak dapat melihatnya. Lebih dari satu gambar: sesudah terkirim, tulis untuk tiap gambar."),
    )
    sound = UploadField(
        label=_("Rekaman suara"),
        required=False,
        only=SOUNDS,
        voice=True,
        help_text=_("Hanya redaksi yang mendengarnya. Tidak pernah tayang: suara dapat dikenali."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ["title", "text", "pictures", "alt", "sound", "place", "named_as", "pen_name", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["pictures"].widget.attrs["data-shrunk"] = _("Dikecilkan di ponsel ini: {from} MB menjadi {to} MB.")


class _Described(forms.Form):
    """A form with a field for each picture that a post came with: what is seen on it. `alts` holds them by the picture's number."""

    def ask_for(self, pictures: list[Any]) -> None:
        for number, part in enumerate(pictures, 1):
            self.fields[f"alt_{part.pk}"] = forms.CharField(
                label=_("Apa yang terlihat di gambar %(n)d") % {"n": number},
                max_length=300,
                required=False,
                initial=part.alt,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = {name: " ".join(cleaned.pop(name).split()) for name in list(cleaned) if name.startswith("alt_")}
        sent = {name for name in said if self.add_prefix(name) in self.data}  # what was not asked is not wiped
        cleaned["alts"] = {int(name.removeprefix("alt_")): said[name] for name in sent}
        return cleaned


class ChangePostForm(_Described, OwnPostForm):
    """A post that its writer changes while it waits, with words for each of its pictures."""

    def __init__(self, *args: Any, pictures: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for(pictures)


class DecisionsForm(forms.Form):
    """The writer's word on each aspect that was asked."""

    def __init__(self, *args: Any, concerns: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for concern in concerns:
            self.fields[concern.aspect] = forms.ChoiceField(
                label=concern.get_aspect_display().capitalize(), choices=Concern.Decision.choices, widget=forms.RadioSelect
            )


class LiftAnswerForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    words = forms.CharField(
        label=_("Yang harus diubah, bila belum setuju"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ShowPostForm(_Described):
    """What a moderator lets show. `careful`: the writer wants something not shown, so every picture begins as hidden, until somebody who looked at it
    lets it show."""

    left_out = forms.TypedMultipleChoiceField(label=_("Gambar yang tidak ditampilkan"), coerce=int, required=False)
    numbers_show = forms.BooleanField(
        label=_("Nomor di dalamnya boleh tampil"), required=False, help_text=_("Misalnya nomor kantor serikat.")
    )
    hidden_settled = forms.BooleanField(label=_("Yang diminta penulis sudah tidak tampil"), required=False)

    def picture_fields(self) -> list[Any]:
        """The fields of the pictures' words, in their order."""
        return [self[name] for name in self.fields if name.startswith("alt_")]

    def __init__(self, *args: Any, pictures: list[Any], careful: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["left_out"] = [str(part.pk) for part in pictures] if careful else []
        self.ask_for(pictures)
        self.fields["left_out"].choices = [(part.pk, part.alt or part.file.name) for part in pictures]  # type: ignore[attr-defined]


class AskWriterForm(forms.Form):
    aspects = forms.MultipleChoiceField(
        label=_("Tulisan ini memperlihatkan"),
        choices=Concern.Aspect.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu hal yang perlu diputus penulis.")},
    )
    words = forms.CharField(label=_("Pesan untuk penulis"), max_length=600, required=False)


class RefusePostForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan untuk penulis"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis alasannya untuk penulis.")},
    )


class TrustForm(forms.Form):
    trusted_after = forms.IntegerField(
        label=_("Tayang langsung sesudah berapa tulisan"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=_("0: setiap tulisannya dilihat dulu. Kosong: seperti aturan organisasi."),
    )


class PostingRuleForm(forms.Form):
    trusted_after = forms.IntegerField(
        label=_("Tulisan pekerja tayang langsung sesudah berapa yang pernah ditayangkan"),
        min_value=0,
        max_value=1000,
        help_text=_("0: setiap tulisan dilihat dulu. Tulisan dengan gambar atau nomor selalu dilihat dulu."),
    )


class CommentForm(TrappedForm):
    """A comment without an account."""

    salt = "newsroom.comment"

    name = forms.CharField(
        label=_("Nama"), max_length=60, required=False, help_text=_("Boleh nama samaran. Kosong: “Pembaca”.")
    )
    text = forms.CharField(
        label=_("Komentar"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tulis komentarnya dulu.")},
    )

    def clean_text(self) -> str:
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise ValidationError(_("Tulis komentarnya dulu."))
        return text
