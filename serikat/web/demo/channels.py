"""The demo's channels: what works without any provider, what is rehearsed, and one that closed. Numbers come from ranges that nobody is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoChannel:
    """`until`: the day on which it was retired; then `successor` names what replaced it."""

    name: str
    kind: str
    scheme: str
    shown_address: str
    price: int = 0
    paused: bool = False
    until: str = ""
    successor: str = ""
    farewell: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


CHANNELS = [
    DemoChannel("WhatsApp posko", "hand", "number", "0812 0000 0100"),
    DemoChannel("SMS posko", "hand", "number", "0812 0000 0101", 350),
    DemoChannel("Mastodon", "mastodon", "wall", "@buruhmuara@sosial.example"),
    DemoChannel("Facebook", "facebook", "wall", "Perserikatan Buruh Muara"),
    DemoChannel("X", "x", "wall", "@buruhmuara"),
    DemoChannel("Kanal Telegram", "telegram_wall", "wall", "@kabar_muara"),
    DemoChannel("SMS kabar", "kannel", "number", "MUARA", 360),
    DemoChannel("WhatsApp kabar", "whatsapp", "number", "0812 0000 0102"),
    DemoChannel("Surel kabar", "mail", "mail", "kabar@muara.example"),
    DemoChannel("Kode akses", "web", "code", ""),
    DemoChannel("Pemberitahuan peramban", "webpush", "push", "", values={"contact": "mailto:posko@muara.example"}),
    DemoChannel("Telegram posko", "telegram", "telegram", "@posko_muara", paused=True),
    DemoChannel("Surel posko", "mail", "mail", "posko@muara.example", paused=True),
    DemoChannel(
        "BBM",
        "bbm",
        "number",
        "PIN 5A00B1C2",
        until="2019-05-31",
        successor="WhatsApp posko",
        farewell="BlackBerry Messenger ditutup pembuatnya. Tulis ke WhatsApp posko, nomornya tetap.",
    ),
]
