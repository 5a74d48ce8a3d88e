"""A real browser for the journeys: how it is started, how a page is photographed, how it is asked whether everybody can use it."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",  # a microphone that beeps; whether it may be used is asked all the same
]
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
EVERY = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
DIAGONAL = [(360, "light"), (1280, "dark")]  # each width and each scheme once
# Colours that are on their way from day to night are nobody's to judge.
AT_REST = "for (const moving of document.getAnimations()) try { moving.finish() } catch { moving.cancel() }"
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    "preload": False,  # every style sheet is of the house, and is read as it stands
}


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def look(page: Page, width: int, scheme: str) -> None:
    """As somebody with this screen sees the page, whole: a click comes back while the page it leads to is still being read."""
    page.wait_for_load_state()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.evaluate(AT_REST)


def shot(page: Page, name: str) -> None:
    """Photograph the page at both widths, light and dark, into the folder named by SHOTS; without it nothing is done."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for width, scheme in EVERY:
        look(page, width, scheme)
        # the editor's screens scroll inside, where a picture of the whole page would end at the window
        height = page.evaluate("Math.max(...[...document.querySelectorAll('main')].map(e => e.scrollHeight), 900)")
        page.set_viewport_size(
            {"width": width, "height": min(height, 6000) if page.locator("main.content-wrapper").count() else 900}
        )
        page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds in the page as it stands. It is given to a page once, and brings back its finds alone: both took longer than looking."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("(options) => axe.run(options).then((results) => results.violations)", AXE)
    return found


def assert_accessible(page: Page, *, every_look: bool = True, looks: list[tuple[int, str]] | None = None) -> None:
    """axe finds nothing (WCAG 2.2 AA and best practice): at both widths, light and dark, or only on a phone in light."""
    for width, scheme in looks or (EVERY if every_look else EVERY[:1]):
        look(page, width, scheme)
        found = violations(page)
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


ENGLISH = re.compile(
    r"\b(the|this|that|your|you|of|and|with|from|not|are|is|was|to|by|page|pages|title|search|add|edit|delete|save|choose|select|"
    r"image|images|document|documents|upload|show|hide|toggle|more|actions?|view|preview|status|next|previous|close|open|yes|no)\b",
    re.IGNORECASE,
)
WORDS = """() => {
  const seen = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement
    if (box.closest("script, style, template, noscript, [lang=en], .sources a, .code, code")) continue
    if (box.checkVisibility({ visibilityProperty: true }) || box.closest(".visuallyhidden, .sr-only, .w-sr-only")) seen.push(node.textContent)
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const e of document.querySelectorAll(`[${name}]`)) if (!e.closest("[lang=en], template")) seen.push(e.getAttribute(name))
  return seen.map(text => text.trim()).filter(Boolean)
}"""


def assert_indonesian(page: Page) -> None:
    """No English sentence stands on an Indonesian page, nor in what is read aloud."""
    page.wait_for_load_state()
    left = sorted({text for text in page.evaluate(WORDS) if ENGLISH.search(text)})
    assert left == [], f"{page.url}: {left}"


def save_in_editor(page: Page, how: str = "") -> None:
    """In the editor: press the button that saves, or one of those behind its arrow."""
    foot = page.get_by_role("navigation", name="Tindakan (bawah)")
    with page.expect_navigation():
        if how:
            foot.get_by_role("button", name="Tindakan lain").click()
            page.get_by_role("button", name=how).click()
        else:
            foot.get_by_role("button", name="Simpan konsep").click()


def until(page: Page, true: str, arg: object = None, *, seconds: int = 20) -> None:
    """Wait, in the page itself, until an expression (or an async function of `arg`) gives true. Playwright's own waiting evaluates text a second
    time, which the pages' policy refuses, and its evaluating knows no end."""
    body = true if "=>" in true else f"async () => {true}"
    came = page.evaluate(
        f"""async ([arg, patience]) => {{
          const asked = {body}, pause = (time) => new Promise((next) => setTimeout(next, time));
          let late = false;
          const waited = (async () => {{ while (!late && !(await asked(arg))) await pause(30); return !late; }})();
          const came = await Promise.race([waited, pause(patience)]);
          late = true;
          return Boolean(came);
        }}""",
        [arg, seconds * 1000],
    )
    assert came, f"{page.url}: within {seconds} seconds this did not come true: {true}"


def worker_at_work(page: Page) -> None:
    """Wait until the service worker has taken over."""
    until(page, "navigator.serviceWorker.controller !== null")


def leave_quickly(page: Page) -> None:
    """Press the quick exit and wait until the page has gone for the encyclopedia, which there is no network to show."""
    with page.expect_request("https://id.wikipedia.org/**"):
        page.get_by_role("link", name="Keluar cepat").click()
    with suppress(Error):
        page.wait_for_url("https://id.wikipedia.org/**")
    with suppress(Error):
        page.wait_for_url(re.compile(r"^chrome-error:|//id\.wikipedia\.org/"))
    page.wait_for_load_state()
