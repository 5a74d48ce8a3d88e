"""Uploads in pieces: resumed, refused in words, limited, swept."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from serikat.files.ffmpeg import have_ffmpeg
from serikat.newsroom.models import Clip, ClipUpload
from serikat.newsroom.selectors.clips import came, clips_folder, clips_root
from serikat.newsroom.services import cooking, uploads
from serikat.newsroom.tests.films import a_film, begun, many_tracks, needs_ffmpeg

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
ABOVE = "/meja/redaksi/klip/"


def test_an_upload_goes_on_where_it_stopped(sign_in, sari, centre, django_capture_on_commit_callbacks):
    """Killed at 60 %, in the middle of a piece: what came of it counts, the offset says so, and the rest completes it."""
    content = a_film() if have_ffmpeg() else b"\0\0\0\x18ftypmp42" + b"x" * 5000
    client = sign_in(sari)
    told = {"title": "Aksi", "unit": centre.pk, "name": "VID.mp4", "size": len(content)}
    at = client.post(ABOVE + "unggah/mulai/", told).json()["at"]
    most = len(content) * 6 // 10
    upload = ClipUpload.objects.get()
    uploads.add_piece(upload=upload, offset=0, piece=io.BytesIO(content[:most]), length=len(content) * 8 // 10)  # breaks off
    answer = client.get(at)
    assert (answer.json(), answer["Upload-Offset"]) == ({"offset": most, "size": len(content)}, str(most))
    assert client.head(at)["Upload-Offset"] == str(most)
    kind = {"content_type": "application/offset+octet-stream"}
    wrong = client.patch(at, content[most - 5 :], **kind, headers={"Upload-Offset": str(most - 5)})
    assert (wrong.status_code, wrong.json()["offset"]) == (409, most)
    rest = client.patch(at, content[most:], **kind, headers={"Upload-Offset": str(most)})
    assert (rest.status_code, rest.json()["offset"]) == (200, len(content))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(at + "selesai/")
    clip = Clip.objects.get()
    assert (done.json(), clip.title) == ({"done": f"{ABOVE}{clip.pk}/"}, "Aksi")
    assert (clips_root() / clip.original).read_bytes() == content
    assert (ClipUpload.objects.count(), client.get(at).status_code) == (0, 404)


@needs_ffmpeg
def test_a_plain_form_uploads_without_a_script(sign_in, rini, centre):
    client = sign_in(rini)
    answer = client.post(
        ABOVE + "unggah/", {"title": "Rapat", "unit": centre.pk, "file": SimpleUploadedFile("a.mp4", a_film())}
    )
    clip = Clip.objects.get()
    assert (answer.status_code, answer["Location"], clip.uploaded_by) == (302, f"{ABOVE}{clip.pk}/", rini)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"", "kosong"),
        (lambda: b"bukan video" * 500, "bukan video"),
        (lambda: b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "bukan video"),
        (lambda: b"ffconcat version 1.0\nfile '/etc/passwd'\n", "bukan video"),
        (many_tracks, "terlalu banyak jalur"),
        (lambda: a_film(1, "4352x64", "lebar.mp4"), "tidak wajar"),
        (lambda: b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0\0", "nol detik"),
    ],
    ids=["empty", "words", "playlist", "concat", "tracks", "wide", "no-seconds"],
)
@needs_ffmpeg
def test_what_is_no_film_is_refused_in_words(sign_in, sari, centre, content, says, django_capture_on_commit_callbacks):
    told = {"title": "Klip", "unit": centre.pk, "file": SimpleUploadedFile("a.mp4", content())}
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(sari).post(ABOVE + "unggah/", told)
    if answer.status_code == 302:  # its length is measured in the job
        with django_capture_on_commit_callbacks(execute=True):
            cooking.cook_clip(pk=Clip.objects.get().pk)
        answer = sign_in(sari).get(answer["Location"])
        assert (Clip.objects.get().work, list(clips_folder(Clip.objects.get()).glob("*"))) == ("refused", [])
    else:
        assert (answer.status_code, Clip.objects.count(), ClipUpload.objects.count()) == (422, 0, 0)
        assert 'value="Klip"' in answer.content.decode()
    assert says in answer.content.decode()


def test_what_is_too_large_or_too_much_is_refused_before_anything_is_sent(sign_in, sari, centre, settings):
    client = sign_in(sari)
    told = {"title": "Klip", "unit": centre.pk, "name": "a.mp4", "size": 4 * 10**9}
    answer = client.post(ABOVE + "unggah/mulai/", told)
    assert (answer.status_code, "paling besar 2,1 GB" in answer.json()["problem"]) == (413, True)
    for _number in range(uploads.MOST_OPEN):
        begun(sari, centre, b"x" * 10)
    with pytest.raises(uploads.TooManyUploads):
        begun(sari, centre, b"x")
    upload = ClipUpload.objects.first()
    with pytest.raises(uploads.TooMuch):
        uploads.add_piece(upload=upload, offset=0, piece=io.BytesIO(b"x" * 11), length=11)
    at = f"{ABOVE}unggah/{upload.pk}/"
    assert client.patch(at, b"x", content_type="application/octet-stream").status_code == 400
    assert client.post(at + "selesai/").status_code == 422


def test_nobody_goes_on_with_anothers_upload(client, sari, budi, centre):
    upload = begun(sari, centre, b"x" * 10)
    client.force_login(budi)
    answers = [client.get(f"{ABOVE}unggah/{upload.pk}/"), client.post(f"{ABOVE}unggah/{upload.pk}/batal/")]
    assert ([a.status_code for a in answers], ClipUpload.objects.count()) == ([404, 404], 1)


def test_uploads_that_nobody_went_on_with_are_swept(sari, centre, django_capture_on_commit_callbacks):
    old, fresh = begun(sari, centre, b"x" * 10), begun(sari, centre, b"y" * 10)
    for upload in (old, fresh):
        uploads.add_piece(upload=upload, offset=0, piece=io.BytesIO(b"zz"), length=2)
    ClipUpload.objects.filter(pk=old.pk).update(moved_at=timezone.now() - timedelta(days=4))
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.sweep_uploads() == 1
    assert (came(old), came(fresh), ClipUpload.objects.get()) == (0, 2, fresh)


def test_json_of_an_upload_says_what_is_wrong_with_it(sign_in, sari):
    answer = sign_in(sari).post(ABOVE + "unggah/mulai/", {"title": "", "unit": "x", "name": "a", "size": "banyak"})
    assert (answer.status_code, list(json.loads(answer.content))) == (422, ["problem"])
