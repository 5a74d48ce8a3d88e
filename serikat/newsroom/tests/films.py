"""Real clips for tests, made by ffmpeg from its own test pictures; a test that needs them is skipped aloud where there is no ffmpeg."""

from __future__ import annotations

import atexit
import functools
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from serikat.files.ffmpeg import have_ffmpeg
from serikat.kernel.access import actor_of
from serikat.newsroom.models import Clip
from serikat.newsroom.services import clips, cooking, uploads
from serikat.newsroom.tests.builders import HARMLESS


def needs_ffmpeg(test):
    """A test that makes real clips: skipped aloud where there is no ffmpeg, and a second or two long, so not for `./test quick`."""
    return pytest.mark.slow(pytest.mark.skipif(not have_ffmpeg(), reason="no ffmpeg on this computer")(test))


PICTURE = ("-f", "lavfi", "-i")
SECRETS = (
    "-metadata",
    "comment=-06.2000+106.8166/",
    "-metadata",
    "make=TELEPON-RAHASIA",
    "-metadata",
    "title=NAMA-RAHASIA",
)


@functools.cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="serikat-films-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def _made(name: str, *arguments: str) -> bytes:
    path = _folder() / name
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-loglevel", "error", *arguments, str(path)], check=True)
    return path.read_bytes()


def a_film(seconds: float = 2, size: str = "640x360", name: str = "a.mp4", *more: str) -> bytes:
    """A moving picture with a tone, and a place and a device in its tags."""
    source = (*PICTURE, f"testsrc2=size={size}:rate=25", *PICTURE, "sine=frequency=440", "-t", str(seconds))
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    return _made(f"{seconds}-{size}-{name}", *source, *SECRETS, *codecs, *more)


def a_sound(seconds: float = 2) -> bytes:
    return _made(f"{seconds}.mp3", *PICTURE, f"sine=frequency=440:duration={seconds}", *SECRETS[:6])


def many_tracks(count: int = 200) -> bytes:
    maps = [word for _number in range(count) for word in ("-map", "0:a")]
    return _made(f"{count}.mka", *PICTURE, "sine=frequency=440:duration=1", *maps, "-c:a", "pcm_s16le")


def begun(someone, unit, content, *, title="Aksi di gerbang", name="VID.mp4"):
    return uploads.begin_upload(actor=actor_of(someone), unit=unit, title=title, name=name, size=len(content))


def uploaded(someone, unit, content=None, **words):
    content = a_film() if content is None else content
    upload = begun(someone, unit, content, **words)
    for at in range(0, len(content), uploads.LARGEST_PIECE):
        piece = content[at : at + uploads.LARGEST_PIECE]
        uploads.add_piece(upload=upload, offset=at, piece=io.BytesIO(piece), length=len(piece))
    return uploads.finish_upload(actor=actor_of(someone), upload=upload)


def cooked(*arguments, **words):
    clip = uploaded(*arguments, **words)
    cooking.cook_clip(pk=clip.pk)
    return Clip.objects.get(pk=clip.pk)


def shown(clip, by):
    return clips.publish_clip(actor=actor_of(by), clip=clip, answers=HARMLESS)


def body(answer):
    return b"".join(answer.streaming_content)
