"""Videos of other sites: which address is a video that may be shown in the page after a tap, and which is only a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_YOUTUBE = re.compile(r"[\w-]{11}")
_VIMEO = re.compile(r"\d{5,12}")
_SECONDS = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")

YOUTUBE_FRAME = "https://www.youtube-nocookie.com"
VIMEO_FRAME = "https://player.vimeo.com"


@dataclass(frozen=True, slots=True)
class Embed:
    """`frame` is the address of the player, empty when the thing can only be linked; `host` is what the content policy must allow."""

    link: str
    site: str
    frame: str = ""
    host: str = ""


def read_embed(url: str) -> Embed | None:
    """What an address holds; None when it is no address of the web."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    query = parse_qs(parts.query)
    steps = [step for step in parts.path.split("/") if step]
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        video = _youtube_video(host, steps, query)
        if video:
            start = _seconds((query.get("t") or query.get("start") or [""])[0])
            frame = f"{YOUTUBE_FRAME}/embed/{video}" + (f"?start={start}" if start else "")
            return Embed(f"https://www.youtube.com/watch?v={video}", "YouTube", frame, YOUTUBE_FRAME)
    if host in ("vimeo.com", "player.vimeo.com"):
        video = next((step for step in steps if _VIMEO.fullmatch(step)), "")
        if video:
            return Embed(f"https://vimeo.com/{video}", "Vimeo", f"{VIMEO_FRAME}/video/{video}?dnt=1", VIMEO_FRAME)
    return Embed(url.strip(), host)


def _youtube_video(host: str, steps: list[str], query: dict[str, list[str]]) -> str:
    if host == "youtu.be":
        found = steps[0] if steps else ""
    elif len(steps) >= 2 and steps[0] in ("embed", "v", "shorts", "live"):
        found = steps[1]
    else:
        found = query.get("v", [""])[0]
    return found if _YOUTUBE.fullmatch(found) else ""


def _seconds(text: str) -> int:
    found = _SECONDS.fullmatch(text)
    if not found:
        return 0
    hours, minutes, seconds = (int(n or 0) for n in found.groups())
    return hours * 3600 + minutes * 60 + seconds
