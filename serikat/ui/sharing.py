"""What takes what a phone shares: its share menu leads to one page, `/bagikan/`, where rooms have said what they take.

takes(Taker(_("Tulis di Ruang Buruh"), _("Kirim sebagai cerita Anda."), "newsroom:write_post", "edit"))
"""

from __future__ import annotations

from dataclasses import dataclass

from serikat.kernel.access import ANONYMOUS, Actor, Predicate, anyone
from serikat.kernel.errors import Words

# What the phone fills in, by the names under which the manifest asks for it and a taker's page gets it.
ADDRESS = "/bagikan/"  # the room of the joined faces answers there
TITLE, TEXT, URL, FILES = "judul", "teks", "tautan", "berkas"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Taker:
    """A page that begins with what was shared: it is asked by GET with `judul` and `teks` (the link stands at the end of the text). One that takes
    files finds them on the phone, in the cache `serikat-shared`, where the worker put them; they do not pass through the site before they are sent."""

    name: Words
    about: Words
    url_name: str
    icon: str
    files: bool = False
    who: Predicate = anyone  # offered to those alone; the page itself asks again


_takers: list[Taker] = []


def takes(taker: Taker) -> None:
    """Offer a page in the chooser. Twice the same is refused."""
    if any(known.url_name == taker.url_name for known in _takers):
        raise ValueError(f"{taker.url_name} takes what is shared twice.")
    _takers.append(taker)


def takers(actor: Actor = ANONYMOUS) -> list[Taker]:
    return [taker for taker in _takers if taker.who(actor)]


def shared(given: dict[str, str]) -> dict[str, str]:
    """What a phone sent, put in order: phones put a link into the text, the link, or both."""
    title, text, url = (
        " ".join(given.get(TITLE, "").split())[:300],
        given.get(TEXT, "").strip(),
        given.get(URL, "").strip(),
    )
    if url and url not in text:
        text = f"{text}\n\n{url}".strip()
    return {name: value for name, value in ((TITLE, title), (TEXT, text[:LONGEST])) if value}
