"""Video and sound: made smaller by the real ffmpeg, published by somebody else, given out in stretches, withdrawn at once."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from serikat.accounts.models import Notice
from serikat.audit.models import Entry
from serikat.files import ffmpeg
from serikat.kernel.access import Role, actor_of
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.jobs.worker import Worker
from serikat.newsroom import films
from serikat.newsroom.models import Clip, LiveClip, Rendition, SafetyCheck, Series
from serikat.newsroom.rules.films import film_of
from serikat.newsroom.selectors import clips as reads
from serikat.newsroom.selectors.clips import clips_folder, clips_root
from serikat.newsroom.services import clips, cooking, series
from serikat.newsroom.services.safety import Unsettled
from serikat.newsroom.tests.builders import HARMLESS_SENT, an_article, image_file
from serikat.newsroom.tests.films import a_film, a_sound, body, cooked, needs_ffmpeg, shown, uploaded
from serikat.ui.rules import write_size

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
ABOVE = "/meja/redaksi/klip/"


# Making


@needs_ffmpeg
def test_a_film_becomes_240p_sound_and_360p_and_keeps_no_trace(sari, centre, django_capture_on_commit_callbacks):
    content = a_film(2, "1280x720", "hd.mp4")
    assert (b"RAHASIA" in content, b"106.8166" in content) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        clip = cooked(sari, centre, content)
    made = {r.name: r for r in clip.renditions.all()}
    assert {n: (r.width, r.height, r.media_type) for n, r in made.items()} == {
        "240": (426, 240, "video/mp4"),
        "suara": (0, 0, "audio/mp4"),
        "360": (640, 360, "video/mp4"),
    }
    for rendition in made.values():
        path = clips_root() / rendition.file
        found = film_of(films.probe(path))
        assert (path.stat().st_size, (found.width, found.height)) == (rendition.size, (rendition.width, rendition.height))
        assert [word in path.read_bytes() for word in (b"RAHASIA", b"106.8166", b"Lavf")] == [False, False, False]
        assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")  # it begins to play before it has come
    assert (clip.work, clip.original, round(clip.seconds), bool(clip.poster)) == ("ready", "", 2, True)
    names = {f.name.partition("-")[0] for f in clips_folder(clip).iterdir()}
    assert names == {"240", "360", "suara", "sampul"}


@needs_ffmpeg
@pytest.mark.parametrize(
    ("size", "made"),
    [
        ("320x180", {"240": (320, 180)}),
        ("270x480", {"240": (240, 426), "360": (270, 480)}),
        ("256x300", {"240": (240, 282), "360": (256, 300)}),
    ],
)
def test_a_film_is_never_made_larger(sari, centre, size, made):
    clip = cooked(sari, centre, a_film(1, size, f"{size}.mp4"))
    assert {r.name: (r.width, r.height) for r in clip.renditions.exclude(name="suara")} == made


@needs_ffmpeg
def test_a_sound_is_a_sound_and_a_job_may_run_twice(sari, centre):
    clip = cooked(sari, centre, a_sound(), name="rekaman.mp3")
    cooking.cook_clip(pk=clip.pk)
    assert (clip.kind, [r.name for r in clip.renditions.all()], clip.poster) == ("suara", ["suara"], "")


@needs_ffmpeg
def test_a_worker_that_comes_late_spoils_nothing(sari, centre, monkeypatch, django_capture_on_commit_callbacks):
    """It waits for its turn while another makes the clip and erases the upload."""
    clip = uploaded(sari, centre)
    alone = films.alone

    def made_meanwhile(folder):
        monkeypatch.setattr(films, "alone", alone)
        with django_capture_on_commit_callbacks(execute=True):
            cooking.cook_clip(pk=clip.pk)
        return alone(folder)

    monkeypatch.setattr(films, "alone", made_meanwhile)
    cooking.cook_clip(pk=clip.pk)
    clip.refresh_from_db()
    assert (clip.work, clip.renditions.count()) == ("ready", 3)


@needs_ffmpeg
def test_a_clip_is_made_by_the_worker(sari, centre):
    clip = uploaded(sari, centre)
    Worker().work_off()
    assert Clip.objects.get(pk=clip.pk).work == "ready"


def test_without_ffmpeg_the_file_itself_is_kept_and_the_desk_says_so(sign_in, sari, budi, centre, monkeypatch):
    monkeypatch.setattr(ffmpeg.shutil, "which", lambda name, **more: None)
    content = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"x" * 3000
    clip = cooked(sari, centre, content)
    client = sign_in(budi)
    assert (clip.work, "ffmpeg" in client.get(f"{ABOVE}{clip.pk}/").content.decode()) == ("plain", False)
    assert "belum diolah" in client.get(f"{ABOVE}{clip.pk}/").content.decode()
    assert "ffmpeg" in client.get(ABOVE + "unggah/").content.decode()
    live = shown(clip, budi)
    answer = client.get(f"/klip/{live.token}/{live.files[0]['file'].rpartition('/')[2]}")
    assert (body(answer), answer["Content-Type"]) == (content, "video/mp4")


# The desk


@needs_ffmpeg
def test_a_clip_is_published_by_somebody_who_did_not_work_on_it(sari, budi, rini, centre):
    clip = cooked(rini, centre)
    clips.change_clip(actor=actor_of(budi), clip=clip, title="Judul baru")
    for worked in (budi,):
        with pytest.raises(clips.OwnClip):
            shown(clip, worked)
    with pytest.raises(Denied):
        shown(clip, rini)
    live = shown(clip, sari)
    assert (live.title, Notice.objects.filter(user=rini).count(), clip.touched.count()) == ("Judul baru", 1, 0)
    clips.change_clip(actor=actor_of(sari), clip=Clip.objects.get(), title="Diubah lagi")
    assert LiveClip.objects.get().title == "Judul baru"
    assert reads.desk_page(actor_of(sari), Clip.objects.get())["own_work"]
    with pytest.raises(Denied):
        clips.change_clip(actor=actor_of(rini), clip=Clip.objects.get(), title="Punya saya")
    assert shown(Clip.objects.get(), budi).title == "Diubah lagi"
    assert Entry.objects.filter(action__startswith="newsroom.clip.").count() == 5


@needs_ffmpeg
@needs_ffmpeg
def test_a_clip_is_published_with_answers_about_what_was_watched(sign_in, sari, budi, centre):
    clip = cooked(sari, centre)
    with pytest.raises(Unsettled):
        clips.publish_clip(actor=actor_of(budi), clip=clip)
    client = sign_in(budi)
    page, publish = (reverse(f"newsroom_desk:{name}", args=[clip.pk]) for name in ("clip", "publish_clip"))
    seen = client.get(page).context["safety"]["seen"].value()
    assert client.post(publish, {"seen": seen, **HARMLESS_SENT, "face": "yes"}).status_code == 422
    clips.change_clip(actor=actor_of(sari), clip=clip, title="Judul lain")
    assert client.post(publish, {"seen": seen, **HARMLESS_SENT}).status_code == 302
    assert (LiveClip.objects.count(), SafetyCheck.objects.count()) == (0, 0)  # not what was watched: asked anew
    seen = client.get(page).context["safety"]["seen"].value()
    client.post(publish, {"seen": seen, **HARMLESS_SENT, "face": "yes", "face_because": "mereka setuju"})
    kept = SafetyCheck.objects.get(clip=clip)
    assert (LiveClip.objects.count(), kept.by, kept.digest, kept.reasons["face"]) == (1, budi, seen, "mereka setuju")
    assert "tampil, karena mereka setuju" in client.get(page).content.decode()


def test_a_contributor_sees_their_own_and_an_editor_those_in_reach(client, user, give, sari, wati, rini, centre):
    other = user("Tono")
    give(other, centre, Role.CONTRIBUTOR)
    clip = uploaded(rini, centre)
    seen = {someone.name: reads.clips(actor_of(someone)).count() for someone in (rini, other, sari, wati)}
    assert seen == {"Rini": 1, "Tono": 0, "Sari": 1, "Wati": 0}
    with pytest.raises(Missing):
        reads.clip_for(actor_of(other), clip.pk)


@needs_ffmpeg
def test_a_poster_is_a_second_of_the_clip_or_a_picture(sari, centre, django_capture_on_commit_callbacks):
    clip = cooked(sari, centre)
    first = clip.poster
    with django_capture_on_commit_callbacks(execute=True):
        clips.choose_poster(actor=actor_of(sari), clip=clip, second=1.5)
    assert (clip.poster != first, (clips_root() / first).exists(), (clips_root() / clip.poster).exists()) == (
        True,
        False,
        True,
    )
    clips.choose_poster(actor=actor_of(sari), clip=clip, picture=image_file(2000, 1000))
    with pytest.raises(clips.NoPicture):
        clips.choose_poster(actor=actor_of(sari), clip=clip, second=900)
    with pytest.raises(Refused):
        clips.choose_poster(actor=actor_of(sari), clip=clip, picture=io.BytesIO(b"<svg onload=alert(1)>"))


@needs_ffmpeg
def test_captions_are_kept_clean_and_make_the_transcript(sign_in, sari, centre):
    clip = cooked(sari, centre)
    client = sign_in(sari)
    at = f"{ABOVE}{clip.pk}/takarir/"
    hostile = b"1\n00:00:00,000 --> 00:00:01,000\n<script>alert(1)</script><v Sari>Selamat</v> &lt;img src=x&gt;pagi\n"
    assert client.post(at, {"file": SimpleUploadedFile("a.srt", hostile)}).status_code == 302
    clip.refresh_from_db()
    assert clip.captions == "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nalert(1)Sari: Selamat pagi\n"
    assert client.post(at, {"typed": "0:00 0:01 Satu\n0:01 Dua"}).status_code == 302
    clip.refresh_from_db()
    assert clips.transcript_of(clip) == "Satu Dua"
    wrong = client.post(at, {"typed": "0:00 0:01 Satu\ntanpa waktu"})
    assert (wrong.status_code, "Baris 2 tidak dimulai dengan waktu" in wrong.content.decode()) == (422, True)
    assert "tanpa waktu" in wrong.content.decode()
    huge = client.post(at, {"file": SimpleUploadedFile("a.vtt", b"WEBVTT\n" + b"x" * 1_100_000)})
    assert (huge.status_code, "terlalu panjang" in huge.content.decode()) == (422, True)
    picture = client.post(at, {"file": SimpleUploadedFile("a.vtt", b"\x89PNG\r\n\0\0\0")})
    assert picture.status_code == 422


def test_the_list_asks_the_same_number_of_queries_with_more_clips(sign_in, sari, centre):
    client, counted = sign_in(sari), []
    for number in (1, 3):
        while Clip.objects.count() < number:
            Clip.objects.create(title="Klip", slug=f"klip-{Clip.objects.count()}", unit=centre, uploaded_by=sari)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(ABOVE)
        counted.append(len(queries))
    assert counted[0] == counted[1]


# The public


@pytest.fixture
def live(sari, budi, centre, site_of_centre):
    clip = cooked(sari, centre)
    clips.caption_clip(actor=actor_of(sari), clip=clip, typed="0:00 0:01 Upah dibayar")
    return shown(clip, budi)


@pytest.fixture
def site_of_centre(home, index):
    return home


@needs_ffmpeg
def test_nothing_is_public_before_it_is_published_and_nothing_after_it_was_withdrawn(
    client, sari, budi, centre, site_of_centre
):
    clip = cooked(sari, centre)
    file = clip.renditions.get(name="240").file.rpartition("/")[2]
    addresses = [f"/video/{clip.slug}/", f"/klip/{clip.token}/{file}", f"/klip/{clip.token}/takarir.vtt", "/seri/x/"]
    assert [client.get(a).status_code for a in addresses] == [404] * 4
    clips.caption_clip(actor=actor_of(sari), clip=clip, typed="0:00 0:01 Upah")
    live = shown(clip, budi)
    assert [client.get(a).status_code for a in addresses] == [200, 200, 200, 404]
    with pytest.raises(clips.StillShown):
        clips.delete_clip(actor=actor_of(sari), clip=clip)
    with pytest.raises(Refused):
        clips.withdraw_clip(actor=actor_of(sari), clip=clip, reason=" ")
    clips.withdraw_clip(actor=actor_of(sari), clip=clip, reason="Wajah terlihat")
    assert [client.get(a).status_code for a in addresses] == [410, 404, 404, 404]
    assert live.title.encode() not in client.get("/suara/podcast.xml").content
    assert shown(Clip.objects.get(), budi).token != live.token


@needs_ffmpeg
def test_deleting_a_clip_takes_its_files(sari, centre, django_capture_on_commit_callbacks):
    clip = cooked(sari, centre)
    folder = clips_folder(clip)
    assert folder.is_dir()
    with django_capture_on_commit_callbacks(execute=True):
        clips.delete_clip(actor=actor_of(sari), clip=clip)
    assert (folder.exists(), Rendition.objects.count()) == (False, 0)


@needs_ffmpeg
def test_the_page_says_the_megabytes_and_plays_without_a_script(client, live):
    page = client.get(live.path).content.decode()
    weights = [f"{r.get_name_display()}, {write_size(r.size, 'id')}" in page for r in live.clip.renditions.all()]
    assert (weights, 'preload="none"' in page, "<track" in page, "Upah dibayar" in page) == ([True] * 3, True, True, True)
    assert "<audio" in client.get(live.path + "?mutu=suara").content.decode()
    assert live.title in client.get("/video/").content.decode()
    english = client.get("/en" + live.path)
    assert (english.status_code, 'lang="id"' in english.content.decode()) == (200, True)


STRETCHES = [
    ("bytes=0-99", 206, (0, 99)),
    ("bytes=100-", 206, (100, None)),
    ("bytes=-50", 206, (-50, None)),
    ("bytes=0-99999999999", 206, (0, None)),
    ("bytes=99999999999-", 416, None),
    ("bytes=-0", 416, None),
    ("bytes=9-2", 200, (0, None)),
    ("bytes=0-1,5-6", 200, (0, None)),
    ("lines=1-2", 200, (0, None)),
]


@needs_ffmpeg
def test_a_file_is_given_in_stretches(client, live):
    file = live.files[0]
    whole = (clips_root() / file["file"]).read_bytes()
    at = f"/klip/{live.token}/{file['file'].rpartition('/')[2]}"
    for asked, status, stretch in STRETCHES:
        answer = client.get(at, headers={"Range": asked})
        assert (asked, answer.status_code, answer["Accept-Ranges"]) == (asked, status, "bytes")
        if stretch is None:
            assert (asked, answer["Content-Range"]) == (asked, f"bytes */{len(whole)}")
            continue
        start, end = stretch[0] % len(whole), len(whole) - 1 if stretch[1] is None else stretch[1]
        assert (asked, body(answer) == whole[start : end + 1]) == (asked, True)
        assert (asked, answer["Content-Length"]) == (asked, str(end - start + 1))
        where = f"bytes {start}-{end}/{len(whole)}" if status == 206 else None
        assert (asked, answer.get("Content-Range")) == (asked, where)
        assert ("max-age=3600" in answer["Cache-Control"], "Set-Cookie" in answer) == (True, False)


@needs_ffmpeg
def test_a_file_that_did_not_change_is_not_sent_again(client, live):
    at = f"/klip/{live.token}/{live.files[0]['file'].rpartition('/')[2]}"
    tag = client.get(at)["ETag"]
    assert client.get(at, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(at, headers={"If-Range": '"other"', "Range": "bytes=0-9"}).status_code == 200
    assert client.get(at, headers={"If-Range": tag, "Range": "bytes=0-9"}).status_code == 206
    head = client.head(at, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head["Content-Length"]) == (206, "10")
    assert client.get(at + "?unduh")["Content-Disposition"].startswith("attachment")
    assert client.get(f"/klip/{live.token}/..%2f..%2fetc%2fpasswd").status_code == 404


@needs_ffmpeg
def test_a_podcast_lists_the_sound_with_its_true_length(client, live, sari, budi, settings):
    made = series.add_series(actor=actor_of(sari), title="Suara Gerbang", about="Tiap pekan.", picture=image_file(900, 700))
    clips.change_clip(actor=actor_of(sari), clip=live.clip, title="Bagian <satu>", series=made)
    shown(live.clip, budi)
    for address, title in (("/suara/podcast.xml", None), (f"/seri/{made.slug}/podcast.xml", "Suara Gerbang")):
        answer = client.get(address)
        channel = ET.fromstring(answer.content).find("channel")
        assert answer["Content-Type"].startswith("application/rss+xml")
        needed = ("title", "link", "description", "language", f"{ITUNES}author", f"{ITUNES}explicit")
        assert [name for name in needed if not (channel.findtext(name) or "").strip()] == []
        assert title in (None, channel.findtext("title"))
        assert channel.find(f"{ITUNES}category").get("text") == "News"
        assert channel.find(f"{ITUNES}image").get("href").startswith("http")
        (item,) = channel.findall("item")
        enclosure = item.find("enclosure")
        path = enclosure.get("url").removeprefix(settings.SITE_ADDRESS)
        assert (item.findtext("title"), enclosure.get("type"), item.findtext(f"{ITUNES}duration")) == (
            "Bagian <satu>",
            "audio/x-m4a",
            "2",
        )
        assert len(body(client.get(path))) == int(enclosure.get("length"))
    assert client.get(f"/seri/{made.slug}/").status_code == 200
    with pytest.raises(series.SeriesInUse):
        series.remove_series(actor=actor_of(sari), series=made)
    with pytest.raises(series.SeriesTaken):
        series.add_series(actor=actor_of(sari), title="Suara gerbang")
    assert (Series.objects.count(), client.get("/seri/tidak-ada/podcast.xml").status_code) == (1, 404)


@needs_ffmpeg
def test_an_article_shows_a_clip_until_it_is_withdrawn(client, live, sari, budi, settings):
    block = ("embed", {"url": f"{settings.SITE_ADDRESS}/en{live.path}", "title": ""})
    page = an_article("Dengan video", body=[("paragraph", "<p>Isi.</p>"), block])
    small = live.files[0]["file"].rpartition("/")[2]

    def seen():
        html = client.get(f"/berita/{page.slug}/").content.decode()
        return small in html, "<figure" in html, 'preload="none"' in html

    assert seen() == (True, True, True)
    clips.withdraw_clip(actor=actor_of(sari), clip=live.clip, reason="Wajah terlihat")
    Worker().work_off()
    assert seen() == (False, False, False)
    shown(Clip.objects.get(), budi)
    Worker().work_off()
    assert seen() == (True, True, True)
