"""How a site is asked and weighed, the same for Serikat and for its peers: rates by wrk at 8 connections, the weight of a first view.

A server is pinned to the first core (`ON_ONE_CORE`), wrk to the second, so that neither takes from the other.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import brotli

ON_ONE_CORE = ["taskset", "-c", "0"]
BESIDE_IT = ["taskset", "-c", "1"]
AS_A_BROWSER = "Accept-Encoding: gzip, deflate, br"  # so that who packs anew for each reader is seen to
SECONDS = int(os.environ.get("SECONDS", "8"))
# A number of a page that no site here takes seriously: an article has one page, a list gives its last for what is beyond.
ANEW = """
local asked = 1000
function request()
  asked = asked + 1
  return wrk.format(nil, wrk.path .. (wrk.path:find("?", 1, true) and "&ke=" or "?hal=") .. asked)
end
"""


class Rate(NamedTuple):
    """Answers a second, the 99th percentile in ms, CPU of the server for one answer in ms, and what wrk says of failures."""

    a_second: float
    late: float
    cpu: float
    failed: str

    def __str__(self) -> str:
        return f"{self.a_second:7.0f} a second, p99 {self.late:6.1f} ms, {self.cpu:6.2f} ms of CPU each {self.failed}"


def fetched(address: str) -> tuple[bytes, bytes]:
    """A body as it was sent, and unpacked."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    with urllib.request.urlopen(request) as answer:
        sent = answer.read()
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(answer.headers.get("Content-Encoding"), bytes)
        return sent, unpack(sent)


def wait_for(address: str) -> None:
    for _ in range(100):
        with suppress(OSError):
            fetched(address)
            return
        time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def cpu_seconds(servers: list[int]) -> float:
    """CPU time that these servers and their workers have taken."""
    spent = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(process.name) in servers or int(fields[1]) in servers:
                spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


def in_ms(said: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", said).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def rate(address: str, servers: list[int], *, anew: bool) -> Rate:
    """anew: each question has an address of its own, so that none is answered from memory or along with another."""
    fetched(address)
    before = cpu_seconds(servers)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ANEW)
        script.flush()
        how = ["-s", script.name] if anew else []
        command = [*BESIDE_IT, "wrk", *how, "-t1", "-c8", f"-d{SECONDS}s", "-H", AS_A_BROWSER, "--latency", address]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = cpu_seconds(servers) - before
    a_second, answers = (float(re.search(p, said).group(1)) for p in (r"Requests/sec:\s*([\d.]+)", r"(\d+) requests in"))
    failed = re.search(r"Non-2xx.*", said)
    late = in_ms(re.search(r"99%\s*(\S+)", said).group(1))
    return Rate(a_second, late, spent / answers * 1000, failed.group(0) if failed else "")


class FirstView(NamedTuple):
    """Bytes as sent of HTML, of styles and scripts; how many pictures the page names (icon included, lazy ones too)."""

    html: int
    parts: dict[str, int]
    pictures: int

    @property
    def together(self) -> int:
        return self.html + sum(self.parts.values())

    def __str__(self) -> str:
        parts = ", ".join(f"{part} {weight} B" for part, weight in self.parts.items())
        return f"{self.together} B (HTML {self.html} B, {parts or 'no parts'}), {1 + len(self.parts)} requests, and {self.pictures} for pictures"


def first_view(address: str) -> FirstView:
    sent, html = fetched(address)
    text = html.decode()
    styles = {tag for tag in re.findall(r"<link [^>]*>", text) if re.search(r"rel=['\"]stylesheet", tag)}
    parts = {re.search(r"href=['\"]([^'\"]+)", tag).group(1) for tag in styles}
    parts |= set(re.findall(r"<script[^>]* src=['\"]([^'\"]+)", text))
    others = set(re.findall(r"<img [^>]*?\bsrc=['\"]([^'\"]+)", text))
    others |= {
        re.search(r"href=['\"]([^'\"]+)", tag).group(1) for tag in re.findall(r"<link [^>]*rel=['\"]icon[^>]*>", text)
    }
    weights = {
        part.rsplit("/", 1)[1]: len(fetched(urljoin(address, part.replace("&#038;", "&")))[0]) for part in sorted(parts)
    }
    # an answer without packing is counted as the cache in front would send it
    html_sent = len(sent) if sent != html else len(brotli.compress(html, quality=5))
    return FirstView(html_sent, weights, len(others))
