"""A recorded voice as others can play it: made by a real ffmpeg, in memory, or refused."""

from __future__ import annotations

import hashlib
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from serikat.files import ffmpeg
from serikat.files.ffmpeg import CannotRead, as_voice
from serikat.files.forms import UploadField
from serikat.files.inspection import kind_of
from tests.parts.programs import find


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Two seconds as a browser records them, with a tag that tells something."""
    program = find("ffmpeg") or pytest.skip("no ffmpeg on this computer")
    made = tmp_path_factory.mktemp("sounds") / "suara.webm"
    source = ("-f", "lavfi", "-i", "sine=duration=2", "-ac", "2", "-metadata", "comment=PABRIK-RAHASIA")
    subprocess.run([program, "-v", "error", *source, "-c:a", "libopus", made], check=True)
    return made.read_bytes()


def test_a_recording_becomes_a_sound_of_one_channel_without_tags(recorded, tmp_path):
    found = as_voice(recorded)
    assert kind_of(found, "suara") == "audio/mp4"
    (tmp_path / "a").write_bytes(found)
    asked = ("-show_entries", "stream=channels:format=duration", "-of", "csv=p=0")
    said = subprocess.run(["ffprobe", "-v", "error", *asked, tmp_path / "a"], capture_output=True, check=True, text=True)
    channels, seconds = said.stdout.split()
    assert (channels.strip(","), 1.9 < float(seconds) < 2.2) == ("1", True)
    assert b"RAHASIA" not in found


def test_nothing_of_it_is_written_to_a_disk(recorded, monkeypatch, tmp_path):
    asked = []
    real = ffmpeg.run
    monkeypatch.setattr(
        ffmpeg, "run", lambda command, *more, **options: asked.append(command) or real(command, *more, **options)
    )
    as_voice(recorded)
    paths = [word for word in asked[0] if word.startswith("file:")]
    assert len(paths) == 2
    assert all(path.startswith("file:/proc/self/fd/") for path in paths)


@pytest.mark.parametrize("content", [b"", b"\x1aE\xdf\xa3 bukan suara", b"#EXTM3U\nfile:///etc/passwd\n"])
def test_what_is_no_sound_is_refused(content):
    with pytest.raises(CannotRead):
        as_voice(content)


def test_without_ffmpeg_nothing_is_made(monkeypatch):
    monkeypatch.setattr(ffmpeg.shutil, "which", lambda name, **more: None)
    with pytest.raises(CannotRead):
        as_voice(b"x")


def handed_in(content, name, **how):
    field = UploadField(voice=True, **how)
    return field.clean(SimpleUploadedFile(name, content))


def test_a_voice_for_others_is_one_that_phones_play_and_evidence_stays(recorded):
    played, kept = handed_in(recorded, "suara.webm", played=True), handed_in(recorded, "suara.webm")
    assert (played.name, played.kind, kind_of(played.content)) == ("suara.m4a", "audio/mp4", "audio/mp4")
    assert played.sha256 == hashlib.sha256(played.content).hexdigest()
    assert (kept.name, kept.content) == ("suara.webm", recorded)
    assert handed_in(played.content, "suara.m4a", played=True).content == played.content


def test_a_recording_in_which_nothing_can_be_heard_goes_as_it_is(recorded):
    broken = recorded[: recorded.index(b"\x1f\x43\xb6\x75")]  # up to where its first sounds begin
    assert handed_in(broken, "suara.webm", played=True).content == broken
