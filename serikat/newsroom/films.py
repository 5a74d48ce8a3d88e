"""What is in a film, and making smaller files of it: one at a time, and never longer than the film allows."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from serikat.files.ffmpeg import BIT_EXACT, CLEAN, LEASH, CannotRead, named, polite, run
from serikat.newsroom.rules.films import LONGEST, Film, Target, patience

LOOKING = 40  # seconds that looking into a file may take
LARGEST_ANSWER = 2_000_000


def probe(path: Path) -> dict[str, Any]:
    """What ffprobe says of a file's tracks and length."""
    asked = ("-show_entries", "format=duration:stream:stream_tags=rotate:stream_side_data=rotation", "-of", "json")
    command = [*polite(), "ffprobe", *LEASH, "-max_streams", "300", *asked, "-i", named(path)]
    answer = run(command, LOOKING)
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
        *polite(),
        "ffmpeg",
        "-nostdin",
        *LEASH,
        "-i",
        named(path),
        "-map",
        "0",
        "-c",
        "copy",
        "-f",
        "null",
        "-progress",
    ]
    answer = run([*command, "pipe:1", "-"], LOOKING * 3)
    moments = [line.partition("=")[2] for line in answer.decode("ascii", "replace").splitlines() if "out_time_us=" in line]
    return int(moments[-1]) / 1e6 if moments and moments[-1].lstrip("-").isdigit() else 0.0


def make(path: Path, film: Film, target: Target, out: Path, told: Callable[[float], None] = lambda seconds: None) -> None:
    """Make one file; `told` hears how many seconds of it stand. A file that cannot be finished is taken away again."""
    maps = [f"0:{track}" for track in ((film.video,) if target.width else ()) + (film.audio,) if track >= 0]
    command = [*polite(), "ffmpeg", "-nostdin", "-y", *LEASH, "-i", named(path), "-t", str(LONGEST)]
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
        named(out),
    ]
    try:
        run(command, patience(film.seconds), told)
        if not out.is_file() or not out.stat().st_size:
            raise CannotRead
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def picture_at(path: Path, second: float) -> bytes:
    """One picture of a film, as JPEG with nothing else in it."""
    command = [*polite(), "ffmpeg", "-nostdin", *LEASH, "-ss", f"{second:.3f}", "-i", named(path), "-frames:v", "1"]
    size = "scale='min(960,iw)':-2:flags=bilinear,setsar=1"
    answer = run(
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
