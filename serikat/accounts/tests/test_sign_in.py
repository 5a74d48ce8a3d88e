"""Signing in with one of three names; and never telling whether an account exists."""

from __future__ import annotations

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth import authenticate, get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from serikat.accounts.tests.conftest import PASSWORD
from serikat.audit.models import Entry, Value
from serikat.audit.selectors import trail_of

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.mark.parametrize(
    "name",
    ["sari", "SARI", "081234567890", "+62 812-3456-7890", "0812 3456 7890", "sari@contoh.example", " Sari@Contoh.example "],
)
def test_sign_in_takes_phone_mail_or_user_name(sari, sign_in, client, name):
    answer = sign_in(name)
    assert (answer.status_code, answer["Location"]) == (302, "/meja/")
    assert client.session["_auth_user_id"] == str(sari.pk)


def test_sign_in_leads_where_one_wanted_to_go_and_nowhere_else(sari, sign_in):
    assert sign_in("sari", next="/akun/kabar/")["Location"] == "/akun/kabar/"
    assert sign_in("sari", browser=Client(), next="https://jahat.example/")["Location"] == "/meja/"


@pytest.mark.parametrize(
    "name", ["sari", "081234567890", "sari@contoh.example", "tidakada", "081200000000", "tidak@ada.example"]
)
def test_a_failed_try_says_the_same_whoever_it_was(sari, sign_in, name):
    known = sign_in("sari", "bukan itu")
    cache.clear()
    answer = sign_in(name, "bukan itu", browser=Client())
    assert answer.status_code == known.status_code == 422
    assert answer.context["form"].errors == known.context["form"].errors
    assert list(answer.context["form"].errors) == ["__all__"]


def test_a_failed_try_does_the_same_work_whoever_it_was(sari, django_assert_num_queries, rf, monkeypatch):
    """One look-up and one password hash, for a known name, an unknown name and an account without a password."""
    hashed = []
    from django.contrib.auth.hashers import Argon2PasswordHasher  # reason: counted here alone

    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a, **k: hashed.append(1) or verify(*a, **k))
    keyless = User.objects.create(username="tanpa", password="!")
    for name in (sari.username, "tidakada", keyless.username):
        hashed.clear()
        with django_assert_num_queries(1):
            assert authenticate(rf.post("/"), username=name, password="bukan itu") is None
        assert len(hashed) == 1, name


def test_tries_slow_down_by_account_whichever_name_is_typed(sari, sign_in):
    for name in ("sari", "0812 3456 7890", "sari@contoh.example", "sari", "+6281234567890"):
        assert sign_in(name, "bukan itu").status_code == 422
    answer = sign_in("sari", PASSWORD)
    assert answer.status_code == 422
    assert "Terlalu banyak percobaan" in str(answer.context["form"].errors)


def test_tries_on_an_unknown_name_slow_down_alike(db, sign_in):
    said = [str(sign_in("tidakada", "bukan itu").context["form"].errors) for _ in range(6)]
    assert len(set(said[:5])) == 1
    assert "Terlalu banyak percobaan" in said[5]


def test_tries_are_counted_across_processes(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_signing_in_and_failing_stand_in_the_trail_without_the_password(sari, sign_in, client):
    sign_in("sari", "rahasia sekali 99")
    sign_in("sari")
    client.post("/akun/keluar/")
    assert [line.action for line in trail_of(f"accounts.user:{sari.pk}")][::-1] == [
        "accounts.session.refused",
        "accounts.session.started",
        "accounts.session.left",
    ]
    assert not [v for v in Value.objects.all() if "rahasia" in str(v.value) or PASSWORD in str(v.value)]


def test_a_try_on_an_unknown_name_writes_an_entry_without_the_name(db, sign_in):
    sign_in("kata sandi yang salah tempat", "x" * 12)
    entry = Entry.objects.get(action="accounts.session.refused")
    assert (entry.subject_ref, entry.actor_ref) == ("", "anonymous")
    assert [v.value for v in entry.values.all()] == [""]


def test_the_session_key_changes_at_sign_in(sari, sign_in, client):
    session = client.session
    session["sebelum"] = 1
    session.save()
    before = client.session.session_key
    sign_in("sari")
    assert client.session.session_key != before


def test_a_closed_account_cannot_sign_in_and_only_its_holder_learns_why(sari, sign_in):
    User.objects.update(is_active=False)
    assert sign_in("sari", "bukan itu").status_code == 422
    assert sign_in("sari")["Location"] == "/akun/ditutup/"


@pytest.mark.parametrize(
    "data", [{}, {"login": "", "password": ""}, {"login": "a" * 300, "password": "x"}, {"login": "a\x00b", "password": "x"}]
)
def test_a_half_filled_sign_in_is_told_what_is_missing(db, client, data):
    answer = client.post("/akun/masuk/", data)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_passwords_are_argon2(sari):
    assert sari.password.startswith("argon2$")


@pytest.mark.parametrize("username", ["081234567890", "sari@contoh", "ab", "Sari", "sari lestari", "..", "x" * 61])
def test_a_user_name_is_never_taken_for_a_phone_or_an_address(username):
    user = User(username=username, password="x")
    with pytest.raises(ValidationError):
        user.clean_fields()


@pytest.mark.parametrize(
    "same",
    [
        {"username": "SARI"},
        {"username": "lain", "email": "SARI@contoh.example"},
        {"username": "lain", "phone": "+6281234567890"},
    ],
)
def test_a_name_belongs_to_one_account(sari, same):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**same)


def test_registration_does_not_exist_unless_the_organisation_opens_it(db, client, settings):
    assert client.get("/akun/daftar/").status_code == client.post("/akun/daftar/", {}).status_code == 404
    assert get_adapter().is_open_for_signup(None) is False


def test_registration_makes_an_account_where_it_is_open(db, client, settings):
    settings.SIGNUP_OPEN = True
    sent = {"name": "Ratri", "username": "Ratri", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/akun/daftar/", sent).status_code == 302
    user = User.objects.get()
    assert (user.username, user.name) == ("ratri", "Ratri")
    assert {line.action for line in trail_of(f"accounts.user:{user.pk}")} == {
        "accounts.account.opened",
        "accounts.session.started",
    }
    assert Client().post("/akun/daftar/", sent).status_code == 422


def test_changing_the_password_wants_the_old_one_and_ends_other_sessions(sari, sign_in, client):
    elsewhere = Client()
    sign_in("sari")
    sign_in("sari", browser=elsewhere)
    new = {"password1": "teh manis di pos dua", "password2": "teh manis di pos dua"}
    assert client.post("/akun/kata-sandi/", {"oldpassword": "salah", **new}).status_code == 422
    assert (
        client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"}).status_code
        == 422
    )
    assert client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, **new})["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert elsewhere.get("/akun/").status_code == 302
    assert sari.sessions.count() == 1
    assert sari.notices.count() == 1
