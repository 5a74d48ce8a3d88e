"""What an article still lacks before a reader is well served: words for its pictures, where it is known from, where it happened, what it is
about. Values in, values out; an article is its content as a revision keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

ALT, SOURCE, PLACE, SUBJECT = "alt", "source", "place", "subject"
FIELDS = {"cover": "id_cover_alt", SOURCE: "id_desk_notes", PLACE: "id_place", SUBJECT: "id_rubric"}  # in the editor's form


def pictures_without_words(content: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The pictures whose article says nothing about them, each with the field that would: the picture's own words may still do."""
    found = []
    if content.get("cover") and not (content.get("cover_alt") or "").strip():
        found.append((int(content["cover"]), FIELDS["cover"]))
    for number, part in enumerate(_parts(content.get("body"))):
        value = part.get("value")
        if part.get("type") != "picture" or not isinstance(value, Mapping) or not value.get("picture"):
            continue
        if not (value.get("alt") or "").strip():
            found.append((int(value["picture"]), f"body-{number}-value-alt"))
    return found


def _parts(body: Any) -> list[Mapping[str, Any]]:
    parts = json.loads(body) if isinstance(body, str) and body else body or []
    return [part for part in parts if isinstance(part, Mapping)]


def is_without_body(content: Mapping[str, Any]) -> bool:
    return not _parts(content.get("body"))


def other_gaps(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else is missing, as (what, field)."""
    gaps = []
    if not (content.get("desk_notes") or "").strip():
        gaps.append(SOURCE)
    if not content.get("place"):
        gaps.append(PLACE)
    if not content.get("rubric") and not content.get("tagged_items"):
        gaps.append(SUBJECT)
    return [(gap, FIELDS[gap]) for gap in gaps]
