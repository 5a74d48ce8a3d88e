"""The shapes of what is typed about clips: uploading one without a script, its words, captions, poster, and series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.newsroom.models import Clip, Series
from serikat.newsroom.selectors.clips import all_series, units_to_upload_in

MOVING = "video/*,audio/*"


class UploadForm(forms.Form):
    title = forms.CharField(label=_("Judul"), max_length=120)
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    file = forms.FileField(
        label=_("Video atau rekaman suara"),
        help_text=_("Dari ponsel apa pun, paling lama tiga jam. Diperkecil di sini: tempat dan jenis ponsel ikut dihapus."),
        allow_empty_file=True,  # the service says what is wrong with it
        widget=forms.FileInput(attrs={"accept": MOVING}),
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_to_upload_in(actor)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()


class BeginUploadForm(UploadForm):
    """What a script tells before it sends the first piece."""

    file = None  # type: ignore[assignment]
    name = forms.CharField(max_length=200)
    size = forms.IntegerField(min_value=0, max_value=2**53)


class ClipForm(forms.ModelForm[Clip]):
    series: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Seri"), queryset=None, required=False, empty_label=_("Tidak termasuk seri")
    )

    class Meta:
        model = Clip
        fields = ["title", "about", "credit", "series", "transcript"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3}), "transcript": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "credit": _("Nama yang ditampilkan. Kosongkan bila tidak perlu."),
            "transcript": _("Bila kosong, dibuat dari takarir."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = all_series()  # type: ignore[attr-defined]
        self.fields["transcript"].max_length = 200_000  # type: ignore[attr-defined]
        self.fields["transcript"].widget.attrs["maxlength"] = 200_000

    def clean_transcript(self) -> str:
        transcript: str = self.cleaned_data["transcript"]
        if len(transcript) > 200_000:
            raise forms.ValidationError(_("Transkrip ini terlalu panjang."))
        return transcript


class CaptionForm(forms.Form):
    typed = forms.CharField(
        label=_("Takarir"),
        required=False,
        strip=False,
        max_length=400_000,
        help_text=_(
            "Satu baris untuk satu kalimat: mulai, selesai, kata-kata. Contoh: 0:05 0:08 Kami minta upah dibayar. Selesai boleh dikosongkan."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Atau kirim berkas takarir"),
        required=False,
        help_text=_("WebVTT (.vtt) atau SubRip (.srt). Menggantikan semua baris di atas."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )


class PosterForm(forms.Form):
    second = forms.FloatField(
        label=_("Detik ke"), required=False, min_value=0, max_value=11_000, widget=forms.NumberInput(attrs={"step": "0.1"})
    )
    picture = forms.FileField(
        label=_("Atau kirim gambar"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and values.get("second") is None and values.get("picture") is None:
            self.add_error("second", _("Tulis detiknya, atau kirim gambar."))
        return values


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=300)


class SeriesForm(forms.ModelForm[Series]):
    picture = forms.FileField(
        label=_("Gambar"),
        required=False,
        help_text=_("Dipotong persegi. Ditampilkan di aplikasi podcast."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    class Meta:
        model = Series
        fields = ["title", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def validate_unique(self) -> None:
        """The service says what is taken."""
