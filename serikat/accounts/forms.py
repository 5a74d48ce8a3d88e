"""The forms of signing in, of the own account and of the accounts desk. They check shape; services decide and write."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from serikat.accounts import rules
from serikat.accounts.models import User
from serikat.accounts.services import ask_for_password_mail, clean_name
from serikat.kernel.errors import Refused

PASSWORD_HELP = _(
    "Sedikitnya 10 huruf atau angka. Kalimat pendek yang hanya Anda tahu lebih mudah diingat daripada sandi rumit."
)


def _say(form: forms.Form, **labels: Any) -> None:
    """Our words for allauth's fields, and no placeholders: a placeholder vanishes when one starts to type."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Nomor telepon, surel, atau nama pengguna"),
            max_length=rules.LONGEST_LOGIN,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.order_fields(["login", "password", "remember"])
        _say(self, password=_("Kata sandi"), remember=_("Tetap masuk di perangkat ini"))
        self.fields["password"].help_text = ""
        self.fields["password"].max_length = 4096
        self.fields["remember"].help_text = _("Jangan dipakai di komputer bersama.")

    def user_credentials(self) -> dict[str, str]:
        """One name, whichever kind it is: the backend reads it."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class SignUpForm(account_forms.SignupForm):
    name = forms.CharField(label=_("Nama"), max_length=120)
    field_order = ["name", "username", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, username=_("Nama pengguna"), password1=_("Kata sandi"), password2=_("Kata sandi, sekali lagi"))
        self.fields["password1"].help_text = PASSWORD_HELP

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except Refused as error:
            raise forms.ValidationError(str(error.message)) from None

    def clean_username(self) -> str:
        self.cleaned_data["username"] = self.cleaned_data["username"].strip().lower()
        return str(super().clean_username())

    def signup(self, request: Any, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=_("Kata sandi sekarang"),
            password1=_("Kata sandi baru"),
            password2=_("Kata sandi baru, sekali lagi"),
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HELP


class SetPasswordForm(account_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=_("Kata sandi baru"), password2=_("Kata sandi baru, sekali lagi"))
        self.fields["password1"].help_text = PASSWORD_HELP


class ForgottenPasswordForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("Surel Anda"))

    def clean_email(self) -> str:
        """Nobody is looked up here: a page must not take longer for an address that is known."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: Any, **kwargs: Any) -> str:
        """What allauth's view calls."""
        address: str = self.cleaned_data["email"]
        ask_for_password_mail(address=address, language=get_language() or settings.LANGUAGE_CODE)
        return address


class NewPasswordFromMailForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=_("Kata sandi baru"), password2=_("Kata sandi baru, sekali lagi"))
        self.fields["password1"].help_text = PASSWORD_HELP


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("Kata sandi"))
        self.fields["password"].help_text = ""


class _OnceOnly:
    """A code of the app counts once, for as long as it could be valid at all: allauth alone remembers it for a single step."""

    user: Any

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        lasting = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 2)
        if not cache.add(f"accounts.code:{self.user.pk}:{code.strip()}", 1, timeout=lasting):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _say_code(form: forms.Form) -> None:
    _say(form, code=_("Kode dari aplikasi, atau kode cadangan"))
    form.fields["code"].widget.attrs["maxlength"] = 20
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class FactorForm(_OnceOnly, factor_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class ConfirmFactorForm(_OnceOnly, factor_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class ActivateAppForm(app_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Kode enam angka dari aplikasi"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


# What a made-up or damaged answer of a key breaks on, deep inside the library.
BROKEN_ANSWER = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error, InvalidSignature)


class _SturdyAnswer:
    """An answer that is no answer is refused like a wrong one."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except BROKEN_ANSWER:
            raise get_adapter().validation_error("incorrect_code") from None


class SignInByPasskeyForm(_SturdyAnswer, passkey_forms.LoginWebAuthnForm):
    pass


class PasskeyForm(_SturdyAnswer, passkey_forms.AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(_SturdyAnswer, passkey_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    """Every key made here is a passkey: it can be used to sign in without a password."""

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except BROKEN_ANSWER:
            raise get_adapter().validation_error("incorrect_code") from None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name=_("Nama kunci, misalnya “ponsel saya”"))
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(passkey_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name=_("Nama kunci"))


class LinkPasswordForm(forms.Form):
    """The new password of who came by a one-time link."""

    password1 = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        max_length=4096,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("password1") and found.get("password2") and found["password1"] != found["password2"]:
            self.add_error("password2", _("Kedua kata sandi tidak sama."))
        return found


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)


class ContactsForm(forms.Form):
    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=30,
        required=False,
        help_text=_("Contoh: 0812 3456 7890. Dapat dipakai untuk masuk."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        help_text=_("Dapat dipakai untuk masuk dan untuk membuat kata sandi baru bila lupa."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AccountForm(ContactsForm):
    """A new account."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        required=False,
        help_text=_("Bila kosong, dibuat dari namanya. Huruf kecil, angka, titik."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)
    field_order = ["name", "username", "phone", "email", "language"]


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Cari nama, nama pengguna, nomor telepon, atau surel"), max_length=rules.LONGEST_LOGIN, required=False
    )
    closed = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("semua")), ("0", _("terbuka")), ("1", _("ditutup"))]
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=300)


class LinkForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"), max_length=300, help_text=_("Misalnya: datang ke sekretariat dengan kartu anggota.")
    )
    clears_factor = forms.BooleanField(
        label=_("Hapus juga faktor kedua"),
        required=False,
        help_text=_("Hanya bila ponsel dan kode cadangannya hilang. Admin lain diberi tahu."),
    )


def say_refusal(form: forms.Form, error: Refused) -> None:
    """Show what a service refused beside the field it concerns. What is absent or forbidden stays a page of its own."""
    if error.http_status == 404:
        raise error
    form.add_error(error.field if error.field in form.fields else None, str(error.message))
