"""Real parts as fixtures: one of each for a process of tests, skipped aloud where it cannot be had."""

from __future__ import annotations

import pytest

from tests.parts import dovecot as imap
from tests.parts import gammu as modem
from tests.parts import kannel as gate
from tests.parts import smtp as post
from tests.parts.listening import listener
from tests.parts.standins import stand_in

SECRET = "rahasia-panggilan"


def _or_skip(part, name):
    if part is None:
        pytest.skip(f"SKIPPED, ALOUD: {name} was not found and could not be installed.")
    return part


@pytest.fixture(scope="session")
def _kannel_and_calls():
    with listener() as calls, gate.kannel(calls.address, SECRET) as running:
        yield running, calls


@pytest.fixture
def kannel(_kannel_and_calls):
    """A running Kannel that calls `kannel_calls`."""
    running = _or_skip(_kannel_and_calls[0], "Kannel")
    running.forget()
    _kannel_and_calls[1].heard.clear()
    return running


@pytest.fixture
def kannel_calls(kannel, _kannel_and_calls):
    return _kannel_and_calls[1]


@pytest.fixture(scope="session")
def _gammu():
    with modem.gammu() as running:
        yield running


@pytest.fixture
def gammu(_gammu):
    """A running gammu-smsd on a modem of air."""
    running = _or_skip(_gammu, "gammu-smsd")
    running.forget()
    return running


@pytest.fixture(scope="session")
def _dovecot():
    with imap.dovecot() as running:
        yield running


@pytest.fixture
def dovecot(_dovecot):
    """A mailbox that is read by IMAP."""
    running = _or_skip(_dovecot, "Dovecot")
    running.forget()
    return running


@pytest.fixture(scope="session")
def _smtp():
    with post.smtp() as running:
        yield running


@pytest.fixture
def smtp(_smtp):
    """A post office that keeps what it takes."""
    _smtp.forget()
    return _smtp


@pytest.fixture
def standin():
    """A stand-in for the web's providers."""
    with stand_in() as running:
        yield running
