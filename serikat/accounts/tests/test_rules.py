"""Names, phones, devices, idling: what is decided without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.accounts import rules

NOW = dt.datetime(2026, 5, 22, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "+6281234567890",
        "(0812) 3456.7890",
        "0062 812 3456 7890",
        "006281234567890",
        "+62 812\u20113456\u20117890",
        "0812\u20133456\u20137890",
    ],
)
def test_normal_phone_gives_one_form(text):
    assert rules.normal_phone(text) == "+6281234567890"


@pytest.mark.parametrize(
    "text", ["", "0812", "sari", "0812KOPI7890", "+", "1" * 40, "0812\x003456", "+62 812 3456 7890 ext 1"]
)
def test_normal_phone_of_what_is_no_number_is_empty(text):
    assert rules.normal_phone(text) == ""


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (" Sari@Contoh.Example ", ("email", "sari@contoh.example")),
        ("0812 3456 7890", ("phone", "+6281234567890")),
        ("Sari.L", ("username", "sari.l")),
        ("", ("username", "")),
    ],
)
def test_login_key_reads_any_of_the_three_names(typed, key):
    assert rules.login_key(typed) == key


def test_username_from_finds_a_free_one():
    assert rules.username_from("Sari Lestari", {"sarilestari", "sarilestari2"}) == "sarilestari3"
    assert rules.username_from("李", set()) == "anggota"


@given(st.text(max_size=80))
def test_username_from_any_name_is_a_user_name(name):
    assert rules.login_key(rules.username_from(name, set()))[0] == "username"


def test_is_idle_after_the_last_minute():
    assert not rules.is_idle(NOW - dt.timedelta(minutes=30), NOW, 30)
    assert rules.is_idle(NOW - dt.timedelta(minutes=30, seconds=1), NOW, 30)


@pytest.mark.parametrize(
    ("path", "desk"),
    [
        ("/meja/", True),
        ("/en/meja/akun/", True),
        ("/cms/pages/1/", True),
        ("/akun/", False),
        ("/berita/meja/", False),
        ("/meja", False),
    ],
)
def test_is_desk_in_any_language(path, desk):
    assert rules.is_desk(path, ["/meja/", "/cms/"]) is desk


@pytest.mark.parametrize(
    ("method", "path", "headers", "counts"),
    [
        ("GET", "/meja/", {}, True),
        ("GET", "/meja/", {"Sec-Fetch-Mode": "navigate"}, True),
        ("GET", "/meja/", {"Sec-Fetch-Mode": "cors"}, False),
        ("GET", "/meja/", {"HX-Request": "true"}, False),
        ("GET", "/meja/", {"HX-Request": "true", "HX-Boosted": "true", "Sec-Fetch-Mode": "navigate"}, True),
        ("GET", "/meja/", {"X-Requested-With": "XMLHttpRequest"}, False),
        ("POST", "/meja/", {"HX-Request": "true"}, True),
        ("POST", "/cms/editing-sessions/1/ping/", {}, False),
        ("POST", "/meja/", {"X-Background": "1"}, False),
    ],
)
def test_counts_as_use_only_what_a_person_did(method, path, headers, counts):
    assert rules.counts_as_use(method, path, headers, ["/editing-sessions/"]) is counts


def test_worth_keeping_leaves_secrets_out():
    sent = [
        ("title", ["Mogok"]),
        ("password1", ["x"]),
        ("kata_sandi", ["y"]),
        ("csrfmiddlewaretoken", ["z"]),
        ("_kept", ["1"]),
        ("tags", ["a", "b"]),
    ]
    assert rules.worth_keeping(sent) == [("title", ["Mogok"]), ("tags", ["a", "b"])]


@pytest.mark.parametrize(
    "address", ["//jahat.example", "/\\jahat.example", "https://jahat.example/", "", "/a\nb", "javascript:1"]
)
def test_is_local_address_refuses_other_places(address):
    assert not rules.is_local_address(address)


def test_device_of_speaks_in_words():
    phone = "Mozilla/5.0 (Linux; Android 13; SM-A047F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
    assert rules.device_of(phone) == ("Chrome", "Android")
    assert rules.device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Mobile/15E148 Safari/604.1") == (
        "Safari",
        "iPhone",
    )
    assert rules.device_of("curl/8") == ("", "")


@pytest.mark.parametrize(
    "name", ["Sari", "Sari Lestari", "R. A. Kartini", "Ni Wayan 2", "Jo’el-Ann", "李娜", "Angkatan 1998"]
)
def test_a_name_of_letters_may_stand(name):
    assert rules.is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "99999-01-01", "0812 3456 7890", "Sari +62 812 3456", "sari@contoh.example", "١٢٣٤٥٦٧٨", "Sari\n", "a\u202eb", "—"],
)
def test_a_number_an_address_or_a_hidden_sign_is_no_name(name):
    assert not rules.is_name(name)
