"""How the product refuses: in words for people, with a right status. A room defines its own refusals beside its services.

A `Refused` that nobody catches becomes a page with its message and status (kernel.gate). Anything else is a bug: logged, status 500.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refused(Exception):
    """What was asked cannot be done; `message` says why and what to do, `field` names the form field it concerns."""

    message: Words = _("Permintaan ini tidak dapat dijalankan.")
    http_status = 422
    code = "refused"

    def __init__(self, message: Words | None = None, *, field: str | None = None) -> None:
        if message is not None:
            self.message = message
        self.field = field
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Denied(Refused):
    """The actor may not do this. Over HTTP it answers like `Missing`: absent and forbidden are the same to who asks."""

    message = _("Halaman ini tidak ada, atau bukan untuk Anda.")
    http_status = 404
    code = "denied"


class Missing(Refused):
    """There is no such thing, or none that the actor may know of."""

    message = _("Halaman ini tidak ada, atau bukan untuk Anda.")
    http_status = 404
    code = "missing"


class Conflict(Refused):
    """Somebody else changed it meanwhile."""

    message = _("Data ini sudah diubah orang lain. Muat ulang halaman, lalu coba lagi.")
    http_status = 409
    code = "conflict"


class Unsent(Refused):
    """An address that only takes what is sent was opened as a page, and no page stands above it."""

    message = _("Alamat ini hanya menerima kiriman dari sebuah halaman.")
    http_status = 405
    code = "unsent"
