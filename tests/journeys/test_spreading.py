"""One article to six channels of six kinds: drafted for each, edited, approved by a second person, sent; each provider gets its own words, its link is
kept, who comes from where is counted. Then a correction goes to each channel that carried the error."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone
from playwright.sync_api import expect

from serikat.config.front import Front
from serikat.config.tally import Tally
from serikat.kernel.access import SYSTEM, Role, console
from serikat.kernel.jobs.worker import Worker
from serikat.messaging.adapters import Arrived, adapter_named
from serikat.messaging.services import sending
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.receiving import receive_news
from serikat.newsroom.models import Article, Correction
from serikat.newsroom.services.reading import add_reads
from serikat.newsroom.tests import builders
from serikat.outreach.models import How
from serikat.outreach.services.subscribing import subscribe
from serikat.outreach.services.topics import keep_topic
from tests.journeys.browser import shot
from tests.journeys.centre import somebody
from tests.parts import kannel as gate
from tests.parts import smtp as post

CONSOLE = console("uji")
YANTI, SARTI = "+628123456789", "+6281298765432"  # by WhatsApp, by SMS
TITLE = "Upah lembur dibayar penuh"
LINK = re.compile(r"https?://\S+/s/\w+")
PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A047F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
WALLS = ["Facebook", "Kanal Telegram", "Mastodon"]


@pytest.fixture
def by_day(monkeypatch):
    """At night subscribers are left in peace; nothing but the hour is not the journey's own."""
    monkeypatch.setattr(sending, "next_allowed", lambda now, zone: now)


@pytest.fixture
def site(live_server, settings):
    """The live server as it is served: with the ready answers and the count of readers in front of it. Gives what writes the count."""
    settings.SITE_ADDRESS = live_server.url
    tally = Tally(add_reads, pause=3600)
    httpd = live_server.thread.httpd
    before = httpd.get_app()
    assert isinstance(before, WSGIHandler)
    httpd.set_app(Front(before, limit=1_000_000, counted=tally))
    yield tally
    httpd.set_app(before)


@pytest.fixture
def channels(centre, kannel, smtp, standin):
    """Six ways to reach people, and on three of them somebody who wants to hear of wages."""
    of = {
        "kannel": ("SMS", {"base": kannel.base, "username": gate.USER, "password": gate.PASSWORD, "secret": "x"}),
        "whatsapp": (
            "WhatsApp",
            {"phone_id": "555", "app_secret": "x", "verify_token": "x"}
            | {"base": standin.base("whatsapp"), "token": standin.token("whatsapp")},
        ),
        "mail": (
            "Surel",
            {"address": "kabar@serikat.example", "smtp_host": "127.0.0.1", "smtp_port": str(smtp.port)}
            | {"smtp_safety": "none", "username": post.USER, "password": post.PASSWORD},
        ),
        "telegram_wall": (
            "Kanal Telegram",
            {"token": standin.token("telegram"), "chat": "@serikat", "base": standin.base("telegram")},
        ),
        "mastodon": ("Mastodon", {"base": standin.base("mastodon"), "token": standin.token("mastodon")}),
        "facebook": (
            "Facebook",
            {"page_id": "777", "base": standin.base("facebook"), "token": standin.token("facebook")},
        ),
    }
    made = {}
    for kind, (name, given) in of.items():
        values = {setting.name: setting.initial for setting in adapter_named(kind).settings} | given
        made[kind] = add_channel(actor=CONSOLE, unit=centre, kind=kind, name=name, values=values, a_second=100)
    wages = keep_topic(actor=CONSOLE, name="Upah", word="upah")
    receive_news(actor=SYSTEM, channel=made["whatsapp"], news=[Arrived(YANTI, "LANGGANAN upah", "wamid.1")])
    for kind, typed in (("kannel", SARTI), ("mail", "yanti@contoh.example")):
        address = find_or_make_address(scheme=made[kind].scheme, typed=typed)
        subscribe(actor=SYSTEM, channel=made[kind], address=address, how=How.WEB, topics=[wages])
    Worker().work_off()
    assert "Anda berlangganan Upah" in standin.messages("whatsapp")[0]["text"]["body"]
    return made


@pytest.fixture
def article(centre):
    somebody("jati", "Jati Pamenang", centre, Role.EDITOR)
    somebody("laras", "Laras Widuri", centre, Role.EDITOR)
    return builders.an_article(TITLE, lead="Perusahaan membayar sisa upah 400 penjahit.", place=builders.a_place())


def correct(article, words):
    """A correction is published; that it takes two people is another journey (test_newsroom)."""
    page = Article.objects.get(pk=article.pk)
    page.corrections.add(Correction(text=words, at=timezone.now()))
    page.save_revision()
    builders.go_live(page)


