"""The accounts desk: list, find, make, close and open again."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from serikat.accounts.services import close_account, create_account, reopen_account
from serikat.accounts.services.profile import ContactTaken
from serikat.accounts.tests.conftest import set_up_app
from serikat.audit.selectors import trail_of
from serikat.kernel.access import actor_of, console
from serikat.kernel.errors import Conflict, Denied

pytestmark = pytest.mark.django_db


def test_the_list_shows_accounts_and_finds_them(desk, sari, make_user):
    make_user("ratri", name="Ratri")
    assert {u.username for u in desk.get("/meja/akun/").context["page"]} == {"wening", "sari", "ratri"}
    for asked in ("lestari", "SARI", "0812 3456 7890", "contoh.example", "81234"):
        assert [u.username for u in desk.get("/meja/akun/", {"q": asked}).context["page"]] == ["sari"], asked
    assert "Tidak ada akun yang cocok" in desk.get("/meja/akun/?q=tidakada").content.decode()


@pytest.mark.parametrize("asked", ["%", "'; --", "\x00", "x" * 500, "<script>"])
def test_a_strange_search_finds_nothing_and_breaks_nothing(desk, asked):
    assert desk.get("/meja/akun/", {"q": asked, "closed": "7", "hal": "-1"}).status_code == 200


def test_the_list_costs_the_same_for_many(desk, make_user, queries_of):
    one = queries_of(desk, "/meja/akun/")
    for n in range(2):
        set_up_app(make_user(f"anggota{n}"))
    assert queries_of(desk, "/meja/akun/") == one


def test_an_account_is_made_with_its_first_link(desk):
    sent = {"name": "Budi Hartono", "phone": "0813-1111-3333", "email": "", "username": "", "language": "id"}
    page = desk.post("/meja/akun/baru/", sent)
    assert page.status_code == 200
    user = get_user_model().objects.get(username="budihartono")
    assert (user.phone, user.has_usable_password()) == ("+6281311113333", False)
    address = re.search(r"(/akun/tautan/[\w-]+/)", page.content.decode())[1]
    assert "<svg" in page.content.decode()
    new = {"password1": "teh manis di pos dua", "password2": "teh manis di pos dua"}
    assert Client().post(address, new).status_code == 302
    assert {"accounts.account.created", "accounts.link.used"} <= {
        line.action for line in trail_of(f"accounts.user:{user.pk}")
    }


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "99999-01-01"}, "name"),
        ({"name": "0812 3456 7890"}, "name"),
        ({"name": "Sari 0812-3456-7890"}, "name"),
        ({"name": "sari@contoh.example"}, "name"),
        ({"name": "Sari\u202e"}, "name"),
        ({"username": "99999-01-01"}, "username"),
        ({"username": "0812345678"}, "username"),
        ({"username": "Sari"}, "username"),
        ({"username": "ab"}, "username"),
        ({"phone": "123"}, "phone"),
        ({"phone": "0812 3456 7890"}, "phone"),
        ({"email": "SARI@contoh.example"}, "email"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_wrong_or_taken_account_is_told_beside_the_field(desk, sari, sent, field):
    answer = desk.post("/meja/akun/baru/", {"name": "Budi", "language": "id", **sent})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert get_user_model().objects.count() == 2


def test_create_account_finds_the_next_free_user_name(db):
    for expected in ("saridewi", "saridewi2", "saridewi3"):
        assert create_account(actor=console(), name="Sari Dewi", with_link=False).username == expected


def test_create_account_refuses_a_contact_that_came_in_the_same_moment(sari):
    with pytest.raises(ContactTaken):
        create_account(actor=console(), name="Sari", phone="081234567890")


def test_closing_ends_sessions_and_opening_again_lets_in(desk, sari, sign_in):
    hers = Client()
    sign_in("sari", browser=hers)
    assert desk.post(f"/meja/akun/{sari.pk}/tutup/", {"reason": "pindah kerja"}).status_code == 302
    assert hers.get("/akun/").status_code == 302
    assert sign_in("sari", browser=Client())["Location"] == "/akun/ditutup/"
    assert trail_of(f"accounts.user:{sari.pk}")[0].action in ("accounts.account.closed", "accounts.sessions.ended")
    assert [u.username for u in desk.get("/meja/akun/?closed=1").context["page"]] == ["sari"]
    assert desk.post(f"/meja/akun/{sari.pk}/buka/", {"reason": "kembali"}).status_code == 302
    assert sign_in("sari", browser=Client()).status_code == 302


def test_closing_wants_a_reason_and_an_open_account(desk, sari, admin):
    assert desk.post(f"/meja/akun/{sari.pk}/tutup/", {"reason": ""}).status_code == 422
    assert desk.post(f"/meja/akun/{sari.pk}/buka/", {"reason": "x"}).status_code == 422
    sari.is_active = False
    sari.save()
    with pytest.raises(Conflict):
        close_account(actor=actor_of(admin), user=sari, reason="x")


def test_nobody_closes_their_own_account_from_the_desk(desk, admin):
    assert "Tutup akun" not in desk.get(f"/meja/akun/{admin.pk}/").content.decode()
    assert desk.post(f"/meja/akun/{admin.pk}/tutup/", {"reason": "x"}).status_code == 404


@pytest.fixture
def branch(make_unit, root):
    return make_unit("cikarang", root)


@pytest.fixture
def keeper(make_user, appoint, branch):
    """The administrator of a branch."""
    user = make_user("ratri", name="Ratri")
    appoint(user, "administrator", branch)
    set_up_app(user)
    return user


@pytest.fixture
def branch_desk(keeper):
    browser = Client()
    browser.force_login(keeper)
    return browser


def test_a_branch_administrator_makes_an_account_that_opens_nothing(keeper, branch_desk):
    assert "/meja/akun/baru/" in branch_desk.get("/meja/akun/").content.decode()
    sent = {"name": "Budi Hartono", "phone": "", "email": "", "username": "", "language": "id"}
    page = branch_desk.post("/meja/akun/baru/", sent)
    assert page.status_code == 200
    user = get_user_model().objects.get(username="budihartono")
    assert actor_of(user).grants == ()
    address = re.search(r"(/akun/tautan/[\w-]+/)", page.content.decode())[1]
    new = {"password1": "teh manis di pos dua", "password2": "teh manis di pos dua"}
    assert Client().post(address, new).status_code == 302
    assert branch_desk.post(f"/meja/akun/{user.pk}/tautan/", {"reason": "x"}).status_code == 404  # nobody's yet


def walk(browser, user):
    """What an account's own page and its buttons answer."""
    return [
        browser.get(f"/meja/akun/{user.pk}/").status_code,
        browser.post(f"/meja/akun/{user.pk}/tautan/", {"reason": "lupa sandi"}).status_code,
        browser.post(f"/meja/akun/{user.pk}/tautan/", {"reason": "x", "clears_factor": "on"}).status_code,
        browser.post(f"/meja/akun/{user.pk}/tutup/", {"reason": "x"}).status_code,
        browser.post(f"/meja/akun/{user.pk}/buka/", {"reason": "x"}).status_code,
    ]


