"""What is typed about consultations: by who asks, by who notes a caller's question, by who answers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.helpdesk.forms.beside import Beside
from serikat.helpdesk.forms.doubts import AsksOnce
from serikat.helpdesk.models import Consultation, Subject
from serikat.helpdesk.rules.consultations import LONGEST_ANSWER, LONGEST_QUESTION
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.ui.forms import MomentInput
from serikat.ui.stepping import Step, SteppedForm
from serikat.ui.traps import TrappedForm

later = lazy(capfirst, str)  # the language is known only when the form is drawn


def capitals(choices: Any) -> list[tuple[str, Any]]:
    """Choices that stand by themselves begin with a capital; inside of a sentence the same words do not."""
    return [(value, later(name)) for value, name in choices]


def of_topics(unsure: Any) -> list[tuple[str, Any]]:
    """Topics of which none is chosen to begin with; `unsure` are the words of the one for all the rest."""
    return [
        ("", _("Pilih satu")),
        *capitals([one for one in Subject.choices if one[0] != Subject.OTHER]),
        (Subject.OTHER, unsure),
    ]


STEPS = (
    Step("pertanyaan", _("Pertanyaan Anda"), ("topic", "question")),
    Step("jawaban", _("Supaya jawabannya sampai"), ("called", "reach")),
)


class AskForm(AsksOnce, SteppedForm, TrappedForm):
    """A question without an account, in two steps. `key` was made when the page was opened."""

    STEPS = STEPS
    salt = "helpdesk.ask"
    DOUBTED = ("reach",)  # to where the only question back can go

    topic = forms.ChoiceField(
        label=_("Tentang apa?"),
        choices=of_topics(_("Belum tahu, atau hal lain")),
        error_messages={"required": _("Pilih pokok masalahnya.")},
    )
    question = forms.CharField(
        label=_("Apa yang ingin Anda ketahui?"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea({"rows": 7}),
        help_text=_(
            "Sejak kapan bekerja, kontrak atau tetap, berapa upahnya, apa yang terjadi. Nama perusahaan tidak perlu."
        ),
        error_messages={"required": _("Tulis pertanyaannya.")},
    )
    called = forms.CharField(
        label=_("Kami memanggil Anda siapa?"), max_length=120, required=False, help_text=_("Boleh nama panggilan.")
    )
    reach = forms.CharField(
        label=_("Nomor telepon atau surel"),
        max_length=200,
        required=False,
        help_text=_("Hanya bila kami boleh bertanya balik. Jawabannya selalu dapat Anda baca dengan kode."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class WordForm(forms.Form):
    """A word beside an opinion."""

    word = forms.CharField(
        label=_("Mau menambahkan sesuatu?"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Boleh dikosongkan."),
    )


class AddForm(AsksOnce, forms.Form):
    """A caller's or visitor's question, typed while listening."""

    DOUBTED = ("reach",)

    topic = forms.ChoiceField(label=_("Pokok masalah"), choices=of_topics(later(Subject.OTHER.label)))
    question = forms.CharField(
        label=_("Pertanyaannya"), max_length=LONGEST_QUESTION, widget=forms.Textarea({"rows": 7, "autofocus": True})
    )
    came = forms.ChoiceField(
        label=_("Masuk lewat"),
        choices=capitals([one for one in Consultation.Came.choices if one[0] in ("phone", "visit", "message")]),
        widget=forms.RadioSelect,
        initial="phone",
    )
    way = forms.ChoiceField(
        label=_("Ingin dijawab"), choices=capitals(Consultation.Way.choices), widget=forms.RadioSelect, initial="message"
    )
    appointment = forms.SplitDateTimeField(label=_("Janji bertemu"), required=False, widget=MomentInput())
    called = forms.CharField(label=_("Nama panggilan"), max_length=120, required=False)
    reach = forms.CharField(label=_("Nomor telepon atau surel"), max_length=200, required=False)
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial.setdefault("unit", units.first())


class CallerForm(forms.Form):
    """The question of somebody who is on the telephone or at the desk. Of somebody guarded no name is asked."""

    question = forms.CharField(
        label=_("Pertanyaannya"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea({"rows": 7, "autofocus": True}),
        error_messages={"required": _("Tulis pertanyaannya.")},
    )
    topic = forms.ChoiceField(label=_("Pokok masalah"), choices=capitals(Subject.choices))
    back = forms.ChoiceField(label=_("Bagaimana jawabannya sampai"), widget=forms.RadioSelect)
    reach = forms.CharField(
        label=_("Cara lain"), max_length=200, required=False, help_text=_("Nomor atau surel lain, dan kapan aman.")
    )
    called = forms.CharField(label=_("Nama panggilan"), max_length=120, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, number: str, guarded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways: list[tuple[str, Any]] = [
            ("code", _("Mereka membacanya sendiri dengan kode")),
            ("other", _("Cara lain, ditulis di bawah")),
        ]
        if number:
            ways.insert(0, ("number", format_lazy(_("Ditelepon lagi ke nomor ini: {number}"), number=number)))
        self.fields["back"].choices = ways  # type: ignore[attr-defined]
        self.initial = {"back": ways[0][0], "key": uuid.uuid4(), **self.initial}
        self.initial["topic"] = self.initial.get("topic") or Subject.OTHER
        if guarded:
            del self.fields["called"]


class ArticlesField(forms.Field):
    """Ids of articles from tick boxes that the page draws itself; whether they exist is asked in the service."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        return [str(one)[:60] for one in value or []][:50]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 14}),
        error_messages={"required": _("Tulis jawabannya.")},
    )
    told = forms.ChoiceField(label=_("Disampaikan"), widget=forms.RadioSelect)
    cites = ArticlesField(required=False)

    SEARCH = "cari"  # the button that looks for articles and earlier answers, and sends nothing

    def __init__(self, *args: Any, ways: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = capitals(ways)  # type: ignore[attr-defined]
        if ways:
            self.initial.setdefault("told", ways[0][0])


class HandForm(Beside, forms.Form):
    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Kepada"), queryset=None, empty_label=_("Pilih petugas")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class SortForm(Beside, forms.Form):
    topic = forms.ChoiceField(label=_("Pokok masalah"), choices=capitals(Subject.choices))


class CloseForm(Beside, forms.Form):
    word = forms.CharField(
        label=_("Bagaimana akhirnya"), max_length=300, required=False, help_text=_("Perlu bila ditutup tanpa jawaban.")
    )


class GuardForm(Beside, forms.Form):
    threat_level = forms.ChoiceField(
        label=_("Tingkat ancaman"), choices=capitals(ThreatLevel.choices), widget=forms.RadioSelect
    )
    protections = forms.MultipleChoiceField(
        label=_("Dilindungi karena"),
        choices=capitals(Protection.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    alias = forms.CharField(label=_("Nama samaran"), max_length=60, required=False)


class SkillsForm(forms.Form):
    topics = forms.MultipleChoiceField(
        label=_("Pokok masalah yang dikuasai"),
        choices=capitals(Subject.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
