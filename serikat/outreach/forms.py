"""What is typed at the desk of broadcasts and audiences, and on the page of subscriptions. Names of fields are those of the services."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serikat.files.forms import UploadField
from serikat.kernel.access import ROLE_NAMES
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Channel
from serikat.messaging.rules.templates import places_of
from serikat.messaging.selectors.channels import templates_of
from serikat.messaging.selectors.trials import Trial
from serikat.outreach.models import ImportedList, PartKind, Topic
from serikat.outreach.selectors.subscriptions import Offer
from serikat.outreach.services.audiences import NEEDS
from serikat.places.forms import PlaceField
from serikat.places.models import Level
from serikat.ui.forms import DateInput
from serikat.ui.traps import TrappedForm

TABLES = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx", "text/csv": "csv"}
later: Any = lazy(capfirst, str)


class BroadcastForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Channel.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Judul, untuk meja kerja"), max_length=120, help_text=_("Penerima tidak melihatnya."))
    audiences = forms.ModelMultipleChoiceField(
        label=_("Untuk siapa"),
        queryset=Channel.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu khalayak.")},
    )
    send_at = forms.DateTimeField(
        label=_("Dikirim pada"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Kosong: segera setelah disetujui."),
    )
    any_hour = forms.BooleanField(
        label=_("Kirim juga malam hari"),
        required=False,
        help_text=_("Hanya untuk yang tidak dapat menunggu pagi di tempat penerima."),
    )

    def __init__(self, *args: Any, units: Any, audiences: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["audiences"].queryset = audiences  # type: ignore[attr-defined]


class VariantForm(forms.Form):
    """The words for one channel: a text, or the places of a template that the provider approved."""

    subject = forms.CharField(label=_("Subjek"), max_length=200, required=False)
    template = forms.ModelChoiceField(
        label=_("Templat penyedia"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("tanpa templat: hanya bagi yang menulis dalam 24 jam terakhir"),
    )
    text = forms.CharField(label=_("Isi"), required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=10_000)

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel.scheme != "mail":
            del self.fields["subject"]
        templates = templates_of(channel)
        if not templates:
            del self.fields["template"]
            self.fields["text"].required = True
            self.fields["text"].error_messages["required"] = _("Pesannya masih kosong.")
            return
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        self.places = max(places_of(one.text) for one in templates)
        for n in range(1, self.places + 1):
            self.fields[f"value{n}"] = forms.CharField(label=f"{{{{{n}}}}}", required=False, max_length=300)

    @property
    def shape(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        values = [found.pop(f"value{n}") for n in range(1, getattr(self, "places", 0) + 1)]
        return {**found, "values": values if found.get("template") else []}


class TryForm(forms.Form):
    """A broadcast to oneself, on one of its channels."""

    address = forms.CharField(
        label=_("Nomor atau alamat Anda sendiri"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, channel: Channel, trial: Trial, **kwargs: Any) -> None:
        """`trial`: their own address there as far as it is known, and what stands in the way. Where none is known, nothing can be typed."""
        super().__init__(*args, **{"prefix": "uji", "auto_id": f"s{channel.pk}_%s", **kwargs})
        self.possible = bool(trial.addresses)
        self.fields["address"].initial = trial.address
        self.fields["address"].help_text = str(trial.hint)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan untuk penulisnya"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AudienceForm(forms.Form):
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Channel.objects.none(),
        empty_label=None,
        help_text=_("Hanya orang di unit ini dan di bawahnya."),
    )
    name = forms.CharField(label=_("Nama khalayak"), max_length=100)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """One condition more. Only what belongs to the chosen kind is read, and shown where the browser can (`asked_for`)."""

    kind = forms.ChoiceField(label=_("Siapa"), choices=[(v, later(n)) for v, n in PartKind.choices])
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Channel.objects.none(), required=False)
    role = forms.ChoiceField(
        label=_("Peran"), required=False, choices=[("", "–"), *((r.value, later(n)) for r, n in ROLE_NAMES.items())]
    )
    place = PlaceField(label=_("Kabupaten atau kota"), level=Level.REGENCY, required=False)
    topic = forms.ModelChoiceField(label=_("Topik"), queryset=Topic.objects.none(), required=False)
    imported = forms.ModelChoiceField(label=_("Daftar impor"), queryset=ImportedList.objects.none(), required=False)
    code = forms.CharField(
        label=_("Kode orang"), max_length=12, required=False, help_text=_("Delapan huruf dari catatan orangnya.")
    )

    def __init__(self, *args: Any, units: Any, topics: Any, lists: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        self.fields["imported"].queryset = lists  # type: ignore[attr-defined]

    def asked_for(self) -> list[tuple[Any, str]]:
        """Each field below the kind, with the kinds that ask for it."""
        kinds = {name: " ".join(kind for kind, needs in NEEDS.items() if name in needs) for name in self.fields}
        return [(self[name], kinds[name] or PartKind.PERSON.value) for name in self.fields if name != "kind"]


class ListForm(forms.Form):
    """A table of numbers, and who asked these people."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Channel.objects.none(), empty_label=None)
    name = forms.CharField(label=_("Nama daftar"), max_length=100)
    asked_by = forms.CharField(label=_("Siapa yang meminta persetujuan mereka"), max_length=120)
    asked_on = forms.DateField(label=_("Kapan"), widget=DateInput())
    asked_how = forms.CharField(
        label=_("Bagaimana"), max_length=300, help_text=_("Misalnya: ditandatangani di daftar hadir rapat.")
    )
    file = UploadField(
        label=_("Tabel Excel (.xlsx) atau CSV"),
        only=TABLES,
        help_text=_("Satu kolom berjudul nomor, telepon, WhatsApp, atau surel. Berkasnya sendiri tidak disimpan."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    name = forms.CharField(label=_("Nama"), max_length=60)
    name_en = forms.CharField(label=_("Nama Inggris"), max_length=60, required=False)
    word = forms.CharField(
        label=_("Kata kunci"), max_length=20, help_text=_("Satu kata yang diketik sesudah LANGGANAN, misalnya UPAH.")
    )
    order = forms.IntegerField(label=_("Urutan"), min_value=0, max_value=999, initial=50)
    closed = forms.BooleanField(label=_("Ditutup: tidak ditawarkan lagi"), required=False)


class WishForm(TrappedForm):
    """Of what somebody wants to be told."""

    topics = forms.ModelMultipleChoiceField(
        label=_("Topik"), queryset=Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = PlaceField(label=_("Kabar untuk kabupaten atau kota"), level=Level.REGENCY, required=False)

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]


class BrowserForm(WishForm):
    """Notices in this browser. Where it is reached its own script writes."""

    salt = "outreach.browser"

    subscription = forms.CharField(max_length=2000, widget=forms.HiddenInput, required=False)


class SubscribeForm(WishForm):
    """What somebody wants to be told of, and where."""

    salt = "outreach.subscribe"

    weekly = forms.ChoiceField(
        label=_("Seberapa sering"),
        choices=[("", _("Setiap berita, begitu tayang")), ("1", _("Ringkasan seminggu sekali, Sabtu pagi (hanya surel)"))],
        required=False,
        widget=forms.RadioSelect,
    )
    channel = forms.ModelChoiceField(
        label=_("Dikirim lewat"),
        queryset=Channel.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih lewat apa.")},
    )
    typed = forms.CharField(
        label=_("Nomor telepon atau alamat surel Anda"),
        max_length=200,
        help_text=_("Kode dikirim ke sana. Sebelum kode itu Anda tulis, tidak ada yang lain dikirim."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ["topics", "place", "channel", "weekly", "typed"]

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.channel.pk: one.name for one in offers}
        choice: Any = self.fields["channel"]
        choice.queryset = Channel.objects.filter(pk__in=names)
        choice.label_from_instance = lambda channel: names[channel.pk]
        if len(offers) == 1:
            choice.initial = offers[0].channel.pk
        by_mail = {one.channel.scheme == Scheme.MAIL for one in offers}
        if True not in by_mail:
            del self.fields["weekly"]
        if len(by_mail) == 1:
            self.fields["typed"].label = _("Alamat surel Anda") if True in by_mail else _("Nomor ponsel Anda")

    def clean_weekly(self) -> bool:
        return bool(self.cleaned_data["weekly"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode enam angka"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
