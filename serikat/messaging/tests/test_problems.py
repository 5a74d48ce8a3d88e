"""Problems as the desk reads them: ours in its language, a provider's as they came."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from serikat.messaging.problems import SAYS, said

ROOM = Path(__file__).parent.parent
WRITTEN = re.compile(r'(?:problem=f?|NotReached\()"([^"{(:.;]+)')


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("No connection to the provider.", "Tidak tersambung ke penyedia."),
        ("The mail server asks to wait (451).", "Server surel minta menunggu (451)."),
        ("The provider answered 503.", "Penyedia menjawab 503."),
        (
            "The provider answered 400: bad <b>token</b>",
            'Penyedia menjawab<span lang="en"> 400: bad &lt;b&gt;token&lt;/b&gt;</span>',
        ),
        ("Unroutable address", '<span lang="en">Unroutable address</span>'),
        ("", '<span lang="en"></span>'),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_page(problem, words):
    with override("id"):
        assert said(problem) == words


def test_every_sentence_of_ours_is_known():
    written = {
        found.rstrip(" .")
        for folder in ("adapters", "services")
        for file in (ROOM / folder).glob("*.py")
        for found in WRITTEN.findall(file.read_text("utf-8"))
        if " " in found
    }
    assert len(written) > 15
    assert sorted(one for one in written if not any(known.startswith(one) for known in SAYS)) == []
