"""What all adapters of web APIs do alike when a provider or the net misbehaves; and each documented refusal of each."""

from __future__ import annotations

import json
import logging
import uuid

import pytest

from serikat.messaging.adapters import Parcel, Sort, adapter_named, adapters, calling
from serikat.messaging.adapters.webpush import new_key
from tests.parts.contracts import FAILURES
from tests.parts.programs import free_port

NUMBER = "+6281234567890"
P256 = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
KINDS = {"whatsapp": "whatsapp", "telegram": "telegram", "telegram_wall": "telegram", "facebook": "facebook", "x": "x", "mastodon": "mastodon", "webpush": "push", "http": "gate"}  # fmt: skip
VAPID = new_key()


def receiver(standin, kind):
    if kind == "webpush":
        return json.dumps(
            {"endpoint": standin.base("push") + "/abc", "keys": {"p256dh": P256, "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}
        )
    return {"telegram": "42", "whatsapp": NUMBER, "http": NUMBER}.get(kind, "")


def values(standin, kind):
    told = {s.name: s.initial for s in adapter_named(kind).settings}
    provider = KINDS[kind]
    told |= {
        "base": standin.base(provider),
        "token": standin.token(provider),
        "phone_id": "555",
        "page_id": "777",
        "chat": "@serikat",
    }
    if kind == "x":
        told |= {
            "consumer_key": "app",
            "consumer_secret": "rahasia-aplikasi",
            "token": "akun",
            "token_secret": "rahasia-akun",
        }
    if kind == "webpush":
        told |= {"private_key": VAPID, "contact": "mailto:a@b.example", "services": standin.root}
    return told


@pytest.fixture
def made(standin):
    open_ones = []

    def make(kind, **more):
        open_ones.append(adapter_named(kind)({**values(standin, kind), **more}))
        return open_ones[-1]

    yield make
    for adapter in open_ones:
        adapter.close()


def parcel(standin, kind, text="Halo 🙏 \u200fdunia"):
    return Parcel(str(uuid.uuid4()), receiver(standin, kind), text, subject="Kabar")


def test_every_kind_is_registered_with_settings_that_can_be_asked_for():
    found = adapters()
    assert sorted(found) == sorted([*KINDS, "kannel", "gammu", "mail", "apprise", "hand", "web"])
    for kind, adapter in found.items():
        names = [s.name for s in adapter.settings]
        assert len(names) == len(set(names)), kind
        assert all(s.secret for s in adapter.settings if s.name.endswith(("token", "password", "secret", "private_key"))), (
            kind
        )
        assert all(s.choices for s in adapter.settings if s.kind == "choice"), kind
        made = adapter({s.name: s.initial for s in adapter.settings})
        assert len(list(made.send([Parcel("k", "", "x")]))) == 1 or kind == "mail"
        made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_send_reaches_the_provider_over_one_connection(standin, made, kind):
    adapter = made(kind)
    outcomes = list(adapter.send([parcel(standin, kind, f"Halo {n} 🙏") for n in range(3)]))
    assert [o.sort for o in outcomes] == [Sort.SENT] * 3
    assert len(standin.messages(KINDS[kind])) == 3
    assert len({o.provider_id for o in outcomes}) == 3
    assert adapter.check().well


@pytest.mark.parametrize(
    ("how", "sort"),
    [
        ("down", Sort.LATER),
        ("crash", Sort.LATER),
        ("too many", Sort.LATER),
        ("break before", Sort.DOUBT),
        ("break after", Sort.DOUBT),
        ("slow", Sort.DOUBT),
        ("gate timeout", Sort.DOUBT),
        ("away", Sort.OFF),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_send_to_a_provider_that_fails_is_told_apart(standin, made, kind, how, sort, monkeypatch):
    standin.fail(KINDS[kind], how)
    adapter = made(kind)
    for caller in vars(adapter).values():
        if isinstance(caller, calling.Caller):
            caller.patience = 0.5
    first, again = parcel(standin, kind), parcel(standin, kind, "yang lain")
    outcome = next(adapter.send([first]))
    if (kind, how) == ("webpush", "away"):  # each browser has its own address: what one of them says stops no other
        sort = Sort.REFUSED
    assert outcome.sort == sort
    assert outcome.problem
    assert next(adapter.send([again])).sort == Sort.SENT
    if how == "too many" and kind not in ("telegram", "telegram_wall", "mastodon", "x"):
        assert outcome.again_after == 7


@pytest.mark.parametrize("how", ["nonsense", "empty", "deep", "list", "huge", "break within"])
@pytest.mark.parametrize("kind", [k for k in KINDS if k != "webpush"])
def test_send_a_yes_that_makes_no_sense_is_in_doubt(standin, made, kind, how):
    standin.fail(KINDS[kind], how)
    assert next(made(kind).send([parcel(standin, kind)])).sort == Sort.DOUBT


@pytest.mark.parametrize("kind", KINDS)
def test_send_to_a_closed_door_is_later_and_the_rest_is_not_tried(standin, made, kind, monkeypatch):
    closed = f"http://127.0.0.1:{free_port()}"
    one = parcel(standin, kind)
    if kind == "webpush":
        one = Parcel(one.key, one.to.replace(standin.root, closed), one.text)
    outcomes = list(made(kind, base=closed, services=closed).send([one, one, one]))
    assert [(o.sort, o.problem) for o in outcomes] == [(Sort.LATER, "No connection to the provider.")] * 3


@pytest.mark.parametrize("kind", ["mastodon", "http"])
def test_send_again_with_the_same_key_is_one(standin, made, kind):
    standin.fail(KINDS[kind], "break after")
    one, adapter = parcel(standin, kind), made(kind)
    assert [next(adapter.send([one])).sort for _ in range(3)] == [Sort.DOUBT, Sort.SENT, Sort.SENT]
    assert len(standin.messages(KINDS[kind])) == 1
    assert adapter.repeats


SORTS = {
    "whatsapp": {
        "token": Sort.OFF, "permission": Sort.OFF, "policy": Sort.OFF, "locked": Sort.OFF, "unpaid": Sort.OFF, "window": Sort.REFUSED,
        "unknown": Sort.REFUSED, "rate": Sort.LATER, "pair": Sort.LATER, "spam": Sort.LATER, "template": Sort.REFUSED, "places": Sort.REFUSED,
        "media": Sort.REFUSED, "fault": Sort.LATER, "overloaded": Sort.LATER, "new code": Sort.REFUSED,
    },
    "facebook": {
        "token": Sort.OFF, "permission": Sort.OFF, "rate": Sort.LATER, "app rate": Sort.LATER, "policy": Sort.OFF, "duplicate": Sort.REFUSED,
        "fault": Sort.LATER,
    },
    "telegram": {
        "flood": Sort.LATER, "token": Sort.OFF, "no bot": Sort.OFF, "blocked": Sort.REFUSED, "no chat": Sort.REFUSED, "too long": Sort.REFUSED,
        "two places": Sort.OFF, "fault": Sort.LATER,
    },
    "telegram_wall": {"blocked": Sort.OFF, "no chat": Sort.OFF, "flood": Sort.LATER},
    "x": {"token": Sort.OFF, "permission": Sort.OFF, "unpaid": Sort.OFF, "rate": Sort.LATER},
    "mastodon": {"token": Sort.OFF, "permission": Sort.OFF, "too long": Sort.REFUSED, "rate": Sort.LATER},
    "webpush": {
        "gone": Sort.REFUSED, "not found": Sort.REFUSED, "other key": Sort.REFUSED, "too large": Sort.REFUSED, "rate": Sort.LATER,
        "no such way": Sort.REFUSED, "unpaid": Sort.REFUSED,
    },
    "http": {"token": Sort.OFF, "busy": Sort.LATER, "number": Sort.REFUSED},
}  # fmt: skip


def test_every_documented_failure_is_tried():
    for kind, sorts in SORTS.items():
        assert set(sorts) == set(FAILURES[KINDS[kind]]) or kind == "telegram_wall", kind


@pytest.mark.parametrize(
    ("kind", "how", "sort"), [(kind, how, sort) for kind, sorts in SORTS.items() for how, sort in sorts.items()]
)
def test_send_what_the_provider_refuses_is_told_apart_without_secrets(standin, made, kind, how, sort, caplog):
    caplog.set_level(logging.DEBUG)
    standin.fail(KINDS[kind], how)
    adapter = made(kind)
    outcome = next(adapter.send([parcel(standin, kind)]))
    assert outcome.sort == sort
    said = outcome.problem + caplog.text
    assert [s.name for s in adapter.settings if s.secret and adapter.values[s.name] and adapter.values[s.name] in said] == []
    assert NUMBER not in said
    assert NUMBER[1:] not in said
    assert "https://" not in outcome.problem


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "webpush"])
def test_check_says_when_the_token_is_wrong(standin, made, kind):
    health = made(kind, token="123456:bukan-token-yang-benar-1").check()
    assert not health.well
    assert "bukan-token" not in health.words


def test_shown_takes_out_what_is_nobodys_business():
    said = calling.shown(
        "Bad <b>token</b> EAAGabc at https://x.example/a?b, to +62 812-3456-7890 or a@b.example\n\x1b[31m (131047)",
        "EAAGabc",
    )
    assert said == "Bad <b>token</b> … at … to … or … [31m (131047)"
    assert len(calling.shown("x " * 500)) == 200
    assert calling.shown(None) == calling.shown({"a": 1}) == ""


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("999999", 86400),
        ("", None),
        ("besok", None),
        ("-1", None),
        ("1e9", None),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
    ],
)
def test_pause_reads_what_a_provider_asks_for(words, seconds):
    assert calling.pause(words) == seconds


def test_call_ignores_proxies_of_the_environment(standin, made, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert next(made("http").send([parcel(standin, "http")])).sort == Sort.SENT
