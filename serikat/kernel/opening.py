"""What a code opens in one browser for a short while, so that no address carries the code; and how wrong codes are slowed down.

A code in an address stays in the browser's history, in the phone of who lent it, and in the logs of what stands between. So a page takes the code
by POST, opens the thing here, and leads on to an address that is the same for everybody. What is open is sealed in the session, ends by itself
after `MINUTES` without a look, and is closed by the reader or by the quick exit.
"""

from __future__ import annotations

import time
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Refused
from serikat.kernel.models import Tries
from serikat.kernel.secrets import Unreadable, blind_index, decrypt, encrypt

MINUTES = 15
MOST_WRONG = 10  # from one address within that time: a factory hall may stand behind one
_SHELF = "opened"


class TooManyTries(Refused):
    message = _("Sudah beberapa kali salah dari jaringan ini. Tunggu lima belas menit, lalu coba lagi.")
    http_status = 429


def open_for(request: HttpRequest, name: str, value: str) -> None:
    """Open a thing by its name of the kind ("newsroom.request"); what was open under it is closed."""
    shelf = request.session.get(_SHELF, {})
    request.session[_SHELF] = {**shelf, name: [encrypt(value), int(time.time()) + MINUTES * 60]}


def opened(request: HttpRequest, name: str, *, stays: bool = True) -> str:
    """What is open under this name, or "". A look keeps it open for its time anew, unless it is not to stay."""
    sealed, until = request.session.get(_SHELF, {}).get(name, ("", 0))
    if not sealed:
        return ""
    try:
        value = decrypt(sealed) if until > time.time() else ""
    except Unreadable:
        value = ""
    if not value:
        close(request, name)
    elif stays:
        open_for(request, name, value)
    return value


def close(request: HttpRequest, *names: str) -> None:
    """Close these, or everything; a session that held nothing else goes, and its cookie with it."""
    shelf = request.session.get(_SHELF)
    if shelf is None:
        return
    left = {name: kept for name, kept in shelf.items() if names and name not in names}
    if left:
        request.session[_SHELF] = left
        return
    del request.session[_SHELF]
    if not list(request.session.keys()):
        request.session.flush()


def hold_up(request: HttpRequest, name: str, *, most: int = MOST_WRONG) -> None:
    """Refuse, right code or wrong, where too many wrong ones came from."""
    if tries_of(_tries(request, name)) >= most:
        raise TooManyTries


def note_wrong(request: HttpRequest, name: str) -> None:
    """Count a wrong code, under a keyed hash of the address."""
    count_try(_tries(request, name), seconds=MINUTES * 60)


def tries_of(name: str) -> int:
    """How many are remembered."""
    return Tries.objects.filter(name=name, until__gte=timezone.now()).values_list("count", flat=True).first() or 0


def count_try(name: str, *, seconds: int, most: int | None = None) -> bool:
    """Count one more, and remember all for so long from now. The database counts, so that of many at the same moment each is one. Where `most` are
    remembered already it is not counted, and False is said."""
    now = timezone.now()
    over = Q(until__lt=now)
    row = Tries.objects.filter(name=name) if most is None else Tries.objects.filter(over | Q(count__lt=most), name=name)
    raised = {
        "count": Case(When(over, then=Value(1)), default=F("count") + 1),
        "until": now + timedelta(seconds=seconds),
    }
    if row.update(**raised):
        return True
    Tries.objects.bulk_create([Tries(name=name, count=0, until=now)], ignore_conflicts=True)
    return row.update(**raised) > 0


def take_back_try(name: str) -> None:
    """The last one counted was right; what else is remembered stays."""
    Tries.objects.filter(name=name, count__gt=0).update(count=F("count") - 1)


def forget_tries(name: str) -> None:
    """It was right after all."""
    Tries.objects.filter(name=name).delete()


def prune_tries() -> None:
    """Nothing is kept beyond its time."""
    Tries.objects.filter(until__lt=timezone.now()).delete()


def _tries(request: HttpRequest, name: str) -> str:
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    behind = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    address = forwarded[-behind].strip() if 0 < behind <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    return f"tries:{name}:" + blind_index(_network(address) or "?", "wrong codes")[:32]


def _network(address: str) -> str:
    """Whom a try is counted against: of IPv6 the network of 64 bits, since one house has all the addresses in it; IPv4 in either way of writing."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped or ip_network((read, 64), strict=False))
