"""What looks wrong and may be right all the same: a number that is none, a place that we do not know. It is asked once, beside its field; sent again
as it stands, it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberMatcher

from serikat.messaging.addresses import address_of

if TYPE_CHECKING:
    _Form = forms.Form
else:
    _Form = object


def reaches_nobody(typed: str) -> bool:
    """Whether there is neither a number nor a mail address in it."""
    mail = any(address_of("mail", word.strip(",;<>()")) for word in typed.split())
    number = address_of("number", typed) or any(PhoneNumberMatcher(typed, settings.PHONE_REGION))
    return bool(typed.strip()) and not (mail or number)


ASKED = {
    "number": _("Nomor ini tampak tidak lengkap atau keliru. Perbaiki, atau kirim sekali lagi bila memang begini."),
    "reach": _("Di sini belum ada nomor atau surel yang lengkap. Perbaiki, atau kirim sekali lagi bila memang begini."),
    "choose": _(
        "Ada beberapa tempat yang mirip. Pilih salah satu, atau kirim sekali lagi bila tempatnya tidak ada di sana."
    ),
    "place": _("Tempat ini tidak ada di daftar. Perbaiki, atau kirim sekali lagi: yang Anda tulis tetap disimpan."),
}


class AsksOnce(_Form):
    """Stands before the form class. `DOUBTED`: its fields that are looked over, each by its kind. The template repeats `asked` in hidden fields. A form of
    steps asks where the field stands and not at its end, where a phone sends a draft by itself and nobody is there to answer: `asks_now`."""

    DOUBTED: ClassVar[tuple[str, ...]] = ()
    SAID: ClassVar[Mapping[str, Any]] = ASKED
    PREFIX = "ragu-"
    asked: Sequence[tuple[str, str]] = ()

    def asks_now(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked = self.asked = []
        for name in self.DOUBTED:
            kind, typed = name, given.get(name)
            if self.has_error(name, "choose"):  # several places are like it: maybe none of them is meant
                del self.errors[name]
                kind, typed = "choose", self.data.get(f"{self.add_prefix(name)}-text", "").strip()
                given[name] = typed
            doubtful = isinstance(typed, str) and bool(typed) and (name == "place" or reaches_nobody(typed))
            if not doubtful or name in self.errors:
                continue
            asked.append((f"{self.PREFIX}{name}", str(typed)))
            if self.asks_now() and self.data.get(f"{self.PREFIX}{name}") != typed:
                self.add_error(name, self.SAID[kind])
        return given
