"""The desk and the public pages: a broadcast from draft to its end, a list with verdicts, subscribing and leaving by one step."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from serikat.kernel.access import SYSTEM
from serikat.messaging.models import Address, Channel, Message, State
from serikat.messaging.services import sending
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.stopping import stop_address
from serikat.outreach.models import Audience, Broadcast, ImportedList, Pending, Subscription, Topic
from serikat.outreach.selectors.subscriptions import leave_token, offers
from serikat.outreach.selectors.workbook import BadTable, verdicts_on
from serikat.outreach.services import broadcasts as services
from serikat.outreach.services import running
from serikat.outreach.tests.conftest import CONSOLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _opened_long_ago(monkeypatch):
    old = signing.TimestampSigner.timestamp
    monkeypatch.setattr(
        signing.TimestampSigner, "timestamp", lambda signer: signing.b62_encode(signing.b62_decode(old(signer)) - 60)
    )


@pytest.fixture
def at():
    """A browser of somebody."""

    def browser(actor):
        client = Client()
        client.force_login(get_user_model().objects.get(pk=actor.user_id))
        return client

    return browser


def test_a_broadcast_from_draft_to_report(at, rini, budi, branch, keyed, person, audience):
    for n in range(3):
        person(f"+62811000000{n}")
    writer, second = at(rini), at(budi)
    form = {"unit": branch.pk, "title": "Rapat akbar", "audiences": [audience().pk], "any_hour": "on"}
    here = writer.post("/meja/siaran/baru/", form).headers["Location"]
    found = Broadcast.objects.get()
    assert writer.post(f"{here}saluran/{keyed.pk}/", {"text": ""}).status_code == 422
    writer.post(f"{here}saluran/{keyed.pk}/", {"text": "Rapat Minggu pukul 9."})
    writer.post(f"{here}putuskan/", {"apa": "ajukan"})
    words = writer.get(here).content.decode()
    assert "3 penerima" in words
    assert 'value="setujui"' not in words
    seen = second.get(here)
    second.post(f"{here}putuskan/", {"apa": "setujui", "digest": seen.context["digest"]})
    found.refresh_from_db()
    assert found.stage == "approved"
    assert writer.get(f"{here}ubah/").status_code == 200
    running.start_due()
    running.queue_broadcast(broadcast_id=found.pk)
    writer.post(f"{here}putuskan/", {"apa": "jeda"})
    assert set(Message.objects.values_list("state", flat=True)) == {State.HELD}
    writer.post(f"{here}putuskan/", {"apa": "lanjut"})
    sending.send_channel(channel_id=keyed.pk)
    assert "<b>3</b> terkirim" in writer.get(here).content.decode()
    assert writer.get("/meja/siaran/?rak=jalan").status_code == 200
    assert writer.post(f"{here}saluran/{keyed.pk}/uji/", {"uji-address": "0812 000 1111"}).status_code == 422


def test_the_page_says_who_did_what_and_stopping_is_asked(at, rini, budi, person, audience, write):
    person("+628110000001")
    found = write(audience())
    services.submit_broadcast(actor=rini, broadcast=found)
    here = f"/meja/siaran/{found.pk}/"
    page = at(budi).get(here).content.decode()
    assert ("Ditulis Rini" in page, "Diajukan Rini" in page, "Disetujui Budi" in page) == (True, True, False)
    assert 'value="hentikan"' not in page
    services.approve_broadcast(actor=budi, broadcast=found, digest=services.digest_of(broadcast=found))
    running.start_due()
    running.queue_broadcast(broadcast_id=found.pk)
    running.pause_broadcast(actor=rini, broadcast=found)
    page = at(rini).get(here).content.decode()
    fold = page[page.index("Hentikan untuk selamanya") :]
    assert ("Disetujui Budi" in page, "1 pesan yang belum keluar dibatalkan" in fold) == (True, True)
    assert (page.count('value="hentikan"'), fold.count('value="hentikan"')) == (1, 1)  # nowhere but behind the question
    at(rini).post(f"{here}putuskan/", {"apa": "hentikan"})
    assert "Dihentikan Rini" in at(budi).get(here).content.decode()


def test_a_test_begins_with_ones_own_number(at, rini, write, audience):
    get_user_model().objects.filter(pk=rini.user_id).update(phone="+628129990000")
    found = write(audience())
    words = at(rini).get(f"/meja/siaran/{found.pk}/").content.decode()
    assert re.search(r'name="uji-address"[^>]*value="\+628129990000"', words)


def test_a_broadcast_of_another_branch_is_not_there(at, rini, east, holder, write, audience):
    found = write(audience())
    from serikat.kernel.access import actor_of  # reason: only here

    stranger = at(actor_of(holder("Tono", east)))
    assert stranger.get(f"/meja/siaran/{found.pk}/").status_code == 404
    assert stranger.post(f"/meja/siaran/{found.pk}/putuskan/", {"apa": "hentikan"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_shelf_and_page_ask_as_often_for_one_as_for_many(at, rini, write, audience, count, django_assert_num_queries):
    for _n in range(count):
        found = write(audience())
    client = at(rini)
    client.get("/meja/siaran/")
    with django_assert_num_queries(14):
        client.get("/meja/siaran/")
    assert client.get(f"/meja/siaran/{found.pk}/").status_code == 200


def test_an_audience_is_made_of_parts(at, rini, branch, person):
    client = at(rini)
    child = person("+628110000001", protections=["child"])
    here = client.post("/meja/khalayak/baru/", {"unit": branch.pk, "name": "Semua"}).headers["Location"]
    assert client.post(here, {"kind": "members"}).status_code == 422
    client.post(here, {"kind": "members", "unit": branch.pk})
    assert "1 terlindungi" in client.get(here).content.decode()
    assert client.post(here, {"kind": "person", "code": "AAAA-0000"}).status_code == 422
    client.post(here, {"kind": "person", "code": child.code})
    words = client.get(here).content.decode()
    assert "orang terlindungi" in words
    assert "<b>1</b> nomor" in words
    part = Audience.objects.get().parts.last()
    client.post(f"{here}buang/{part.pk}/")
    assert Audience.objects.get().parts.count() == 1
    assert client.get("/meja/khalayak/").status_code == 200


ROWS = [["Nama", "Nomor HP", "Setuju"], ["Siti", "0812 3456 7890", "ya"], ["Budi", 81234567891, "ya"], ["Ani", "+62 812-3456-7890", "ya"],
        ["Tono", "0812", "ya"], ["Wati", "0812 3456 7899", "tidak"], ["Edi", "0812 3456 7888", "ya"], ["Surat", "a@contoh.id", "ya"],
        ["Kosong", "0812 3456 7870", ""], ["Kantor", "021 555 0123", "ya"], ["Layanan", "112", "ya"]]  # fmt: skip


def table():
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_verdicts_say_of_each_row_what_becomes_of_it(db):
    stop_address(actor=SYSTEM, address=find_or_make_address(scheme="number", typed="081234567888"))
    expected = ["good", "good", "twice", "unreadable", "no_consent", "stopped", "good", "unasked", "no_texts", "unreadable"]
    assert [row.what for row in verdicts_on(table(), "xlsx")] == expected
    plain = "\n".join(";".join(map(str, row)) for row in ROWS).encode("utf-8-sig")
    assert [row.what for row in verdicts_on(plain, "text/csv")] == expected


def _verdict(*said, head="Setuju"):
    lines = [f"Nomor,{head}", *(f'0812 3456 7890,"{one}"' for one in said)]
    return [row.what for row in verdicts_on("\n".join(lines).encode(), "text/csv")]


@pytest.mark.parametrize(
    "said",
    ["Tidak setuju", "TDK MAU", "False", "menolak", "ga", "keberatan", "belum ditanya", "0", "0.0", "ya, tapi jangan SMS"],
)
def test_who_said_no_in_any_words_is_on_no_list(db, said):
    assert _verdict(said) == ["no_consent"]


@pytest.mark.parametrize("said", ["Ya", "SETUJU", "ya, bersedia", "TRUE", "1", "1.0", "v", "✓"])
def test_who_said_yes_is_on_the_list(db, said):
    assert _verdict(said) == ["good"]


@pytest.mark.parametrize("said", ["x", "n/a", "akan ditanya", "Siti"])
def test_what_is_neither_yes_nor_no_is_said_and_not_taken(db, said):
    expected = "no_consent" if said == "n/a" else "unclear"
    assert _verdict(said) == [expected]


def test_who_said_no_in_one_row_has_not_said_yes_in_another(db):
    assert _verdict("ya", "tidak", "ya") == ["no_consent", "twice", "twice"]
    assert _verdict("apa?", "ya", "ya") == ["unclear", "good", "twice"]


@pytest.mark.parametrize(
    "head", ["setuju?", "Apakah setuju dihubungi?", "Status persetujuan", "boleh dihubungi", "bersedia", "Opt-in"]
)
def test_the_column_of_consent_is_known_by_more_than_one_name(db, head):
    assert _verdict("tidak", head=head) == ["no_consent"]
    assert _verdict("", head=f"Tanggal {head}") == ["good"]  # when they were asked is no answer


def test_a_row_that_no_sheet_has_keeps_nobody_busy(db):
    """Six thousand bytes, and two hundred million empty rows before the one."""
    made, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(table()))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'<row r="11"', b'<row r="200000000"').replace(b'"A11"', b'"A200000000"')
            fresh.writestr(name, content)
    began = time.monotonic()
    with pytest.raises(BadTable):
        verdicts_on(made.getvalue(), "xlsx")
    assert time.monotonic() - began < 30


def test_a_list_is_brought_with_who_asked_and_the_file_is_not_kept(at, rini, branch):
    words = {"unit": branch.pk, "name": "Rapat", "asked_by": "Siti", "asked_on": "2026-11-01", "asked_how": "daftar hadir"}
    client = at(rini)
    for bad in (b"bukan tabel", b"", b"PK\x03\x04rusak", b"nama,umur\nx,3\n"):
        file = SimpleUploadedFile("a.csv", bad, "text/csv")
        assert client.post("/meja/khalayak/daftar/", {**words, "file": file}).status_code == 422
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', client.get("/meja/khalayak/daftar/").content.decode())[1]
    for _again in range(2):  # its answer, loaded again
        sent = {**words, "key": key, "file": SimpleUploadedFile("daftar.xlsx", table())}
        assert b"Sudah ada di baris lain" in client.post("/meja/khalayak/daftar/", sent).content
    assert (ImportedList.objects.get().entries.count(), ImportedList.objects.get().asked_by) == (4, "Siti")


def test_consent_to_a_list_cannot_be_of_tomorrow(at, rini, branch):
    tomorrow = timezone.localdate() + timedelta(days=2)  # wherever it is
    words = {"unit": branch.pk, "name": "Rapat", "asked_by": "Siti", "asked_on": tomorrow, "asked_how": "daftar hadir"}
    sent = {**words, "file": SimpleUploadedFile("daftar.xlsx", table())}
    answer = at(rini).post("/meja/khalayak/daftar/", sent)
    assert (answer.status_code, "belum tiba" in answer.content.decode()) == (422, True)
    assert not ImportedList.objects.exists()


def test_a_list_becomes_an_audience_in_one_step(at, rini, branch):
    words = {"unit": branch.pk, "name": "Rapat", "asked_by": "Siti", "asked_on": "2026-11-01", "asked_how": "daftar hadir"}
    client = at(rini)
    page = client.post("/meja/khalayak/daftar/", {**words, "file": SimpleUploadedFile("daftar.xlsx", table())}).content
    brought = ImportedList.objects.get()
    onward = f"/meja/khalayak/baru/?daftar={brought.pk}"
    assert onward.encode() in page
    assert b'value="Rapat"' in client.get(onward).content
    client.post(onward, {"unit": branch.pk, "name": "Peserta rapat"})
    made = Audience.objects.get()
    assert [(part.kind, part.imported) for part in made.parts.all()] == [("list", brought)]
    for nobodys in ("99999", "x", "9" * 30):
        assert client.get(f"/meja/khalayak/baru/?daftar={nobodys}").status_code == 200


def test_a_broadcast_without_a_channel_says_what_is_missing(at, rini, branch, audience):
    Channel.objects.update(active=False)
    form = {"unit": branch.pk, "title": "Rapat akbar", "audiences": [audience().pk]}
    here = at(rini).post("/meja/siaran/baru/", form).headers["Location"]
    assert "Belum ada saluran untuk banyak orang" in at(rini).get(here).content.decode()


def test_topics_are_kept_at_the_top(at, rini, centre, holder):
    from serikat.kernel.access import actor_of  # reason: only here

    assert b"Topik baru" not in at(rini).get("/meja/langganan/").content
    chief = at(actor_of(holder("Ketut", centre)))
    chief.post("/meja/langganan/", {"name": "Upah", "word": "UPAH", "order": "10"})
    assert Topic.objects.get().word == "upah"
    assert chief.post("/meja/langganan/", {"name": "Upah", "word": "upah", "order": "10"}).status_code == 422
    assert chief.get(f"/meja/langganan/{Topic.objects.get().pk}/").status_code == 200


@pytest.fixture
def tried(keyed, letters):
    """Channels that were tested and work."""
    Channel.objects.update(checked_at=timezone.now())


def since():
    return signing.TimestampSigner(salt="outreach.subscribe").sign("x")


def test_subscribe_on_the_site_takes_the_code(client, keyed, tried):
    topic = Topic.objects.create(name="Upah", word="upah")
    form = {"topics": [topic.pk], "channel": keyed.pk, "typed": "0812 111 2222", "since": since()}
    assert client.get("/langganan/").status_code == 200
    for nobodys in ("bukan nomor", "0812", "112", "021 555 0123"):  # the last is a landline
        assert client.post("/langganan/", {**form, "typed": nobodys}).status_code == 422
    assert (Message.objects.count(), any(one.value.endswith("112") for one in Address.objects.all())) == (0, False)
    assert client.post("/langganan/", {**form, "topics": []}).status_code == 422
    assert client.post("/langganan/", form).headers["Location"] == "/langganan/kode/"
    page = client.get("/langganan/kode/").content.decode()
    assert ("111 2222" in page, 'href="/langganan/"' in page) == (False, True)
    assert client.post("/langganan/kode/", {"code": "x"}).status_code == 422
    code = Message.objects.get().text.split(": ")[1][:6]
    assert client.post("/langganan/kode/", {"code": code}).status_code == 200
    assert Subscription.objects.get().topic == topic
    assert client.get("/langganan/kode/").status_code == 302


@pytest.mark.parametrize("trap", [{"website": "x"}, {"since": "lama"}])
def test_what_fell_into_a_trap_is_asked_for_once_more_with_all_that_was_chosen(client, keyed, tried, trap):
    topics = [Topic.objects.create(name=name, word=name) for name in ("upah", "hakim", "bpjs")]
    chosen = [str(topics[0].pk), str(topics[2].pk)]
    form = {"topics": chosen, "channel": keyed.pk, "typed": "0812 111 2222", "since": since(), **trap}
    asked = client.post("/langganan/", form)
    again = asked.context["form"]
    assert (asked.status_code, Message.objects.count()) == (422, 0)
    assert ([str(one) for one in again["topics"].value()], again["website"].value() or "") == (chosen, "")
    sent = client.post("/langganan/", {**form, "website": "", "since": since()})
    assert (sent.headers["Location"], Message.objects.count()) == ("/langganan/kode/", 1)


def test_leave_takes_one_post_without_a_page_before_it(keyed, village):
    """RFC 8058: no cookie, no token, no question and no redirect; whatever else is sent along, everything ends and nothing else happens."""
    address = find_or_make_address(scheme="number", typed="08121112222")
    topics = [Topic.objects.create(name=name, word=name) for name in ("upah", "hakim")]
    rows = [Subscription.objects.create(address=address, channel=keyed, topic=topic, how="web") for topic in topics]
    place = Subscription.objects.create(address=address, channel=keyed, place=village, how="web")
    client = Client(enforce_csrf_checks=True)
    here = f"/langganan/berhenti/{leave_token(address)}/"
    page = client.get(here)
    assert (page.status_code, b"1112222" in page.content) == (200, False)
    assert Subscription.objects.filter(ended_at=None).count() == 3  # a mail program that looks at the address ends nothing
    client.post(here, {"satu": rows[0].pk})
    client.post(here, {"satu": place.pk})
    assert (Subscription.objects.filter(ended_at=None).get(), Address.objects.get().stopped_at) == (rows[1], None)
    for pressed_twice in (rows[0].pk, "x", "9" * 30):
        assert client.post(here, {"satu": pressed_twice}).status_code == 302
    assert Subscription.objects.filter(ended_at=None).count() == 1
    fresh = Client(enforce_csrf_checks=True)
    answer = fresh.post(here, {"List-Unsubscribe": "One-Click", "satu": rows[0].pk, "lagi": "1"})
    assert (answer.status_code, dict(answer.cookies), dict(fresh.cookies)) == (200, {}, {})
    assert Address.objects.get().stopped_at is not None
    assert Subscription.objects.filter(ended_at=None).count() == 0
    body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    assert fresh.post(here, body, content_type="multipart/form-data; boundary=x").status_code == 200
    assert client.get(f"{here[:-2]}x/").status_code == 404
    assert client.post(f"{here[:-2]}x/", {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_who_left_by_mistake_takes_it_up_again_with_one_press(keyed, village):
    address = find_or_make_address(scheme="number", typed="08121112222")
    topics = [Topic.objects.create(name=name, word=name) for name in ("upah", "hakim", "lama")]
    for topic in topics:
        Subscription.objects.create(address=address, channel=keyed, topic=topic, how="web", weekly=True)
    Subscription.objects.create(address=address, channel=keyed, place=village, how="web", weekly=True)
    client = Client(enforce_csrf_checks=True)
    here = f"/langganan/berhenti/{leave_token(address)}/"
    client.post(here, {"satu": Subscription.objects.get(topic=topics[1]).pk})
    client.post(here)
    Topic.objects.filter(pk=topics[2].pk).update(closed_at=timezone.now())
    assert "Kirimi saya lagi" in client.get(here).content.decode()
    client.post(here, {"lagi": "1"})
    client.post(here, {"lagi": "1"})
    left = Subscription.objects.filter(ended_at=None)
    assert [(one.topic, one.place, one.weekly) for one in left.order_by("topic")] in (
        [(topics[0], None, True), (None, village, True)],
        [(None, village, True), (topics[0], None, True)],
    )
    assert Address.objects.get().stopped_at is None


def test_one_chooses_each_article_or_a_digest_by_mail(client, keyed, letters, tried):
    topic = Topic.objects.create(name="Upah", word="upah")
    form = {"topics": [topic.pk], "channel": keyed.pk, "typed": "0812 111 2222", "since": since(), "weekly": "1"}
    answer = client.post("/langganan/", form)
    assert (answer.status_code, answer.context["form"].errors["weekly"]) == (
        422,
        ["Ringkasan seminggu sekali hanya lewat surel. Pilih surel, atau setiap berita."],
    )
    for weekly in ("1", ""):
        client.post("/langganan/", {**form, "channel": letters.pk, "typed": "siti@contoh.example", "weekly": weekly})
        code = Message.objects.order_by("pk").last().text.split(": ")[1][:6]
        client.post("/langganan/kode/", {"code": code})
        assert Subscription.objects.get().weekly is bool(weekly)
    assert client.post("/langganan/", {**form, "weekly": "ngawur"}).status_code == 422


def test_only_what_works_is_offered_and_in_the_publics_words(client, sms, keyed, letters):
    offered = lambda: [str(label) for _pk, label in client.get("/langganan/").context["form"].fields["channel"].choices]  # noqa: E731 read anew each time
    assert client.get("/langganan/").context["channels"] == []  # nobody tried them yet
    Channel.objects.update(checked_at=timezone.now())
    assert offered() == ["SMS", "Surel"]
    Channel.objects.filter(pk=letters.pk).update(problem="No connection to the mail server")
    assert offered() == ["SMS"]
    page = client.get("/langganan/").content.decode()
    assert ("Ringkasan" in page, "Surel kabar" in page, "Nomor ponsel Anda" in page) == (False, False, True)
    Channel.objects.filter(pk=sms.pk).update(shown_address="0812 0000 0100")
    assert [one.channel for one in offers()] == [sms]
    Channel.objects.filter(pk=keyed.pk).update(shown_address="0812 0000 0200")
    assert sorted(offered()) == ["SMS: 0812 0000 0100", "SMS: 0812 0000 0200"]


@pytest.mark.parametrize("shown", ["", "0812 0000 0100"])
def test_the_page_of_the_code_says_where_to_begin_anew_and_keeps_what_was_chosen(client, keyed, tried, shown):
    Channel.objects.filter(pk=keyed.pk).update(shown_address=shown)
    topic = Topic.objects.create(name="Upah", word="upah")
    client.post("/langganan/", {"topics": [topic.pk], "channel": keyed.pk, "typed": "0812 111 2222", "since": since()})
    page = client.get("/langganan/kode/").content.decode()
    assert ("MULAI" in page, "ke 0812 0000 0100" in page) == (bool(shown), bool(shown))
    again = client.get("/langganan/").content.decode()
    assert (f'value="{topic.pk}" id="id_topics_0" checked' in again, "111 2222" in again) == (True, False)


@pytest.fixture
def whatsapp(centre, tried):
    Topic.objects.create(name="Upah", word="upah")
    values = {"phone_id": "555", "app_secret": "a", "verify_token": "b", "token": "c", "base": "http://127.0.0.1:9/"}
    shown = "0812 0000 0102"
    made = add_channel(actor=CONSOLE, unit=centre, kind="whatsapp", name="WhatsApp", values=values, shown_address=shown)
    Channel.objects.filter(pk=made.pk).update(checked_at=timezone.now())
    return made


def test_what_brings_nothing_to_who_never_wrote_is_begun_by_a_word(client, whatsapp, village):
    """A code would not reach them, and the refusal would tell a stranger whether this number wrote to us today."""
    page = client.get("/langganan/").content.decode()
    assert f'value="{whatsapp.pk}"' not in page
    assert 'href="https://wa.me/6281200000102?text=LANGGANAN%20UPAH"' in page
    sent = {"typed": "0812 3456 789", "channel": whatsapp.pk, "topics": [Topic.objects.get().pk], "since": since()}
    assert client.post("/langganan/", sent).status_code == 422
    assert (Pending.objects.count(), Message.objects.count()) == (0, 0)
    Channel.objects.filter(pk=whatsapp.pk).update(rehearsed=True)
    page = client.get("/langganan/").content.decode()
    assert ("wa.me" in page, "0812 0000 0102" in page) == (False, True)
    Channel.objects.filter(pk=whatsapp.pk).update(active=False)
    assert "0812 0000 0102" not in client.get("/langganan/").content.decode()


def test_in_a_demo_the_code_that_nobody_gets_stands_on_the_page(client, keyed, tried):
    topic = Topic.objects.create(name="Upah", word="upah")
    asked = {"typed": "0812 3456 789", "channel": keyed.pk, "topics": [topic.pk], "since": since()}
    page = client.post("/langganan/", asked, follow=True).content.decode()
    assert "Kode langganan:" not in page
    Channel.objects.filter(pk=keyed.pk).update(rehearsed=True)
    page = client.post("/langganan/", asked | {"since": since()}, follow=True).content.decode()
    code = re.search(r"Kode langganan: ([0-9]{6})", page)
    assert (code is not None, "tidak ada yang dikirim" in page) == (True, True)
    client.post("/langganan/kode/", {"code": code[1]})
    assert [str(row.address.value) for row in Subscription.objects.select_related("address")] == ["+628123456789"]
