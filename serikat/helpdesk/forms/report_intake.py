"""What the desk types of a report: while listening, or of many people at once."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import HoldsFiles, UploadsField
from serikat.helpdesk.forms.doubts import AsksOnce
from serikat.helpdesk.forms.reports import NOT_A_COUNT, PublicReportForm, SomePlace, capitals, placed
from serikat.helpdesk.models import Report
from serikat.helpdesk.models.subjects import Subject
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.services.reports import Told
from serikat.messaging.addresses import address_of
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.places.models import Level


class SetAtIntake(forms.Form):
    """What is set as soon as somebody tells: what about, how urgent, who is to be hidden."""

    topic = forms.ChoiceField(
        label=_("Pokok masalah"), choices=[("", _("Belum jelas")), *capitals(Subject.choices)], required=False
    )
    need = forms.ChoiceField(
        label=_("Yang dibutuhkan"), choices=[("", _("Belum jelas")), *capitals(Report.Need.choices)], required=False
    )
    threat_level = forms.ChoiceField(label=_("Tingkat ancaman"), choices=capitals(ThreatLevel.choices), required=False)
    protections = forms.MultipleChoiceField(
        label=_("Dilindungi karena"),
        choices=capitals(Protection.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    alias = forms.CharField(
        label=_("Nama samaran"),
        max_length=60,
        required=False,
        help_text=_("Untuk tingkat ancaman tinggi atau yang dilindungi: hanya nama ini yang tampil."),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    clean_key = PublicReportForm.clean_key


class IntakeForm(AsksOnce, HoldsFiles, SetAtIntake):
    """Typed while listening: the story first, everything else may stay empty. Nothing here refuses a report."""

    DOUBTED = ("number", "place")
    field_order = (
        "story", "called", "number", "reach", "place", "where", "against", "happened", "how_many", "topic", "need",
        "threat_level", "protections", "alias", "attached",
    )  # fmt: skip

    story = forms.CharField(
        label=_("Ceritanya"),
        max_length=rules.LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 12, "autofocus": True}),
    )
    called = forms.CharField(
        label=_("Nama"), max_length=rules.LONGEST_NAME, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    number = forms.CharField(
        label=_("Nomor telepon"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    reach = forms.CharField(
        label=_("Aman dihubungi"), max_length=rules.LONGEST_REACH, required=False, help_text=_("Kapan dan lewat apa.")
    )
    place = SomePlace(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    where = forms.CharField(label=_("Di mana"), max_length=rules.LONGEST_WORDS, required=False)
    against = forms.CharField(label=_("Siapa pelakunya"), max_length=rules.LONGEST_WORDS, required=False)
    happened = forms.CharField(label=_("Kapan"), max_length=80, required=False)
    how_many = forms.IntegerField(
        label=_("Berapa orang"),
        min_value=1,
        max_value=rules.MOST_TOGETHER,
        required=False,
        error_messages=NOT_A_COUNT,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    attached = UploadsField(label=_("Berkas atau pindaian"), most=rules.MOST_FILES, private=True, required=False)

    def told(self) -> Told:
        given = dict(self.cleaned_data)
        reach = ", ".join(part for part in (given.get("number", ""), given.get("reach", "")) if part)
        names = ("story", "topic", "need", "against", "happened", "called", "alias", "threat_level")
        words: dict[str, Any] = {name: given.get(name) or "" for name in names}
        return Told(
            **placed(given),
            **words,
            reach=reach,
            how_many=given.get("how_many"),
            protections=tuple(given.get("protections") or ()),
        )


class GroupForm(AsksOnce, SetAtIntake):
    """One report of many people."""

    DOUBTED = ("place",)
    field_order = (
        "story", "people", "place", "where", "against", "called", "reach", "topic", "need", "threat_level", "protections",
        "alias",
    )  # fmt: skip

    story = forms.CharField(
        label=_("Apa yang terjadi"), max_length=rules.LONGEST_STORY, required=False, widget=forms.Textarea({"rows": 6})
    )
    people = forms.CharField(
        label=_("Daftar orang"),
        max_length=400_000,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=_("Satu orang satu baris: nama, nomor. Boleh ditempel dari Excel. Paling banyak 2.000 orang."),
    )
    place = SomePlace(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    where = forms.CharField(label=_("Di mana"), max_length=rules.LONGEST_WORDS, required=False)
    against = forms.CharField(label=_("Siapa pelakunya"), max_length=rules.LONGEST_WORDS, required=False)
    called = forms.CharField(label=_("Juru bicaranya"), max_length=rules.LONGEST_NAME, required=False)
    reach = forms.CharField(
        label=_("Nomor atau cara menghubungi juru bicara"), max_length=rules.LONGEST_REACH, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.lines = rules.read_people(cleaned.get("people", ""), lambda typed: address_of("number", typed))
        if not self.lines and "people" not in self.errors:
            self.add_error("people", _("Belum ada satu nama pun di daftar ini."))
        return cleaned

    def told(self) -> Told:
        given = dict(self.cleaned_data)
        names = ("story", "against", "topic", "need", "called", "reach", "threat_level", "alias")
        words: dict[str, Any] = {name: given.get(name) or "" for name in names}
        guards = tuple(given.get("protections") or ())
        return Told(**placed(given), people=tuple(self.lines), protections=guards, **words)
