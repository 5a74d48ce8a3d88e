"""Mail: SMTP out over one connection, IMAP in. What came is marked as read only when it is stored for good; what a person opened elsewhere before is
fetched all the same, by its number in the mailbox (RFC 3501, 2.3.1.1).

What goes to many names in its head how one leaves: an address (RFC 2369) that takes one POST without a question (RFC 8058, which wants https, and of the
mail server a DKIM signature over these two lines). Gmail and Yahoo ask for both of whoever sends them more than 5,000 a day.
"""

from __future__ import annotations

import hashlib
import imaplib
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formataddr, formatdate, parseaddr

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import (
    Adapter,
    ChannelDown,
    Health,
    Limits,
    News,
    Outcome,
    Parcel,
    Scheme,
    Setting,
    Sort,
    adapter,
)
from serikat.messaging.adapters.letters import id_given, read_letter

PATIENCE = 20.0
BATCH = 20
LATELY = timedelta(days=7)  # what has been read and is older was put into the box from somewhere else
LARGEST = 30_000_000  # bytes of one letter that we fetch
MOST_HELD = 30_000_000  # bytes of letters after which a batch is kept before more are fetched
SAFETY = (("tls", _("TLS sejak awal")), ("starttls", _("STARTTLS")), ("none", _("tanpa (hanya di komputer sendiri)")))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # as IMAP writes them
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class _Written(EmailPolicy):
    """Lines of 78 signs, but for an address: folded it would become an encoded word that no program can follow."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


WRITTEN = _Written(linesep="\r\n", max_line_length=78)


@adapter
class Mail(Adapter):
    kind = "mail"
    name = _("Surel")
    about = _("Surel masuk ke meja dan dijawab dari meja; kabar, siaran, dan ringkasan mingguan keluar dari sini.")
    needs = _(
        "Alamat surel organisasi dan kata sandi aplikasinya dari penyedia surel, dengan alamat server SMTP dan IMAP. Untuk kirim ke banyak orang, penyedia harus menandatangani dengan DKIM dan punya batas harian. Biaya menurut penyedia."
    )
    scheme = Scheme.MAIL
    fetches = True
    limits = Limits(longest=100_000, files=True, largest_file=10_000_000, a_second=5.0)
    settings = (
        Setting("address", _("Alamat surel"), _("Pengirim, dan ke mana orang membalas."), kind="mail"),
        Setting("name", _("Nama pengirim"), required=False),
        Setting("smtp_host", _("Server keluar (SMTP)"), kind="host"),
        Setting("smtp_port", _("Port SMTP"), kind="number", initial="587"),
        Setting("smtp_safety", _("Pengaman SMTP"), kind="choice", choices=SAFETY, initial="starttls"),
        Setting(
            "imap_host", _("Server masuk (IMAP)"), _("Kosong: saluran ini hanya mengirim."), required=False, kind="host"
        ),
        Setting("imap_port", _("Port IMAP"), kind="number", initial="993", required=False),
        Setting("imap_safety", _("Pengaman IMAP"), kind="choice", choices=SAFETY, initial="tls", required=False),
        Setting(
            "folder",
            _("Kotak yang dibaca"),
            _("Surel yang dipindah atau dihapus di tempat lain sebelum terbaca di sini tidak masuk."),
            initial="INBOX",
            required=False,
        ),
        Setting("username", _("Nama pengguna"), required=False),
        Setting("password", _("Kata sandi"), secret=True, required=False, asked_with="username"),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._smtp: smtplib.SMTP | None = None

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        ended: Outcome | None = None
        for parcel in parcels:
            if ended is None:
                ended = self._open()
            if ended is not None:
                yield ended
                continue
            try:
                letter = self._letter(parcel)
            except (ValueError, UnicodeError):
                yield Outcome(Sort.REFUSED, problem="This cannot be written as a mail: an address or a name does not fit.")
                continue
            yield self._post(letter, parcel.to)

    def _open(self) -> Outcome | None:
        """A connection that answers; what became of the parcel when there is none."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == 250:
                    return None
            except (OSError, smtplib.SMTPException):
                pass
            self.close()
        try:
            self._smtp = self._connect()
        except (OSError, smtplib.SMTPException, ValueError) as problem:
            return _of_connection(problem)
        return None

    def _connect(self) -> smtplib.SMTP:
        host, safety = self.values.get("smtp_host", ""), self.values.get("smtp_safety", "starttls")
        port = int(self.values.get("smtp_port") or 0)
        if safety == "none" and host not in LOOPBACK:
            raise smtplib.SMTPNotSupportedError
        secure = ssl.create_default_context()
        post: smtplib.SMTP
        if safety == "tls":
            post = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=secure)
        else:
            post = smtplib.SMTP(host, port, timeout=PATIENCE)
        try:
            if safety == "starttls":
                post.starttls(context=secure)
            if self.values.get("username"):
                post.login(self.values["username"], self.values.get("password", ""))
        except BaseException:
            post.close()
            raise
        return post

    def _letter(self, parcel: Parcel) -> EmailMessage:
        letter = EmailMessage()
        address = self.values.get("address", "")
        letter["From"] = formataddr((_line(self.values.get("name", "")), address))
        letter["To"] = parcel.to
        letter["Subject"] = _line(parcel.subject) or _line(parcel.text)[:70]
        letter["Date"] = formatdate(localtime=False)
        letter["Message-ID"] = self._id_of(parcel)
        letter["Auto-Submitted"] = parcel.written
        if parcel.leave:
            letter["List-Unsubscribe"] = f"<{_line(parcel.leave)}>"
            if parcel.leave.startswith("https://"):
                letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if parcel.answers:
            letter["In-Reply-To"] = letter["References"] = id_given(_line(parcel.answers))
        letter.set_content(
            f"{parcel.text}\n\n{parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
        )
        if parcel.html:
            letter.add_alternative(parcel.html, subtype="html")
        for file in parcel.files:
            kind, _slash, sort = (file.mime or "application/octet-stream").partition("/")
            letter.add_attachment(
                file.content, maintype=kind, subtype=sort or "octet-stream", filename=_line(file.name) or "berkas"
            )
        return letter

    def _id_of(self, parcel: Parcel) -> str:
        """The same for the same message: a mailbox that gets it twice can tell."""
        host = self.values.get("address", "").rpartition("@")[2] or "localhost"
        return f"<{parcel.key if parcel.key.replace('-', '').isalnum() else hashlib.sha256(parcel.key.encode()).hexdigest()}@{host}>"

    def _post(self, letter: EmailMessage, to: str) -> Outcome:
        """Up to the receiver nothing is taken; after the text has gone out it may be."""
        post, envelope = self._smtp, parseaddr(self.values.get("address", ""))[1]
        assert post is not None  # noqa: S101 it was opened just before
        reached = False
        try:
            for code, said in (post.mail(envelope), post.rcpt(to)):
                if code not in (250, 251, 252):
                    post.rset()
                    return _of_letter(code, said)
            reached = True
            code, said = post.data(letter.as_bytes(policy=WRITTEN))
            return Outcome(Sort.SENT, provider_id=str(letter["Message-ID"])) if code == 250 else _of_letter(code, said)
        except smtplib.SMTPDataError as problem:
            return _of_letter(problem.smtp_code, problem.smtp_error)
        except (OSError, smtplib.SMTPException):
            self.close()
            return Outcome(Sort.DOUBT if reached else Sort.LATER, problem="The connection to the mail server broke.")
        except UnicodeError:
            return Outcome(Sort.REFUSED, problem="The mail server cannot write to an address with such letters.")

    def check(self) -> Health:
        if (ended := self._open()) is not None:
            return Health(False, ended.problem)
        if not self.values.get("imap_host"):
            return Health(True, "The server for outgoing mail knows us.")
        try:
            self._box(patience=5).logout()
        except ChannelDown as problem:
            return Health(False, str(problem))
        return Health(True, "The servers for outgoing and incoming mail know us.")

    def _box(self, *, patience: float = PATIENCE) -> imaplib.IMAP4:
        host, safety = self.values.get("imap_host", ""), self.values.get("imap_safety", "tls")
        if safety == "none" and host not in LOOPBACK:
            raise ChannelDown("A password is not sent to another computer without encryption.")
        box: imaplib.IMAP4 | None = None
        try:
            port, secure = int(self.values.get("imap_port") or 0), ssl.create_default_context()
            box = (
                imaplib.IMAP4_SSL(host, port, ssl_context=secure, timeout=patience)
                if safety == "tls"
                else imaplib.IMAP4(host, port, patience)
            )
            if safety == "starttls":
                box.starttls(secure)
            box.login(self.values.get("username", ""), self.values.get("password", ""))
            if box.select(f'"{(self.values.get("folder") or "INBOX").replace(chr(34), "")}"')[0] != "OK":
                raise ChannelDown("The mailbox that should be read is not there.")
        except imaplib.IMAP4.error:
            _leave(box)
            raise ChannelDown("The server for incoming mail does not take this name and password.") from None
        except (OSError, ValueError):
            _leave(box)
            raise ChannelDown("No connection to the server for incoming mail.") from None
        except ChannelDown:
            _leave(box)
            raise
        return box

    def fetch(self, take: Callable[[Sequence[News]], None]) -> None:
        if not self.values.get("imap_host"):
            return
        box = self._box()
        try:
            place, names, opened = self._new(box)
            while names:
                batch, news, held = list[int](), list[News](), 0
                while names and len(batch) < BATCH and held < MOST_HELD:
                    number = names.pop(0)
                    try:
                        content = self._content(box, number)
                    except _NotNow:
                        if number in opened:  # found again only from the mark on; the others while nobody opens them
                            place.until = min(place.until, number - 1)
                        continue
                    batch.append(number)
                    held += len(content or b"")
                    read = None if content is None else read_letter(content, own=self.values.get("address", ""))
                    news += [read] if read is not None else []
                take(news)
                if batch:
                    box.uid("STORE", ",".join(map(str, batch)), "+FLAGS.SILENT", r"(\Seen)")
                    place.number = max(place.number, min(batch[-1], place.until))
                self.mark = str(place)
            self.mark = str(place)
        except (OSError, imaplib.IMAP4.error):
            raise ChannelDown("The connection to the server for incoming mail broke.") from None
        finally:
            _leave(box)

    def _new(self, box: imaplib.IMAP4) -> tuple[_Place, list[int], set[int]]:
        """Up to where this mailbox was read, and the numbers of what is new since, in their order: all that nobody has opened; of what was opened elsewhere,
        what came after our last look, and not from another mailbox. Last, which of them are opened."""
        named = "\0".join(self.values.get(name, "") for name in ("imap_host", "username", "folder"))
        which = f"{hashlib.sha256(named.encode()).hexdigest()[:16]} {_number(box, 'UIDVALIDITY')}"
        found = set(_numbers(box, "UNSEEN"))
        known = _Place.read(self.mark)
        if known is None or known.which != which:
            follows = _number(box, "UIDNEXT")
            last = follows - 1 if follows else max(_numbers(box, "ALL"), default=0)
            return _Place(which, last), sorted(found), set()
        since = (datetime.now(UTC) - LATELY).date()
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        told = _numbers(box, "UID", f"{known.number + 1}:*", "SEEN", "SENTSINCE", day)
        opened = {number for number in told if number > known.number}  # "9:*" names the last, whatever its number
        return known, sorted(found | opened), opened - found

    def _content(self, box: imaplib.IMAP4, number: int) -> bytes | None:
        """None where it was deleted meanwhile."""
        end, answer = box.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)")
        if end != "OK":
            raise _NotNow
        return next((part[1] for part in answer if isinstance(part, tuple)), None)

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


