"""Public forms without an account, and two traps for machines: a field that nobody sees, and the time between opening and sending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

QUICKEST, SLOWEST = 3, 24 * 3600  # seconds between opening a form and sending it


class TrappedForm(forms.Form):
    """Draw it by `ui/forms/trapped.html`, or draw `website` where nobody sees it and `since` hidden. Who fell into the first trap is `by_machine`:
    thanked like everybody, and nothing is kept. `salt` keeps the forms of rooms apart."""

    salt = "ui.trapped"
    traps = ("website", "since")

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

    @property
    def doubtful(self) -> bool:
        """The first trap again, for a form of which nothing may be thrown away: a phone that fills in what it likes falls into it too. So `doubt`."""
        return self.is_bound and bool(self.data.get("website"))

    def doubt(self) -> None:
        """Ask to send once more, with the trap empty again."""
        self.data = {**dict(self.data.items()), "website": ""}
        self.add_error(None, _("Kirim sekali lagi, supaya kami tahu ini bukan mesin. Yang Anda tulis tidak hilang."))

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
        raise ValidationError(_("Itu cepat sekali. Baca lagi isian Anda, lalu kirim."))
