"""What somebody wrote themselves in a mail: without what their program put below it, the letter that they answer and its own greeting."""

from __future__ import annotations

import re

# Where what is one's own ends: a quoted line, the line that leads to a quotation or names its head, the dashes before a signature, a program's advertising.
_ENDS = re.compile(
    r"""^(?:
        >
      | --\s?$
      | [-_]{5,}
      | (?:on|pada|tanggal)\b.{5,200}(?:wrote|menulis)\s*:?\s*$
      | .{0,120}<\S+@\S+>\s*(?:wrote|menulis)\s*:?\s*$
      | \*?(?:from|dari|sent|dikirim|terkirim)\s*:\*?\s
      | (?:sent\ from|sent\ with|dikirim\ dari|dikirim\ dengan|get\ outlook|dapatkan\ outlook|yahoo\ mail)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
LINES = 200  # that are looked at: a command stands in the first


def own_words(text: str) -> str:
    """The beginning of a mail, as far as it is its sender's. A line that leads to a quotation may be broken in two."""
    lines = text.splitlines()[:LINES]
    for place, line in enumerate(lines):
        two = f"{line.strip()} {lines[place + 1].strip()}" if place + 1 < len(lines) else line
        if _ENDS.match(line.strip()) or (_BEGINS.match(line.strip()) and _ENDS.match(two)):
            return "\n".join(lines[:place]).strip()
    return "\n".join(lines).strip()


_BEGINS = re.compile(r"(?:on|pada|tanggal)\b", re.IGNORECASE)
