"""Right of reply, of correction, complaint, withdrawal: sent without an account, exactly once; followed by a code; kept sealed, and not for ever."""

from __future__ import annotations

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.audit.models import Entry, Value
from serikat.files.models import StoredFile
from serikat.kernel import opening
from serikat.kernel.access import ANONYMOUS, Role, actor_of
from serikat.kernel.codes import clean_code, spaced
from serikat.kernel.errors import Refused
from serikat.newsroom.forms.requests import SALT
from serikat.newsroom.models import EditorialRequest, Post, RequestMessage
from serikat.newsroom.selectors import requests as reads
from serikat.newsroom.services import answering, request_retention
from serikat.newsroom.services import requests as services
from serikat.newsroom.tests.builders import a_site, a_unit, an_article, follow, image_file

State = EditorialRequest.State
WORDS = "Angka 412 itu keliru: yang benar 214, lihat slip terlampir."


@pytest.fixture
def article(db):
    a_site()
    return an_article("Upah naik")


@pytest.fixture
def sari(user, give, article):
    someone = user("Sari")
    give(someone, a_unit())
    return someone


@pytest.fixture
def address(article):
    return reverse("newsroom:send_request_about", args=["berita", article.slug])


def stamp(age=10):
    signer = signing.TimestampSigner(salt=SALT)
    value = f"x:{signing.b62_encode(int(timezone.now().timestamp()) - age)}"
    return f"{value}:{signer.signature(value)}"


def form_of(kind="correction", **values):
    return {"kind": kind, "words": WORDS, "since": stamp(), "key": uuid.uuid4()} | values


def send(article, kind="correction", **values):
    """Send a request past the form; gives the row and its code."""
    key = values.pop("key", uuid.uuid4())
    given = {"kind": kind, "words": WORDS, "name": "PT Sandang Muara", **values}
    code = services.send_request_once(actor=ANONYMOUS, key=key, about=article, **given)
    return reads.followed(code), code


