"""Which addresses stand open, which are closed, which do not exist; and that each speaks our words under the strict policy."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

from serikat.accounts import urls
from serikat.accounts.tests.conftest import PASSWORD, set_up_app
from serikat.kernel.gate import PUBLIC, entry_of

OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "one_time_link",
}
ABSENT = [
    "/akun/login/",
    "/akun/signup/",
    "/akun/email/",
    "/akun/confirm-email/",
    "/akun/confirm-email/x/",
    "/akun/login/code/",
    "/akun/password/reset/",
    "/akun/2fa/",
    "/akun/social/connections/",
    "/akun/phone/verify/",
    "/akun/signup/passkey/",
    "/akun/trust/",
    "/akun/daftar/",
    "/accounts/login/",
    "/akun/surel/",
]


def patterns():
    return [*urls.entrance_patterns, *urls.own_patterns]


def test_exactly_the_entrances_stand_open():
    assert {p.name for p in patterns() if entry_of(p.callback) == PUBLIC} == OPEN


def test_every_address_says_whom_it_lets_in():
    assert [p.name for p in patterns() if entry_of(p.callback) is None] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ABSENT)
def test_addresses_that_the_house_does_not_want_do_not_exist(client, sari, address):
    assert client.get(address).status_code == 404
    client.force_login(sari)
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_closed_addresses_lead_strangers_to_sign_in(client):
    for pattern in patterns():
        route = "/" + re.sub(r"<\w+:\w+>", "1", str(pattern.pattern)).lstrip("/")
        if entry_of(pattern.callback) == PUBLIC or "uuid" in str(pattern.pattern):
            continue
        route = route if route.startswith(("/akun", "/meja")) else f"/akun{route}"
        assert client.get(route)["Location"].startswith("/akun/masuk/?next="), route
        assert client.post(route).status_code == 404, route


def test_no_template_of_allauth_can_show():
    """Each page that a mounted view may draw is ours."""
    theirs = Path(allauth.__file__).parent / "templates"
    names = set()
    for pattern in urls.entrance_patterns:
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and getattr(view, "template_name", None):
            names.add(view.template_name)
    names |= {"account/signup.html", "account/signup_closed.html", "mfa/webauthn/snippets/scripts.html", "429.html"}
    assert len(names) > 20
    foreign = [n for n in names if Path(get_template(n).origin.name).is_relative_to(theirs)]
    assert foreign == []


@pytest.mark.django_db
def test_pages_hold_no_inline_style_or_script(client, sari):
    set_up_app(sari)
    addresses = ["/akun/masuk/", "/akun/lupa/", "/akun/lupa/terkirim/", "/akun/ditutup/"]
    pages = [client.get(a) for a in addresses]
    client.force_login(sari)
    client.post("/akun/pastikan/", {"password": PASSWORD})
    inside = [
        "",
        "ubah/",
        "kontak/",
        "perangkat/",
        "kabar/",
        "isian/",
        "kata-sandi/",
        "faktor-kedua/",
        "faktor-kedua/kunci/tambah/",
        "keluar/",
    ]
    pages += [client.get(f"/akun/{a}") for a in inside]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200, page.request["PATH_INFO"]
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), page.request["PATH_INFO"]
        assert "'unsafe" not in page["Content-Security-Policy"]


@pytest.mark.django_db
def test_too_many_requests_answer_in_our_words(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/akun/masuk/", {})
    answer = client.post("/akun/masuk/", {})
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.content.decode()


@pytest.mark.django_db
def test_english_is_spoken_at_its_own_address(client):
    assert client.get("/en/akun/masuk/").status_code == 200
