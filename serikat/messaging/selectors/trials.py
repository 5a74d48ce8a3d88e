"""Where one may try a channel: at addresses of one's own. What stands in the way of it, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import Actor
from serikat.kernel.errors import Words
from serikat.messaging.adapters import Scheme, adapter_named, adapters
from serikat.messaging.addresses import address_of, index_of
from serikat.messaging.models import Address, Channel
from serikat.messaging.own import known_addresses
from serikat.messaging.rules.windows import is_window_open
from serikat.messaging.selectors.messages import find_address, last_heard, wrote_at

CHATS = (Scheme.TELEGRAM, Scheme.MESSENGER)  # nobody knows what their address is called there
NOT_IN_ACCOUNT: dict[Scheme, Words] = {
    Scheme.NUMBER: _("Akun Anda belum punya nomor telepon. Tulis dulu di halaman Akun."),
    Scheme.MAIL: _("Akun Anda belum punya alamat surel. Tulis dulu di halaman Akun."),
}
NO_CHAT = _(
    "Kami belum tahu obrolan Anda di saluran ini. Tulis pesan apa saja ke sana dari aplikasi Anda sendiri. Lalu minta meja bantuan menyambungkan percakapan itu dengan catatan Anda sebagai orang, dan catatan itu dengan akun Anda."
)
STOPPED = _(
    "Anda sudah meminta berhenti di alamat ini, jadi uji tidak dikirim. Minta petugas mencabutnya di Daftar berhenti."
)
WRITE_FIRST = _(
    "Kata bebas hanya dibawa dalam 24 jam sesudah pesan terakhir Anda. Tulis dulu pesan apa saja ke nomor saluran ini dari ponsel Anda, lalu uji."
)


@dataclass(frozen=True, slots=True)
class Trial:
    """`addresses`: one's own on this channel, in their one form. `hint`: why no test would arrive there now, and what to do."""

    addresses: Sequence[str] = ()
    hint: Words = ""

    @property
    def address(self) -> str:
        return self.addresses[0] if self.addresses else ""


def trials_on(actor: Actor, channels: Sequence[Channel], *, templated: Collection[int] = ()) -> dict[int, Trial]:
    """By channel. `templated`: those on which a text goes that their provider approved."""
    user = get_user_model().objects.filter(pk=actor.user_id or 0).first()
    typed = {Scheme.NUMBER: user.phone, Scheme.MAIL: user.email} if user else {}
    known: dict[int, list[str]] = {}
    for channel_id, address in known_addresses(actor, channels):
        known.setdefault(channel_id, []).append(address.value)
    found = {}
    for channel in channels:
        account = address_of(channel.scheme, typed.get(Scheme(channel.scheme), ""))
        addresses = [one for one in dict.fromkeys([account, *known.get(channel.pk, [])]) if one]
        hint = _hint(channel, addresses, templated=channel.pk in templated)
        found[channel.pk] = Trial(addresses, hint)
    return found


def is_own(actor: Actor, channel: Channel, address: Address) -> bool:
    own = trials_on(actor, [channel])[channel.pk].addresses
    return address.scheme == channel.scheme and any(index_of(channel.scheme, one) == address.index for one in own)


def _hint(channel: Channel, addresses: Sequence[str], *, templated: bool) -> Words:
    scheme = Scheme(channel.scheme)
    if not addresses:
        return NO_CHAT if scheme in CHATS else NOT_IN_ACCOUNT.get(scheme, "")
    address = find_address(scheme, addresses[0])
    if address is not None and address.stopped_at is not None:
        return STOPPED
    hours = adapter_named(channel.kind).limits.window_hours if channel.kind in adapters() else 0
    if not hours or templated:
        return ""
    heard = last_heard(channel.pk, address.pk) if address is not None else None
    return "" if is_window_open(timezone.now(), wrote_at(heard), timedelta(hours=hours)) else WRITE_FIRST
