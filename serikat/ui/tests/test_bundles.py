"""Joined files: everything is in, thinning changes no meaning, and a page weighs what it may."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from serikat.ui import bundles
from serikat.ui.bundles import BUNDLES, HERE, bundle, thin_css, thin_js


def test_every_style_and_script_is_in_exactly_one_bundle():
    used = [path for parts in BUNDLES.values() for path in parts]
    assert sorted(used) == sorted([*(HERE / "css").glob("*.css"), *(HERE / "js").glob("*.js")])


def test_thin_css_keeps_strings_and_meaning():
    text = '/* a */\n.a > .b:hover ,\n.c::before {\n  content: "a ; b /* no */";\n  width: calc(100% - 2rem);\n}\n'
    assert thin_css(text) == '.a > .b:hover,.c::before{content:"a ; b /* no */";width:calc(100% - 2rem)}'


def test_thin_js_drops_comment_lines_only():
    assert thin_js('// why\nconst a = "//x";\n  go(a); // here\n') == '{\nconst a = "//x";\ngo(a); // here\n}'


@pytest.mark.parametrize("name", sorted(BUNDLES))
def test_finder_finds_and_lists_what_pages_link(name, settings, tmp_path):
    settings.SERIKAT_DATA = tmp_path
    assert Path(finders.find(name)).read_text("utf-8") == bundle(name)
    (listed,) = [storage.path(path) for path, storage in bundles.BundleFinder().list([]) if path == name]
    assert Path(listed).is_file()


def test_braces_balance():
    for name in BUNDLES:
        text = bundle(name)
        assert text.count("{") == text.count("}"), name


def test_public_styles_and_script_leave_room_for_an_article():
    weight = sum(len(gzip.compress(bundle(name).encode(), 9)) for name in ("ui/public.css", "ui/public.js"))
    assert weight < 8_000


def test_scripts_are_short_and_add_only_comfort():
    for path in (HERE / "js").glob("*.js"):
        assert len(path.read_text("utf-8").splitlines()) < 50, path.name
