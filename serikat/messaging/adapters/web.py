"""Who holds an access code reads and writes at /kode/: no provider stands between, so what is sent has arrived where it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.messaging.adapters import Adapter, Health, Limits, Outcome, Parcel, Scheme, Sort, adapter


@adapter
class Web(Adapter):
    kind: ClassVar[str] = "web"
    name: ClassVar[Words] = _("Halaman kode akses")
    about: ClassVar[Words] = _("Pemegang kode akses membaca dan menjawab di situs ini, tanpa penyedia di antaranya.")
    needs: ClassVar[Words] = _("Tidak ada: sudah ada di situs ini.")
    scheme: ClassVar[Scheme] = Scheme.CODE
    limits: ClassVar[Limits] = Limits(longest=10_000, files=True, largest_file=25_000_000, a_second=1000)
    repeats: ClassVar[bool] = True

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return (Outcome(Sort.SENT) for _parcel in parcels)

    def check(self) -> Health:
        return Health(True)
