"""A reader turns notices on in Chromium, gets an article's title and lead, its correction in the same notice's place, and turns them off.

The browser's maker's push service is not asked: a stand-in that follows RFC 8030 takes what we send, it is opened with the browser's key as RFC 8291
says, and handed to the page's worker as the browser would hand it over.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import expect

from serikat.kernel.access import console
from serikat.kernel.jobs.worker import Worker
from serikat.messaging.services import sending
from serikat.messaging.services.channels import add_channel
from serikat.newsroom.models import Distribution, EditingRule
from serikat.newsroom.services import following, spreading
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.test_following import correct
from serikat.outreach.models import Subscription, Topic
from tests.journeys.browser import assert_accessible, assert_fits, shot, until, worker_at_work

HERE = "/langganan/pemberitahuan/"
CURVE, AUTH = ec.SECP256R1(), "BTBZMqHH6r4Tts7J_aSIgg"
# Where the maker's service would give the browser an address: everything else of the page and its worker is the browser's own.
SERVICE = """([endpoint, p256dh, auth]) => {
  let held = null;
  const made = { endpoint, toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }), unsubscribe: async () => { held = null; sessionStorage.removeItem("held"); return true; } };
  PushManager.prototype.subscribe = async (asked) => { window.asked = asked; sessionStorage.setItem("held", "yes"); return (held = made); };
  PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("held") ? made : null);
}"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, link: data.link }))"""


def raw(words):
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


@pytest.fixture
def key():
    return ec.generate_private_key(CURVE)


@pytest.fixture
def site(db, standin, monkeypatch):
    monkeypatch.setattr(sending, "next_allowed", lambda now, zone: now)
    builders.a_site()
    EditingRule.objects.create(approval_required=False)
    Topic.objects.create(name="Upah dan lembur", word="upah")
    values = {"contact": "mailto:a@b.example", "services": standin.root, "ttl": "60"}
    add_channel(actor=console("uji"), unit=builders.a_unit(), kind="webpush", name="Peramban", values=values, a_second=1000)


def point(key):
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(call, key):
    """What the browser reads of what was sent to it."""
    salt, theirs, sealed = call.body[:16], call.body[21:86], call.body[86:]
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))

    def derived(salt, secret, info, length):
        return HKDF(hashes.SHA256(), length, salt, info).derive(secret)

    first = derived(raw(AUTH), shared, b"WebPush: info\0" + point(key) + theirs, 32)
    secret = derived(salt, first, b"Content-Encoding: aes128gcm\0", 16)
    return AESGCM(secret).decrypt(derived(salt, first, b"Content-Encoding: nonce\0", 12), sealed, None)[:-1].decode()


def distribute(plan):
    spreading.submit_distribution(actor=console("uji"), distribution=plan)
    Worker().work_off()


def hand_over(page, words, shown):
    """As the browser does when its service has something, until its worker has shown it: what is handed over while a worker is stopped or started is
    lost now and then, and the same word twice is one notice."""
    for patience in (5, 5, 20):
        worker_at_work(page)
        deliver(page, words)
        with suppress(AssertionError):
            return until(page, f"async () => {{ const notices = await ({SHOWN})(); return {shown}; }}", seconds=patience)
    raise AssertionError(f"No notice was shown of {words}")


def deliver(page, words):
    devtools, found = page.context.new_cdp_session(page), []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    origin = page.evaluate("location.origin")
    registration = next(one["registrationId"] for one in found if one["scopeURL"].startswith(origin))
    devtools.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": registration, "data": words})
    devtools.detach()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_turns_notices_on_reads_one_and_its_correction_and_turns_them_off(open_page, site, standin, key, width):
    page = open_page(width=width, permissions=["notifications"])
    told = [standin.base("push") + "/peramban", base64.urlsafe_b64encode(point(key)).rstrip(b"=").decode(), AUTH]
    page.add_init_script(f"({SERVICE})({json.dumps(told)})")
    page.goto("/langganan/")
    page.get_by_role("link", name="Pemberitahuan di peramban ini").click()
    shot(page, "notices")
    assert_fits(page)
    page.wait_for_timeout(3100)  # nobody chooses faster
    page.get_by_role("button", name="Nyalakan di peramban ini").click()
    expect(page.get_by_text("Pilih paling sedikit satu topik").first).to_be_visible()
    page.get_by_label("Upah dan lembur").check()
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Nyalakan di peramban ini").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pemberitahuan menyala")
    assert_accessible(page)
    assert Subscription.objects.get(ended_at=None).topic.word == "upah"

    article = builders.an_article("Upah dibayar", lead="Perusahaan membayar sisa upah.")
    distribute(spreading.plan_distribution(actor=console("uji"), article=article))
    (call,) = standin.messages("push")
    words = opened(call, key)
    assert {name: json.loads(words)[name] for name in ("title", "body", "key")} == {
        "title": "Upah dibayar", "body": "Perusahaan membayar sisa upah.", "key": f"berita-{article.pk}",
    }  # fmt: skip
    page.goto("/berita/")
    hand_over(page, words, "notices.length === 1")
    correct(article)
    following.follow_article(article_id=article.pk)
    distribute(Distribution.objects.get(kind="correction"))
    (_first, call) = standin.messages("push")
    assert call.headers["topic"] == _first.headers["topic"]
    hand_over(page, opened(call, key), "notices[0].title.startsWith('Koreksi')")
    (notice,) = page.evaluate(SHOWN)
    assert (notice["title"], notice["tag"]) == ("Koreksi: Upah dibayar Senin, bukan Selasa.", f"berita-{article.pk}")

    worker = page.context.service_workers[0]
    went = """async (link) => {
      const went = [];
      clients.openWindow = async (address) => { went.push(address); };
      const [notification] = await registration.getNotifications();
      const pressed = new NotificationEvent("notificationclick", { notification: link ? { close() {}, data: { link } } : notification });
      dispatchEvent(pressed);
      await new Promise((done) => setTimeout(done, 100));
      return went;
    }"""
    path = notice["link"].partition("/s/")[2]
    assert worker.evaluate(went.replace("link ? { close() {}, data: { link } } : notification", "notification")) in (
        [notice["link"]], ["/"],
    )  # fmt: skip
    assert path

    page.goto(HERE)
    expect(page.get_by_text("Pemberitahuan menyala di peramban ini.")).to_be_visible()
    shot(page, "notices-on")
    page.get_by_role("button", name="Matikan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pemberitahuan mati")
    assert Subscription.objects.filter(ended_at=None).count() == 0
    page.goto(HERE)
    expect(page.get_by_text("Pemberitahuan menyala di peramban ini.")).to_be_hidden()


def test_a_reader_who_said_no_is_told_how_to_change_it(open_page, site):
    page = open_page(HERE)
    page.get_by_label("Upah dan lembur").check()
    page.evaluate("Notification.requestPermission = async () => 'denied'")
    page.get_by_role("button", name="Nyalakan di peramban ini").click()
    expect(page.get_by_role("status").filter(has_text="Izinkan di pengaturannya")).to_be_visible()
    assert_accessible(page)


def test_without_javascript_the_page_says_what_else_there_is(open_page, site):
    page = open_page(HERE, java_script_enabled=False)
    expect(page.get_by_text("Peramban ini tidak dapat memunculkan pemberitahuan")).to_be_visible()
    expect(page.get_by_role("button", name="Nyalakan di peramban ini")).to_be_hidden()
    page.get_by_role("link", name="Atau ikuti umpan RSS").click()
    assert page.url.endswith("/berita/rss.xml")
