"""The shapes of what is typed at the desk of channels: a channel by its kind, a test message, a farewell, a template, the stop list."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import Actor, Role
from serikat.messaging.adapters import Adapter, Scheme, Setting
from serikat.messaging.models import Channel
from serikat.messaging.selectors.channels import successors, values_of
from serikat.messaging.selectors.trials import Trial
from serikat.ui.forms import RupiahField
from serikat.units.selectors import units_within

TYPE_AGAIN = _("Tulis sekali lagi: isian rahasia tidak dikirim balik ke peramban.")
KEPT = _("Sudah tersimpan, kosongkan bila tidak diganti.")
PREFIX = "set_"  # before the name of a setting, which belongs to the adapter
LONGEST_VALUE = 4000  # a key in PEM form is long
MOST_A_SECOND = 1000


def _a_url(value: str) -> None:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or re.search(r"\s", value):
        raise ValidationError(_("Tulis alamat lengkap, seperti https://contoh.id/kirim."))


def _a_number(value: str) -> None:
    if not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise ValidationError(_("Tulis dengan angka saja."))


def _a_folder(value: str) -> None:
    if not value.startswith("/") or "\0" in value:
        raise ValidationError(_("Tulis alamat folder dari akarnya, seperti /var/spool/sms."))


def _a_mail(value: str) -> None:
    try:
        validate_email(value)
    except ValidationError:
        raise ValidationError(_("Tulis alamat surel, seperti kabar@contoh.id.")) from None


def _a_host(value: str) -> None:
    """A name or an address of a computer, nothing around it."""
    try:
        good = bool(ip_address(value.strip("[]")))
    except ValueError:
        good = len(value) <= 253 and all(re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", part) for part in value.split("."))
    if not good:
        raise ValidationError(_("Tulis nama server saja, seperti smtp.contoh.id."))


CHECKED = {"url": _a_url, "number": _a_number, "folder": _a_folder, "mail": _a_mail, "host": _a_host}


def setting_field(setting: Setting, *, held: bool) -> forms.Field:
    """One thing that the adapter asks for. A secret is typed blind, never shown again, and may stay empty once it is kept."""
    required = setting.required and setting.make is None and not (setting.secret and held)
    words: dict[str, Any] = {"label": setting.label, "help_text": setting.help, "required": required}
    if setting.secret:
        if held:
            words["help_text"] = format_lazy("{} {}", setting.help, KEPT) if setting.help else KEPT
        widget: forms.Widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    elif setting.kind == "choice":
        choices = setting.choices if setting.required else (("", _("Tidak dipilih")), *setting.choices)
        return forms.ChoiceField(choices=choices, initial=setting.initial, **words)
    else:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        if setting.kind == "number":
            widget.attrs["inputmode"] = "numeric"
        elif setting.kind == "url":
            widget.input_type = "url"
    checks = [CHECKED[setting.kind]] if setting.kind in CHECKED else []
    return forms.CharField(max_length=LONGEST_VALUE, widget=widget, initial=setting.initial, validators=checks, **words)


class ChannelForm(forms.Form):
    """A channel of one kind: what every channel has, then what its adapter asks for."""

    name = forms.CharField(label=_("Nama saluran"), max_length=60, help_text=_("Seperti yang dikenal di meja: SMS pusat."))
    shown_address = forms.CharField(
        label=_("Alamat untuk umum"),
        max_length=120,
        required=False,
        help_text=_("Nomor, alamat, atau nama yang ditulis orang kepada Anda."),
    )
    price = RupiahField(
        label=_("Biaya per SMS atau pesan (rupiah)"), least=0, most=1_000_000, required=False, help_text=_("Kosong: gratis.")
    )
    a_second = forms.FloatField(
        label=_("Pesan per detik"),
        min_value=0.01,
        max_value=MOST_A_SECOND,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, kind: type[Adapter], actor: Actor, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        held = values_of(channel) if channel else {}
        if channel is None:
            units = units_within(actor, Role.ADMINISTRATOR).filter(closed_on=None).order_by("path")
            self.fields["unit"] = forms.ModelChoiceField(
                label=_("Unit"), queryset=units, empty_label=None, initial=units.first()
            )
        self.fields["a_second"].help_text = _("Kosong: %(most)s, sebanyak yang diterima penyedia.") % {
            "most": f"{kind.limits.a_second:g}"
        }
        for setting in kind.settings:
            self.fields[PREFIX + setting.name] = setting_field(setting, held=bool(held.get(setting.name)))
            if channel is not None and not setting.secret:
                self.initial.setdefault(PREFIX + setting.name, held.get(setting.name, setting.initial))
        if channel is not None:
            begun: dict[str, Any] = {
                "name": channel.name,
                "shown_address": channel.shown_address,
                "a_second": channel.a_second,
            }
            self.initial.update(begun, price=channel.price or None)

    def full_clean(self) -> None:
        """A browser gets no secret back: what was typed blind beside something wrong must be typed again, and that is said where it stands."""
        super().full_clean()
        if self.is_bound and self.errors:
            self._ask_secrets_again()

    def _ask_secrets_again(self) -> None:
        for setting in self.kind.settings:
            name = PREFIX + setting.name
            if setting.secret and name in self.fields and self.data.get(self.add_prefix(name)) and name not in self.errors:
                self.add_error(name, TYPE_AGAIN)

    def given(self) -> dict[str, Any]:
        """As the services take it."""
        typed = dict(self.cleaned_data)
        values = {setting.name: typed.pop(PREFIX + setting.name) for setting in self.kind.settings}
        return typed | {"values": values, "price": typed["price"] or 0}

    def refuse(self, field: str | None, words: str) -> None:
        """What a service refused, beside its field; secrets are typed again here too."""
        self.add_error(self.field_of(field), words)
        self._ask_secrets_again()

    def field_of(self, name: str | None) -> str | None:
        """Where a refusal belongs that names a setting or a field."""
        return next((field for field in (f"{PREFIX}{name}", name) if field in self.fields), None)


TYPED_ADDRESS = {
    Scheme.NUMBER: _("Nomor Anda sendiri"),
    Scheme.MAIL: _("Alamat surel Anda sendiri"),
    Scheme.TELEGRAM: _("Nomor obrolan Telegram Anda sendiri"),
}


class TryForm(forms.Form):
    """A test message to somebody who awaits it."""

    address = forms.CharField(
        label=_("Alamat Anda sendiri"), max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(label=_("Pesan"), max_length=300, initial=_("Pesan uji dari meja saluran."))

    def __init__(self, *args: Any, scheme: str, trial: Trial, **kwargs: Any) -> None:
        """`trial`: their own address on this channel as far as it is known, and what stands in the way."""
        super().__init__(*args, **kwargs)
        if scheme == Scheme.WALL:
            del self.fields["address"]
            self.fields["text"].help_text = _("Semua orang dapat melihatnya di sana: hapus sendiri sesudahnya.")
        else:
            self.fields["address"].label = TYPED_ADDRESS.get(Scheme(scheme), self.fields["address"].label)
            self.fields["address"].initial = trial.address
            self.fields["address"].help_text = str(trial.hint)


class RetireForm(forms.Form):
    replaced_by: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Digantikan oleh"), queryset=None, required=False, empty_label=_("Tidak digantikan")
    )
    farewell = forms.CharField(
        label=_("Catatan"),
        max_length=200,
        required=False,
        help_text=_("Mengapa berhenti, dan ke mana orang sekarang menulis. Disimpan bersama riwayatnya."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cancel = forms.BooleanField(label=_("Batalkan semua pesan yang belum keluar"), required=False)

    def __init__(self, *args: Any, actor: Actor, channel: Channel, waiting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = successors(actor, channel)  # type: ignore[attr-defined]
        if not waiting:
            del self.fields["cancel"]


class TemplateForm(forms.Form):
    """A text as the provider approved it."""

    name = forms.RegexField(
        label=_("Nama di penyedia"),
        regex=r"^[a-z0-9_]{1,100}$",
        help_text=_("Huruf kecil, angka, dan garis bawah, persis seperti di sana."),
        error_messages={"invalid": _("Nama templat hanya berisi huruf kecil, angka, dan garis bawah.")},
    )
    language = forms.RegexField(
        label=_("Bahasa"),
        regex=r"^[a-z]{2,3}(_[A-Z]{2})?$",
        initial="id",
        help_text=_("Kode bahasanya di penyedia: id, en, en_US."),
        error_messages={"invalid": _("Tulis kode bahasa seperti id atau en_US.")},
    )
    text = forms.CharField(
        label=_("Isi"),
        max_length=1024,
        help_text=_("Dengan tempat kosongnya: {{1}}, {{2}}, berurutan."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        places = [int(number) for number in re.findall(r"{{\s*([0-9]{1,3})\s*}}", text)]
        if sorted(set(places)) != list(range(1, len(set(places)) + 1)):
            raise ValidationError(_("Tempat kosong bernomor dari {{1}}, tanpa lompatan."))
        return text


SCHEMES = [
    (Scheme.NUMBER, _("Nomor (SMS, WhatsApp, telepon)")),
    (Scheme.MAIL, _("Surel")),
    (Scheme.TELEGRAM, _("Telegram")),
    (Scheme.MESSENGER, _("Facebook")),
]


class FindStopForm(forms.Form):
    scheme = forms.ChoiceField(label=_("Jenis alamat"), choices=SCHEMES)
    address = forms.CharField(
        label=_("Nomor atau alamat"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class StopForm(FindStopForm):
    reason = forms.CharField(label=_("Alasan"), max_length=300, help_text=_("Siapa yang memintanya, dan bagaimana."))
