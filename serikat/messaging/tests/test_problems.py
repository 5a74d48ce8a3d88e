"""Problems as the desk reads them: ours in its language, a provider's as they came."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from serikat.messaging.problems import said

ROOM = Path(__file__).parent.parent
SENTENCE = re.compile(r"(?!INSERT|Bearer)[A-Z][\w'@]* .*(?:[.?]|\{\})$")
NOT_SAID = {"_", "gettext_lazy", "pgettext_lazy", "action", "notes_say", "LookupError", "ValueError", "exception", "warning"}


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


def sentences(file: Path) -> set[str]:
    """Each text in a file that is a sentence: not what is documented, translated, refused to a programmer or logged. A value in it is {}."""
    passed, tree = set[int](), ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            passed.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in NOT_SAID:
            passed.update(map(id, ast.walk(node)))
        if isinstance(node, ast.JoinedStr):
            passed.update(map(id, node.values))
    found = set()
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        if isinstance(node, ast.JoinedStr | ast.Constant) and SENTENCE.match(text):
            found.add(text)
    return found


def test_every_sentence_of_ours_is_known():
    written = {
        one for folder in ("adapters", "services") for file in (ROOM / folder).glob("*.py") for one in sentences(file)
    }
    assert len(written) > 80
    with override("id"):
        left = {one: said(one.replace("{}", "7")) for one in written}
    assert [one for one, words in sorted(left.items()) if words.startswith('<span lang="en">')] == []


def test_a_value_stands_within_a_translated_sentence():
    with override("id"):
        told = said("The folder for error is not there, or may not be written to.")
        assert (told, said("Facebook knows the page <b>Serikat</b>.")) == (
            "Folder error tidak ada, atau tidak boleh ditulisi.",
            "Facebook mengenal halaman &lt;b&gt;Serikat&lt;/b&gt;.",
        )
