"""The icons: 24 by 24, drawn with one pen. They stand inline where they are used: no request, no late flash, and right in partial answers
and in print; repeated paths weigh next to nothing once compressed (an external sheet of all of them weighed more than a page's own)."""

from __future__ import annotations

PATHS: dict[str, str] = {
    "alert": '<path d="M12 3.5 2.5 20h19zM12 10v5M12 17.4v.1"/>',
    "archive": '<path d="M3 5h18v4H3zM5 9v11h14V9M10 13h4"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4"/>',
    "building": '<path d="M4 21V9l6 3V9l6 3V4h4v17zM8 16h.1M12 16h.1M16 16h.1"/>',
    "calc": '<path d="M5 3h14v18H5zM8 7h8M8 12h.1M12 12h.1M16 12h.1M8 16h.1M12 16h.1M16 16h.1"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>',
    "case": '<path d="M3 6h7l2 3h9v10H3z"/>',
    "chart": '<path d="M4 20h16M6 16v-5M11 16V5M16 16v-8"/>',
    "chat": '<path d="M12 4a8 8 0 0 1 0 16H4l2-3.5A8 8 0 0 1 12 4z"/>',
    "check": '<path d="m5 13 4 4L19 7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "copy": '<path d="M8 8h12v12H8zM16 8V4H4v12h4"/>',
    "doc": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "down": '<path d="m6 9 6 6 6-6"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "edit": '<path d="M4 20v-4L16 4l4 4L8 20zM13 7l4 4"/>',
    "exit": '<path d="M10 4H4v16h6M14 7l5 5-5 5M9 12h10"/>',
    "eye": '<path d="M2.5 12C6 6.5 18 6.5 21.5 12 18 17.5 6 17.5 2.5 12z"/><circle cx="12" cy="12" r="2.5"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "flag": '<path d="M5 21V4h13l-3 4.5 3 4.5H5"/>',
    "gear": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 6 5 12 0 18M12 3c-5 6-5 12 0 18"/>',
    "go": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "home": '<path d="M3 11 12 4l9 7M6 9v11h12V9"/>',
    "horn": '<path d="M4 9.5v5h3.5L16 19V5L7.5 9.5zM19 9.5a3.5 3.5 0 0 1 0 5"/>',
    "image": '<path d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4"/><circle cx="15.5" cy="9" r="1"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.1"/>',
    "key": '<circle cx="8" cy="12" r="4"/><path d="M12 12h9v4M17 12v3"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<path d="M3 6h18v12H3zM3 7l9 7 9-7"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "mic": '<path d="M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11.5a7 7 0 0 0 14 0M12 18.5V22"/>',
    "news": '<path d="M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2M8 9h5M8 13h5"/>',
    "people": '<circle cx="9" cy="9" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 5.700a3.5 3.5 0 0 1 0 6.600M18 14.5c2 .8 3.200 2.700 3.5 5.5"/>',
    "phone": '<path d="M7 2.5h10v19H7zM11 18.5h2"/>',
    "place": '<path d="M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12z"/><circle cx="12" cy="9" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z"/>',
    "quote": '<path d="M10 7H5v6h5zM10 13c0 3-1 4-4 5M19 7h-5v6h5zM19 13c0 3-1 4-4 5"/>',
    "redo": '<path d="M4 12a8 8 0 1 1 2.5 5.800M4 19v-5h5"/>',
    "rss": '<path d="M5 12a7 7 0 0 1 7 7M5 6a13 13 0 0 1 13 13M5.5 18.5h.1"/>',
    "scale": '<path d="M12 4v16M8 20h8M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="m16 16 5 5"/>',
    "share": '<path d="M12 15V3M8 7l4-4 4 4M5 12v8h14v-8"/>',
    "shield": '<path d="M12 3l8 3v6c0 5-3 7.5-8 9-5-1.5-8-4-8-9V6z"/>',
    "sms": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "star": '<path d="m12 3 2.700 6 6.300.6-4.800 4.300 1.5 6.400L12 17l-5.700 3.300 1.5-6.400L3 9.600 9.300 9z"/>',
    "tag": '<path d="M3 4h8l10 10-7 7L3 11zM7.5 8.5h.1"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14"/>',
    "tree": '<path d="M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4"/>',
    "upload": '<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
}

# The house's mark: four tally strokes bound by a red fifth.
MARK = '<path d="M5 3.5v17M9.700 3.5v17M14.300 3.5v17M19 3.5v17"/><path class="r" d="M1.5 16.5 22.5 7.5"/>'


def draw(name: str, label: str = "") -> str:
    """One icon as SVG. Without a label it is ornament beside words; an unknown name raises."""
    meaning = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return f'<svg class="i" viewBox="0 0 24 24" {meaning}>{MARK if name == "mark" else PATHS[name]}</svg>'
