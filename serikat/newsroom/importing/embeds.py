"""Which address is a video, or another thing that sites show inside a page. Only the address is kept; nothing is asked for."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")
_YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
# Hosts whose pages WordPress and others show in place when their bare address stands on a line of its own.
_EMBED_HOSTS = {
    "vimeo.com", "player.vimeo.com", "dailymotion.com", "dai.ly", "soundcloud.com", "w.soundcloud.com", "open.spotify.com", "twitter.com", "x.com",
    "instagram.com", "facebook.com", "fb.watch", "tiktok.com", "flickr.com", "flic.kr", "slideshare.net", "scribd.com", "issuu.com",
    "ted.com", "mixcloud.com", "archive.org", "vidio.com", "platform.twitter.com", "threads.net",
}  # fmt: skip


def host_of(url: str) -> str:
    """The host of an absolute address, small, without "www."; empty for anything else."""
    try:
        parts = urlsplit(url if not url.startswith("//") else "https:" + url)
        host = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_web_address(url: str) -> bool:
    return bool(host_of(url)) and not re.search(r"[\s<>\"'\\]", url)


def youtube(identity: str) -> str:
    """The address of a video by its id or by any of its addresses; empty when it is neither."""
    identity = identity.strip().strip("\"'")
    if _ID.fullmatch(identity):
        return f"https://www.youtube.com/watch?v={identity}"
    return _youtube_address(identity)


def vimeo(identity: str) -> str:
    found = re.search(r"(?:^|vimeo\.com/(?:video/|channels/[^/]+/)?)(\d{5,12})\b", identity.strip().strip("\"'"))
    return f"https://vimeo.com/{found[1]}" if found else ""


def _youtube_address(url: str) -> str:
    if "://" not in url and not url.startswith("//"):
        url = "https://" + url
    host = host_of(url)
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query)
    except ValueError:
        return ""
    bits = [bit for bit in parts.path.split("/") if bit]
    identity = ""
    if host == "youtu.be" and bits:
        identity = bits[0]
    elif host in _YOUTUBE_HOSTS:
        if bits[:1] == ["playlist"] or (bits[:2] == ["embed", "videoseries"]):
            lists = query.get("list", [""])
            return f"https://www.youtube.com/playlist?list={lists[0]}" if re.fullmatch(r"[\w-]{8,60}", lists[0]) else ""
        identity = (
            bits[1].split("&")[0]
            if len(bits) > 1 and bits[0] in ("embed", "v", "shorts", "live", "e")
            else query.get("v", [""])[0]
        )
    return f"https://www.youtube.com/watch?v={identity}" if _ID.fullmatch(identity) else ""


def embed_address(url: str, *, framed: bool = False) -> str:
    """The address to keep for a thing shown in place, or empty when the address is none.

    `framed`: the post did show it in a frame, so any host will do; otherwise only hosts that are known for it.
    """
    url = url.strip()
    if url.startswith("//"):
        url = "https:" + url
    if video := _youtube_address(url):
        return video
    if not is_web_address(url):
        return ""
    host = host_of(url)
    if host in ("vimeo.com", "player.vimeo.com") and (video := vimeo(url)):
        return video
    if framed or (host in _EMBED_HOSTS and urlsplit(url).path.strip("/")):
        return url
    return ""
