"""The four questions before a second person's yes; the same for an article and a clip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.newsroom.models import Aspect
from serikat.newsroom.rules.safety import LONGEST_REASON, Answer

NO, YES = "no", "yes"
QUESTIONS = {
    Aspect.FACE: (_("Apakah terlihat wajah orang?"), _("Juga di latar, di kartu pengenal, dan di gambar sampul.")),
    Aspect.NAME: (_("Apakah ada nama orang?"), _("Juga nama panggilan, nama keluarga, dan nama di dalam gambar.")),
    Aspect.WORKPLACE: (_("Apakah tempat kerja dapat dikenali?"), _("Nama perusahaan, seragam, gerbang, alamat, mesin.")),
    Aspect.CASE: (_("Apakah menyangkut perkara yang masih berjalan?"), _("Perundingan, laporan polisi, sidang, PHK yang belum selesai.")),
}  # fmt: skip


class SafetyForm(forms.Form):
    """Each question: no, or yes with the reason why it may show."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect, (question, examples) in QUESTIONS.items():
            self.fields[aspect.value] = forms.ChoiceField(
                label=question,
                help_text=examples,
                choices=[(NO, _("Tidak")), (YES, _("Ya, dan boleh tampil"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Jawab dulu pertanyaan ini.")},
            )
            self.fields[f"{aspect.value}_because"] = forms.CharField(
                label=_("Boleh tampil karena"),
                help_text=_("Misalnya: orangnya setuju, pejabat publik, sudah diumumkan pengadilan."),
                max_length=LONGEST_REASON,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for aspect in Aspect.values:
            because = " ".join(cleaned.get(f"{aspect}_because", "").split())
            if cleaned.get(aspect) == YES and not because and f"{aspect}_because" not in self.errors:
                self.add_error(f"{aspect}_because", _("Tulis mengapa ini boleh tampil."))
        return cleaned

    def answers(self) -> dict[str, Answer]:
        """What was answered, for the service."""
        said = self.cleaned_data
        return {a: Answer(said[a] == YES, said[f"{a}_because"]) for a in Aspect.values}

    def questions(self) -> list[tuple[Any, Any]]:
        """Each question with the field of its reason, for the page."""
        return [(self[aspect], self[f"{aspect}_because"]) for aspect in Aspect.values]


class ApproveForm(SafetyForm):
    """A yes to one revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PublishClipForm(SafetyForm):
    """A yes to a clip as it was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
