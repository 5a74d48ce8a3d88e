"""Nobody ends at an address that only takes what is sent: a reload, the way back and the other language lead to the page above it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from serikat.kernel.access import Role
from serikat.kernel.gate import way_back
from tests.house import grounds
from tests.house.test_default_deny import OWN, SEEN_BY, TABLE, arguments_of, ground, where  # noqa: F401

BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}


@pytest.mark.slow
def test_who_opens_an_address_that_only_takes_what_is_sent_comes_to_a_page(ground):  # noqa: F811
    client = Client(raise_request_exception=False)
    client.force_login(grounds.with_roles(set(Role), ground.centre))
    found: int = 0
    lost: dict[str, list] = {}
    for address in TABLE:
        for language in ("id", "en"):
            asked = where(address, arguments_of(ground, address), language)
            with transaction.atomic():
                first = client.get(asked)
                first.getvalue()
                if first.status_code == 405:
                    found += 1
                    answer = client.get(asked, **BROWSER)
                    ways = [answer.get("Location", "")]
                    while answer.status_code == 302 and len(ways) < 6:
                        answer = client.get(ways[-1], **BROWSER)
                        ways.append(answer.get("Location", ""))
                    spoken = ways[0].startswith("/en/") == asked.startswith("/en/")
                    if answer.status_code != 200 or not spoken:
                        lost.setdefault(address.name, []).append((ways, answer.status_code))
                transaction.set_rollback(True)
    assert found > 100  # the test bites: there are such addresses
    assert lost.keys() - OWN - SEEN_BY.keys() == set()  # what is another account's has no page for this one


def test_what_is_no_page_and_has_none_above_says_so_in_words(rf, db):
    answer = way_back(rf.get("/apa-saja/"))
    assert answer.status_code == 405
    assert "hanya menerima kiriman" in answer.content.decode()


def test_a_program_is_told_as_ever(client, db):
    assert client.get("/kode/laporan/cerita/").status_code == 405
    assert client.get("/kode/laporan/cerita/", **BROWSER)["Location"] == "/kode/laporan/"
    assert client.get("/en/kode/laporan/cerita/", **BROWSER)["Location"] == "/en/kode/laporan/"
    assert client.get("/kode/laporan/cerita/", **BROWSER, HTTP_HX_REQUEST="true").status_code == 405
