"""What forms without an account have against machines: a field nobody sees, and the time it took."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

QUICKEST, SLOWEST = 3, 24 * 3600  # seconds between opening a form and sending it


class TrappedForm(forms.Form):
    """A form that anybody may send. `salt` keeps the stamps of different forms apart. A machine that fell into the trap is thanked like everybody."""

    salt = "newsroom.form"
    too_quick = _("Itu cepat sekali. Baca lagi yang Anda tulis, lalu kirim.")

    website = forms.CharField(
        label=_("Jangan diisi"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    since = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["since"] = signing.TimestampSigner(salt=self.salt).sign("x")

    @property
    def by_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        signer = signing.TimestampSigner(salt=self.salt)
        given = cleaned.get("since", "")
        try:
            signer.unsign(given, max_age=SLOWEST)
        except signing.BadSignature:
            self.data = {**dict(self.data.items()), "since": self.initial["since"]}  # the next try is measured from now
            raise ValidationError(_("Halaman ini sudah lama terbuka. Kirim sekali lagi.")) from None
        try:
            signer.unsign(given, max_age=QUICKEST)
        except signing.SignatureExpired:
            return cleaned
        raise ValidationError(self.too_quick)
