"""The small interface behind which every channel stands: send, hear, fetch, check. Plain Python: no tables, no clock of its own.

An adapter is made of a channel's settings and lives as long as one batch: connections are kept within it. It knows the provider's words and nothing
of ours; what it gives back is stored, tried again or parked by `services`.

    @adapter
    class Kannel(Adapter):
        kind = "kannel"
        …

What a provider may do to us, and what the adapter makes of it:

- takes the message: `Outcome(Sort.SENT, provider_id)`;
- is slow, down, talks nonsense before it can have taken the message (no connection, 429, 5xx of a gate): `LATER`, with its own pause when it names one;
  where that holds for all that follows (`rests`), the channel pauses as a whole;
- refuses this one (no such number, text too long): `REFUSED`, in words that a person understands; the rest of the batch goes on;
- refuses the channel (password, rate used up for the day, unpaid): `OFF`: the channel rests, and nobody's message counts a try;
- breaks off after it may have taken the message: `DOUBT`. With `repeats` the same key makes it safe to send again, so it is tried; without, a person decides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeVar

from serikat.kernel.errors import Words


class Scheme(StrEnum):
    """What kind of address a channel speaks to; two channels of one scheme reach the same person by the same address."""

    NUMBER = "number"  # E.164: SMS, WhatsApp, the phone itself
    MAIL = "mail"
    TELEGRAM = "telegram"  # a chat's id
    MESSENGER = "messenger"  # a page-scoped id of Facebook
    PUSH = "push"  # a subscription of a browser, as JSON
    CODE = "code"  # who holds an access code: nobody but them knows the rest
    WALL = "wall"  # everybody who looks at a page, a feed, a channel of ours


class Sort(StrEnum):
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    OFF = "off"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a text. `content` is empty where it must still be fetched by `ref`, the provider's own name for it."""

    name: str
    mime: str
    content: bytes = b""
    ref: str = ""
    alt: str = ""  # of a picture: what it shows, for who does not see it


@dataclass(frozen=True, slots=True)
class Template:
    """A text that the provider has approved beforehand, and what fills its places."""

    name: str
    language: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way out. `key` is the same at every try."""

    key: str
    to: str  # in the scheme's one form; "" on a wall
    text: str
    subject: str = ""
    link: str = ""  # what the text speaks of, where the provider shows a card of it
    files: tuple[Attachment, ...] = ()
    template: Template | None = None
    answers: str = ""  # the provider's id of the message that this one answers
    # of a message to many: where one POST ends all that the receiver gets (for mail: List-Unsubscribe, RFC 8058)
    leave: str = ""
    picture: Attachment | None = None  # shown with the text, as one post, where the provider can; else the text goes alone
    html: str = ""  # the same text for a mail program that shows more than letters
    written: str = "no"  # by whom, in the words of RFC 3834: no (a person), auto-replied, auto-generated
    thread: str = ""  # what it tells of: where the receiver shows one notice at a time of a thing, the later one stays


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel at the provider. `problem` is one English sentence without the address and without secrets."""

    sort: Sort
    provider_id: str = ""
    link: str = ""  # where everybody can see it, for a wall
    problem: str = ""
    again_after: float | None = None  # seconds that the provider asked for
    gone: bool = False  # nobody is at this address any more, and nobody will be
    rests: bool = False  # with LATER: not about this parcel; whatever follows on the channel would meet the same


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message that came. `provider_id` is what makes it the same when it comes twice; an adapter whose provider gives none makes one of the content."""

    sender: str  # as the provider wrote it
    text: str
    provider_id: str
    at: datetime | None = None  # when the sender sent it, aware; None when the provider does not say
    name: str = ""  # what the sender calls themself there: never trusted
    subject: str = ""
    files: tuple[Attachment, ...] = ()
    answers: str = ""


class Report(StrEnum):
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    REFUSED = "refused"  # and trying again would not help


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the provider tells later of a message it took, named by its own id, or by our key where it knows only that."""

    report: Report
    provider_id: str = ""
    key: str = ""
    at: datetime | None = None
    problem: str = ""
    cost: int | None = None  # whole rupiah, where the provider tells


class Verdict(StrEnum):
    """What the provider says of a template that was given to it."""

    APPROVED = ""
    PENDING = "pending"  # read by the provider still, or again
    PAUSED = "paused"  # for a while, because too many receivers complained
    REJECTED = "rejected"
    DISABLED = "disabled"  # for good, or gone from the provider


@dataclass(frozen=True, slots=True)
class TemplateJudged:
    """What became of a template at the provider. `reason` is the provider's own word, "" when it gives none. `account`: whose template it is, where the
    provider says so; all channels of that account fill the same one."""

    name: str
    language: str
    verdict: Verdict
    reason: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class AccountNamed:
    """Of which account at the provider the channel is: what it says of a template holds for all channels of one. Kept as the setting of this name."""

    account: str


