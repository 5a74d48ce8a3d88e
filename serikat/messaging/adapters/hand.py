"""A phone in an operator's hand: what came is pasted or shared, what goes out leaves by a wa.me or sms: link and is noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.messaging.adapters import Adapter, Health, Limits, Outcome, Parcel, Scheme, Sort, adapter


@adapter
class Hand(Adapter):
    kind: ClassVar[str] = "hand"
    name: ClassVar[Words] = _("Ponsel petugas")
    about: ClassVar[Words] = _("Pesan ditempel atau dibagikan dari ponsel petugas; jawabannya keluar lewat ponsel itu juga.")
    needs: ClassVar[Words] = _("Hanya sebuah ponsel. Tanpa biaya langganan, jalan sejak hari pertama.")
    scheme: ClassVar[Scheme] = Scheme.NUMBER
    limits: ClassVar[Limits] = Limits(longest=4000, by_parts=True)
    sends: ClassVar[bool] = False

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return (Outcome(Sort.REFUSED, problem="A person sends this.") for _parcel in parcels)

    def check(self) -> Health:
        return Health(True)