def newest(kannel, smtp, standin, count):
    """What each provider got last, once it got so many."""
    letter: EmailMessage = smtp.taken[-1]
    plain = letter.get_body(("plain",))
    return {
        "SMS": kannel.wait_for_sent(count)[-1][1],
        "WhatsApp": standin.messages("whatsapp")[-1]["text"]["body"],
        "Surel": f"{letter['subject']}\n{plain.get_content()}",
        "Kanal Telegram": standin.messages("telegram")[-1]["text"],
        "Mastodon": standin.messages("mastodon")[-1]["status"],
        "Facebook": standin.messages("facebook")[-1]["message"],
    }


def row(desk, channel):
    """A variant on the page of distribution, the newest plan's last."""
    return desk.locator(".variants > li").filter(has=desk.locator("b", has_text=re.compile(f"^{channel}$"))).last


def approve(second, count):
    """A second person's yes, and what the worker does with it."""
    second.get_by_role("button", name=f"Setujui {count} varian yang menunggu").click()
    expect(second.get_by_text("Disetujui.")).to_be_visible()
    Worker().work_off()
    second.reload()


def test_an_article_goes_to_six_channels_and_its_correction_follows(
    channels, article, site, by_day, kannel, smtp, standin, comes, open_page
):
    desk = comes("jati", f"/meja/redaksi/halaman/{article.pk}/sebar/")
    desk.get_by_role("button", name="Susun penyebaran").click()
    expect(desk.locator(".variants > li")).to_have_count(6)
    row(desk, "Kanal Telegram").get_by_role("link", name="Sunting").click()
    text = desk.get_by_label("Teks")
    text.fill("Menang! " + text.input_value())
    desk.get_by_role("button", name="Simpan", exact=True).click()
    row(desk, "Mastodon").get_by_role("link", name="Sunting").click()
    desk.get_by_label("Teks").fill("a" * 501)
    desk.get_by_role("button", name="Simpan", exact=True).click()
    expect(desk.get_by_text("Terlalu panjang untuk saluran ini: 501 dari 500.")).to_be_visible()
    desk.go_back()
    desk.go_back()
    desk.get_by_role("button", name="Kirim untuk diperiksa").click()
    expect(desk.get_by_text("Anda ikut menulisnya")).to_be_visible()
    second = comes("laras", desk.url)
    approve(second, 6)
    got = newest(kannel, smtp, standin, 1)
    assert all(TITLE in words for words in got.values()), got
    assert got["Kanal Telegram"].startswith("Menang! ")
    assert (len(got["SMS"]) <= 160, "balas BERHENTI" in got["SMS"]) == (True, True)
    assert (kannel.sent()[-1][0], standin.messages("whatsapp")[-1]["to"]) == (SARTI, YANTI.lstrip("+"))
    assert smtp.taken[-1]["X-Envelope-To"] == "yanti@contoh.example"
    links = {name: LINK.search(words)[0] for name, words in got.items()}
    assert len(set(links.values())) == 6
    for name in got:
        expect(row(second, name).get_by_text("terkirim", exact=True).first).to_be_visible()
    there = {name: row(second, name).get_by_role("link", name="Lihat di sana").get_attribute("href") for name in WALLS}
    assert (there["Mastodon"], there["Facebook"]) == (
        "https://mastodon.example/@serikat/1",
        "https://www.facebook.com/777_1",
    )
    assert there["Kanal Telegram"].startswith("https://t.me/serikat/")
    shot(second, "spread")

    reader = open_page("", width=360, user_agent=PHONE)
    for name in ("SMS", "SMS", "Mastodon"):
        reader.goto(links[name])
        expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()
    site.flush()
    second.reload()
    assert [row(second, name).get_by_text(re.compile(r"diikuti \d kali")).count() for name in got] == [1] * 6
    expect(row(second, "SMS").get_by_text("tautannya diikuti 2 kali")).to_be_visible()
    expect(row(second, "Mastodon").get_by_text("tautannya diikuti 1 kali")).to_be_visible()
    expect(row(second, "Surel").get_by_text("tautannya diikuti 0 kali")).to_be_visible()

    correct(article, "Jumlah penjahit 412 orang, bukan 400.")
    Worker().work_off()
    desk.goto("/meja/redaksi/sebar/")
    desk.get_by_role("link", name=TITLE).first.click()
    expect(desk.get_by_text("Saluran ini masih membawa yang belum dikoreksi")).to_be_visible()
    desk.get_by_role("button", name="Kirim untuk diperiksa").click()
    second.reload()
    approve(second, 6)
    right = newest(kannel, smtp, standin, 2)
    assert all("412 orang, bukan 400" in words for words in right.values()), right
    expect(second.get_by_text("Saluran ini masih membawa yang belum dikoreksi")).to_have_count(0)
