"""What is typed on the way of an answer to everybody: consent, other words, a decision for each mark, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.helpdesk.forms.consultations import ArticlesField, capitals
from serikat.helpdesk.models import PublicAnswer, Subject
from serikat.helpdesk.rules.redacting import HIDE, KEEP, LONGEST, WRITE, Decision
from serikat.ui.forms import DateInput, wanted


class ConsentForm(forms.Form):
    consent_by = forms.ChoiceField(
        label=_("Siapa yang mengizinkan?"), choices=capitals(PublicAnswer.Who.choices), widget=forms.RadioSelect
    )
    consent_on = forms.DateField(label=_("Kapan"), widget=DateInput())
    consent_words = forms.CharField(
        label=_("Kata-katanya"),
        max_length=600,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Misalnya: “Boleh, asal nama dan pabriknya tidak disebut.”"),
    )


class DraftForm(forms.Form):
    title = wanted(
        forms.CharField(label=_("Judul"), max_length=140, required=False),
        when=_("Pertanyaannya dalam satu kalimat, tanpa nama. Perlu sebelum orang kedua memeriksa."),
    )
    title_en = forms.CharField(label=_("Judul dalam bahasa Inggris"), max_length=140, required=False)
    topic = forms.ChoiceField(label=_("Pokok masalah"), choices=capitals(Subject.choices))
    question = forms.CharField(label=_("Pertanyaan"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}))
    answer = forms.CharField(label=_("Jawaban"), max_length=LONGEST, widget=forms.Textarea({"rows": 12}))
    cites = ArticlesField(required=False)


class MarksForm(forms.Form):
    """For each mark what stands instead: the standing words, other words, or itself with a reason."""

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = decisions
        for number, one in enumerate(decisions):
            self.fields[f"how_{number}"] = forms.ChoiceField(
                label=_("Yang tampil"),
                choices=[(HIDE, one.standing), (WRITE, _("kata lain")), (KEEP, _("biarkan, karena …"))],
                widget=forms.RadioSelect,
                initial=one.how or HIDE,
            )
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Kata lain, atau alasan membiarkannya"), max_length=200, required=False, initial=one.words
            )

    @property
    def rows(self) -> Iterator[tuple[int, Decision, forms.BoundField, forms.BoundField]]:
        for number, one in enumerate(self.decisions):
            yield number + 1, one, self[f"how_{number}"], self[f"words_{number}"]

    def choices(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        return [(given[f"how_{n}"], given[f"words_{n}"]) for n in range(len(self.decisions))]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=600, widget=forms.Textarea({"rows": 2}))
