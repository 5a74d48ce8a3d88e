"""Stand-ins for the web's providers: one server on loopback that follows their published contracts, records what it got, and fails when told to.

    with stand_in() as web:
        adapter = adapter_named("whatsapp")({"base": web.base("whatsapp"), "token": web.token("whatsapp"), …})
        web.fail("whatsapp", "window")      # the next call is refused as the contract says
        web.fail("gate", "break after", 3)  # three calls are taken, and no answer comes

`messages(provider)` are those it took, each once where the provider takes a key; `calls` are all calls. What each provider does stands in
`contracts.py`, and the ways to fail that all have in common here.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SLOW = 1.5  # seconds before a slow answer


@dataclass(frozen=True)
class Call:
    provider: str
    method: str
    path: str  # behind the provider's base
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    status: int = 200
    told: Any = None  # as JSON, or bytes
    headers: Mapping[str, str] = field(default_factory=dict)


COMMON: dict[str, Reply] = {
    "down": Reply(503, {"error": "down for a moment"}),
    "crash": Reply(500, b"<html>Internal Server Error</html>"),
    "gate timeout": Reply(504, b"<html>Gateway Time-out</html>"),
    "nonsense": Reply(200, b"<html>Selamat datang di WiFi kafe</html>"),
    "empty": Reply(200, b""),
    "deep": Reply(200, b"[" * 200_000),
    "list": Reply(200, [1, 2]),
    "huge": Reply(200, b"x" * 3_000_000),
    "away": Reply(302, b"", {"Location": "http://127.0.0.1:1/elsewhere"}),
    "too many": Reply(429, {"error": "slow down"}, {"Retry-After": "7"}),
}


@dataclass
class StandIn:
    root: str = ""
    calls: list[Call] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)  # what Telegram would tell of
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # files that came, by their name at the provider
    moved_media: str = ""  # another server that the address of a file names
    unknown: set[str] = field(default_factory=set)  # receivers whom the provider does not know
    _taken: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    _by_key: dict[tuple[str, str], str] = field(default_factory=dict)
    _fails: dict[str, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def base(self, provider: str) -> str:
        return f"{self.root}/{provider}"

    def token(self, provider: str) -> str:
        return "123456:rahasia-bot-telegram-AbCdEf" if provider == "telegram" else f"token-rahasia-{provider}"

    def fail(self, provider: str, how: str, times: int = 1) -> None:
        self._fails.setdefault(provider, []).extend([how] * times)

    def failing(self, provider: str) -> str:
        with self._lock:
            waiting = self._fails.get(provider)
            return waiting.pop(0) if waiting else ""

    def messages(self, provider: str) -> list[Any]:
        return [what for _name, what in self._taken.get(provider, [])]

    def take(self, provider: str, what: Any, key: str = "") -> tuple[str, bool]:
        """Keep a message; its name here, and whether it is new. The same key is the same message."""
        with self._lock:
            if key and (known := self._by_key.get((provider, key))):
                return known, False
            kept = self._taken.setdefault(provider, [])
            name = f"{provider}.{len(kept) + 1}"
            kept.append((name, what))
            if key:
                self._by_key[provider, key] = name
            return name, True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, web: StandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = web
        web.root = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that leaves is not worth words."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        from tests.parts.contracts import FAILURES, PROVIDERS  # reason: they are written in the words of this module

        web, body = self.server.web, self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        provider, _slash, rest = parts.path.lstrip("/").partition("/")
        if provider not in PROVIDERS:
            return self._answer(Reply(404, {"error": "nobody"}))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        call = Call(provider, self.command, "/" + unquote(rest), query, headers, body)
        how = web.failing(provider)
        if how == "break before":
            return self._break()
        web.calls.append(call)
        if how == "slow":
            time.sleep(SLOW)
        if how in COMMON or how in FAILURES.get(provider, {}):
            return self._answer(COMMON.get(how) or FAILURES[provider][how])
        reply = PROVIDERS[provider](web, call)
        if how == "break after":
            return self._break()
        if how == "break within":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
            return self._break()
        return self._answer(reply)

    do_POST = do_DELETE = do_GET

    def _answer(self, reply: Reply) -> None:
        body = reply.told if isinstance(reply.told, bytes) else json.dumps(reply.told).encode()
        headers = {"Content-Type": "application/json", **reply.headers, "Content-Length": str(len(body))}
        head = f"HTTP/1.1 {reply.status} X\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items()) + "\r\n"
        self.wfile.write(head.encode("latin-1") + body)  # in one go: in two, each answer would wait for an acknowledgement

    def _break(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@contextlib.contextmanager
def stand_in() -> Iterator[StandIn]:
    web = StandIn()
    server = _Server(web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
