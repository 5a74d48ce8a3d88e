"""One-time links: in again without an e-mail; by whom they are made, and that they work once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from serikat.accounts.models import OneTimeLink
from serikat.accounts.selectors import has_second_factor
from serikat.accounts.services import make_link, use_link
from serikat.accounts.services.links import LinkSpent
from serikat.accounts.tests.conftest import set_up_app
from serikat.audit.models import Value
from serikat.audit.selectors import trail_of
from serikat.kernel.access import ANONYMOUS, actor_of
from serikat.kernel.errors import Conflict, Denied

pytestmark = pytest.mark.django_db
NEW = {"password1": "teh manis di pos dua", "password2": "teh manis di pos dua"}


@pytest.fixture
def link(sari, admin):
    return make_link(actor=actor_of(admin), user=sari, reason="datang dengan kartu anggota")


def address(link):
    return f"/akun/tautan/{link.token}/"


def test_a_link_lets_its_holder_set_a_password_and_come_in(sari, link, client, sign_in):
    page = client.get(address(link))
    assert page.status_code == 200
    assert "sari" in page.content.decode()
    assert (page["Referrer-Policy"], "no-store" in page["Cache-Control"]) == ("same-origin", True)
    assert client.post(address(link), NEW)["Location"] == "/meja/"
    assert client.get("/akun/").status_code == 200
    assert sign_in("sari", NEW["password1"], browser=Client()).status_code == 302


def test_looking_at_a_link_uses_nothing_up(link, client):
    for _ in range(3):
        assert client.get(address(link)).status_code == 200


def test_a_link_works_once(link, client):
    client.post(address(link), NEW)
    other = Client()
    for answer in (other.get(address(link)), other.post(address(link), NEW)):
        assert answer.status_code == 404
        assert "tidak berlaku lagi" in answer.content.decode()


def test_two_who_use_a_link_in_the_same_moment_are_one_too_many(sari, link):
    use_link(actor=ANONYMOUS, user=sari, link=link, password="x" * 12)
    with pytest.raises(LinkSpent):
        use_link(actor=ANONYMOUS, user=sari, link=link, password="y" * 12)
    sari.refresh_from_db()
    assert sari.check_password("x" * 12)


@pytest.mark.parametrize("token", ["x", "..", "a" * 500, "%00", "tidak-ada"])
def test_an_unknown_link_answers_like_a_spent_one(db, client, token):
    answer = client.get(f"/akun/tautan/{token}/")
    assert answer.status_code == 404


def test_a_link_expires_and_is_withdrawn_by_the_next_one(sari, admin, link, client):
    newer = make_link(actor=actor_of(admin), user=sari)
    assert client.get(address(link)).status_code == 404
    assert client.get(address(newer)).status_code == 200
    OneTimeLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(address(newer)).status_code == 404


def test_a_link_lasts_as_long_as_the_setting_says(link):
    assert (link.expires_at - link.made_at).total_seconds() == pytest.approx(django_settings.LINK_HOURS * 3600, abs=5)


def test_a_bad_password_is_refused_beside_the_field_and_leaves_the_link_whole(link, client):
    for sent, field in (
        ({"password1": "pendek", "password2": "pendek"}, "password1"),
        ({**NEW, "password2": "lain sekali 12"}, "password2"),
        ({}, "password1"),
    ):
        answer = client.post(address(link), sent)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    assert client.post(address(link), NEW).status_code == 302


def test_the_table_and_the_trail_hold_no_token(sari, link):
    assert link.token not in str(OneTimeLink.objects.values().get())
    assert link.token not in str(list(Value.objects.values_list("value", flat=True)))


def test_making_and_using_stand_in_the_trail_and_are_told_to_the_holder(sari, link, client):
    client.post(address(link), NEW)
    actions = [line.action for line in trail_of(f"accounts.user:{sari.pk}")]
    assert {"accounts.link.made", "accounts.link.used", "accounts.session.started"} <= set(actions)
    made = next(line for line in trail_of(f"accounts.user:{sari.pk}") if line.action == "accounts.link.made")
    assert (made.actor, made.reason) == ("Wening", "datang dengan kartu anggota")
    assert [("Wening" in n.text) for n in sari.notices.order_by("pk")] == [True, False]


def test_using_a_link_ends_other_sessions(sari, link, client):
    other = Client()
    other.force_login(sari)
    client.post(address(link), NEW)
    assert other.get("/akun/").status_code == 302
    assert client.get("/akun/").status_code == 200


def test_a_link_still_asks_for_the_second_factor(sari, link, client):
    set_up_app(sari)
    assert client.post(address(link), NEW)["Location"] == "/akun/masuk/faktor-kedua/"


def test_a_link_that_clears_the_factor_does_so_when_used_and_tells_other_administrators(
    sari, admin, appoint, root, make_user, client
):
    second = make_user("ratri")
    appoint(second, "administrator", root)
    set_up_app(sari)
    link = make_link(actor=actor_of(admin), user=sari, clears_factor=True)
    assert has_second_factor(sari)
    assert second.notices.get().link == f"/meja/akun/{sari.pk}/"
    assert admin.notices.count() == 0
    assert client.post(address(link), NEW)["Location"] == "/meja/"
    assert not has_second_factor(sari)


def test_nobody_makes_a_link_for_themself_or_a_closed_account(sari, admin):
    with pytest.raises(Denied):
        make_link(actor=actor_of(admin), user=admin)
    get_user_model().objects.filter(pk=sari.pk).update(is_active=False)
    sari.refresh_from_db()
    with pytest.raises(Conflict):
        make_link(actor=actor_of(admin), user=sari)


@pytest.fixture
def secretary(make_user, appoint, make_unit, root):
    unit = make_unit("cikarang", root)
    user = make_user("ratri")
    appoint(user, "secretary", unit)
    set_up_app(user)
    user.unit = unit
    return user


def test_a_secretary_lets_in_whose_every_role_lies_in_the_unit(secretary, sari, appoint, make_unit, root):
    appoint(sari, "paralegal", secretary.unit)
    assert make_link(actor=actor_of(secretary), user=sari).token
    appoint(sari, "editor", make_unit("karawang", root))
    with pytest.raises(Denied):
        make_link(actor=actor_of(secretary), user=sari)


@pytest.mark.parametrize("role", [None, "administrator"])
def test_a_secretary_lets_in_neither_strangers_nor_administrators(secretary, sari, appoint, role):
    if role:
        appoint(sari, role, secretary.unit)
    with pytest.raises(Denied):
        make_link(actor=actor_of(secretary), user=sari)


def test_a_secretary_clears_no_factor(secretary, sari, appoint):
    appoint(sari, "paralegal", secretary.unit)
    with pytest.raises(Denied):
        make_link(actor=actor_of(secretary), user=sari, clears_factor=True)


def test_a_secretary_whose_role_sleeps_makes_no_link(secretary, sari, appoint):
    appoint(sari, "member", secretary.unit)
    secretary.authenticator_set.all().delete()
    with pytest.raises(Denied):
        make_link(actor=actor_of(secretary), user=sari)


def test_a_secretary_finds_by_a_full_name_alone_and_sees_no_list(secretary, sari, appoint, client):
    appoint(sari, "member", secretary.unit)
    client.force_login(secretary)
    assert client.get("/meja/akun/").context["found"] is None
    assert client.get("/meja/akun/?q=sar").context["found"] is None
    assert client.get("/meja/akun/?q=0812 3456 7890").context["found"] == sari
    assert client.get("/meja/akun/?q=ratri").context["found"] is None
    page = client.get(f"/meja/akun/{sari.pk}/")
    assert page.status_code == 200
    assert page.context["trail"] == []
    assert client.get("/meja/akun/baru/").status_code == 404
    assert client.post(f"/meja/akun/{sari.pk}/tutup/", {"reason": "x"}).status_code == 404
    assert "Hapus juga faktor kedua" not in page.content.decode()
    asked = f"/meja/akun/{sari.pk}/tautan/"
    assert client.post(asked, {"reason": "lupa sandi", "clears_factor": "on"}).status_code == 404
    assert client.post(asked, {"reason": ""}).status_code == 422
    assert client.post(asked, {"reason": "lupa sandi"}).status_code == 200
    assert OneTimeLink.objects.get().clears_factor is False
