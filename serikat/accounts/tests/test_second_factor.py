"""Second factors: the app's codes, recovery codes, and roles that sleep until one is set up."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from serikat.accounts.selectors import has_second_factor
from serikat.accounts.tests.conftest import PASSWORD, SECRET, set_up_app
from serikat.audit.models import Value
from serikat.audit.selectors import trail_of
from serikat.kernel.access import Role, actor_of

pytestmark = pytest.mark.django_db


def code_of(secret=SECRET, step=0):
    """What the app on the phone shows, `step` half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def confirm(client):
    client.post("/akun/pastikan/", {"password": PASSWORD})


@pytest.fixture
def signed_in(sari, client):
    client.force_login(sari)
    confirm(client)
    return client


def test_setting_up_the_app_asks_first_whether_it_is_them(sari, client):
    client.force_login(sari)
    assert client.get("/akun/faktor-kedua/aplikasi/")["Location"].startswith("/akun/pastikan/")


def test_setting_up_the_app_takes_a_right_code_and_gives_recovery_codes(sari, signed_in, django_capture_on_commit_callbacks):
    page = signed_in.get("/akun/faktor-kedua/aplikasi/")
    secret = page.context["form"].secret
    assert "<svg" in page.context["totp_svg"]
    assert "style=" not in page.context["totp_svg"]
    assert signed_in.post("/akun/faktor-kedua/aplikasi/", {"code": "000000"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):  # allauth tells of it once it is written
        done = signed_in.post("/akun/faktor-kedua/aplikasi/", {"code": code_of(secret)})
    assert done["Location"] == "/akun/faktor-kedua/kode/"
    codes = signed_in.get(done["Location"])
    assert len(re.findall(r"<code class=\"code\">(\d{8})</code>", codes.content.decode())) == 10
    assert has_second_factor(sari)
    kinds = [line.action for line in trail_of(f"accounts.user:{sari.pk}")]
    assert {"accounts.factor.added", "accounts.codes.renewed"} <= set(kinds)
    assert sari.notices.count() == 1


def test_secrets_of_factors_are_unreadable_in_the_table_and_absent_from_the_trail(sari, signed_in):
    secret = signed_in.get("/akun/faktor-kedua/aplikasi/").context["form"].secret
    signed_in.post("/akun/faktor-kedua/aplikasi/", {"code": code_of(secret)})
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in str(list(Value.objects.values_list("value", flat=True)))


def test_signing_in_asks_for_the_code_and_takes_each_code_once(sari, client, sign_in):
    set_up_app(sari)
    assert sign_in("sari")["Location"] == "/akun/masuk/faktor-kedua/"
    assert client.get("/akun/").status_code == 302
    assert client.post("/akun/masuk/faktor-kedua/", {"code": "123"}).status_code == 422
    code = code_of()
    assert client.post("/akun/masuk/faktor-kedua/", {"code": code})["Location"] == "/meja/"
    other = Client()
    sign_in("sari", browser=other)
    cache.delete(
        f"allauth.mfa.totp.used?user={sari.pk}&code={code}"
    )  # what allauth itself remembers is gone after half a minute
    assert other.post("/akun/masuk/faktor-kedua/", {"code": code}).status_code == 422
    kinds = [line.action for line in trail_of(f"accounts.user:{sari.pk}")]
    assert kinds.count("accounts.factor.refused") == 1
    assert kinds.count("accounts.session.started") == 1


def test_a_phone_clock_may_be_half_a_minute_off(sari, client, sign_in):
    set_up_app(sari)
    sign_in("sari")
    assert client.post("/akun/masuk/faktor-kedua/", {"code": code_of(step=-1)}).status_code == 302


def test_a_recovery_code_signs_in_once(sari, signed_in, sign_in):
    secret = signed_in.get("/akun/faktor-kedua/aplikasi/").context["form"].secret
    signed_in.post("/akun/faktor-kedua/aplikasi/", {"code": code_of(secret)})
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    sign_in("sari", browser=first)
    assert first.post("/akun/masuk/faktor-kedua/", {"code": code}).status_code == 302
    sign_in("sari", browser=second)
    assert second.post("/akun/masuk/faktor-kedua/", {"code": code}).status_code == 422


def test_wrong_codes_slow_down(sari, client, sign_in):
    set_up_app(sari)
    sign_in("sari")
    for _ in range(5):
        client.post("/akun/masuk/faktor-kedua/", {"code": "000000"})
    answer = client.post("/akun/masuk/faktor-kedua/", {"code": code_of()})
    assert "Terlalu banyak percobaan" in str(answer.context["form"].errors)


def test_the_app_can_be_taken_off_again_by_its_holder(sari, signed_in):
    set_up_app(sari)
    assert signed_in.get("/akun/faktor-kedua/aplikasi/lepas/").status_code == 200
    assert signed_in.post("/akun/faktor-kedua/aplikasi/lepas/")["Location"] == "/akun/faktor-kedua/"
    assert not has_second_factor(sari)
    assert "accounts.factor.removed" in {line.action for line in trail_of(f"accounts.user:{sari.pk}")}


def test_a_guarded_role_sleeps_until_a_second_factor_is_set_up(sari, appoint, root):
    appoint(sari, "secretary", root)
    appoint(sari, "member", root)
    actor = actor_of(sari)
    assert [g.role for g in actor.grants] == [Role.MEMBER]
    assert [g.role for g in actor.asleep] == [Role.SECRETARY]
    set_up_app(sari)
    assert not actor_of(sari).asleep


def test_recovery_codes_alone_wake_no_role(sari, appoint, root):
    appoint(sari, "secretary", root)
    Authenticator.objects.create(user=sari, type="recovery_codes", data={"seed": "", "used_mask": 0})
    assert actor_of(sari).asleep


def test_who_sleeps_is_led_to_setting_up(sari, appoint, root, client, sign_in):
    appoint(sari, "administrator", root)
    assert sign_in("sari")["Location"] == "/akun/faktor-kedua/perlu/"
    assert client.get("/meja/akun/")["Location"] == "/akun/faktor-kedua/perlu/"
    page = client.get("/akun/faktor-kedua/perlu/").content.decode()
    assert "Pasang sekarang" in page
    assert "SK sari-administrator" in page
    assert "belum berlaku" in client.get("/akun/").content.decode()


def test_who_holds_no_such_role_is_still_told_that_there_is_no_such_page(sari, appoint, root, client):
    appoint(sari, "editor", root)
    client.force_login(sari)
    assert client.get("/meja/akun/").status_code == 404


def test_who_sleeps_not_is_not_bothered(sari, client):
    client.force_login(sari)
    assert client.get("/akun/faktor-kedua/perlu/")["Location"] == "/akun/"


def test_the_demo_alone_does_without_and_says_so(sari, appoint, root, client, settings):
    appoint(sari, "administrator", root)
    settings.SECOND_FACTOR_REQUIRED, settings.DEMO = False, True
    client.force_login(sari)
    page = client.get("/meja/akun/")
    assert page.status_code == 200
    assert "langkah masuk kedua dimatikan" in page.content.decode()


def test_pages_of_factors_answer_in_our_words(sari, signed_in):
    set_up_app(sari)
    for address in ("", "aplikasi/lepas/", "kunci/", "kunci/tambah/", "kode/baru/"):
        page = signed_in.get(f"/akun/faktor-kedua/{address}")
        assert page.status_code == 200, address
        assert "no-store" in page["Cache-Control"]
    for address in ("", "kode/", "kunci/"):
        assert signed_in.get(f"/akun/pastikan/{address}").status_code in (200, 302), address


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"id": 1}', "not json", '{"response": {"userHandle": "x"}}']
)
def test_a_broken_passkey_answer_is_refused(sari, client, credential):
    answer = client.post("/akun/masuk/kunci/", {"credential": credential})
    assert answer.status_code in (302, 422)
    assert "_auth_user_id" not in client.session
