"""Words are collected from Python and templates as Django will ask for them, and keep their English through a merge."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

from serikat.config.prepare import compile_words
from serikat.ui import words

PYTHON = """
def f(n):
    return _("Simpan"), gettext_lazy(
        "Dua "
        "bagian"
    ), ngettext("%(n)d hari", "%(n)d hari", n), pgettext_lazy("a power", "membuat akun"), _("Diskon 5% dari harga")
"""
TEMPLATE = """{% load i18n %}
{% translate "Masuk" %} {% translate "Masuk" context "a sign" as w %} {% badge _("Konsep") %}
  {# translate "komentar" #} {% translate "Untung 10%" %}
{% blocktranslate trimmed with a=b %}
  Halo {{ a }},
  selamat datang.
{% endblocktranslate %}
{% blocktranslate count n=n trimmed %}
  {{ n }} orang
{% plural %}
  {{ n }} orang
{% endblocktranslate %}
{% blocktranslate context "a sign" %}Hemat 5% untuk {{ a }}{% endblocktranslate %}
"""


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "rumah"
    (folder / "templates").mkdir(parents=True)
    (folder / "views.py").write_text(PYTHON, "utf-8")
    (folder / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    for skipped in ("tests", "migrations"):
        (folder / skipped).mkdir()
        (folder / skipped / "x.py").write_text('_("Jangan dikumpulkan")', "utf-8")
    return folder


def test_collect_finds_every_kind_of_marked_sentence(package):
    assert {(m.context, m.id) for m in words.collect(package) if m.id} == {
        (None, "Simpan"),
        (None, "Dua bagian"),
        (None, ("%(n)d hari", "%(n)d hari")),
        ("a power", "membuat akun"),
        (None, "Diskon 5% dari harga"),
        (None, "Masuk"),
        ("a sign", "Masuk"),
        (None, "Konsep"),
        (None, "Untung 10%%"),
        (None, "Halo %(a)s, selamat datang."),
        (None, ("%(n)s orang", "%(n)s orang")),
        ("a sign", "Hemat 5%% untuk %(a)s"),
    }


def test_collected_sentences_are_those_that_a_template_asks_for(package, tmp_path, settings, monkeypatch):
    """From the template to the page in English, through the file and its compiled form."""
    english = {
        "Masuk": "Sign in",
        "Konsep": "Draft",
        "Untung 10%%": "10%% profit",
        "Halo %(a)s, selamat datang.": "Hello %(a)s, welcome.",
        ("%(n)s orang", "%(n)s orang"): ("%(n)s person", "%(n)s people"),
        "Hemat 5%% untuk %(a)s": "Save 5%% for %(a)s",
    }
    catalog = words.collect(package)
    for message in catalog:
        message.string = (
            "Way in" if (message.id, message.context) == ("Masuk", "a sign") else english.get(message.id, message.string)
        )
    locale = tmp_path / "locale"
    words.write_catalogue(catalog, locale / "en/LC_MESSAGES/django.po")
    monkeypatch.setattr("serikat.config.prepare.ROOT", tmp_path)
    compile_words(tmp_path / "compiled")
    settings.LOCALE_PATHS = [tmp_path / "compiled"]  # and Django forgets what it had read
    with translation.override("en"):
        page = engines["django"].from_string(TEMPLATE.replace("{% badge _", "{% firstof _").replace(" as w %}", " %}"))
        seen = [page.render({"b": "Sari", "a": "Sari", "n": n}) for n in (1, 3)]
    one, three = (" ".join(text.split()) for text in seen)
    assert one == "Sign in Way in Draft 10% profit Hello Sari, welcome. 1 person Save 5% for Sari"
    assert three == "Sign in Way in Draft 10% profit Hello Sari, welcome. 3 people Save 5% for Sari"


def write(folder: Path, text: str) -> Path:
    po = folder / "django.po"
    po.write_text(f'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n{text}', "utf-8")
    return po


def one_sentence(folder: Path, call: str) -> Path:
    package = folder / "rumah"
    package.mkdir()
    (package / "views.py").write_text(call, "utf-8")
    return package


def test_merge_keeps_english_and_drops_what_nobody_says(tmp_path):
    package = one_sentence(tmp_path, '_("Simpan"), _("Baru")')
    po = write(tmp_path, 'msgid "Simpan"\nmsgstr "Save"\n\nmsgid "Lama"\nmsgstr "Old"\n')
    merged = words.merge(words.collect(package), po)
    assert {m.id: m.string for m in merged if m.id} == {"Simpan": "Save", "Baru": None}
    words.write_catalogue(merged, po)
    assert words.written(words.merge(words.collect(package), po)) == po.read_text("utf-8")


def test_merge_takes_no_english_that_does_not_fit(tmp_path):
    package = one_sentence(tmp_path, 'ngettext("%(n)d hari", "%(n)d hari", n), _("Simpan")')
    po = write(tmp_path, 'msgid "%(n)d hari"\nmsgstr "%(n)d day"\n\n#, fuzzy\nmsgid "Simpan"\nmsgstr "Search"\n')
    merged = words.merge(words.collect(package), po)
    assert [m.string for m in merged if m.id] == [("", ""), None]


@pytest.mark.parametrize(
    ("call", "entry", "problem"),
    [
        ('_("Simpan")', 'msgid "Simpan"\nmsgstr "Save"', []),
        ('_("Simpan")', "", ["no English: Simpan"]),
        ('_("Simpan")', 'msgid "Simpan"\nmsgstr ""', ["no English: Simpan"]),
        ('_("Simpan")', '#, fuzzy\nmsgid "Simpan"\nmsgstr "Search"', ["fuzzy: Simpan"]),
        ('_("Halo %(a)s")', 'msgid "Halo %(a)s"\nmsgstr "Hello %(b)s"', ["placeholders differ: Halo %(a)s"]),
        ('_("Halo {a}")', 'msgid "Halo {a}"\nmsgstr "Hello"', ["placeholders differ: Halo {a}"]),
        ('_("Tag: %s")', 'msgid "Tag: %s"\nmsgstr "Tag: %s %s"', ["placeholders differ: Tag: %s"]),
        ('_("Hemat 5%%")', 'msgid "Hemat 5%%"\nmsgstr "Save 5%%"', []),
        (
            'ngettext("%(n)d hari", "%(n)d hari", n)',
            'msgid "%(n)d hari"\nmsgid_plural "%(n)d hari"\nmsgstr[0] "one day"\nmsgstr[1] "%(n)d days"',
            [],
        ),
        (
            'ngettext("%(n)d hari", "%(n)d hari", n)',
            'msgid "%(n)d hari"\nmsgid_plural "%(n)d hari"\nmsgstr[0] "%(n)d day"\nmsgstr[1] "days"',
            ["placeholders differ: %(n)d hari"],
        ),
        (
            'ngettext("%(n)d hari", "%(n)d hari", n)',
            'msgid "%(n)d hari"\nmsgid_plural "%(n)d hari"\nmsgstr[0] "%(n)d day"\nmsgstr[1] ""',
            ["no English: %(n)d hari"],
        ),
    ],
)
def test_untranslated_says_what_is_wrong(tmp_path, call, entry, problem):
    assert words.untranslated(words.collect(one_sentence(tmp_path, call)), write(tmp_path, entry)) == problem
