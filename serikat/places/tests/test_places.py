"""Loading the reference data, finding places as people type them, the picker with and without JavaScript, and the three time zones."""

from __future__ import annotations

import csv
import lzma
from datetime import UTC, datetime

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from serikat.places import rules
from serikat.places.forms import PlaceField
from serikat.places.models import Country, Level, NamePart, Region
from serikat.places.selectors import countries, find_regions, find_villages, local_time, region_by_code, regions_in, zone_of
from serikat.places.services import REGIONS_FILE, load_places

SUKAMAJU = "Sukamaju, Kec. Tambelang, Kab. Bekasi, Jawa Barat"


class Form(forms.Form):
    village = PlaceField()


def fulls(found):
    return [r.full for r in found]


def test_load_places_writes_every_level_and_countries(places):
    assert (places.regions, places.countries) == (21, Country.objects.count())
    assert [Region.objects.filter(level=level).count() for level in Level] == [5, 5, 5, 6]
    assert (Country.objects.get(pk="KR").name_id, Country.objects.get(pk="KR").name_en) == ("Korea Selatan", "South Korea")


def test_load_places_twice_writes_nothing_and_a_new_edition_changes_names(places, extract_file):
    assert load_places(file=extract_file).regions == 0
    text = lzma.decompress(extract_file.read_bytes()).decode().replace("Margahayu", "Margahayu Baru")
    extract_file.write_bytes(lzma.compress(text.encode()))
    again = load_places(file=extract_file)
    assert (again.regions, again.countries) == (21, 0)
    assert Region.objects.get(pk="32.75.01.1001").name == "Margahayu Baru"
    assert (Region.objects.count(), NamePart.objects.filter(folded="baru").count()) == (21, 1)


@pytest.mark.slow
def test_the_file_in_the_repository_holds_the_whole_country():
    rows = list(csv.reader(lzma.decompress(REGIONS_FILE.read_bytes()).decode().splitlines(), delimiter="\t"))
    codes = {code for code, _ in rows}
    assert [sum(code.count(".") == dots for code in codes) for dots in range(4)] == [38, 514, 7277, 83763]
    assert [code for code in codes if "." in code and rules.parent_code(code) not in codes] == []
    assert [name for _, name in rows if not rules.folded(name) or len(rules.folded(name)) > 60] == []
    assert (REGIONS_FILE.parent / "NOTICE").read_text().count("Open Database License") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sukamaju bekasi", [SUKAMAJU]),
        ("Ds. Suka Maju, Kab. Bekasi", [SUKAMAJU]),
        ("bekasi sukamaju", [SUKAMAJU]),
        ("kel. sukamaju depok", ["Sukamaju, Kec. Cilodong, Kota Depok, Jawa Barat"]),
        (
            "sukam",
            [
                SUKAMAJU,
                "Sukamaju, Kec. Cilodong, Kota Depok, Jawa Barat",
                "Sukamantri, Kec. Tambelang, Kab. Bekasi, Jawa Barat",
            ],
        ),
        ("sukmaju bekasi", [SUKAMAJU]),
        ("sukamaju bekasi jabar", [SUKAMAJU]),
        ("air bangis", ["Nagari Air Bangis, Kec. Sungai Beremas, Kab. Pasaman Barat, Sumatera Barat"]),
        ("desa baru", ["Desa Baru, Kec. Ra'as, Kab. Sumenep, Jawa Timur"]),
        ("baru raas", ["Desa Baru, Kec. Ra'as, Kab. Sumenep, Jawa Timur"]),
        ("margahayu bandung", ["Margahayu, Kec. Bekasi Timur, Kota Bekasi, Jawa Barat"]),
        ("qwxyz", []),
        ("s", []),
        ("", []),
        ("%_'\";--", []),
        ("सुकमाजु", []),
        ("a\0b", []),
        ("x" * 5000, []),
    ],
)
def test_find_villages_understands_how_people_write(places, query, expected):
    assert fulls(find_villages(query)) == expected


@given(st.text("abc", min_size=1, max_size=6), st.lists(st.text("abc", min_size=1, max_size=7), max_size=12))
def test_a_slip_came_no_later_than_the_last_letter_some_name_shares(word, names):
    every = rules.one_slip_away(word) & set(names)
    assert every == rules.one_slip_away(word, rules.shared_beginning(word, names)) & set(names)


