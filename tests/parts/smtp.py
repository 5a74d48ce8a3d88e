"""A post office on loopback (aiosmtpd): asks for a password, keeps what it takes, refuses what it is told to refuse."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from tests.parts.programs import free_port

USER, PASSWORD = "redaksi", "kata-sandi-pos"


@dataclass
class Post:
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)  # step or address: its answer

    def forget(self) -> None:
        self.taken.clear()
        self.sessions.clear()
        self.refuses.clear()

    async def handle_HELO(self, server: Server, session: Session, envelope: Envelope, hostname: str) -> str:
        session.host_name = hostname
        return "250 loopback"

    async def handle_MAIL(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.refuses.get("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.refuses.get(address) or self.refuses.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if answer := self.refuses.get("DATA"):
            if answer == "break":
                server.transport.abort()  # type: ignore[union-attr]
            return answer
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        message = message_from_bytes(content, policy=policy.default)
        message["X-Envelope-To"] = ",".join(envelope.rcpt_tos)
        message["X-Envelope-From"] = str(envelope.mail_from)
        self.sessions.append(str(session.peer))
        self.taken.append(message)
        return "250 taken"


def _lets_in(server: Server, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextlib.contextmanager
def smtp() -> Iterator[Post]:
    post = Post(port=free_port())
    office = Controller(
        post,
        hostname="127.0.0.1",
        port=post.port,
        authenticator=_lets_in,
        auth_required=True,
        auth_require_tls=False,
        data_size_limit=20_000_000,
    )
    office.start()
    try:
        yield post
    finally:
        office.stop()