class _NotNow(Exception):
    """The server has it, and cannot give it."""


@dataclass(slots=True)
class _Place:
    """Up to which number a mailbox was read. The numbers of one are good while its validity is the same."""

    which: str  # a name of the mailbox, and its validity
    number: int
    until: int = sys.maxsize  # farther it does not go this time

    @classmethod
    def read(cls, mark: str) -> _Place | None:
        which, _space, number = mark.rpartition(" ")
        return cls(which, int(number)) if which and number.isdecimal() else None

    def __str__(self) -> str:
        return f"{self.which} {self.number}"


def _number(box: imaplib.IMAP4, name: str) -> int:
    """What the server said of the mailbox when it was opened, once; nothing is 0."""
    said = box.response(name)[1]
    value = said[-1] if said else None
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _numbers(box: imaplib.IMAP4, *wanted: str) -> list[int]:
    end, lines = box.uid("SEARCH", *wanted)
    if end != "OK":
        raise imaplib.IMAP4.error
    return [int(number) for line in lines for number in (line or b"").split()]


def _leave(box: imaplib.IMAP4 | None) -> None:
    if box is not None:
        try:
            box.logout()
        except (OSError, imaplib.IMAP4.error):
            box.shutdown()


def _line(words: str) -> str:
    """Words for a head: no line of ours becomes two."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _of_connection(problem: Exception) -> Outcome:
    """Why there is no connection that takes letters."""
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return Outcome(Sort.OFF, problem="The mail server does not offer what the settings want: STARTTLS or a password.")
    if isinstance(problem, smtplib.SMTPResponseException):
        known = isinstance(problem, smtplib.SMTPAuthenticationError)
        words = "The mail server does not take this name and password" if known else "The mail server sends us away"
        sort = Sort.LATER if 400 <= problem.smtp_code < 500 else Sort.OFF
        return Outcome(sort, problem=f"{words} ({problem.smtp_code}).", rests=True)
    if isinstance(problem, ssl.SSLCertVerificationError):
        return Outcome(Sort.OFF, problem="The mail server's certificate is not valid.")
    return Outcome(Sort.LATER, problem="No connection to the mail server.", rests=True)


def _of_letter(code: int, said: bytes | str) -> Outcome:
    """Enhanced codes (RFC 3463) tell what is about the address from what is about us."""
    words = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    if code == 421 or 400 <= code < 500:
        return Outcome(Sort.LATER, problem=f"The mail server asks to wait ({code}).")
    if code in (530, 534, 535) or words.startswith(("5.7.0", "5.7.8", "5.7.9")):
        return Outcome(Sort.OFF, problem=f"The mail server does not let us send ({code}).")
    if code == 552 or words.startswith("5.3.4"):
        return Outcome(Sort.REFUSED, problem=f"The mail is too large for the server ({code}).")
    return Outcome(Sort.REFUSED, problem=f"The mail server does not take a mail to this address ({code}).")
