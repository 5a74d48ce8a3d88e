"""How adapters call a provider over HTTP: kept connections, a limit for time and size, no redirects, no proxies of the environment.

What matters to a message is told apart: nothing was reached (so nothing was taken), or it broke off after the call had gone out. Words of a provider
are shown only after what is secret or names somebody has been taken out of them.
"""

from __future__ import annotations

import hmac
import json as jsons
import logging
import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import urllib3
from django.utils.translation import gettext
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from serikat.messaging.adapters import Health, News, Outcome, Parcel, Sort, Unintelligible

logging.getLogger("urllib3").setLevel(
    logging.WARNING
)  # its debug lines carry whole addresses, and some providers want the token there

MOST = 1_000_000  # bytes of an answer: none that we understand is longer
BROKEN_IN_THE_MIDDLE = ("UNEXPECTED_EOF", "EOF occurred", "ZERO_RETURN")
LONGEST_WORDS = 200


class NotReached(Exception):
    """Nobody answered the door: the provider cannot have taken anything. One English sentence."""


class BrokenOff(Exception):
    """The call went out, and no whole answer came back: the provider may have taken it. One English sentence."""


class Settled(Exception):  # not a mistake, but the end of this parcel
    """What became of one parcel."""

    def __init__(self, sort: Sort, problem: str = "", again_after: float | None = None) -> None:
        super().__init__(problem)
        self.outcome = Outcome(sort, problem=problem, again_after=again_after)


class Resting(Settled):
    """What became of one parcel, and will become of all that follow in this batch: they need not be tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    whole: bool = True

    def json(self) -> dict[str, Any] | None:
        """The object in the answer; None when there is none."""
        return json_object(self.body) if self.whole else None

    @property
    def again_after(self) -> float | None:
        """The pause that the provider names, in seconds or as a time of day."""
        return pause(self.headers.get("retry-after", ""))


def json_object(body: bytes) -> dict[str, Any] | None:
    """The object that stands in these bytes; None when it is anything else, or nested too deep to be meant well."""
    try:
        found = jsons.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def at(thing: object, *path: str | int) -> Any:
    """What stands at this path in something read from JSON; None when the path ends before."""
    for step in path:
        if isinstance(step, str) and isinstance(thing, dict):
            thing = thing.get(step)
        elif isinstance(step, int) and isinstance(thing, list) and -len(thing) <= step < len(thing):
            thing = thing[step]
        else:
            return None
    return thing


def words_at(thing: object, *path: str | int) -> str:
    """The text or number at this path as text; empty when there is none."""
    found = at(thing, *path)
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def list_at(thing: object, *path: str | int) -> list[Any]:
    found = at(thing, *path)
    return found if isinstance(found, list) else []


def reworded(text: str) -> str:
    """How the desk reads what somebody wrote anew over a message of theirs: behind words, so that a key word in it is not heard a second time."""
    return gettext("Mengubah pesannya menjadi: %s") % text if text.strip() else ""


def readable(*read: tuple[Callable[[Any], News | None], Iterable[object]]) -> tuple[list[News], str]:
    """What each function reads of its items, and the last thing that made no sense: that is passed over, so that what stands beside it is not lost.
    Raises Unintelligible when nothing else was there."""
    found: list[News] = []
    wrong, sense = "", False
    for read_one, items in read:
        for item in items:
            try:
                one = read_one(item)
            except Unintelligible as problem:
                wrong = str(problem)
                continue
            sense = True
            found += [one] if one is not None else []
    if wrong and not sense:
        raise Unintelligible(wrong)
    return found, wrong


def pause(words: str) -> float | None:
    """Seconds from a Retry-After, at most a day; None when it says nothing that we understand."""
    try:
        seconds = float(words) if re.fullmatch(r"\d{1,9}(\.\d+)?", words.strip()) else _until(words)
    except (ValueError, TypeError, OverflowError):
        return None
    return None if seconds is None else min(max(seconds, 0.0), 86_400.0)


def _until(words: str) -> float | None:
    return parsedate_to_datetime(words).timestamp() - time.time() if words else None


def shown(words: object, *hidden: str) -> str:
    """Words of a provider, fit to be read by somebody at the desk: short, one line, without secrets, numbers, addresses."""
    text = words if isinstance(words, str) else ""
    for secret in sorted((h for h in hidden if len(h) > 3), key=len, reverse=True):
        text = text.replace(secret, "…")
    text = re.sub(r"\S+@\S+|https?://\S+|\+?\d[\d .()-]{5,}\d|[A-Za-z0-9_:.~+/=-]{28,}", "…", text[:2000])
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= LONGEST_WORDS else text[: LONGEST_WORDS - 1] + "…"


def same(given: str, secret: str) -> bool:
    """Whether a secret was given rightly, in a time that tells nothing; an empty one never is."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode("utf-8", "replace"))