ACCOUNT = "account_id"  # the setting of a kind whose channels share templates
News = Arrived | Delivery | TemplateJudged | AccountNamed


@dataclass(frozen=True, slots=True)
class Heard:
    """A call of the provider at our address."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in small letters
    body: bytes


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was in a call, and what the provider wants to read back."""

    news: Sequence[News] = ()
    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    problem: str = ""  # one English sentence: what in it made no sense beside what did


class Forged(Exception):
    """The call does not come from the provider: no signature, a wrong one, one of too long ago, or the wrong password. Answered with 403 and counted."""


class Unintelligible(Exception):
    """The call is signed well, and makes no sense. Answered with 400; said in one English sentence."""


class ChannelDown(Exception):
    """Fetching failed: no connection, wrong password, nonsense. One English sentence without secrets."""


@dataclass(frozen=True, slots=True)
class Health:
    well: bool
    words: str = ""  # one English sentence: what answered, or what is wrong


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that somebody must tell of the channel. Secret ones are kept encrypted and never shown again."""

    name: str
    label: Words
    help: Words = ""
    secret: bool = False
    required: bool = True
    initial: str = ""
    kind: str = "text"  # text, url, number, folder, choice, mail, host
    choices: tuple[tuple[str, Words], ...] = ()
    make: Callable[[], str] | None = None  # left empty, it is made by us, once
    asked_with: str = ""  # asked for as soon as the setting of this name is filled


@dataclass(frozen=True, slots=True)
class Limits:
    """What fits through the channel."""

    longest: int = 4096  # characters
    files: bool = False
    # an article's cover goes along, with the words for who does not see it where the provider takes them
    pictures: bool = False
    largest_file: int = 0  # bytes
    a_second: float = 1.0  # how many messages the provider takes; a channel may be set lower
    by_parts: bool = False  # counted and paid in parts of SMS; otherwise one by one
    most_parts: int = 0  # of SMS that the provider makes of one text; 0: as many as it takes
    window_hours: int = 0  # after so many hours without a word from them only a template may be sent


class Adapter(ABC):
    """One kind of channel. Give it the settings of one, secrets among them."""

    do_not_call_in_templates: ClassVar[bool] = True  # a page shows a kind, it makes none
    kind: ClassVar[str]
    name: ClassVar[Words]
    about: ClassVar[Words] = ""  # what it is, for who chooses among the kinds
    needs: ClassVar[Words] = ""  # what one must have before one begins
    scheme: ClassVar[Scheme]
    settings: ClassVar[tuple[Setting, ...]] = ()
    limits: ClassVar[Limits] = Limits()
    repeats: ClassVar[bool] = False  # the provider takes our key: the same parcel twice is one message
    hears: ClassVar[bool] = False  # the provider calls us
    fetches: ClassVar[bool] = False  # we ask the provider
    sends: ClassVar[bool] = True

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.mark = ""  # where the last fetching ended, in this adapter's own words; the channel keeps it

    @abstractmethod
    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        """One outcome for each parcel, in their order, each given as soon as it is known. Never raises for what a provider does."""

    @abstractmethod
    def check(self) -> Health:
        """Ask the provider whether these settings would work, without sending anything to anybody; answers within ten seconds."""

    def hear(self, heard: Heard) -> Hearing:
        """Read a call of the provider. Raises Forged or Unintelligible."""
        raise Forged

    def fetch(self, take: Callable[[Sequence[News]], None]) -> None:
        """Ask for what is new. Each batch goes to `take`, which returns when it is stored for good; only then it is acknowledged at the provider,
        so that what dies in between comes again; then `mark` may move on. Raises ChannelDown."""
        raise NotImplementedError

    def load(self, ref: str, most: int) -> bytes:
        """The content of an attachment that came by name alone, at most so many bytes. Raises ChannelDown."""
        raise NotImplementedError

    def close(self) -> None:  # noqa: B027 most hold nothing
        """Let go of connections."""


A = TypeVar("A", bound=type[Adapter])
_kinds: dict[str, type[Adapter]] = {}


def adapter(found: A) -> A:
    """Register a kind of channel."""
    if found.kind in _kinds:
        raise ValueError(f"The kind of channel {found.kind} is registered twice.")
    _kinds[found.kind] = found
    return found


def adapters() -> dict[str, type[Adapter]]:
    return dict(_kinds)


def adapter_named(kind: str) -> type[Adapter]:
    if kind not in _kinds:
        raise LookupError(f"No kind of channel is called {kind}.")
    return _kinds[kind]
