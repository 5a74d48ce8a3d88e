"""Notices, profile and contacts: what a holder reads and changes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from serikat.accounts.selectors import notices_for, unread_notices
from serikat.accounts.services import change_contacts, change_profile, leave_notice, settle_notices
from serikat.accounts.tests.conftest import PASSWORD
from serikat.audit.selectors import trail_of
from serikat.kernel.access import ANONYMOUS, SYSTEM, actor_of
from serikat.kernel.errors import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(sari, client):
    client.force_login(sari)
    return client


def test_a_notice_is_read_in_the_language_of_its_reader(sari, mine):
    leave_notice(actor=SYSTEM, user_id=sari.pk, text=format_lazy("{word}: {name}", word=_("Password"), name="Siti"))
    for language, words in (("id", "Kata Kunci: Siti"), ("en", "Password: Siti"), ("id", "Kata Kunci: Siti")):
        sari.language = language
        sari.save()
        with override(language):
            assert str(notices_for(actor_of(sari)).get()) == words
    assert leave_notice(actor=SYSTEM, user_id=sari.pk, text="Tanpa terjemahan").text_en == ""


@pytest.mark.parametrize("link", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", "/\\jahat.example"])
def test_leave_notice_leads_to_this_site_alone(sari, link):
    with pytest.raises(ValueError, match="of this site"):
        leave_notice(actor=SYSTEM, user_id=sari.pk, text="x", link=link)


def test_leave_notice_cuts_a_long_text(sari):
    assert len(leave_notice(actor=SYSTEM, user_id=sari.pk, text="x" * 900).text) == 500


def test_notices_are_read_one_by_one_or_all(sari, mine):
    notices = [leave_notice(actor=SYSTEM, user_id=sari.pk, text=f"Kabar {n} <b>", link="/akun/perangkat/") for n in range(3)]
    page = mine.get("/akun/kabar/")
    assert page.content.decode().count("Kabar") >= 3
    assert "Kabar 0 &lt;b&gt;" in page.content.decode()
    assert unread_notices(actor_of(sari)) == 3
    assert mine.get(f"/akun/kabar/{notices[0].pk}/")["Location"] == "/akun/perangkat/"
    assert unread_notices(actor_of(sari)) == 2
    mine.post("/akun/kabar/dibaca/")
    assert unread_notices(actor_of(sari)) == 0


def test_what_was_done_asks_nobody_any_more(sari, make_user, django_assert_num_queries):
    ratri, thing, other = make_user("ratri"), make_user("hal"), make_user("lain")
    for user in (sari, ratri):
        for task in (thing, other, None):
            leave_notice(actor=SYSTEM, user_id=user.pk, text="Kabar", link="/akun/", task=task)
    assert settle_notices(actor=SYSTEM, task=other, users=[sari.pk, None]) == 1
    with django_assert_num_queries(1):
        assert settle_notices(actor=SYSTEM, task=thing) == 2
    assert settle_notices(actor=SYSTEM, task=thing) == settle_notices(actor=SYSTEM, task=type(sari)()) == 0
    assert [unread_notices(actor_of(user)) for user in (sari, ratri)] == [1, 2]


def test_nobody_reads_the_notices_of_another(sari, make_user, client):
    notice = leave_notice(actor=SYSTEM, user_id=sari.pk, text="untuk Sari")
    client.force_login(make_user("ratri"))
    assert client.get(f"/akun/kabar/{notice.pk}/").status_code == 404
    assert "untuk Sari" not in client.get("/akun/kabar/").content.decode()
    assert unread_notices(ANONYMOUS) == 0


def test_the_list_of_notices_costs_the_same_for_many(sari, mine, queries_of):
    leave_notice(actor=SYSTEM, user_id=sari.pk, text="Kabar")
    one = queries_of(mine, "/akun/kabar/")
    for n in range(2):
        leave_notice(actor=SYSTEM, user_id=sari.pk, text=f"Kabar {n}")
    assert queries_of(mine, "/akun/kabar/") == one


def test_the_profile_shows_roles_and_security(sari, appoint, root, mine):
    appoint(sari, "member", root)
    text = mine.get("/akun/").content.decode()
    for said in ("sari@contoh.example", "+6281234567890", "anggota, Pusat (SK sari-member)", "Faktor kedua"):
        assert said in text


def test_change_profile_saves_and_stands_in_the_trail(sari, mine):
    assert mine.post("/akun/ubah/", {"name": "Sari Ayu", "language": "en"}).status_code == 302
    sari.refresh_from_db()
    assert (sari.name, sari.language) == ("Sari Ayu", "en")
    assert ("name", "Sari Lestari", "Sari Ayu") in trail_of(f"accounts.user:{sari.pk}")[0].changes


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"name": "0812 3456 7890", "language": "id"},
        {"name": "", "language": "id"},
        {"name": "x" * 121, "language": "id"},
        {"name": "Sari", "language": "xx"},
    ],
)
def test_a_wrong_profile_is_told_beside_the_field(mine, sent):
    answer = mine.post("/akun/ubah/", sent or {"x": "1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_changing_contacts_asks_first_whether_it_is_them(sari, mine):
    assert mine.get("/akun/kontak/")["Location"] == "/akun/pastikan/?next=%2Fakun%2Fkontak%2F"
    assert mine.post("/akun/pastikan/", {"password": "salah"}).status_code == 422
    assert mine.post("/akun/pastikan/?next=/akun/kontak/", {"password": PASSWORD})["Location"] == "/akun/kontak/"
    assert mine.post("/akun/kontak/", {"phone": "0813 9999 8888", "email": "Baru@Contoh.example"}).status_code == 302
    sari.refresh_from_db()
    assert (sari.phone, sari.email) == ("+6281399998888", "baru@contoh.example")
    assert Client().post("/akun/masuk/", {"login": "081399998888", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"phone": "12", "email": ""}, "phone"),
        ({"phone": "bukan nomor", "email": ""}, "phone"),
        ({"phone": "", "email": "bukan surel"}, "email"),
        ({"phone": "0811 1111 1111", "email": ""}, "phone"),
        ({"phone": "", "email": "RATRI@contoh.example"}, "email"),
    ],
)
def test_wrong_or_taken_contacts_are_told_beside_the_field(make_user, mine, sent, field):
    make_user("ratri", phone="+6281111111111", email="ratri@contoh.example")
    mine.post("/akun/pastikan/", {"password": PASSWORD})
    answer = mine.post("/akun/kontak/", sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert sent[field] in answer.content.decode()


def test_nobody_changes_the_account_of_another(sari, make_user):
    ratri = make_user("ratri")
    for service, values in (
        (change_profile, {"name": "x", "language": "id"}),
        (change_contacts, {"phone": "", "email": ""}),
    ):
        with pytest.raises(Denied):
            service(actor=actor_of(ratri), user=sari, **values)
