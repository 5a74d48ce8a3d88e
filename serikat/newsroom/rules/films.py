"""What a film must be to be taken, and what is made from it: 240p, 360p, sound alone. Values in, answers out; ffmpeg is asked elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_TRACKS = 12
SHORTEST = 0.2  # seconds
LONGEST = 3 * 3600.0
LONGEST_SIDE = 4096
SMALLEST_SIDE = 16
MOST_RATIO = 8
FASTEST = 30  # pictures a second in what is made


class Unfit(StrEnum):
    """Why a file is no film or sound for us."""

    NOTHING = "nothing"  # neither picture nor sound
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    TRACKS = "tracks"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Film:
    """What was found in a file: the first picture track and the first sound track by their numbers; -1 where there is none.
    Width and height are as it is seen: turned upright, with square dots."""

    seconds: float
    video: int = -1
    audio: int = -1
    width: int = 0
    height: int = 0
    rate: float = 0.0

    @property
    def is_sound(self) -> bool:
        return self.video < 0


@dataclass(frozen=True, slots=True)
class Target:
    """One file to be made. `width` 0: sound alone."""

    name: str
    width: int
    height: int
    options: tuple[str, ...]


def film_of(probed: Mapping[str, Any]) -> Film | Unfit:
    """Judge what ffprobe said. The length may be missing (a phone's recorder that never closed its file): 0 seconds then, to be measured."""
    streams: Sequence[Mapping[str, Any]] = probed.get("streams") or []
    if len(streams) > MOST_TRACKS:
        return Unfit.TRACKS
    video = next((s for s in streams if s.get("codec_type") == "video" and not _is_cover(s)), None)
    audio = next((s for s in streams if s.get("codec_type") == "audio" and s.get("codec_name")), None)
    if video is None and audio is None:
        return Unfit.NOTHING
    seconds = _number((probed.get("format") or {}).get("duration"))
    sound = int(audio["index"]) if audio else -1
    if video is None:
        return Film(seconds, audio=sound)
    width, height = int(video.get("width") or 0), int(video.get("height") or 0)
    if not _fits(width, height) or not video.get("codec_name"):
        return Unfit.SIZE if video.get("codec_name") else Unfit.NOTHING
    width = round(width * _ratio(video.get("sample_aspect_ratio")))
    if _turned(video):
        width, height = height, width
    if not _fits(width, height):
        return Unfit.SIZE
    return Film(seconds, int(video["index"]), sound, width, height, _ratio(video.get("avg_frame_rate")))


def unfit_length(seconds: float) -> Unfit | None:
    if seconds < SHORTEST:
        return Unfit.TOO_SHORT
    return Unfit.TOO_LONG if seconds > LONGEST else None


def targets(film: Film) -> list[Target]:
    """What is made, in this order: the smallest first, so that it can be watched soon. Never larger than it came."""
    made = []
    if not film.is_sound:
        made.append(_picture("240", film, 240, crf=27, most=320, audio=48, level="3.0"))
    if film.audio >= 0:
        made.append(Target("suara", 0, 0, ("-c:a", "aac", "-b:a", "80k", "-ac", "2" if film.is_sound else "1")))
    if not film.is_sound and min(film.width, film.height) > 240:
        made.append(_picture("360", film, 360, crf=26, most=640, audio=64, level="3.1"))
    return made


def size_within(width: int, height: int, short: int) -> tuple[int, int]:
    """Width and height with the shorter side at most `short`, both even as H.264 wants them; never larger than they were."""
    scale = min(1.0, short / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def patience(seconds: float) -> float:
    """How long one ffmpeg may work on a film of this length, in seconds: a slow computer is waited for, an endless one is not."""
    return 120 + seconds * 8


def _picture(name: str, film: Film, short: int, *, crf: int, most: int, audio: int, level: str) -> Target:
    """H.264 baseline, which the oldest phones play; the rate is capped so that a shaky film is not a heavy one."""
    width, height = size_within(film.width, film.height, short)
    filters = f"scale={width}:{height}:flags=bilinear,setsar=1"
    if film.rate > FASTEST + 1:
        filters = f"fps={FASTEST},{filters}"
    options = ("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "baseline", "-level", level, "-pix_fmt", "yuv420p")
    rate = ("-crf", str(crf), "-maxrate", f"{most}k", "-bufsize", f"{2 * most}k", "-g", "90", "-vf", filters)
    sound = ("-c:a", "aac", "-b:a", f"{audio}k", "-ac", "1") if film.audio >= 0 else ()
    return Target(name, width, height, (*options, *rate, *sound))


def _fits(width: int, height: int) -> bool:
    sides = sorted((width, height))
    return sides[0] >= SMALLEST_SIDE and sides[1] <= LONGEST_SIDE and sides[1] <= sides[0] * MOST_RATIO


def _is_cover(stream: Mapping[str, Any]) -> bool:
    """A song's picture is no film."""
    return bool((stream.get("disposition") or {}).get("attached_pic"))


def _turned(stream: Mapping[str, Any]) -> bool:
    sides = [side.get("rotation") for side in stream.get("side_data_list") or []] + [
        (stream.get("tags") or {}).get("rotate")
    ]
    return any(abs(round(_number(turn))) % 180 == 90 for turn in sides)


def _ratio(said: Any) -> float:
    """ "16:11" or "30000/1001" as a number; 1 where nothing useful is said."""
    above, _, below = str(said or "").replace("/", ":").partition(":")
    top, bottom = _number(above), _number(below)
    return top / bottom if top > 0 and bottom > 0 else 1.0


def _number(said: Any) -> float:
    try:
        value = float(said)
    except (TypeError, ValueError):
        return 0.0
    return value if 0 <= abs(value) < 1e12 else 0.0
