"""What readers, senders and checkers see: lists and pages, forms and their traps, a constant number of questions to the database."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serikat.kernel.access import Role, actor_of
from serikat.kernel.gate import SAME_FOR_ALL
from serikat.people.models import Body
from serikat.vacancies.forms import PublicSendForm, ReportForm
from serikat.vacancies.models import Advert, Report
from serikat.vacancies.selectors import desk
from serikat.vacancies.services import keeping
from serikat.vacancies.tests.conftest import answers_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _opened_long_ago(monkeypatch):
    """Forms in these tests are filled by people who took their time; one test below does not."""
    old = signing.TimestampSigner.timestamp
    monkeypatch.setattr(
        signing.TimestampSigner, "timestamp", lambda signer: signing.b62_encode(signing.b62_decode(old(signer)) - 60)
    )


def typed(shape, **more):
    given = shape(**more)
    return {
        "abroad": "luar" if given.kind == "overseas" else "dalam", "sender_is": "worker",
        "title": given.title, "firm": given.firm, "kind": given.kind, "work": given.work, "requirements": given.requirements,
        "place": given.place.pk, "place-text": given.place.name, "wage_low": "5.600.000", "wage_per": given.wage_per,
        "address": given.address, "phone": given.phone, "ends_on": given.ends_on.isoformat(), "key": str(uuid.uuid4()),
        "since": signing.TimestampSigner(salt=PublicSendForm.salt).sign("x"),
    }  # fmt: skip


def page_of(advert):
    return reverse("vacancies:advert", args=[advert.code])


# The list


def test_the_list_shows_what_is_open(client, live, send):
    here, over = live(), live(title="Tukang las", over=True)
    waiting = send(title="Sopir truk")
    answer = client.get("/lowongan/")
    words = answer.content.decode()
    assert [title in words for title in (here.title, over.title, waiting.title)] == [True, False, False]
    assert (answer[SAME_FOR_ALL], answer.cookies) == ("1", {})
    assert "Rp5.600.000 per bulan" in words


def test_the_list_is_narrowed_without_script(client, live, taiwan):
    live(), live(title="Tukang las", kind="daily", wage_low=200_000, wage_per="day")
    live(title="Perawat", kind="overseas", country=taiwan, licence="SIP3MI 1")

    def found(query):
        return set(
            re.findall(
                r'<article class="ad"><h2><a href="[^"]+">([^<]+)', client.get(f"/lowongan/?{query}").content.decode()
            )
        )

    assert found("jenis=daily") == {"Tukang las"}
    assert found("tempat=32.16") == found("tempat=32") == {"Operator jahit", "Tukang las", "Perawat"}
    assert found("tempat=33") == found("q=zzz") == set()
    assert found("q=TUKANG+muara") == {"Tukang las"}
    assert found("jenis=salah&tempat=%27&hal=99") == {"Operator jahit", "Tukang las", "Perawat"}


def test_what_ends_first_stands_first_when_asked(client, live):
    today = timezone.localdate()
    live(title="Nanti", ends_on=today + timedelta(days=60)), live(title="Segera", ends_on=today)
    order = [
        re.findall(r">(Nanti|Segera)</a>", client.get(f"/lowongan/{query}").content.decode())
        for query in ("", "?urut=akhir")
    ]
    assert order == [["Segera", "Nanti"], ["Segera", "Nanti"]]
    live(title="Nanti", ends_on=today + timedelta(days=90))
    assert re.findall(r">(Nanti|Segera)</a>", client.get("/lowongan/").content.decode())[0] == "Nanti"


@pytest.mark.parametrize(
    "address", ["/lowongan/", "/lowongan/?q=operator&tempat=32", "/lowongan/rss.xml", "/lowongan/sitemap.xml"]
)
def test_public_lists_ask_the_same_number_of_questions(client, live, address):
    live()
    client.get(address)
    with CountedQueries() as one:
        client.get(address)
    live(title="Tukang las", firm="CV Dua"), live(title="Sopir", firm="CV Tiga")
    with CountedQueries() as three:
        client.get(address)
    assert one.count == three.count <= 7  # four of the list, three of the frame


class CountedQueries:
    def __enter__(self):
        from django.db import connection  # reason: only here
        from django.test.utils import CaptureQueriesContext  # reason: only here

        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        return self

    def __exit__(self, *failure):
        self.captured.__exit__(*failure)
        self.count = len(self.captured)


# One advert


def test_an_open_advert_says_everything(client, live):
    advert = live(mail="hrd@contoh.example", link="https://contoh.example/karir", work="<script>alert(1)</script> Menjahit")
    words = client.get(page_of(advert)).content.decode()
    assert "<script>alert" not in words
    assert 'href="https://contoh.example' not in words
    assert all(
        part in words
        for part in ("https://contoh.example/karir", "hrd@contoh.example", "Melamar tidak dipungut biaya", "Pasal 35")
    )
    assert "Diperiksa oleh Cabang Bekasi" in words
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', words)[1])
    assert (data["@type"], data["validThrough"][:10]) == ("JobPosting", advert.ends_on.isoformat())
    assert data["baseSalary"]["value"] == {"@type": "QuantitativeValue", "unitText": "MONTH", "value": 5_600_000}
    assert data["jobLocation"]["address"]["addressLocality"] == "Kabupaten Bekasi"


def test_an_advert_without_a_wage_says_so(client, live):
    assert "upah tidak disebut" in client.get(page_of(live(wage_low=None))).content.decode()


def test_an_ended_advert_stays_and_says_so(client, live):
    words = client.get(page_of(live(over=True))).content.decode()
    assert all(part in words for part in ("Sudah berakhir", 'content="noindex"', "Menjahit kaus"))
    assert "JobPosting" not in words


def test_what_was_never_shown_is_nowhere(client, send):
    assert client.get(page_of(send())).status_code == 404
    assert client.get("/lowongan/2222222/").status_code == 404


def test_a_code_typed_by_hand_leads_on(client, live):
    advert = live()
    answer = client.get(f"/lowongan/{advert.code.lower()}/")
    assert (answer.status_code, answer["Location"]) == (301, page_of(advert))


def test_a_held_a_false_and_a_withdrawn_advert_say_so(client, live, rini):
    advert, someone = live(), actor_of(rini)
    keeping.hold_advert(actor=someone, advert=advert)
    held = client.get(page_of(advert)).content.decode()
    assert ("Dilaporkan: sedang diperiksa" in held, "890 0001" in held) == (True, False)
    keeping.prove_false(actor=someone, advert=advert, told="Meminta uang seragam Rp700.000.")
    false = client.get(page_of(advert)).content.decode()
    assert all(part in false for part in ("Lowongan ini palsu", "Meminta uang seragam", "Memakai nama PT Sandang"))
    assert "Waspada, ini palsu" in client.get("/lowongan/").content.decode()
    other = live(title="Tukang las")
    keeping.withdraw_advert(actor=someone, advert=other, reason="Sudah terisi.")
    assert "Sudah terisi." in client.get(page_of(other)).content.decode()


def test_the_english_address_speaks_english_words_later(client, live):
    assert client.get("/en" + page_of(live())).status_code == 200


def test_feeds_name_what_is_open(client, live):
    advert, over = live(), live(title="Tukang las", over=True)
    for address in ("/lowongan/rss.xml", "/lowongan/sitemap.xml"):
        words = client.get(address).content.decode()
        assert (advert.code in words, over.code in words) == (True, False)


# Sending


def test_the_same_form_sent_twice_is_one_advert(client, shape, branch):
    form = typed(shape)
    first, second = (client.post("/lowongan/kirim/", form, follow=True).content for _ in range(2))
    codes = [re.search(r'class="code"[^>]*>([^<]+)<', page.decode())[1] for page in (first, second)]
    assert (codes[0], Advert.objects.count()) == (codes[1], 1)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends_on": "2020-01-01"}, "Tanggal itu sudah lewat."),
        ({"ends_on": "2999-01-01"}, "Paling lama enam bulan"),
        ({"ends_on": "besok"}, "tanggal"),
        ({"wage_low": "lima juta"}, "Tulis dengan angka saja"),
        ({"wage_low": "99999999999999"}, "Jumlah ini tidak mungkin"),
        ({"wage_low": "-5"}, "Tulis dengan angka saja"),
        ({"work": "x" * 200_000}, "5000"),
        ({"place": "", "place-text": ""}, "Tulis kabupaten atau kotanya."),
        ({"title": ""}, ""),
        ({"key": "bukan"}, ""),
        ({"since": ""}, "Halaman ini sudah lama terbuka."),
        ({"abroad": "luar", "country": "'"}, ""),
        ({"abroad": "bulan"}, "bulan"),
        ({"abroad": ""}, "Pilih dahulu"),
        ({"sender_is": ""}, "Pilih siapa Anda"),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, shape, branch, more, words):
    answer = client.post("/lowongan/kirim/", {**typed(shape), **more}, follow=True)
    page = answer.content.decode()
    assert (answer.status_code, Advert.objects.count(), words in page) == (422, 0, True)
    assert "Menjahit kaus" in page or "work" in more  # nothing typed is lost


def test_who_fills_the_trap_is_asked_once_more_and_loses_nothing(client, shape, branch, live):
    given = {**typed(shape), "contact": "0812 3333 4444"}
    page = client.post("/lowongan/kirim/", {**given, "website": "https://isi.otomatis"}, follow=True)
    words = page.content.decode()
    assert (page.status_code, "Kirim sekali lagi" in words, "isi.otomatis" in words) == (422, True, False)
    assert ("Menjahit kaus" in words, "0812 3333 4444" in words, Advert.objects.count()) == (True, True, 0)
    assert client.post("/lowongan/kirim/", given, follow=True).redirect_chain == [("/lowongan/terkirim/", 302)]
    address = f"{page_of(live())}lapor/"
    told = {"what": "money", "words": "Diminta transfer", "since": signing.TimestampSigner(salt=ReportForm.salt).sign("x")}
    page = client.post(address, {**told, "website": "https://isi.otomatis"})
    words = page.content.decode()
    assert (page.status_code, "Kirim sekali lagi" in words, "isi.otomatis" in words) == (422, True, False)
    assert ("Diminta transfer" in words, Report.objects.count()) == (True, 0)
    assert client.post(address, told, follow=True).redirect_chain == [("/lowongan/dilaporkan/", 302)]
    assert Report.objects.get().words == "Diminta transfer"


def test_a_form_sent_at_once_is_no_persons(client, shape, branch, monkeypatch):
    monkeypatch.undo()
    assert "Itu cepat sekali." in client.post("/lowongan/kirim/", typed(shape), follow=True).content.decode()


def test_forms_of_two_pages_have_two_traps(client, shape, branch):
    since = signing.TimestampSigner(salt=ReportForm.salt).sign("x")
    assert client.post("/lowongan/kirim/", {**typed(shape), "since": since}, follow=True).status_code == 422


def test_who_has_an_account_sends_under_it(client, shape, branch, user):
    arum = user("Arum")
    client.force_login(arum)
    answer = client.post("/lowongan/kirim/", typed(shape), follow=True)
    advert = Advert.objects.get()
    assert (advert.sender, answer.request["PATH_INFO"]) == (arum, f"/lowongan/saya/{advert.code}/")
    assert client.get("/lowongan/saya/").status_code == 200
    assert client.post(f"/lowongan/saya/{advert.code}/tarik/").status_code == 302
    assert Advert.objects.get().state == "withdrawn"
    client.force_login(user("Lain"))
    assert client.get(f"/lowongan/saya/{advert.code}/").status_code == 404


def test_what_a_phone_shared_begins_the_form(client, centre):
    words = client.get("/lowongan/kirim/", {"judul": "Loker <b>", "teks": "Dicari operator"}, follow=True).content.decode()
    assert ("Loker &lt;b&gt;" in words, "Dicari operator" in words) == (True, True)


# The desk


@pytest.fixture
def moderator(rini):
    client = Client()
    client.force_login(rini)
    return client


@pytest.mark.parametrize("shelf", desk.SHELVES)
def test_each_shelf_asks_the_same_number_of_questions(moderator, rini, send, live, shelf):
    def fill(number):
        words = {"firm": f"CV Nomor {number}"}
        send(title=f"Tunggu {number}", **words), live(title=f"Tayang {number}", **words)
        live(title=f"Lewat {number}", over=True, **words)
        held, false, gone = (live(title=f"{what} {number}", **words) for what in ("Lapor", "Palsu", "Tarik"))
        keeping.hold_advert(actor=actor_of(rini), advert=held)
        keeping.prove_false(actor=actor_of(rini), advert=false, told="Palsu sekali.")
        keeping.withdraw_advert(actor=actor_of(rini), advert=gone, reason="Sudah terisi.")

    counts = []
    for number in (1, 2, 3):
        fill(number)
        if number != 2:
            with CountedQueries() as counted:
                answer = moderator.get(f"/meja/lowongan/?rak={shelf}")
            assert answer.status_code == 200
            counts.append(counted.count)
    assert counts[0] == counts[1]


def test_the_desk_shows_the_signs_and_takes_the_answers(moderator, send, branch):
    Body.objects.create(unit=branch, kind="company", name="PT Sandang Muara Karya", folded="pt sandang muara karya")
    advert = send(requirements="Biaya administrasi Rp300.000. Wanita maks 22 th.", contact="0812 9999 0000")
    address = f"/meja/lowongan/{advert.code}/"
    words = moderator.get(address).content.decode()
    assert all(
        part in words for part in ("seperti meminta uang", "membedakan pelamar", "0812 9999 0000", "Ini perusahaannya")
    )
    assert "+6281299990000" not in words  # a number is shown as people dial it, in what was found too
    assert "2 tanda calo" in moderator.get("/meja/lowongan/").content.decode()
    refused = moderator.post(f"{address}tayangkan/", {})
    assert (refused.status_code, Advert.objects.get().state) == (422, "waiting")
    assert moderator.post(f"{address}perusahaan/", {"body": Body.objects.get().pk}).status_code == 302
    assert moderator.post(f"{address}tayangkan/", answers_to(Advert.objects.get())).status_code == 302
    assert Advert.objects.get().state == "live"


def test_the_desk_holds_clears_and_condemns(moderator, live):
    advert = live()
    address = f"/meja/lowongan/{advert.code}/"
    moderator.post(f"{address}sembunyikan/")
    assert Advert.objects.get().state == "held"
    assert moderator.post(f"{address}benar/", {"benar-reason": ""}).status_code == 422
    moderator.post(f"{address}benar/", {"benar-reason": "Ditelepon, benar."})
    assert Advert.objects.get().state == "live"
    moderator.post(f"{address}perpanjang/", {"ends_on": (timezone.localdate() + timedelta(days=90)).isoformat()})
    assert moderator.post(f"{address}perpanjang/", {"ends_on": "2020-01-01"}).status_code == 422
    moderator.post(f"{address}palsu/", {"palsu-told": "Meminta uang seragam."})
    assert (Advert.objects.get().state, Advert.objects.get().bad) == ("false", True)
    assert moderator.get(address).status_code == 200


def test_the_sender_meets_no_check_form(moderator, send, rini):
    advert = send(actor_of(rini))
    words = moderator.get(f"/meja/lowongan/{advert.code}/").content.decode()
    assert ("orang lain yang memeriksa" in words, "tayangkan/" in words) == (True, False)
    assert moderator.post(f"/meja/lowongan/{advert.code}/tayangkan/", answers_to(advert)).status_code == 404


def test_an_editor_mends_and_an_administrator_sets_the_rule(moderator, live, shape, holder, centre):
    advert = live()
    assert moderator.get(f"/meja/lowongan/{advert.code}/ubah/").status_code == 200
    moderator.post(f"/meja/lowongan/{advert.code}/ubah/", typed(shape, title="Operator obras"))
    assert (Advert.objects.get().title, Advert.objects.get().state) == ("Operator obras", "waiting")
    client = Client()
    client.force_login(holder("Admin", centre, Role.ADMINISTRATOR))
    assert client.post("/meja/lowongan/aturan/", {"hide_after": 500}).status_code == 422
    client.post("/meja/lowongan/aturan/", {"hide_after": 5})
    assert desk.hide_after() == 5
