"""ffmpeg and ffprobe: what is in a file, and making smaller files of it. Both read what strangers send, so they run on a short leash: only the
formats that phones and recorders make, only the one file, no questions, politely, one at a time, and never longer than the film allows.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from serikat.newsroom.rules.films import LONGEST, Film, Target, patience

# Demuxers that may be used. Playlists (hls, concat, dash, ffmetadata, sdp, image sequences) are not among them: they read other files.
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mp3,ogg,wav,avi,mpegts,mpeg,flac,aac,amr,asf"
LEASH = ("-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file", "-format_whitelist", FORMATS)
# Nothing of where and with what it was filmed stays: no tags, no chapters, no marks of the programs.
CLEAN = ("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-sn", "-dn")
BIT_EXACT = ("-flags:v", "+bitexact", "-flags:a", "+bitexact")
LOOKING = 40  # seconds that looking into a file may take
LARGEST_ANSWER = 2_000_000


class CannotRead(Exception):
    """The file is none of the formats, or broken, or took too long."""


def have_ffmpeg() -> bool:
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def probe(path: Path) -> dict[str, Any]:
    """What ffprobe says of a file's tracks and length."""
    asked = ("-show_entries", "format=duration:stream:stream_tags=rotate:stream_side_data=rotation", "-of", "json")
    command = [*_polite(), "ffprobe", *LEASH, "-max_streams", "300", *asked, "-i", _named(path)]
    answer = _run(command, LOOKING)
    try:
        found = json.loads(answer[:LARGEST_ANSWER] or b"{}")
    except ValueError as error:
        raise CannotRead from error
    if not found.get("streams"):
        raise CannotRead
    return found  # type: ignore[no-any-return]


def measure(path: Path) -> float:
    """The length of a file that does not say it, found by reading it to its end without decoding."""
    command = [
        *_polite(),
        "ffmpeg",
        "-nostdin",
        *LEASH,
        "-i",
        _named(path),
        "-map",
        "0",
        "-c",
        "copy",
        "-f",
        "null",
        "-progress",
    ]
    answer = _run([*command, "pipe:1", "-"], LOOKING * 3)
    moments = [line.partition("=")[2] for line in answer.decode("ascii", "replace").splitlines() if "out_time_us=" in line]
    return int(moments[-1]) / 1e6 if moments and moments[-1].lstrip("-").isdigit() else 0.0


def make(path: Path, film: Film, target: Target, out: Path, told: Callable[[float], None] = lambda seconds: None) -> None:
    """Make one file; `told` hears how many seconds of it stand. A file that cannot be finished is taken away again."""
    maps = [f"0:{track}" for track in ((film.video,) if target.width else ()) + (film.audio,) if track >= 0]
    command = [*_polite(), "ffmpeg", "-nostdin", "-y", *LEASH, "-i", _named(path), "-t", str(LONGEST)]
    for track in maps:
        command += ["-map", track]
    command += [
        *CLEAN,
        *BIT_EXACT,
        *target.options,
        "-movflags",
        "+faststart",
        "-progress",
        "pipe:1",
        "-f",
        "mp4",
        _named(out),
    ]
    try:
        _run(command, patience(film.seconds), told)
        if not out.is_file() or not out.stat().st_size:
            raise CannotRead
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def picture_at(path: Path, second: float) -> bytes:
    """One picture of a film, as JPEG with nothing else in it."""
    command = [*_polite(), "ffmpeg", "-nostdin", *LEASH, "-ss", f"{second:.3f}", "-i", _named(path), "-frames:v", "1"]
    size = "scale='min(960,iw)':-2:flags=bilinear,setsar=1"
    answer = _run(
        [*command, *CLEAN, *BIT_EXACT, "-an", "-vf", size, "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe", "pipe:1"],
        LOOKING,
    )
    if not answer.startswith(b"\xff\xd8"):
        raise CannotRead
    return answer


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One film at a time on this computer, however many workers it has."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".working").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _named(path: Path) -> str:
    """A path that ffmpeg takes for a file, whatever it is called."""
    return f"file:{path}"


def _polite() -> Sequence[str]:
    return ("nice", "-n", "15") if shutil.which("nice") else ()


def _run(command: Sequence[str], limit: float, told: Callable[[float], None] | None = None) -> bytes:
    """What it wrote; `CannotRead` when it fails or takes longer than `limit` seconds. It is ended with all it started."""
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, start_new_session=True, env=_bare()
        )
        late = threading.Timer(limit, _end, [running])
        late.start()
        written = []
        try:
            for line in running.stdout or ():
                if told is None:
                    written.append(line)
                elif line.startswith(b"out_time_us=") and line[12:].strip().isdigit():
                    told(int(line[12:]) / 1e6)
            status = running.wait()
        finally:
            late.cancel()
            if running.poll() is None:
                _end(running)
            if running.stdout is not None:
                running.stdout.close()
            running.wait()
    if status != 0:
        raise CannotRead
    return b"".join(written)


def _end(running: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)


def _bare() -> dict[str, str]:
    """No keys and no addresses of ours go to a program that reads strangers' files."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
