"""Public forms without an account, and two traps for machines: a field that nobody sees, and the time between opening and sending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

QUICKEST, SLOWEST = 3, 24 * 3600  # seconds between opening a form and sending it
OPENED, ASKED = "x", "asked"  # what the sign of a form says besides its time: whether it was asked for once more


class TrappedForm(forms.Form):
    """Draw `website` where nobody sees it and `since` hidden. A phone that fills in what it likes falls into the first trap too, so nothing is thrown
    away: `is_meant` asks for it once more, and once only, for the phone may fill it in again. `salt` keeps the forms of rooms apart."""

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
        self._signer = signing.TimestampSigner(salt=self.salt)
        self.initial["since"] = self._signer.sign(OPENED)

    def is_meant(self) -> bool:
        """Valid, and the first trap is empty; else a valid form is to be sent once more."""
        return self.is_valid() and not self.doubted()

    def doubted(self) -> bool:
        """Whether it fell into the first trap, for a form that is valid in its own way: it is asked for once more, with the trap empty again."""
        if not self.is_bound or not self.data.get("website") or self._was_asked():
            return False
        self._put("website", "")
        self._put("since", self._signer.sign(ASKED))
        self.add_error(None, _("Kirim sekali lagi, supaya kami tahu ini bukan mesin. Yang Anda tulis tidak hilang."))
        return True

    def _was_asked(self) -> bool:
        try:
            return self._signer.unsign(self.data.get("since", "")) == ASKED
        except signing.BadSignature:
            return False

    def _put(self, name: str, value: str) -> None:
        given: Any = self.data
        data = given.copy()  # all values of each name stay
        data[name] = value
        self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = cleaned.get("since", "")
        try:
            if self._signer.unsign(given, max_age=SLOWEST) == ASKED:
                return cleaned
        except signing.BadSignature:
            self._put("since", self.initial["since"])  # the next try is measured from now
            raise ValidationError(_("Halaman ini sudah lama terbuka. Kirim sekali lagi.")) from None
        try:
            self._signer.unsign(given, max_age=QUICKEST)
        except signing.SignatureExpired:
            return cleaned
        raise ValidationError(_("Itu cepat sekali. Baca lagi isian Anda, lalu kirim."))
