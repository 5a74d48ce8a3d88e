"""A real browser for the journeys: how it is started, how a page is photographed, how it is asked whether everybody can use it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
]
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def looks() -> list[tuple[int, str]]:
    """Every width and scheme."""
    return [(width, scheme) for width in WIDTHS for scheme in SCHEMES]


def look(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]


def shot(page: Page, name: str) -> None:
    """Photograph the page at both widths, light and dark, into the folder named by SHOTS; without it nothing is done."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for width, scheme in looks():
        look(page, width, scheme)
        page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)


def assert_accessible(page: Page, *, every_look: bool = True) -> None:
    """axe finds nothing (WCAG 2.2 AA and best practice): at both widths, light and dark, or only on a phone in light."""
    for width, scheme in looks() if every_look else looks()[:1]:
        look(page, width, scheme)
        found = Axe().run(page, options=AXE).response["violations"]
        said = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
        assert said == [], f"{page.url} at {width} px, {scheme}:\n" + "\n".join(said)


def assert_fits(page: Page, width: int = 360) -> None:
    """Nothing sticks out sideways on a narrow phone."""
    look(page, width, "light")
    wide = page.evaluate("document.documentElement.scrollWidth")
    culprits = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 &&"
        " !e.parentElement.closest('pre, .strip, .tabs, .tbl:not(.cards)'))"
        ".slice(0, 5).map(e => `${e.tagName}.${e.className}`)"
    )
    assert wide <= width, f"{page.url} is {wide} px wide: {culprits}"
