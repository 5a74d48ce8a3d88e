"""The interface is complete in both languages: the Indonesian sentences of the source, and their English in `locale/en`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import serikat
from serikat.config.prepare import compile_words
from serikat.ui import words
from tests.house import guards

PACKAGE = Path(serikat.__file__).parent
PO = PACKAGE.parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
REMEDY = "Run `serikat collect_words`, then write the missing English into locale/en/LC_MESSAGES/django.po."


@pytest.fixture(scope="module")
def found():
    return words.collect(PACKAGE)


def test_every_sentence_has_its_english(found):
    assert words.untranslated(found, PO) == [], REMEDY


def test_the_catalogue_is_what_the_source_says(found):
    assert words.written(words.merge(found, PO)) == PO.read_text("utf-8"), REMEDY


def test_a_time_of_day_is_written_by_the_tags_alone():
    """09.15 in Indonesian, 09:15 in English, with its zone: `moment`, `clock`, `when`."""
    by_hand = re.compile(r"""(?:date|time):["'][^"']*[GgHh][.:]i""")
    assert [str(p) for p in PACKAGE.glob("*/templates/**/*.html") if by_hand.search(p.read_text("utf-8"))] == []


def test_no_words_of_a_template_are_unmarked():
    assert guards.unmarked_words(PACKAGE.glob("*/templates/**/*.html")) == []


def test_a_power_and_a_deed_have_words_of_their_own(found):
    assert guards.powers_worded_as_deeds(found) == [], 'Write the power as pgettext_lazy("a power", …).'


def test_the_compiled_english_is_what_people_read(tmp_path, settings):
    """As `serikat setup` compiles it and the settings find it: the same paths, in the same order."""
    compile_words(tmp_path)
    settings.LOCALE_PATHS = [PACKAGE.parent / "locale", tmp_path]
    with translation.override("en"):
        assert translation.gettext("Tidak ada yang menunggu Anda.") == "Nothing waits for you."
        assert translation.ngettext("%(n)s akun", "%(n)s akun", 1) == "%(n)s account"
        assert translation.ngettext("%(n)s akun", "%(n)s akun", 2) == "%(n)s accounts"
        assert translation.pgettext("a power", "membuat akun") == "create accounts"
        assert translation.gettext("membuat akun") == "created an account"
    assert translation.gettext("Tidak ada yang menunggu Anda.") == "Tidak ada yang menunggu Anda."
