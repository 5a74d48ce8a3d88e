"""A right of reply, from the article's foot to the article: sent without an account, found again by its code, shortened with consent, decided by two."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from serikat.kernel.access import Role
from serikat.kernel.codes import clean_code
from serikat.newsroom.models import EditorialRequest, Redress
from serikat.newsroom.tests import builders
from serikat.units.models import Decree, Mandate, Unit
from tests.journeys.browser import assert_accessible, leave_quickly, shot

PASSWORD = "kopi pahit di gerbang tiga"
SENT = "Gaji dibayar penuh setiap tanggal 25.\n\nSemua bukti setoran kami simpan sejak 2019 dan boleh dilihat siapa saja."
SHORTER = "Gaji dibayar penuh setiap tanggal 25."
SOON = 4_000  # milliseconds: a form sent sooner is taken for a machine's


@pytest.fixture
def house(db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    centre = builders.a_unit()
    Unit.objects.filter(pk=centre.pk).update(path=f"{centre.pk}/")
    centre.refresh_from_db()
    builders.a_site()
    builders.an_article("Upah ditunggak")
    today = timezone.localdate()
    decree = Decree.objects.create(unit=centre, number="1/2026", about="Redaksi", decided_on=today)
    for username, name in (("laras", "Laras Widuri"), ("galih", "Galih Sasmita")):
        user = get_user_model()(username=username, name=name)
        user.set_password(PASSWORD)
        user.save()
        term = {"starts_on": today, "ends_on": today + timedelta(days=300)}
        Mandate.objects.create(user=user, role=Role.EDITOR.value, unit=centre, decree=decree, **term)


@pytest.fixture
def at_the_desk(open_page, house):
    """An editor signs in and opens the request from the desk's rail."""

    def at_the_desk(username):
        page = open_page("/meja/redaksi/permintaan/", width=1280)
        page.set_default_timeout(10_000)
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.get_by_role("link", name="Upah ditunggak", exact=False).first.click()
        return page

    return at_the_desk


def send(reader):
    """From the foot of the article to the sender's own page; gives its code."""
    reader.set_default_timeout(10_000)
    reader.goto("/berita/upah-ditunggak/")
    reader.get_by_role("link", name="Hak jawab, koreksi, atau keberatan atas tulisan ini").click()
    reader.get_by_text("Hak jawab: nama baik saya", exact=False).click()
    reader.get_by_label("Kata-kata Anda").fill(SENT)
    picture = {"name": "slip.jpg", "mimeType": "image/jpeg", "buffer": builders.image_file(640, 400).read()}
    reader.get_by_label("Gambar bukti").set_input_files(picture)
    reader.wait_for_timeout(SOON)
    reader.get_by_role("button", name="Kirim permintaan").click()
    expect(reader.get_by_text("Hak jawab tampil dengan nama.", exact=False).first).to_be_visible()
    assert reader.get_by_label("Kata-kata Anda").input_value() == SENT
    reader.get_by_label("Nama Anda atau organisasi Anda").fill("PT Sandang Muara")
    reader.wait_for_timeout(SOON)
    reader.get_by_role("button", name="Kirim permintaan").click()
    expect(reader.get_by_text("Terkirim. Simpan kode ini")).to_be_visible()
    shot(reader, "request_sent")
    assert_accessible(reader)
    code = clean_code(reader.get_by_text(re.compile(r"^([2-9A-Z]{4}-){3}[2-9A-Z]{4}$")).inner_text())
    reader.get_by_role("button", name="Sudah saya simpan").click()
    expect(reader.get_by_text("Dijawab paling lambat", exact=False)).to_be_visible()
    assert code not in reader.content() + reader.url
    return code


def follow(reader, code):
    reader.goto("/hak-jawab/")
    reader.get_by_role("link", name="Lihat dengan kode").click()
    reader.get_by_label("Kode permintaan").fill(code)
    reader.get_by_role("button", name="Buka").click()


def test_a_reply_goes_from_its_sender_by_two_editors_onto_the_page(open_page, at_the_desk):
    reader = open_page("/", width=360)
    code = send(reader)

    first = at_the_desk("laras")
    shot(first, "desk-request-reply")
    first.get_by_label("Kata-kata yang lebih pendek").fill(SHORTER)
    first.get_by_label("Alasan untuk pengirim").fill("Bagian kedua tidak menjawab beritanya.")
    first.get_by_role("button", name="Minta persetujuan pengirim").click()
    expect(first.get_by_text("Pengirim belum menyetujuinya.")).to_be_visible()

    again = open_page("/", width=360)
    follow(again, f"{code[:4]}-{code[4:8]} {code[8:].lower()}")
    expect(again.get_by_text("Bagian kedua tidak menjawab beritanya.")).to_be_visible()
    shot(again, "follow_request-asked")
    assert_accessible(again)
    again.get_by_role("button", name="Setuju dengan kata-kata ini").click()
    expect(again.get_by_text("Dijawab paling lambat", exact=False)).to_be_visible()

    first.reload()
    accept = first.locator("form[action$='/kabulkan/']")
    accept.get_by_label("Jawaban untuk pengirim").fill("Kami muat hari ini. Terima kasih.")
    accept.get_by_role("button", name="Kabulkan").click()
    expect(first.get_by_text("Rekan yang berwenang sudah diberi tahu.", exact=False)).to_be_visible()
    reader.goto("/berita/upah-ditunggak/")
    assert SHORTER not in reader.content()

    second = at_the_desk("galih")
    shot(second, "desk-request-proposed")
    assert_accessible(second)
    second.get_by_role("button", name="Setujui dan jalankan").click()
    expect(second.get_by_text("Disetujui dan dijalankan.")).to_be_visible()

    reader.goto("/berita/upah-ditunggak/")
    expect(reader.get_by_text(SHORTER)).to_be_visible()
    assert "bukti setoran" not in reader.content()
    reader.get_by_role("region", name="Hak jawab").get_by_role("link", name="Hak jawab").click()
    expect(reader.get_by_role("heading", name="Hak jawab atas “Upah ditunggak”")).to_be_visible()
    reader.get_by_role("link", name="Tulisan yang ditanggapi").click()
    expect(reader.get_by_role("heading", name="Upah ditunggak")).to_be_visible()
    reader.goto("/hak-jawab/catatan/")
    expect(reader.get_by_text("1 hak jawab", exact=False)).to_be_visible()
    follow(reader, code)
    expect(reader.get_by_text("Kami muat hari ini. Terima kasih.")).to_be_visible()
    shot(reader, "follow_request-answered")
    assert (EditorialRequest.objects.get().state, Redress.objects.get().words) == ("accepted", SHORTER)


def test_the_quick_exit_closes_the_request_and_leaves_nothing_to_go_back_to(open_page, house):
    reader = open_page("/", width=360)
    code = send(reader)
    follow(reader, code)
    leave_quickly(reader)
    reader.go_back()
    assert code not in reader.content()
    assert "Gaji dibayar penuh" not in reader.content()
    reader.goto("/hak-jawab/status/")
    expect(reader.get_by_label("Kode permintaan")).to_be_visible()