def test_a_branch_administrator_lets_in_whose_every_role_lies_in_the_branch(sari, appoint, branch, branch_desk):
    appoint(sari, "paralegal", branch)
    assert walk(branch_desk, sari) == [200, 200, 404, 404, 404]


@pytest.mark.parametrize(
    "held",
    [
        [],
        [("member", "root")],
        [("chair", "root")],
        [("administrator", "root")],
        [("administrator", "branch")],
        [("paralegal", "sister")],
        [("paralegal", "branch"), ("editor", "sister")],
        [("paralegal", "branch"), ("administrator", "root")],
    ],
)
@pytest.mark.parametrize("asleep", [True, False])
def test_a_branch_administrator_takes_over_nobody_outside_or_above(
    sari, appoint, root, branch, make_unit, branch_desk, held, asleep
):
    units = {"root": root, "branch": branch, "sister": make_unit("karawang", root)}
    for role, unit in held:
        appoint(sari, role, units[unit])
    if not asleep:
        set_up_app(sari)
    assert walk(branch_desk, sari) == [404] * 5
    assert branch_desk.get("/meja/akun/?q=sari").context["found"] is None
    assert sari.links.count() == 0


def test_a_branch_administrator_sees_no_list_and_closes_nobody(keeper, sari, branch_desk):
    assert "page" not in branch_desk.get("/meja/akun/").context
    for service in (close_account, reopen_account):
        with pytest.raises(Denied):
            service(actor=actor_of(keeper), user=sari, reason="x")


def test_the_account_page_shows_its_trail_and_never_a_password(desk, sari, sign_in):
    sign_in("sari", "kata sandi salah", browser=Client())
    text = desk.get(f"/meja/akun/{sari.pk}/").content.decode()
    assert "gagal masuk" in text
    assert "argon2" not in text


def test_an_unknown_account_is_not_there(desk):
    assert desk.get("/meja/akun/999999/").status_code == 404