@dataclass
class Caller:
    """Calls to one base address, over connections that are kept until `close`."""

    base: str
    headers: Mapping[str, str] = field(default_factory=dict)
    patience: float = 20.0  # seconds for a whole answer
    _pool: urllib3.PoolManager = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/")
        self._pool = urllib3.PoolManager(num_pools=4, maxsize=2, retries=False, cert_reqs="CERT_REQUIRED")

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
        parts: Sequence[tuple[str, str | tuple[str, bytes, str]]] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float | None = None,
        most: int = MOST,
    ) -> Answer:
        """One call. `path` is put after the base, or is a whole address. Raises NotReached or BrokenOff."""
        url = path if "://" in path else self.base + path
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise NotReached("The address in the settings is not an address.")
        sent = {**self.headers, **(headers or {})}
        patience = patience or self.patience
        ends = time.monotonic() + patience
        if json is not None:
            body, sent["content-type"] = jsons.dumps(json, ensure_ascii=False).encode("utf-8", "replace"), "application/json"
        elif form is not None:
            body, sent["content-type"] = _form(form), "application/x-www-form-urlencoded"
        elif parts is not None:
            body, sent["content-type"] = urllib3.encode_multipart_formdata(parts)
        if query:
            url += ("&" if "?" in url else "?") + _form(query).decode()
        try:
            response = self._pool.request(
                method,
                url,
                body=body,
                headers=sent,
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=min(10.0, patience), read=patience),
            )
        except HTTPError as problem:
            raise _told(problem) from None
        except (OSError, ValueError):
            raise NotReached("The call could not be made: the address or a setting does not fit.") from None
        return _read(cast("urllib3.HTTPResponse", response), most, ends)

    def close(self) -> None:
        self._pool.clear()


def _form(values: Mapping[str, str]) -> bytes:
    return urlencode(values, errors="replace").encode()


def _told(problem: HTTPError) -> NotReached | BrokenOff:
    """Whether this happened before the call was out. Its own words may hold the address, so they are not passed on."""
    if isinstance(problem, NewConnectionError | ConnectTimeoutError | LocationValueError | ProxyError):
        return NotReached("No connection to the provider.")
    if isinstance(problem, SSLError):
        inner = problem.args[0] if problem.args else problem
        if isinstance(inner, ssl.SSLCertVerificationError):
            return NotReached("The provider's certificate is not valid.")
        if not any(sign in str(inner) for sign in BROKEN_IN_THE_MIDDLE):
            return NotReached("No secure connection to the provider.")
    return BrokenOff("The connection broke before the provider had answered.")


def _read(response: urllib3.HTTPResponse, most: int, ends: float) -> Answer:
    """The answer as far as it is wanted. A refusal counts by its status, even when its words are lost on the way."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    body, whole = bytearray(), True
    try:
        while chunk := response.read1(65_536, decode_content=False):
            body += chunk
            if len(body) > most or time.monotonic() > ends:
                whole = False
                break
        if whole:
            response.release_conn()
    except (HTTPError, OSError):
        if response.status < 400:
            raise BrokenOff("The connection broke within the provider's answer.") from None
        whole = False
    finally:
        if not whole:
            response.close()
    return Answer(response.status, headers, bytes(body[:most]), whole)


def judge(answer: Answer, words: str = "") -> Settled:
    """What an answer that was no yes means, where the provider's own code says nothing more exact."""
    status, said = answer.status, f"The provider answered {answer.status}{f': {words}' if words else '.'}"
    if status < 300:
        return Settled(Sort.DOUBT, "The provider took the call, and its answer makes no sense.")
    if status in (404, 405, 410) or status < 400:
        return Resting(Sort.OFF, said if words else f"{said} Is the address in the settings right?")
    if status in (401, 402, 403):
        return Resting(Sort.OFF, said)
    if status == 504:  # a gate passed it on and heard nothing
        return Settled(Sort.DOUBT, said)
    if status in (408, 429) or status >= 500:
        return (Resting if status == 429 else Settled)(Sort.LATER, said, answer.again_after)
    return Settled(Sort.REFUSED, said)


def deliver(parcels: Sequence[Parcel], send: Callable[[Parcel], Outcome]) -> Iterator[Outcome]:
    """Send one after another; what stops the channel is not tried again for the rest of the batch."""
    resting: Outcome | None = None
    for parcel in parcels:
        if resting is not None:
            yield resting
            continue
        try:
            yield send(parcel)
        except Resting as end:
            resting = replace(end.outcome, rests=True)
            yield resting
        except Settled as end:
            yield end.outcome
        except NotReached as problem:
            resting = Outcome(Sort.LATER, problem=str(problem), rests=True)
            yield resting
        except BrokenOff as problem:
            yield Outcome(Sort.DOUBT, problem=str(problem))


def ask(question: Callable[[], str]) -> Health:
    """Health by a question that returns what answered, or raises as above."""
    try:
        return Health(True, question())
    except (NotReached, BrokenOff, Settled) as problem:
        return Health(False, str(problem))
