"""What the desk decides about a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.forms.beside import Beside
from serikat.helpdesk.forms.conversations import MaybeAgain, WithFile
from serikat.helpdesk.forms.report_intake import IntakeForm
from serikat.helpdesk.forms.reports import NOT_A_COUNT, capitals
from serikat.helpdesk.models import Report
from serikat.helpdesk.models.subjects import Subject
from serikat.helpdesk.rules import reports as rules
from serikat.people.models.persons import ThreatLevel
from serikat.places.forms import PlaceField
from serikat.places.models import Level
from serikat.ui.forms import wanted


class MoveForm(Beside, forms.Form):
    state = forms.ChoiceField(
        label=pgettext_lazy("a report", "Ubah menjadi"),
        choices=[
            (Report.State.READ.value, _("Sedang dibaca")),
            (Report.State.HANDLED.value, _("Sedang ditangani")),
            (Report.State.THEIRS.value, _("Menunggu keterangan pelapor")),
            (Report.State.CLOSED.value, _("Selesai")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Kabar untuk pelapor"),
        max_length=rules.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Tampil di halaman kode. Jangan sebut nama siapa pun."),
    )


class AnswerForm(WithFile, MaybeAgain):
    field_order = ["text", "despite_same", "file", "by"]
    nothing = _("Tulis jawabannya dulu.")
    text = wanted(
        forms.CharField(
            label=_("Jawaban"), max_length=rules.LONGEST_WORDS, required=False, widget=forms.Textarea({"rows": 4})
        )
    )
    by = wanted(forms.ChoiceField(label=_("Kirim lewat"), widget=forms.RadioSelect, required=False))

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, about=f"report:{report.pk}", **kwargs)
        here = report.conversation
        if here is None or here.channel.kind == "web":
            del self.fields["by"]
            return
        self.fields["by"].choices = [("channel", here.channel.name), ("web", _("Halaman kode saja"))]  # type: ignore[attr-defined]
        self.initial.setdefault("by", "web" if report.is_careful else "channel")


class AssignForm(Beside, forms.Form):
    colleague = forms.TypedChoiceField(label=_("Kepada"), coerce=int)

    def __init__(self, *args: Any, colleagues: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {user.pk: user for user in colleagues}
        self.fields["colleague"].choices = [(pk, str(user)) for pk, user in self.people.items()]  # type: ignore[attr-defined]
        if self.initial.get("colleague") not in self.people:
            self.initial["colleague"] = next(iter(self.people), None)  # as a browser shows it: nothing is chosen by that

    def clean_colleague(self) -> Any:
        return self.people.get(self.cleaned_data["colleague"])


class SortForm(Beside, forms.Form):
    topic = forms.ChoiceField(label=_("Pokok masalah"), choices=capitals(Subject.choices))
    need = forms.ChoiceField(
        label=_("Yang dibutuhkan"), choices=[("", _("Belum jelas")), *capitals(Report.Need.choices)], required=False
    )
    place = PlaceField(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    how_many = forms.IntegerField(
        label=_("Berapa orang"), min_value=1, max_value=rules.MOST_TOGETHER, error_messages=NOT_A_COUNT
    )


class GuardForm(Beside, forms.Form):
    threat_level = forms.ChoiceField(label=_("Tingkat ancaman"), choices=capitals(ThreatLevel.choices))
    protections = IntakeForm.base_fields["protections"]
    alias = forms.CharField(label=_("Nama samaran"), max_length=60, required=False)
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)


class TieForm(Beside, forms.Form):
    code = forms.CharField(
        label=_("Kode catatan orang"), max_length=20, help_text=_("Delapan huruf di catatannya, misalnya 3F2A-91BC.")
    )
