"""Sessions: seen and ended by their owner; idle end at the desk; and what was being typed then."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.utils import timezone

from serikat.accounts.models import HeldForm, OneTimeLink, Session
from serikat.accounts.selectors import held_forms_of, opened
from serikat.accounts.services import keep_form, prune_accounts
from serikat.audit.selectors import trail_of
from serikat.config import urls
from serikat.kernel.access import actor_of
from serikat.kernel.gate import for_signed_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"
received = []


@for_signed_in
def draft(request):
    """A form at the desk, as any room would have one."""
    if request.method == "POST":
        received.append({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
        return HttpResponse("salah", status=422) if request.POST.get("judul") == "salah" else HttpResponse("tersimpan")
    return HttpResponse(get_token(request))


class Addresses:
    urlpatterns = [path("meja/naskah/", draft), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def desk_form(settings):
    received.clear()
    settings.ROOT_URLCONF = Addresses


@pytest.fixture
def at_desk(sari, client):
    client.force_login(sari)
    client.get("/meja/naskah/")
    return client


def minutes_pass(minutes):
    """Move the clock by moving what was written down."""
    for session in Session.objects.all():
        session.last_active_at -= dt.timedelta(minutes=minutes)
        session.last_seen_at -= dt.timedelta(minutes=minutes)
        session.save()


def kept(user):
    return [opened(held) for held in held_forms_of(actor_of(user))]


def test_devices_are_listed_in_words_and_only_ones_own(sari, make_user, client):
    Client(HTTP_USER_AGENT=PHONE).force_login(make_user("ratri"))
    phone = Client(HTTP_USER_AGENT=PHONE)
    phone.force_login(sari)
    client.force_login(sari)
    phone.get("/akun/")
    page = client.get("/akun/perangkat/")
    assert sorted(s.device for s in page.context["sessions"]) == ["Chrome di Android", "Perangkat tidak dikenal"]
    assert page.content.decode().count("perangkat ini") == 1


def test_ending_one_device_works_at_once(sari, client):
    other = Client()
    other.force_login(sari)
    client.force_login(sari)
    row = Session.objects.exclude(pk=client.session["accounts_session"]).get()
    assert client.post(f"/akun/perangkat/{row.pk}/akhiri/").status_code == 302
    assert other.get("/akun/")["Location"].startswith("/akun/masuk/")
    assert client.get("/akun/").status_code == 200
    assert trail_of(f"accounts.user:{sari.pk}")[0].action == "accounts.session.ended"


def test_ending_all_others_leaves_this_one(sari, client):
    others = [Client() for _ in range(3)]
    for other in others:
        other.force_login(sari)
    client.force_login(sari)
    client.post("/akun/perangkat/akhiri-lain/")
    assert [other.get("/akun/").status_code for other in others] == [302, 302, 302]
    assert client.get("/akun/").status_code == 200


def test_nobody_ends_the_session_of_another(sari, make_user, client):
    other = Client()
    other.force_login(make_user("ratri"))
    client.force_login(sari)
    assert client.post(f"/akun/perangkat/{Session.objects.first().pk}/akhiri/").status_code in (302, 404)
    assert other.get("/akun/").status_code == 200
    row = Session.objects.get(user__username="ratri")
    assert client.post(f"/akun/perangkat/{row.pk}/akhiri/").status_code == 404


def test_the_list_of_devices_costs_the_same_for_many(sari, client, queries_of):
    client.force_login(sari)
    one = queries_of(client, "/akun/perangkat/")
    for _ in range(2):
        Client().force_login(sari)
    assert queries_of(client, "/akun/perangkat/") == one


def test_work_within_half_an_hour_goes_on(at_desk):
    for _ in range(3):
        minutes_pass(29)
        assert at_desk.get("/meja/naskah/").status_code == 200


def test_at_minute_31_the_desk_asks_to_sign_in_again(sari, at_desk):
    minutes_pass(31)
    answer = at_desk.get("/meja/naskah/?a=1")
    assert answer["Location"] == "/akun/masuk/?next=/meja/naskah/%3Fa%3D1"
    assert Session.objects.count() == 0
    assert "lama tidak bekerja" in at_desk.get(answer["Location"]).content.decode()
    assert trail_of(f"accounts.user:{sari.pk}")[0].action == "accounts.session.idled"


def test_looking_at_ones_account_does_not_open_an_idle_desk_again(at_desk):
    minutes_pass(31)
    assert at_desk.get("/akun/").status_code == 200
    assert at_desk.get("/meja/naskah/").status_code == 302


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}, {"X-Requested-With": "XMLHttpRequest"}]
)
def test_what_a_page_loads_by_itself_keeps_no_session_alive(at_desk, headers):
    minutes_pass(20)
    assert at_desk.get("/meja/naskah/", headers=headers).status_code == 200
    minutes_pass(11)
    answer = at_desk.get("/meja/naskah/", headers=headers)
    assert (answer.status_code, answer.content) == (401, b"")
    assert "_auth_user_id" in at_desk.session  # the page stays: what is half typed on it can still be sent and kept


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_small_update_after_the_session_ended_is_told_so_and_gets_no_sign_in_page(db, method):
    answer = getattr(Client(), method)("/meja/naskah/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")
    boosted = Client().get("/meja/naskah/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert boosted.status_code == 302


def test_what_was_sent_at_minute_31_survives_signing_in_again(sari, at_desk, sign_in):
    minutes_pass(20)
    at_desk.get("/meja/naskah/", headers={"HX-Request": "true"})
    minutes_pass(11)
    sent = {
        "judul": "Mogok di gerbang tiga",
        "isi": 'Baris satu\r\nbaris <b>dua</b> & "tiga"',
        "tanda": ["upah", "lembur", "upah"],
        "kosong": "",
    }
    answer = at_desk.post("/meja/naskah/?versi=2", sent)
    assert answer.status_code == 303
    assert received == []

    back = sign_in("sari", next=answer["Location"].split("next=")[1])["Location"]
    page = at_desk.get(back)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Mogok di gerbang tiga" in text
    assert "baris &lt;b&gt;dua&lt;/b&gt;" in text
    assert 'action="/meja/naskah/?versi=2"' in text

    form = page.context["kept"]
    again = {page.context["mark"]: str(form.id)}
    for name, value in form.pairs:
        again.setdefault(name, []).append(value)
    assert at_desk.post(form.path, again).content == b"tersimpan"
    assert received == [{"_kept": [str(form.id)], **{k: v if isinstance(v, list) else [v] for k, v in sent.items()}}]
    assert kept(sari) == []


def test_a_kept_form_that_is_refused_by_its_page_stays(sari, at_desk, sign_in):
    minutes_pass(31)
    at_desk.post("/meja/naskah/", {"judul": "salah"})
    sign_in("sari")
    form = kept(sari)[0]
    assert at_desk.post(form.path, {"_kept": str(form.id), "judul": "salah"}).status_code == 422
    assert len(kept(sari)) == 1


def test_htmx_posts_are_kept_too_and_the_whole_page_is_led_to_sign_in(sari, at_desk):
    minutes_pass(31)
    answer = at_desk.post("/meja/naskah/", {"judul": "Lewat htmx"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/akun/masuk/?next=/akun/isian/")
    assert kept(sari)[0].texts == ["Lewat htmx"]


def test_files_are_named_but_not_kept(sari, at_desk, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile  # reason: only this test uploads

    minutes_pass(31)
    at_desk.post("/meja/naskah/", {"judul": "Dengan foto", "foto": SimpleUploadedFile("gerbang.jpg", b"x")})
    sign_in("sari")
    form = kept(sari)[0]
    page = at_desk.get(f"/akun/isian/{form.id}/").content.decode()
    assert "gerbang.jpg" in page
    assert "Berkas tidak dapat disimpan" in page


def test_another_who_signs_in_never_sees_what_was_kept(sari, make_user, at_desk, sign_in):
    minutes_pass(31)
    answer = at_desk.post("/meja/naskah/", {"judul": "Rahasia Sari"})
    ratri = make_user("ratri")
    back = sign_in("ratri", next=answer["Location"].split("next=")[1])["Location"]
    assert at_desk.get(back).status_code == 404
    assert at_desk.post(back + "buang/").status_code == 404
    assert len(kept(sari)) == 1
    HeldForm.objects.update(user=ratri)
    assert at_desk.get(back).status_code == 404  # moved by hand in the table: it was sealed for Sari


def test_what_is_kept_is_unreadable_and_holds_no_password(sari, at_desk):
    minutes_pass(31)
    at_desk.post("/meja/naskah/", {"judul": "Daftar hadir", "password": "jangan simpan ini"})
    held = HeldForm.objects.get()
    assert "Daftar hadir" not in held.sealed
    assert opened(held).fields == [("judul", ["Daftar hadir"])]


def test_a_form_without_a_right_token_is_not_kept(sari):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sari)
    strict.get("/meja/naskah/")
    minutes_pass(31)
    assert (
        strict.post("/meja/naskah/", {"judul": "dari luar"}, headers={"Origin": "https://jahat.example"}).status_code == 403
    )
    assert HeldForm.objects.count() == 0


def test_a_page_that_was_open_during_another_sign_in_loses_nothing(sari):
    """Two tabs: the token of the first is out of date after signing in at the second."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sari)
    stale = {"judul": "Dari tab pertama", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post("/meja/naskah/", stale, headers={"Origin": "http://testserver"})
    assert answer.status_code == 303
    assert kept(sari)[0].texts == ["Dari tab pertama"]
    assert received == []


def test_a_browser_without_cookies_is_told_what_to_do_and_shown_what_it_typed(db):
    typed = {"words": "Angka itu <b>keliru</b>.", "kind": "reply", "csrfmiddlewaretoken": "x y"}
    here = {"Origin": "http://testserver"}
    answer = Client(enforce_csrf_checks=True).post("/hak-jawab/kirim/", typed, headers=here)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert ("menolak kuki" in page, "Angka itu &lt;b&gt;keliru" in page, "x y" in page) == (True, True, False)
    elsewhere = Client(enforce_csrf_checks=True).post(
        "/hak-jawab/kirim/", typed, headers={"Origin": "https://jahat.example"}
    )
    assert "keliru" not in elsewhere.content.decode()


def test_kept_forms_are_few_and_go_with_time(sari):
    actor = actor_of(sari)
    for number in range(14):
        keep_form(actor=actor, path="/meja/naskah/", fields=[("judul", [f"Naskah {number}"])], files=[])
    assert [form.texts[0] for form in kept(sari)] == [f"Naskah {n}" for n in range(13, 3, -1)]
    HeldForm.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert kept(sari) == []
    OneTimeLink.objects.create(user=sari, token_hash="x", expires_at=timezone.now() - dt.timedelta(days=91))
    assert prune_accounts() == {"held_forms": 10, "links": 1, "sessions": 0, "stored_sessions": 0}


def test_an_empty_form_is_not_kept(sari, at_desk):
    minutes_pass(31)
    assert at_desk.post("/meja/naskah/", {})["Location"] == "/akun/masuk/?next=/akun/"
    assert HeldForm.objects.count() == 0


def test_ending_every_session_by_closing_works_at_once(sari, at_desk):
    get_user_model().objects.update(is_active=False)
    assert at_desk.get("/akun/").status_code == 302
