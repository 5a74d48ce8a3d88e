"""Accounts in a real browser: a passkey, an app's code, and a form at the desk that is sent at minute 31."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from serikat.accounts.models import Session
from serikat.accounts.services import leave_notice, make_link
from serikat.accounts.services.mails import send_password_mail
from serikat.kernel.access import SYSTEM, console
from tests.journeys.browser import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "kopi pahit di gerbang tiga"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret=SECRET, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def make_user(username, **fields):
    user = get_user_model()(username=username, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_administrator(username):
    user = make_user(username, name="Wening Astuti")
    unit = apps.get_model("units", "Unit").objects.create(kind="national", name="Pusat", code="pusat", path="1/")
    apps.get_model("units", "Unit").objects.filter(pk=unit.pk).update(path=f"{unit.pk}/")
    decree = apps.get_model("units", "Decree").objects.create(
        unit=unit, number="1/2026", about="pengangkatan", decided_on=dt.date(2026, 1, 2)
    )
    apps.get_model("units", "Mandate").objects.create(
        user=user,
        role="administrator",
        unit=unit,
        decree=decree,
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2090, 1, 1),
    )
    return user


def looked_at(page, name):
    """Nothing that axe finds, nothing wider than the phone; a picture of it where SHOTS says so."""
    found = violations(page)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def ends(path):
    """An address with this path and nothing after it; not one that only names it as where to go next."""
    return re.compile(rf"^[^?]+{re.escape(path)}$")


def press(page, what="main button.main"):
    """Press what leads to another page, and wait for it."""
    with page.expect_navigation():
        page.click(what)


def sign_in(page, name, code=""):
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    press(page)
    if code:
        page.fill("[name=code]", code)
        press(page)


def test_a_passkey_is_made_and_signs_in_without_a_password(page):
    user = make_user("sari", name="Sari Lestari", phone="+6281234567890")
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/akun/masuk/")
    looked_at(page, "masuk")
    sign_in(page, "0812 3456 7890")
    page.goto("/akun/faktor-kedua/")
    looked_at(page, "faktor-kedua")
    page.goto("/akun/faktor-kedua/kunci/tambah/")
    looked_at(page, "pastikan")
    page.fill("[name=password]", PASSWORD)
    press(page)
    looked_at(page, "kunci-tambah")
    page.fill("[name=name]", "Ponsel saya")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/akun/faktor-kedua/kode/")
    looked_at(page, "kode-cadangan")
    assert str(user.authenticator_set.get(type="webauthn")) == "Ponsel saya"
    page.goto("/akun/faktor-kedua/kunci/")
    looked_at(page, "kunci")
    key = user.authenticator_set.get(type="webauthn").pk
    for name, address in (("kunci-nama", "mfa_edit_webauthn"), ("kunci-hapus", "mfa_remove_webauthn")):
        page.goto(reverse(address, args=[key]))
        looked_at(page, name)
    page.goto("/akun/keluar/")
    looked_at(page, "keluar")
    press(page)
    page.goto("/akun/masuk/?next=/akun/perangkat/")
    page.click("#passkey_login")
    page.wait_for_url(ends("/akun/perangkat/"))
    looked_at(page, "perangkat")
    page.goto("/akun/kata-sandi/")
    looked_at(page, "kata-sandi")
    page.goto("/akun/keluar/")
    press(page)
    page.goto("/akun/masuk/")
    sign_in(page, "sari")
    looked_at(page, "langkah-kedua")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(lambda url: "/akun/masuk/" not in url)
    page.goto("/akun/")
    looked_at(page, "akun")


def test_an_administrator_sets_up_the_app_and_reaches_the_desk(page):
    make_administrator("wening")
    page.goto("/meja/akun/")
    sign_in(page, "wening")
    assert page.url.endswith("/akun/faktor-kedua/perlu/")
    looked_at(page, "faktor-perlu")
    press(page, "main a.main")
    page.fill("[name=password]", PASSWORD)
    press(page)
    looked_at(page, "aplikasi")
    secret = page.inner_text(".copyable .code")
    page.fill("[name=code]", "000000")
    press(page)
    looked_at(page, "aplikasi-salah")
    page.fill("[name=code]", code_of(page.inner_text(".copyable .code")))
    press(page)
    page.wait_for_url("**/akun/faktor-kedua/kode/")
    assert secret
    for name, address in (("kode-baru", "mfa_generate_recovery_codes"), ("aplikasi-lepas", "mfa_deactivate_totp")):
        page.goto(reverse(address))
        looked_at(page, name)
    page.goto("/meja/akun/")
    looked_at(page, "meja-akun")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_typed_at_the_desk_survives_minute_31(browser, live_server, scripts):
    """In the middle of a form, with and without JavaScript. Time passes by moving what was written down."""
    user = make_administrator("wening")
    TOTP.activate(user, SECRET)
    leave_notice(actor=SYSTEM, user_id=user.pk, text="Ada naskah yang menunggu Anda.", link="/meja/akun/")
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, base_url=live_server.url, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto("/meja/akun/baru/")
    sign_in(page, "wening", code_of())
    page.wait_for_url(ends("/meja/akun/baru/"))
    if scripts:
        looked_at(page, "meja-akun-baru")
    page.fill("[name=name]", "Budi Hartono")
    page.fill("[name=phone]", "0813 1111 3333")
    Session.objects.update(last_active_at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=31))
    press(page)
    page.wait_for_url(re.compile(r"/akun/masuk/\?next=/akun/isian/"))
    assert get_user_model().objects.count() == 1
    if scripts:
        looked_at(page, "masuk-lagi")
    sign_in(page, "wening", code_of(step=1))  # the code before was used
    page.wait_for_url(re.compile(r"^[^?]+/akun/isian/[\w-]+/$"))
    assert "Budi Hartono" in page.inner_text("main")
    assert "0813 1111 3333" in page.inner_text("main")
    if scripts:
        looked_at(page, "isian")
    press(page)
    assert "Tautan masuk untuk Budi Hartono" in page.inner_text("h1")
    assert get_user_model().objects.get(username="budihartono").phone == "+6281311113333"
    if scripts:
        looked_at(page, "tautan-dibuat")
        for name, address in (
            ("kabar", "/akun/kabar/"),
            ("akun-lain", f"/meja/akun/{get_user_model().objects.last().pk}/"),
            ("isian-semua", "/akun/isian/"),
        ):
            page.goto(address)
            looked_at(page, name)
    context.close()


def test_a_page_that_asks_by_itself_says_that_the_session_is_over_and_keeps_what_is_typed(browser, live_server):
    user = make_administrator("wening")
    TOTP.activate(user, SECRET)
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=live_server.url)
    page = context.new_page()
    page.goto("/meja/akun/baru/")
    sign_in(page, "wening", code_of())
    page.wait_for_url(ends("/meja/akun/baru/"))
    page.fill("[name=name]", "Budi Hartono")
    ask = "htmx.ajax('GET', '/meja/akun/', {target: 'footer, main > *', swap: 'none'})"
    page.evaluate(ask)
    assert not page.is_visible("#session-over")
    Session.objects.update(last_active_at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=31))
    page.evaluate(ask)
    page.wait_for_selector("#session-over", state="visible")
    looked_at(page, "sesi-berakhir")
    assert page.input_value("[name=name]") == "Budi Hartono"
    with context.expect_page() as opened:
        page.click("#session-over a")
    sign_in(opened.value, "wening", code_of(step=1))
    opened.value.wait_for_url(ends("/meja/"))
    press(page)  # the token of this page is older than the new session: what was typed is kept and offered again
    assert "Budi Hartono" in page.inner_text("main")
    press(page)
    assert "Tautan masuk untuk Budi Hartono" in page.inner_text("h1")
    context.close()


def test_a_one_time_link_opens_on_a_phone(page):
    link = make_link(actor=console("konsol"), user=make_user("ratri", name="Ratri", email="ratri@contoh.example"))
    page.goto(f"/akun/tautan/{link.token}/")
    looked_at(page, "tautan")
    page.fill("[name=password1]", "teh manis di pos dua")
    page.fill("[name=password2]", "teh manis di pos dua")
    press(page)
    page.goto("/akun/")
    assert "Ratri" in page.inner_text("h1")
    send_password_mail(address="ratri@contoh.example", language="id")
    by_mail = urlsplit(re.search(r"http\S+", mail.outbox[0].body).group()).path
    for name, address in (
        ("lupa", "/akun/lupa/"),
        ("terkirim", "/akun/lupa/terkirim/"),
        ("lupa-selesai", "/akun/lupa/selesai/"),
        ("lewat-surel", by_mail),
        ("tautan-mati", f"/akun/tautan/{link.token}/"),
    ):
        page.goto(address)
        looked_at(page, name)
