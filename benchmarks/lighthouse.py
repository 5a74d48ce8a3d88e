"""Lighthouse on the public pages, as a cheap phone on a slow line sees them (its own mobile profile). Node is needed for this benchmark alone.

    .venv/bin/python -m benchmarks.lighthouse [PATH TO LIGHTHOUSE]

Installs Lighthouse by npm into the scratch folder unless a program is named. Prints performance, accessibility, best practice and SEO of the article,
the front page, a list and a search, the middle of three runs each, and what is not perfect. Goals: 98 and three times 100.
"""

from __future__ import annotations

from benchmarks import scratch

# isort: split
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.asking import fetched
from benchmarks.site import make, serving
from tests.journeys.browser import chromium

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update"


def installed() -> str:
    folder = scratch.FOLDER / "node"
    folder.mkdir()
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), "lighthouse"], check=True, stdout=2
    )
    return str(folder / "node_modules" / ".bin" / "lighthouse")


def run(lighthouse: str, address: str) -> dict:
    found = scratch.FOLDER / "lighthouse.json"
    command = [lighthouse, address, "--quiet", "--output=json", f"--output-path={found}", f"--chrome-flags={FLAGS}"]
    only = f"--only-categories={','.join(CATEGORIES)}"
    subprocess.run([*command, only], check=True, env={**os.environ, "CHROME_PATH": str(chromium())})
    return json.loads(Path(found).read_text())


def main() -> None:
    lighthouse = sys.argv[1] if len(sys.argv) > 1 else installed()
    article = make()
    with serving("8177", "48"):
        for path in (article, "/", "/tag/smc/", "/cari/?q=upah"):
            address = f"http://127.0.0.1:8177{path}"
            fetched(address)
            reports = [run(lighthouse, address) for _ in range(3)]
            scores = {
                name: round(100 * statistics.median(r["categories"][name]["score"] for r in reports)) for name in CATEGORIES
            }
            print(f"{path:32} " + ", ".join(f"{name} {score}" for name, score in scores.items()), flush=True)
            audits = reports[-1]["audits"].values()
            for audit in audits:
                if (
                    audit["score"] is not None
                    and audit["score"] < 0.9
                    and audit["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
                ):
                    print(f"    {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")


if __name__ == "__main__":
    main()
