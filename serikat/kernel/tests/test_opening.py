"""Wrong codes are slowed by where they come from."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from serikat.kernel.models import Tries
from serikat.kernel.opening import (
    MOST_WRONG,
    TooManyTries,
    count_try,
    forget_tries,
    hold_up,
    note_wrong,
    prune_tries,
    tries_of,
)

pytestmark = pytest.mark.django_db  # tries are counted in what all processes share
HOUSE = "2001:db8:5:1:"


def of(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def is_slowed(address, **headers):
    try:
        hold_up(of(address, **headers), "kode")
    except TooManyTries:
        return True
    return False


def wrong_from(*addresses):
    for n in range(MOST_WRONG):
        note_wrong(of(addresses[n % len(addresses)]), "kode")


def test_all_addresses_of_one_house_are_one():
    wrong_from(*(f"{HOUSE}{n:x}:{n:x}::{n:x}" for n in range(1, 11)))
    assert (is_slowed(f"{HOUSE}ffff::1"), is_slowed("2001:DB8:5:1::9%eth0")) == (True, True)
    assert (is_slowed("2001:db8:5:2::1"), is_slowed("127.0.0.1")) == (False, False)


def test_an_address_of_four_bytes_is_itself_in_either_way_of_writing():
    wrong_from("203.0.113.7", "::ffff:203.0.113.7")
    assert (is_slowed("203.0.113.7"), is_slowed("::ffff:203.0.113.7")) == (True, True)
    assert (is_slowed("203.0.113.8"), is_slowed("::ffff:203.0.113.8")) == (False, False)


@pytest.mark.parametrize("address", ["", "unix:", "bukan alamat", "2001:db8::5:1::1", "1" * 5000])
def test_what_is_no_address_is_counted_all_the_same(address):
    wrong_from(address)
    assert is_slowed(address)


def test_behind_a_proxy_its_word_counts_and_the_callers_does_not(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(MOST_WRONG):
        note_wrong(of("10.0.0.1", headers={"X-Forwarded-For": f"198.51.100.{n}, {HOUSE}:{n + 1:x}"}), "kode")
    assert is_slowed("10.0.0.1", headers={"X-Forwarded-For": f"{HOUSE}:abc"})
    assert not is_slowed("10.0.0.1", headers={"X-Forwarded-For": f"{HOUSE}:abc, 2001:db8:9::1"})


def at_once(times, act):
    """Each in a thread of its own; what they gave."""
    given, together = [], threading.Barrier(times)

    def run():
        together.wait()
        try:
            given.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.django_db(transaction=True)
def test_ten_wrong_codes_at_the_same_moment_count_ten():
    at_once(MOST_WRONG - 1, lambda: note_wrong(of("203.0.113.7"), "kode"))
    assert not is_slowed("203.0.113.7")
    note_wrong(of("203.0.113.7"), "kode")
    assert is_slowed("203.0.113.7")


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_the_same_moment_no_more_than_allowed_are_let_through():
    given = at_once(12, lambda: count_try("sandi", seconds=60, most=5))
    assert (sorted(given), tries_of("sandi")) == ([False] * 7 + [True] * 5, 5)


def test_tries_are_forgotten_after_their_time_and_by_a_right_one():
    for _n in range(3):
        count_try("sandi", seconds=60)
    Tries.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert tries_of("sandi") == 0
    assert count_try("sandi", seconds=60, most=1)
    assert tries_of("sandi") == 1
    prune_tries()
    assert tries_of("sandi") == 1
    forget_tries("sandi")
    assert not Tries.objects.exists()

    count_try("sandi", seconds=-1)
    prune_tries()
    assert not Tries.objects.exists()
