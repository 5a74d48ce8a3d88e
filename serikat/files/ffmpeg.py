"""ffmpeg on a short leash, since it reads what strangers send: only the formats that phones and recorders make, only the one file, no questions,
politely, nothing of our keys around it, and never longer than it is given. Sounds for those who cannot play what a browser records.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# Demuxers that may be used. Playlists (hls, concat, dash, ffmetadata, sdp, image sequences) are not among them: they read other files.
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mp3,ogg,wav,avi,mpegts,mpeg,flac,aac,amr,asf"
LEASH = ("-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file", "-format_whitelist", FORMATS)
# Nothing of where and with what it was filmed stays: no tags, no chapters, no marks of the programs.
CLEAN = ("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-sn", "-dn")
BIT_EXACT = ("-flags:v", "+bitexact", "-flags:a", "+bitexact")
# AAC in MPEG-4: played by every phone, taken by the messengers.
VOICE = ("-map", "0:a:0", "-vn", "-ac", "1", "-c:a", "aac", "-b:a", "48k", "-f", "ipod")
CONVERTING = 60.0  # seconds that a sound may take


class CannotRead(Exception):
    """The file is none of the formats, or broken, or took too long."""


def have_ffmpeg() -> bool:
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def as_voice(content: bytes) -> bytes:
    """A sound as `audio/mp4`, one channel, without its tags. In memory alone: what somebody said in private stands on no disk unsealed. Raises
    CannotRead."""
    if not have_ffmpeg() or not hasattr(os, "memfd_create"):
        raise CannotRead
    with _in_memory(content) as given, _in_memory(b"") as made:
        command = [
            *polite(),
            "ffmpeg",
            "-nostdin",
            "-y",
            *LEASH,
            "-i",
            given.path,
            *CLEAN,
            *VOICE,
            "-progress",
            "pipe:1",
            made.path,
        ]
        heard = [0.0]
        run(command, CONVERTING, heard.append, files=(given.number, made.number))
        found = made.read()
    if not found or max(heard) <= 0:  # a file with nothing in it counts as made
        raise CannotRead
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """A file in memory, which a program that inherits its number opens by path."""

    number: int

    @property
    def path(self) -> str:
        return f"file:/proc/self/fd/{self.number}"

    def read(self) -> bytes:
        with os.fdopen(os.dup(self.number), "rb") as stream:
            stream.seek(0)
            return stream.read()


@contextmanager
def _in_memory(content: bytes) -> Iterator[_Held]:
    number = os.memfd_create("sound")
    try:
        with os.fdopen(os.dup(number), "wb") as stream:
            stream.write(content)
        yield _Held(number)
    finally:
        os.close(number)


def named(path: Path) -> str:
    """A path that ffmpeg takes for a file, whatever it is called."""
    return f"file:{path}"


def polite() -> Sequence[str]:
    return ("nice", "-n", "15") if shutil.which("nice") else ()


def run(
    command: Sequence[str], limit: float, told: Callable[[float], None] | None = None, *, files: Sequence[int] = ()
) -> bytes:
    """What it wrote; `CannotRead` when it fails or takes longer than `limit` seconds. It is ended with all it started. `files`: numbers of open ones that
    it inherits."""
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
            env=_bare(),
            pass_fds=files,
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
