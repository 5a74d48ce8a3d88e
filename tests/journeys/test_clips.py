"""A real video goes the whole way in a real browser: sent from a phone, killed in the middle, gone on with after a reload, made smaller, captioned beside
the player, published by somebody else, watched by a reader, heard in a podcast."""

from __future__ import annotations

import re
import threading
import time
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client

from serikat.kernel.access import Role
from serikat.kernel.jobs.worker import Worker
from serikat.newsroom import films
from serikat.newsroom.models import Clip, ClipUpload
from serikat.newsroom.rules.films import film_of
from serikat.newsroom.selectors.clips import came, clips_root
from serikat.newsroom.tests.builders import a_site, a_unit
from serikat.newsroom.tests.films import a_film, needs_ffmpeg
from serikat.people.tests.factories import make_actor
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.safety import nothing_shows

PIECES = re.compile(r"/klip/unggah/[0-9a-f-]{36}/$")
ONE_PIECE = 1 << 20


@pytest.fixture
def house(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.CLIPS_ROOT, settings.UPLOADS_ROOT = tmp_path / "clips", tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "media"
    unit = a_unit()
    a_site()
    return {role: make_actor(role, unit=unit).user_id for role in (Role.CONTRIBUTOR, Role.EDITOR)}


def sign_in(page, user_id, settings, live_server):
    from django.contrib.auth import get_user_model  # reason: apps must be ready

    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id), backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def until(page, said, seconds=20):
    """Wait until an expression is true; the strict content policy forbids Playwright's own way."""
    for _turn in range(seconds * 5):
        if page.evaluate(said):
            return
        page.wait_for_timeout(200)
    pytest.fail(f"never true: {said}")


@needs_ffmpeg
def test_a_video_goes_the_whole_way(open_page, house, settings, live_server, tmp_path):
    content = a_film(6, "1280x720", "besar.mp4", "-b:v", "9M", "-minrate", "9M", "-maxrate", "9M", "-bufsize", "9M")
    assert len(content) > 5 * ONE_PIECE
    video = tmp_path / "VID_20260501.mp4"
    video.write_bytes(content)
    page = open_page()
    sign_in(page, house[Role.CONTRIBUTOR], settings, live_server)

    # sent, and killed at 60 %
    page.goto("/meja/redaksi/klip/unggah/")
    shot(page, "clip-upload")
    most = len(content) * 6 // 10

    def break_off(route):
        if int(route.request.headers["upload-offset"]) + ONE_PIECE > most:
            route.abort()
        else:
            route.continue_()

    page.route(PIECES, lambda route: break_off(route) if route.request.method == "PATCH" else route.continue_())
    page.fill("[name=title]", "Gerbang pagi")
    page.set_input_files("[name=file]", video)
    page.click("form[data-pieces] button[type=submit]")
    page.wait_for_selector("[data-waits]:not([hidden])")
    stood = came(ClipUpload.objects.get())
    assert most - ONE_PIECE <= stood <= most
    assert int(page.text_content("[data-now]")) == stood * 100 // len(content)
    shot(page, "clip-broken-off")
    page.goto("about:blank")
    open_page.problems.clear()  # the break was meant
    page.unroute(PIECES)
    page.wait_for_timeout(500)  # a piece that was held back while the page died may come yet
    stood = came(ClipUpload.objects.get())

    # gone on with after a reload: only what was missing is sent
    sent = []
    page.on("request", lambda r: sent.append(int(r.headers["upload-offset"])) if r.method == "PATCH" else None)
    page.goto("/meja/redaksi/klip/unggah/")
    assert page.locator(".lines b").all_text_contents() == ["Gerbang pagi"]
    page.fill("[name=title]", "Gerbang pagi")
    page.set_input_files("[name=file]", video)
    page.click("form[data-pieces] button[type=submit]")
    page.wait_for_url(re.compile(r"/klip/\d+/$"))
    clip = Clip.objects.get()
    assert (min(sent), (clips_root() / clip.original).read_bytes() == content) == (stood, True)

    # made smaller by a job, with its progress
    def work():
        Worker().work_off()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    shown = False
    while worker.is_alive() and not shown:  # a quick machine is done before the page asks by itself
        page.goto(f"/meja/redaksi/klip/{clip.pk}/")
        shown = page.locator("progress").count() == 1
    worker.join(120)
    assert shown
    page.goto(f"/meja/redaksi/klip/{clip.pk}/")
    assert page.locator("video[poster]").count() == 1

    # captions beside the player, with its own time
    page.evaluate("document.getElementById('pemutar').currentTime = 2")
    until(page, "document.getElementById('pemutar').currentTime == 2")
    page.click("#takarir [data-moment]")
    page.type("[name=typed]", "Jam lima pagi, gerbang masih ditutup.")
    page.click("#takarir button[type=submit]")
    page.wait_for_load_state()
    assert page.input_value("[name=typed]").startswith("0:02 ")
    page.fill("[name=second]", "3")
    page.click("form[action$='/sampul/'] button[type=submit]")
    page.wait_for_load_state()
    assert page.locator("text=Tayangkan").count() == 0
    shot(page, "clip-desk")
    assert_accessible(page, looks=[(360, "light"), (1280, "dark")])
    assert_fits(page)

    # published by somebody else
    editor = open_page(width=1280)
    sign_in(editor, house[Role.EDITOR], settings, live_server)
    editor.goto(f"/meja/redaksi/klip/{clip.pk}/")
    nothing_shows(editor).click("form[action$='/tayangkan/'] button")
    editor.wait_for_load_state()

    # watched: nothing is loaded before the tap; then it plays, in stretches
    reader = open_page()
    asked = []
    reader.on("response", lambda r: asked.append((r.status, r.headers.get("content-range"))) if ".mp4" in r.url else None)
    reader.goto(clip_path := f"/video/{clip.slug}/")
    assert (asked, "Jam lima pagi" in reader.text_content("main")) == ([], True)
    assert re.search(r"240p, [\d,]+ [kM]B", reader.text_content(".choices"))
    shot(reader, "clip-public")
    assert_accessible(reader, looks=[(360, "light"), (1280, "dark")])
    assert_fits(reader)
    reader.evaluate("(p => { p.muted = true; p.play().catch(() => {}) })(document.getElementById('pemutar'))")
    small = clip.renditions.get(name="240")
    if reader.evaluate("document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.42E01E, mp4a.40.2\"')"):
        until(reader, "document.getElementById('pemutar').currentTime > 0.5")
    else:
        time.sleep(2)
        found = film_of(films.probe(clips_root() / small.file))
        assert (found.height, round(found.seconds)) == (240, 6)
    assert (asked[0][0], asked[0][1].endswith(f"/{small.size}")) == (206, True)

    # heard
    feed = reader.request.get("/suara/podcast.xml").body()
    (item,) = ET.fromstring(feed).iter("item")  # noqa: S314 our own feed
    sound = clip.renditions.get(name="suara")
    assert (item.findtext("title"), item.find("enclosure").get("length")) == ("Gerbang pagi", str(sound.size))

    # withdrawn: the page says so, its files are not there
    file = reader.get_attribute("#pemutar source", "src")
    editor.goto(f"/meja/redaksi/klip/{clip.pk}/")
    editor.fill("[name=reason]", "Wajah terlihat")
    editor.click("form[action$='/tarik/'] button")
    editor.wait_for_load_state()
    assert [reader.request.get(address).status for address in (clip_path, file)] == [410, 404]
