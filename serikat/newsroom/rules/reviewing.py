"""What is new in a version beside the one that is live, for who reads it before a yes: only the paragraphs that changed. Values in, values out."""

from __future__ import annotations

from difflib import SequenceMatcher

from serikat.newsroom.rules.posts import changes, paragraphs

LONGEST_COMPARED = 20_000  # letters of one stretch that are compared word by word
LEAST_SAME = 0.3  # of a stretch: with less in common, word beside word would only confuse

Change = list[tuple[str, str]]  # (kind, words) as `rules.posts.changes` gives them


def changed_paragraphs(before: str, after: str) -> list[Change]:
    """Each stretch of paragraphs that changed, word by word; paragraphs that stayed are left out. A stretch that is very long, or all different, is
    shown whole, once as it was and once as it is."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Change] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found.append(_stretch("\n\n".join(old[i1:i2]), "\n\n".join(new[j1:j2])))
    return found


def _stretch(gone: str, fresh: str) -> Change:
    if len(gone) + len(fresh) <= LONGEST_COMPARED:
        compared = list(changes(gone, fresh))
        same = sum(len("".join(words.split())) for kind, words in compared if kind == "same")
        if same >= LEAST_SAME * min(len(gone), len(fresh)):
            return compared
    return [(kind, words) for kind, words in (("gone", gone), ("new", fresh)) if words]
