"""The guards over the real tree."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

import serikat
from serikat.audit.action import note_words
from serikat.kernel.gate import entry_of
from serikat.newsroom.rules.publishing import RESERVED
from tests.house import guards

PACKAGE = Path(serikat.__file__).parent
ROOT = PACKAGE.parent
FILES = list(guards.sources(PACKAGE))


def views(resolver=None, prefix=""):
    """Every address with its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def service_modules():
    for room in guards.FLOOR_OF:
        package = import_module(f"serikat.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"serikat.{room}."):
            if found.name.startswith(f"serikat.{room}.services"):
                yield import_module(found.name)


def template_libraries():
    """Which room each of our tag libraries belongs to."""
    libraries = engines["django"].engine.libraries
    return {name: path.split(".")[1] for name, path in libraries.items() if path.startswith("serikat.")}


def test_no_room_listens_to_django_model_signals():
    assert guards.model_signals(FILES) == []


def test_no_file_passes_the_ceiling():
    assert guards.too_long_files([*FILES, *ROOT.glob("tests/**/*.py"), *ROOT.glob("benchmarks/**/*.py")]) == []


def test_nothing_is_named_like_a_drawer():
    assert guards.drawer_names(PACKAGE) == []


def test_the_kernel_has_its_fixed_list_of_files():
    assert guards.strange_kernel_files(PACKAGE / "kernel") == []


def test_inline_imports_say_why():
    assert guards.unexplained_inline_imports(FILES) == []


def test_what_the_trail_notes_has_words():
    assert list(service_modules())  # loaded: they name what they note
    assert guards.notes_without_words(FILES, note_words()) == []


def test_rules_know_no_clock():
    assert guards.clocks_in_rules(p for p in FILES if p.stem == "rules" or "rules" in p.parts or "law" in p.parts) == []


def test_no_test_looks_for_what_chance_may_write():
    assert guards.needles_of_chance([*PACKAGE.glob("*/tests/**/*.py"), *ROOT.glob("tests/**/*.py")]) == []


def test_every_module_opens_with_what_lives_in_it():
    assert guards.modules_without_text(FILES) == []


def test_every_write_has_a_doorway():
    assert guards.services_without_doorway(service_modules()) == []


def test_foreign_keys_point_down():
    assert guards.upward_foreign_keys(apps.get_models(include_auto_created=True)) == []


def test_template_links_point_down():
    assert guards.upward_template_links(PACKAGE, template_libraries()) == []


def test_every_view_says_whom_it_lets_in():
    assert guards.views_without_entry(views(), entry_of) == []


def test_migrations_are_named_by_what_they_change():
    assert guards.badly_named_migrations(PACKAGE.glob("*/migrations/*.py")) == []


def test_floors_and_layers_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_models_and_migrations_agree():
    from django.core.management import call_command  # reason: only this test needs it

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_standing_page_takes_an_address_of_the_house():
    firsts = {route.partition("/")[0] for route, _view in views()}
    plain = {first for first in firsts if re.fullmatch(r"[a-z-]+", first)}
    assert plain - RESERVED == set()
