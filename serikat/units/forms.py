"""Forms of the desk's unit pages. They shape what is typed; what may be done is decided by the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import ROLE_NAMES, Actor, Role
from serikat.places.forms import PlaceField
from serikat.units.models import Decree, Kind, Unit
from serikat.units.selectors import decrees_reaching, units_to_appoint_in


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class UserField(forms.CharField):
    """An account by its user name, e-mail or phone; cleaned to the user."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = Q(username__iexact=typed) | Q(email__iexact=typed) | Q(phone=typed.replace(" ", "").replace("-", ""))
        users = list(get_user_model()._default_manager.filter(found, is_active=True).order_by("pk")[:2])
        if len(users) != 1:
            raise ValidationError(_("Tidak ada akun terbuka dengan nama, surel, atau nomor telepon itu."), code="unknown")
        return users[0]


class FoundForm(forms.Form):
    name = forms.CharField(label=_("Nama unit"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Kind.choices)
    region = PlaceField(label=_("Desa atau kelurahan"), required=False, help_text=_("Misalnya: Sukamaju Bekasi"))
    founded_on = _day(_("Tanggal berdiri"), required=False)


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Nama baru"), max_length=120)
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(label=_("Pindahkan ke bawah"), queryset=Unit.objects.none())
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 for the type checker
        field.queryset = units_to_appoint_in(actor).exclude(path__startswith=unit.path)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=200)


class DecreeForm(forms.Form):
    number = forms.CharField(label=_("Nomor"), max_length=60)
    about = forms.CharField(label=_("Tentang"), max_length=200)
    decided_on = _day(_("Tanggal keputusan"))


class AppointForm(forms.Form):
    user = UserField(label=_("Siapa"), max_length=120, help_text=_("Nama pengguna, surel, atau nomor telepon akunnya"))
    role = forms.ChoiceField(label=_("Peran"), choices=[(r.value, ROLE_NAMES[r]) for r in Role])
    decree = forms.ModelChoiceField(
        label=_("Surat keputusan"), queryset=Decree.objects.none(), help_text=_("Hanya yang sudah disahkan")
    )
    starts_on = _day(_("Mulai"))
    ends_on = _day(_("Sampai"))

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decree"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 for the type checker
        field.queryset = decrees_reaching(unit)