def code_shown(client):
    """What the page after sending shows."""
    page = client.get(reverse("newsroom:request_sent")).content.decode()
    return clean_code(re.search(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", page)[0])


def test_a_reader_asks_without_an_account_and_follows_it_by_the_code(client, article, sari, address):
    page = client.get(reverse("newsroom:article", args=[article.slug])).content.decode()
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
    sent = client.post(address, form_of(name="Rina", contact="0812-3456-7890", unnamed="on"))
    assert sent.status_code == 302
    request = EditorialRequest.objects.get()
    assert (request.article, request.title, request.state, request.unit) == (article, "Upah naik", State.OPEN, a_unit())
    assert (request.words, request.name, request.contact, request.unnamed) == (WORDS, "Rina", "0812-3456-7890", True)
    assert (request.due_at - request.sent_at, request.number) == (timedelta(days=3), 1)
    shown = client.get(sent["location"])
    assert (shown.status_code, "no-store" in shown["Cache-Control"]) == (200, True)
    assert "Simpan kode ini" in shown.content.decode()
    assert Notice.objects.get(user=sari).text == "Permintaan baru, Hak koreksi 1/2026: Upah naik".replace(
        "2026", str(request.year)
    )


def test_who_sent_it_and_the_code_stand_in_no_table_in_plain_sight(client, article, address):
    whole = ("Rina Unik", "0812-3456-7890", WORDS)  # a short part of them stands in a cipher text by chance
    client.post(address, form_of(name=whole[0], contact=whole[1]))
    code = code_shown(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM newsroom_editorialrequest")
        row = str(cursor.fetchall())
        cursor.execute("SELECT session_data FROM django_session")
        held = str([signing.loads(data, salt="django.contrib.sessions.SessionStore") for (data,) in cursor.fetchall()])
    assert code not in held
    assert [word in row for word in (*whole, code)] == [False, False, False, False]
    said = str(list(Entry.objects.values()) + list(Value.objects.values()))
    assert [word in said for word in (*whole, code)] == [False, False, False, False]


def test_sent_twice_it_is_one_request_with_the_same_code(client, article, address):
    form = form_of()
    codes = []
    for _time in range(2):
        client.post(address, form | {"since": stamp()})
        codes.append(code_shown(client))
    assert (codes[0], EditorialRequest.objects.count()) == (codes[1], 1)


def test_a_spoilt_key_costs_nobody_their_words(client, article, address):
    assert [client.post(address, form_of(key=key)).status_code for key in ("bukan-kunci", "")] == [302, 302]
    assert EditorialRequest.objects.count() == 2


def test_the_form_that_a_browser_gets_can_be_sent(article, address):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="(csrfmiddlewaretoken|since|key)"[^>]*value="([^"]+)"', page))
    quick = browser.post(address, {**fields, "kind": "correction", "words": "Cepat"})
    assert (quick.status_code, EditorialRequest.objects.count()) == (422, 0)
    assert "Cepat" in quick.content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"words": ""}, "Tulis dulu apa yang Anda minta."),
        ({"words": " \u200b "}, "Tulis dulu apa yang Anda minta."),
        ({"words": "x" * 6001}, "6000"),
        ({"words": "a\0b"}, "Karakter"),
        ({"kind": ""}, "Pilih yang Anda minta."),
        ({"kind": "denda"}, "denda"),
        ({"kind": "reply", "name": " "}, "Hak jawab tampil dengan nama."),
        ({"kind": "reply", "name": "Rina", "unnamed": "on"}, "Tanpa nama, pilih hak koreksi atau keberatan."),
        ({"name": "x" * 121}, "120"),
        ({"since": ""}, "Halaman ini sudah lama terbuka."),
        ({"since": "x:1:palsu"}, "Halaman ini sudah lama terbuka."),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, address, values, said):
    answer = client.post(address, form_of(**values))
    assert (answer.status_code, EditorialRequest.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_what_fell_into_the_trap_is_asked_for_once_more(client, address):
    answer = client.post(address, form_of(website="http://spam.example"))
    assert (answer.status_code, EditorialRequest.objects.count()) == (422, 0)
    assert "supaya kami tahu ini bukan mesin" in answer.content.decode()
    again = form_of(**{name: answer.context["form"][name].value() for name in ("website", "since")})
    assert (client.post(address, again).status_code, EditorialRequest.objects.count()) == (302, 1)


def test_a_flood_is_held_up_and_says_so(client, article, address, monkeypatch):
    monkeypatch.setattr(services, "MOST_OPEN_HERE", 1)
    send(article)
    answer = client.post(address, form_of())
    assert (answer.status_code, EditorialRequest.objects.count()) == (422, 1)
    assert "Banyak permintaan sedang menunggu" in answer.content.decode()
    monkeypatch.setattr(services, "MOST_OPEN_HERE", 20)
    monkeypatch.setattr(services, "MOST_AN_HOUR", 1)
    with pytest.raises(services.TooManyRequests):
        send(article)


@pytest.mark.parametrize("path", ["berita/tidak-ada", "tulisan/TIDAKADA", "lagu/apa", "berita/a%00b"])
def test_a_page_that_does_not_show_takes_no_request(client, article, path):
    assert client.get(f"/hak-jawab/kirim/{path}/").status_code == 404


def test_a_page_of_no_address_is_named_by_its_title_and_belongs_to_the_whole_organisation(client, article):
    address = reverse("newsroom:send_request")
    assert client.post(address, form_of()).status_code == 422
    client.post(address, form_of(kind="complaint", title="Komentar di bawah berita upah"))
    request = EditorialRequest.objects.get()
    assert (request.title, request.article, request.post, request.unit) == (
        "Komentar di bawah berita upah", None, None, a_unit(),
    )  # fmt: skip
    assert request.due_at - request.sent_at == timedelta(hours=48)


def test_a_pasted_address_or_a_whole_title_leads_to_the_page_it_names(client, article):
    address = reverse("newsroom:send_request")
    for typed in (f"https://contoh.example/en/berita/{article.slug}/?x=1#y", article.title.upper(), "/berita/tidak-ada/"):
        client.post(address, form_of(title=typed))
    found = list(EditorialRequest.objects.order_by("pk").values_list("article", "title"))
    assert found == [(article.pk, article.title), (article.pk, article.title), (None, "/berita/tidak-ada/")]


def test_evidence_is_private_and_open_to_the_editors_in_reach(client, article, sari, address, sign_in, user):
    evidence = SimpleUploadedFile("slip.jpg", image_file(60, 40).read(), "image/jpeg")
    client.post(address, form_of(pictures=[evidence]))
    file = StoredFile.objects.get()
    assert (file.private, file.uploaded_by, file.unit) == (True, None, a_unit())
    stranger = Client()
    stranger.force_login(user("Asing"))
    assert stranger.get(reverse("files:download", args=[file.pk])).status_code == 404
    assert sign_in(sari).get(reverse("files:download", args=[file.pk])).status_code == 200


def test_a_file_that_is_no_picture_is_refused_beside_its_field(client, address):
    answer = client.post(address, form_of(pictures=[SimpleUploadedFile("a.jpg", b"bukan gambar", "image/jpeg")]))
    assert (answer.status_code, EditorialRequest.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert '<a href="#id_pictures">Gambar bukti</a>' in page  # said on top too: the field is a long way down a phone
    assert "sudah kami terima" not in page


def test_evidence_of_a_form_that_came_back_is_not_lost(client, address):
    form = form_of(kind="reply")
    evidence = [
        SimpleUploadedFile(name, image_file(side, 40).read(), "image/jpeg") for name, side in (("a.jpg", 60), ("b.jpg", 80))
    ]
    page = client.post(address, form | {"pictures": evidence}).content.decode()
    assert ("2 berkas sudah kami terima" in page, "Buang a.jpg" in page) == (True, True)
    told = re.findall(r'name="disimpan" value="([^"]+)"', page)
    client.post(address, form | {"name": "PT Sandang", "since": stamp(), "disimpan": told, "buang": told[:1]})
    assert [file.name for file in StoredFile.objects.all()] == ["b.jpg"]
    first = code_shown(client)
    client.post(address, form | {"name": "PT Sandang", "since": stamp(), "disimpan": told, "buang": told[:1]})
    assert (code_shown(client), EditorialRequest.objects.count()) == (first, 1)


def test_the_sender_comes_back_with_the_code_however_it_is_typed(client, article):
    request, code = send(article)
    page = follow(client, f" {code[:4].lower()}-{code[4:8]} {code[8:]}. ").content.decode()
    assert (request.label in page, code in page, spaced(code) in page) == (True, False, False)
    find = reverse("newsroom:find_request")
    for bad in ("AAAA-BBBB-CCCC-DDDD", "tidak-ada", code[:-1] + ("2" if code[-1] != "2" else "3")):
        wrong = Client().post(find, {"code": bad})
        assert (wrong.status_code, "Kode ini tidak kami kenal" in wrong.content.decode()) == (422, True)


def test_the_code_shows_until_it_is_saved_and_then_no_more(client, article, address):
    client.post(address, form_of())
    sent = reverse("newsroom:request_sent")
    assert code_shown(client) == code_shown(client)  # the network drops out, the page is loaded anew
    assert client.post(sent)["location"] == reverse("newsroom:follow_request")
    assert client.get(reverse("newsroom:follow_request")).status_code == 200
    assert client.get(sent)["location"] == reverse("newsroom:find_request")
    assert Client().get(sent)["location"] == reverse("newsroom:find_request")


def test_an_open_request_closes_by_hand_by_the_quick_exit_and_by_the_clock(client, article, monkeypatch):
    _request, code = send(article)
    page, find = reverse("newsroom:follow_request"), reverse("newsroom:find_request")
    follow(client, code)
    assert client.post(reverse("newsroom:close_request"))["location"] == reverse("newsroom:rights")
    assert (client.get(page)["location"], "sessionid" in client.cookies and client.cookies["sessionid"].value) == (find, "")
    follow(client, code)
    assert client.get(reverse("leave"), headers={"Sec-Fetch-Site": "cross-site"})["location"] == "https://id.wikipedia.org/"
    assert client.get(page).status_code == 200
    client.get(reverse("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    assert client.get(page)["location"] == find
    follow(client, code)
    now = time.time()
    monkeypatch.setattr(opening.time, "time", lambda: now + 14 * 60)
    assert client.get(page).status_code == 200  # a look keeps it open
    monkeypatch.setattr(opening.time, "time", lambda: now + 28 * 60)
    assert client.get(page).status_code == 200
    monkeypatch.setattr(opening.time, "time", lambda: now + 44 * 60)
    assert client.get(page)["location"] == find


def test_wrong_codes_are_slowed_down_and_a_right_one_with_them(client, article):
    _request, code = send(article)
    find = reverse("newsroom:find_request")
    said = [client.post(find, {"code": f"AAAA-BBBB-CCCC-{n:04}"}).status_code for n in range(opening.MOST_WRONG + 1)]
    assert said == [422] * opening.MOST_WRONG + [429]
    held = client.post(find, {"code": code})
    assert (held.status_code, "Tunggu lima belas menit" in held.content.decode()) == (429, True)
    assert client.post(find, {"code": code}, REMOTE_ADDR="10.1.2.3").status_code == 302


def test_a_link_with_a_code_leads_to_the_form_and_is_written_down_nowhere(client, article, caplog):
    _request, code = send(article)
    find = reverse("newsroom:find_request")
    for tail in (f"{code}/", code, f"{code.lower()}/jawab/", f"{spaced(code)}/?baru=1", "tidak-ada/", "%00/", "a.b/"):
        answer = client.get(f"/hak-jawab/permintaan/{tail}")
        assert (answer.status_code, answer["location"], "no-store" in answer["Cache-Control"]) == (302, find, True)
    assert caplog.text == ""
    client.get(f"/hak-jawab/permintaan/{code}/")
    assert f'value="{spaced(code)}"' in client.get(find).content.decode()
    assert client.get(reverse("newsroom:follow_request"))["location"] == find  # a link alone opens nothing


def test_what_was_typed_after_the_time_is_not_lost_and_never_answers_another_request(client, article, sari):
    (first, code), (second, other) = send(article), send(article)
    for one in (first, second):
        answering.ask_sender(actor=actor_of(sari), request=one, words="Halaman berapa?")
    answer = reverse("newsroom:answer_question")
    typed = {"words": "Alinea kedua.", "which": first.label}
    follow(client, other)  # in another tab meanwhile
    late = client.post(answer, typed)
    assert (late.status_code, "Alinea kedua." in late.content.decode(), RequestMessage.objects.filter(kind="answer").count()) == (422, True, 0)  # fmt: skip
    back = client.post(reverse("newsroom:find_request"), {"code": code, "words": "Alinea kedua."})
    assert (back.status_code, "Alinea kedua.</textarea>" in back.content.decode()) == (200, True)
    assert client.post(answer, typed).status_code == 302
    assert RequestMessage.objects.get(kind="answer").request == first
    for verb in ("agree_to_words", "withdraw_request"):
        assert Client().post(reverse(f"newsroom:{verb}"), {"which": first.label}).status_code == 422
    first.refresh_from_db()
    assert first.state == State.OPEN


def test_the_desk_asks_the_clock_stands_and_the_sender_answers(client, article, sari):
    request, code = send(article)
    answering.ask_sender(actor=actor_of(sari), request=request, words="Halaman berapa?")
    request.refresh_from_db()
    EditorialRequest.objects.update(paused_at=timezone.now() - timedelta(hours=5))
    assert "Halaman berapa?" in follow(client, code).content.decode()
    answer, which = reverse("newsroom:answer_question"), {"which": request.label}
    assert client.post(answer, {"words": " ", **which}).status_code == 422
    assert client.get(answer).status_code == 405
    assert client.post(answer, {"words": "Alinea kedua.", **which}).status_code == 302
    fresh = reads.followed(code)
    assert (fresh.state, fresh.paused_at, round((fresh.due_at - request.due_at) / timedelta(hours=1))) == (
        State.OPEN, None, 5,
    )  # fmt: skip
    assert [m.words for m in fresh.messages.all()] == ["Halaman berapa?", "Alinea kedua."]
    assert client.post(answer, {"words": "Lagi", **which}).status_code == 422


def test_the_sender_takes_it_back_once(client, article):
    request, code = send(article)
    back, which = reverse("newsroom:withdraw_request"), {"which": request.label}
    follow(client, code)
    assert client.post(back, which).status_code == 302
    request.refresh_from_db()
    assert request.state == State.WITHDRAWN
    assert client.post(back, which).status_code == 409


def test_who_may_answer_is_told_when_time_runs_out_and_once_more_when_it_is_over(article, sari):
    send(article)
    Notice.objects.all().delete()
    told = []
    for left in (timedelta(days=2), timedelta(hours=3), timedelta(hours=2), -timedelta(hours=1), -timedelta(days=9)):
        EditorialRequest.objects.update(due_at=timezone.now() + left)
        told.append(request_retention.remind())
    assert told == [0, 1, 0, 1, 0]
    assert [n.text.split(",")[0] for n in Notice.objects.order_by("pk")] == ["Waktunya hampir habis", "Lewat waktu"]
    EditorialRequest.objects.update(state=State.ASKED, reminded=0)
    assert request_retention.remind() == 0


def test_what_is_long_decided_is_emptied_and_its_decision_stays(client, article, sari, address):
    evidence = SimpleUploadedFile("slip.jpg", image_file(60, 40).read(), "image/jpeg")
    client.post(address, form_of(name="Rina", pictures=[evidence]))
    code = code_shown(client)
    request = reads.followed(code)
    answering.refuse_request(actor=actor_of(sari), request=request, ground="accurate", answer="Slipnya benar 412.")
    assert request_retention.empty_old_requests() == 0
    EditorialRequest.objects.update(decided_at=timezone.now() - timedelta(days=24 * 30 + 1))
    assert (request_retention.empty_old_requests(), request_retention.empty_old_requests()) == (1, 0)
    request.refresh_from_db()
    assert (request.name, request.words, request.answer, request.state, request.ground) == ("", "", "", State.REFUSED, "accurate")  # fmt: skip
    assert StoredFile.objects.get().removed_at is not None
    assert "Isinya sudah dihapus." in follow(client, code).content.decode()


def test_forgetting_a_person_empties_what_they_sent_and_wipes_where_others_name_them(article, sari):
    from serikat.kernel.forgetting import Forgetting  # reason: this test alone
    from serikat.newsroom.services.forgetting import forget_in_newsroom  # reason: this test alone

    own, _c = send(article, name="Sumarni Watiningrum", contact="0812-3456-7890")
    other, _c = send(article, words="Sumarni Watiningrum tidak pernah berkata begitu.")
    answering.ask_sender(actor=actor_of(sari), request=other, words="Kata Sumarni Watiningrum kapan?")
    forget_in_newsroom(forgetting=Forgetting(frozenset(), needles=("Sumarni Watiningrum", "+6281234567890")))
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.name, own.contact, own.words, own.state) == ("", "", "", State.WITHDRAWN)
    assert (other.words, other.name) == ("seorang pekerja tidak pernah berkata begitu.", "PT Sandang Muara")
    assert RequestMessage.objects.get().words == "Kata seorang pekerja kapan?"


def test_the_rights_are_said_with_their_law_and_the_organisations_clock(client, article):
    page = client.get(reverse("newsroom:rights"))
    text = page.content.decode()
    said = [part in text for part in ("Pasal 1 angka 11", "Pasal 18 ayat (2)", "9/Peraturan-DP/X/2008", "48 jam", "3 hari")]
    assert said == [True] * 5
    assert reverse("newsroom:send_request") in text


def test_the_rule_is_the_administrators_and_never_longer_than_the_code_says(sign_in, user, give, article, sari):
    someone = user("Admin")
    give(someone, a_unit(), Role.ADMINISTRATOR)
    url = reverse("newsroom_desk:request_rule")
    client = sign_in(someone)
    values = {"complaint_hours": 24, "answer_days": 2, "requests_kept_months": 12}
    assert client.post(url, values | {"complaint_hours": 49}).status_code == 422
    assert client.post(url, values).status_code == 302
    rule = reads.rule()
    assert (rule.complaint_hours, rule.answer_days, rule.requests_kept_months, rule.approval_required) == (24, 2, 12, True)
    request, _code = send(article)
    assert request.due_at - request.sent_at == timedelta(days=2)
    with pytest.raises(Refused):
        answering.change_request_rule(actor=actor_of(someone), **(values | {"complaint_hours": 49}))
    assert sign_in(sari).get(url).status_code == 404


def test_a_post_takes_requests_too(client, article, sari):
    post = Post.objects.create(
        code="SHOWN222", key=uuid.uuid4(), unit=a_unit(), title="Kipas mati", text="Sejak Maret.", html="<p>Sejak Maret.</p>",
        named_as="own", name="Melati", state="shown", sent_at=timezone.now(), shown_at=timezone.now(),
    )  # fmt: skip
    address = reverse("newsroom:send_request_about", args=["tulisan", post.code])
    assert f'href="{address}"' in client.get(reverse("newsroom:post", args=[post.code])).content.decode()
    client.post(address, form_of(kind="complaint"))
    assert EditorialRequest.objects.get().post == post


def test_the_same_form_sent_twice_at_the_same_moment_is_one_request(article, monkeypatch):
    real = services.send_request

    def also_elsewhere(**given):
        """Another process sends it after this one has looked."""
        real(**given)
        return real(**given)

    monkeypatch.setattr(services, "send_request", also_elsewhere)
    sent, code = send(article)
    assert (EditorialRequest.objects.get(), reads.followed(code)) == (sent, sent)
