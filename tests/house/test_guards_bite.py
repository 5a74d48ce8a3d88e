"""Each guard, given a broken house, notices."""

from __future__ import annotations

import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest
from django.db import models

import serikat
from serikat.ui import words
from tests.house import guards

ROOT = Path(serikat.__file__).parent.parent


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_ceiling_bites(tmp_path):
    assert guards.too_long_files([write(tmp_path, "a.py", "x = 1\n" * 501)])
    assert not guards.too_long_files([write(tmp_path, "b.py", "x = 1\n" * 500)])


def test_drawer_names_bite(tmp_path):
    write(tmp_path, "room/utils.py", "")
    assert guards.drawer_names(tmp_path)


def test_strange_kernel_files_bite(tmp_path):
    write(tmp_path, "toolbox.py", "")
    assert guards.strange_kernel_files(tmp_path)


def test_model_signals_bite(tmp_path):
    for text in ("from django.db.models.signals import post_save\n", "from django.db.models import Q, signals\n"):
        assert guards.model_signals([write(tmp_path, "a.py", text)])
    assert not guards.model_signals([write(tmp_path, "b.py", "from wagtail.signals import page_published\n")])


def test_notes_without_words_bite(tmp_path):
    path = write(tmp_path, "a.py", "note(hours=8)\nrecord(actor=actor, name='x.y.z', device='')\n")
    assert len(guards.notes_without_words([path], ["device"])) == 1
    assert guards.notes_without_words([path], ["device", "hours"]) == []


def test_inline_imports_bite(tmp_path):
    assert guards.unexplained_inline_imports([write(tmp_path, "a.py", "def f():\n    import os\n")])
    assert not guards.unexplained_inline_imports([write(tmp_path, "b.py", "def f():\n    import os  # reason: heavy\n")])


def test_needles_of_chance_bite(tmp_path):
    bad = write(tmp_path, "a.py", 'assert ("7890" in page, "ok") == (False, "ok")\nassert "abc" not in page\n')
    good = write(tmp_path, "b.py", 'assert "3456 7890" in page\nassert "112" in {"112"}\nassert "upah" not in page\n')
    assert len(guards.needles_of_chance([bad, good])) == 2


def test_clocks_bite(tmp_path):
    assert guards.clocks_in_rules([write(tmp_path, "rules.py", "import datetime\nx = datetime.date.today()\n")])


def test_missing_module_text_bites(tmp_path):
    assert guards.modules_without_text([write(tmp_path, "a.py", "x = 1\n")])


def test_a_service_without_doorway_bites():
    module = types.ModuleType("serikat.x.services")
    exec("def close_case(*, actor):\n    pass\n", module.__dict__)  # noqa: S102
    assert guards.services_without_doorway([module])


def test_an_upward_foreign_key_bites():
    class Strange(models.Model):
        person = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE)

        class Meta:
            app_label = "units"
            managed = False

        def __str__(self):
            return "strange"

    try:
        assert guards.upward_foreign_keys([Strange])
    finally:
        from django.apps import apps  # reason: only to tidy up after this test

        apps.all_models["units"].pop("strange")
        apps.clear_cache()


@pytest.mark.parametrize(
    "text", ['{% include "web/x.html" %}', "{% url 'web:desk' %}", '{% extends "web/b.html" %}', "{% load web_tags %}"]
)
def test_an_upward_template_link_bites(tmp_path, text):
    write(tmp_path, "units/templates/units/a.html", text)
    assert guards.upward_template_links(tmp_path, {"web_tags": "web"})


def test_a_view_that_says_nothing_bites():
    def view(request):
        return None

    view.__module__ = "serikat.x.views"
    assert guards.views_without_entry([("x/", view)], lambda v: None)


def test_a_machine_named_migration_bites():
    assert guards.badly_named_migrations([Path("0002_auto_20260101.py")])


def test_words_that_lack_english_bite(tmp_path):
    """A sentence without English, one that lost a placeholder, and a power worded as a deed, in a small package."""
    package = tmp_path / "serikat"
    write(package, "x/permissions.py", '_("Simpan"), _("membuat akun"), _("Kalimat yang belum diterjemahkan")')
    write(package, "x/services.py", '_("membuat akun"), _("Halo %(name)s")')
    po = write(tmp_path, "django.po", 'msgid "Simpan"\nmsgstr "Save"\n\nmsgid "Halo %(name)s"\nmsgstr "Hello"\n')
    found = words.collect(package)
    assert words.untranslated(found, po) == [
        "no English: membuat akun",
        "no English: Kalimat yang belum diterjemahkan",
        "placeholders differ: Halo %(name)s",
    ]
    assert words.written(words.merge(found, po)) != po.read_text("utf-8")
    assert guards.powers_worded_as_deeds(found) == ["membuat akun: serikat/x/permissions.py, serikat/x/services.py"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<h1>Simpan</h1>", ["Simpan"]),
        ("Halo, {{ name }}!", ["Halo"]),
        ('<img alt="Sebuah gambar">', ["Sebuah", "gambar"]),
        ("""<nav aria-label='{% translate "Alat" %}' title='Menu'>""", ["Menu"]),
        ('<p class="lead">{% translate "Simpan" %} {{ name }} <b>RSS</b></p>', []),
        ("{% blocktranslate with a=b %}Halo {{ a }}{% endblocktranslate %}", []),
        ("{# a remark #}{% comment %}a longer <p>one</p>{% endcomment %}<script>let word = 1</script>", []),
    ],
)
def test_unmarked_words_bite(tmp_path, text, words):
    page = write(tmp_path, "page.html", text)
    assert guards.unmarked_words([page]) == [f"{page}: {word}" for word in words]


PLANTED = {
    "upward": ("units/planted.py", '"""x"""\nfrom serikat.people import apps\n'),
    "sideways": ("audit/planted.py", '"""x"""\nfrom serikat.ui import apps\n'),
    "django in rules": ("audit/rules.py", '"""x"""\nfrom django.db import models\n'),
    "models in views": ("units/views.py", '"""x"""\nfrom serikat.units import models\n'),
    "wagtail elsewhere": ("units/planted.py", '"""x"""\nimport wagtail\n'),
    "a room without a floor": ("attic/__init__.py", '"""x"""\n'),
    "services import views": ("units/services.py", '"""x"""\nfrom serikat.units import views\n'),
}


@pytest.mark.parametrize("fault", PLANTED)
@pytest.mark.slow
def test_import_contracts_bite(tmp_path, fault):
    shutil.copytree(
        ROOT / "serikat", tmp_path / "serikat", ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "data")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    name, text = PLANTED[fault]
    write(tmp_path / "serikat", name, text)
    if fault == "services import views":
        write(tmp_path / "serikat", "units/views.py", '"""x"""\n')
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
