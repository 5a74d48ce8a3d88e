"""Any service that Apprise knows, by one address that holds everything: a wall, or a notice to a group.

Apprise answers yes or no. What a no means is read from the status that it notes; where it notes none, the message is in doubt.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import Adapter, Health, Limits, Outcome, Parcel, Scheme, Setting, Sort, adapter
from serikat.messaging.adapters.calling import Answer, Settled, deliver, judge

logging.getLogger("apprise").propagate = False  # its lines may hold the address, and the address holds the token


@adapter
class Apprise(Adapter):
    kind = "apprise"
    name = _("Layanan lain (Apprise)")
    about = _("Berita keluar ke layanan lain yang dikenal Apprise: Matrix, Slack, ntfy, dan banyak lagi. Hanya mengirim.")
    needs = _(
        "Alamat layanan menurut daftar di appriseit.com, biasanya dengan token dari layanan itu. Biaya menurut layanannya."
    )
    scheme = Scheme.WALL
    limits = Limits(longest=4000, a_second=0.2)
    settings = (
        Setting(
            "address",
            _("Alamat Apprise"),
            _("Misalnya slack://…, matrixs://…, ntfys://…; memuat kata sandi, jadi dirahasiakan."),
            secret=True,
        ),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._service: Any = None

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _open(self) -> Any:
        """The service behind the address; None when Apprise does not know it."""
        import apprise  # reason: it loads more than a hundred services, and few channels want it

        if self._service is None:
            with apprise.LogCapture(level=logging.CRITICAL):
                self._service = apprise.Apprise.instantiate(self.values.get("address", ""), suppress_exceptions=True)
        return self._service

    def _send(self, parcel: Parcel) -> Outcome:
        import apprise  # reason: as above

        service = self._open()
        if service is None:
            return Outcome(Sort.OFF, problem="Apprise does not know this address.")
        text = f"{parcel.text}\n{parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
        with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as noted:
            told: io.StringIO = noted
            try:
                if service.notify(body=text, title=parcel.subject, body_format=apprise.NotifyFormat.TEXT):
                    return Outcome(Sort.SENT)
            except Exception:  # noqa: BLE001 a hundred services, each with its own ways to fail
                return Outcome(Sort.DOUBT, problem="Apprise broke off.")
            raise _meaning(told.getvalue())

    def check(self) -> Health:
        service = self._open()
        if service is None:
            return Health(False, "Apprise does not know this address.")
        return Health(
            True, f"Apprise knows the service {service.service_name}. Whether it takes us is known when something is sent."
        )


def _meaning(noted: str) -> Settled:
    found = re.search(r"error\s*=\s*(\d{3})\b", noted)
    if found:
        return judge(Answer(int(found[1]), {}, b""))
    return Settled(Sort.DOUBT, "Apprise could not send it, and does not say why.")