def test_find_regions_of_another_level(places):
    assert fulls(find_regions("kota bekasi", level=Level.REGENCY)) == ["Kota Bekasi, Jawa Barat"]
    assert fulls(find_regions("jawa", level=Level.PROVINCE)) == ["Jawa Barat", "Jawa Timur"]
    assert [r.name for r in regions_in("32")] == ["Kabupaten Bekasi", "Kota Bekasi", "Kota Depok"]


def test_find_villages_asks_as_often_for_one_answer_as_for_three(places, django_assert_num_queries):
    for query in ("sukamantri", "sukama"):
        with django_assert_num_queries(2):
            assert find_villages(query)


def test_zone_of_follows_the_province(places):
    assert [zone_of(code).label for code in ("32.16", "64", "94", "13.12.01", "81.71", "51.03")] == [
        "WIB",
        "WITA",
        "WIT",
        "WIB",
        "WIT",
        "WITA",
    ]
    assert local_time(datetime(2026, 5, 22, 6, 30, tzinfo=UTC), "64") == "22 Mei 2026 14:30 WITA"


def test_countries_are_sorted_in_the_readers_language(places):
    with translation.override("id"):
        assert [str(c) for c in countries()][:2] == ["Afganistan", "Afrika Selatan"]
    with translation.override("en"):
        assert [str(c) for c in countries()][:2] == ["Afghanistan", "Åland Islands"]


def test_the_picker_takes_a_chosen_code(places):
    form = Form({"village-text": SUKAMAJU, "village": "32.16.08.2003"})
    assert form.is_valid()
    assert form.cleaned_data["village"] == region_by_code("32.16.08.2003")


def test_the_picker_without_javascript_offers_choices_and_then_takes_one(places):
    form = Form({"village-text": "sukamaju", "village": ""})
    assert form.errors["village"] == [
        "Ada beberapa tempat dengan nama itu. Pilih salah satu, atau tulis juga nama kecamatan atau kabupatennya."
    ]
    html = form.as_div()
    assert html.count('type="radio"') == 2
    assert 'value="sukamaju"' in html
    form = Form({"village-text": "sukamaju", "village": "32.76.05.1001"})
    assert form.is_valid()
    assert form.cleaned_data["village"].pk == "32.76.05.1001"


def test_the_picker_needs_no_choosing_when_one_place_fits(places):
    form = Form({"village-text": "sukamaju depok"})
    assert form.is_valid()
    assert form.cleaned_data["village"].pk == "32.76.05.1001"
    html = form.as_div()  # it comes back for another field: the place that was meant stands there, chosen
    assert html.count('type="radio"') == 0
    assert '<input type="hidden" name="village" value="32.76.05.1001">' in html


def test_the_picker_believes_the_text_when_it_was_changed_after_choosing(places):
    form = Form({"village-text": "margahayu", "village": "32.16.08.2003"})
    assert form.is_valid()
    assert form.cleaned_data["village"].name == "Margahayu"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "Tulis nama tempatnya, lalu pilih."),
        ({"village": "99.99"}, "Tulis nama tempatnya, lalu pilih."),
        ({"village": "32\0"}, "Tulis nama tempatnya, lalu pilih."),
        ({"village": "32"}, "Tulis nama tempatnya, lalu pilih."),
        (
            {"village-text": "<script>qq"},
            "Tidak ada tempat dengan nama itu. Periksa ejaannya, atau tulis nama kecamatannya juga.",
        ),
    ],
)
def test_the_picker_refuses_what_is_no_village(places, data, error):
    form = Form(data)
    assert form.errors["village"] == [error]
    assert "<script>qq" not in form.as_div()


def test_the_picker_shows_what_the_form_began_with(places):
    html = Form(initial={"village": "32.16.08.2003"}).as_div()
    assert f'value="{SUKAMAJU}"' in html
    assert 'type="hidden" name="village" value="32.16.08.2003"' in html
    assert (
        Form(initial={"village": "32.16.08.2003"}, data={"village-text": SUKAMAJU, "village": "32.16.08.2003"}).has_changed()
        is False
    )


def test_find_answers_anybody_and_may_be_cached(places, client):
    answer = client.get("/tempat/cari.json", {"q": "sukamaju bekasi"})
    assert answer.json() == {"places": [{"code": "32.16.08.2003", "full": SUKAMAJU}]}
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer.cookies == {}
    for bad in ({"q": "x", "level": "9"}, {"q": "x", "level": "²"}, {"q": "\0"}, {}):
        assert client.get("/tempat/cari.json", bad).json() == {"places": []}
    assert client.post("/tempat/cari.json").status_code == 405
