"""Wrong codes are slowed by where they come from."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from serikat.kernel.opening import MOST_WRONG, TooManyTries, hold_up, note_wrong

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
