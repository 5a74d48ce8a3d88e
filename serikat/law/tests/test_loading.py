"""What the loader refuses, each with a broken copy of the shipped data; and the compiled law, which answers as the files do or not at all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from serikat.law import compute_many
from serikat.law.compiled import compile_law, read_compiled
from serikat.law.loading import check_versions, load, read_yaml_list
from serikat.law.plain import DATA
from serikat.law.tests.test_cases import CASES
from serikat.law.words import BadLaw

VALUES, ACT = "severance.yaml", "articles/pp35_2021.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(folder: Path, file: str, old: str, new: str, *, after: str = "") -> int:
    """Put `new` for the first `old` behind `after`; gives the line on which it stands."""
    path = folder / file
    text = path.read_text("utf-8")
    start = text.index(after)
    at = text.index(old, start)
    path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")
    return text[:at].count("\n") + 1


DAILY = "severance.daily_to_month:"
COUNTS = "severance.pension_counts:"
SECOND = '\n      - {from: 2025-01-01, value: false, articles: ["PP35/2021:58(1)"], sources: [], verified: false}'
REFUSED = [
    pytest.param(VALUES, 'articles: ["UU13/2003:157(2)"]', "articles: []", DAILY, "has no article", id="no article"),
    pytest.param(VALUES, 'articles: ["UU13/2003:157(2)"]', "", DAILY, "lacks articles", id="articles left out"),
    pytest.param(
        VALUES, "UU13/2003:157(2)", "UU13/2003:999", DAILY, "UU13/2003:999 is not in the register", id="article not registered"
    ),
    pytest.param(
        VALUES, "2021-02-02", "2003-01-01", DAILY, "is in force from 2020-11-02, not on all days", id="value before its article"
    ),
    pytest.param(VALUES, "value: 30", "value: 30.5", DAILY, "'30.5' is not a whole number", id="a float"),
    pytest.param(VALUES, "value: 30", "value: -30", DAILY, "-30 is not a whole number", id="below zero"),
    pytest.param(VALUES, "value: 30", "value: true", DAILY, "True is not a whole number", id="a flag for a number"),
    pytest.param(VALUES, "value: 30", "value: [30]", DAILY, "is not a whole number", id="a list for a number"),
    pytest.param(VALUES, "{0: 1, ", "{", "", "a table begins at 0", id="a band that does not start at 0"),
    pytest.param(VALUES, "2: 3, 3: 4", "3: 4, 2: 3", "", "its starts rise", id="bands that do not rise"),
    pytest.param(VALUES, "2: 3, 3: 4", "2: 3, 2: 4", "", "2 stands there twice", id="a band twice"),
    pytest.param(VALUES, "pay: 0.5", "pay: half", "reason.efficiency_loss", "'half' is not a number", id="a ratio in words"),
    pytest.param(VALUES, "pay: 0.5, ", "", "reason.efficiency_loss", "lacks pay", id="a reason without a factor"),
    pytest.param(VALUES, "reinstated: true", "reinstated: true, rights: true", "reason.acquitted", "none of the money of an end", id="taken back with money"),
    pytest.param(VALUES, "rights: true", "rights: yes", "reason.efficiency_loss", "neither true nor false", id="yes for true"),
    pytest.param(VALUES, "pay: 0.5", "pay: 0.5, bonus: 1", "reason.efficiency_loss", "does not know bonus", id="an unknown entry"),
    pytest.param(VALUES, "sources: [", "sources: [] #", DAILY, "is verified without a source", id="verified without source"),
    pytest.param(VALUES, "verified: true", "verified: maybe", DAILY, "neither true nor false", id="a mark that is none"),
    pytest.param(VALUES, DAILY, "severance.daily_to_year:", "", "no formula knows the parameter severance.daily_to_year", id="unknown parameter"),
    pytest.param(VALUES, DAILY, "severance.rights_items:", "", "severance.rights_items stands there twice", id="the same key twice"),
    pytest.param(VALUES, "from: 2021-02-02", "from: 2021-02-30", DAILY, "2021-02-30 is no day", id="a day that is none"),
    pytest.param(VALUES, "from: 2021-02-02", "from: 2021-02-02\n        to: 2021-02-01", DAILY, "ends before it begins", id="ends before it begins"),
    pytest.param(VALUES, 'en: "Month of wage', 'de: "Month of wage', DAILY, "both languages", id="a language that is missing"),
    pytest.param(VALUES, "reviewed: 2026-11-22", "reviewed: lately", "", "is not a day", id="no day of review"),
    pytest.param(ACT, "verified: true", "verified: true\n    holds: always", '"40(2)":', "does not know holds", id="an article with an unknown entry"),
    pytest.param(ACT, "sources: [", "sources: [] #", '"40(2)":', "is verified without a source", id="an article verified without source"),
    pytest.param(ACT, '"40(2)":', '"forty two":', "", "is not the name of an article", id="an article with a wrong name"),
    pytest.param(ACT, '"40(2)":', '"40(3)":', "", "40(3) stands there twice", id="an article twice"),
    pytest.param(ACT, "act: PP35/2021", "act: UU13/2003", "", "is in another file already", id="an act twice"),
    pytest.param("versions.yaml", "version: 1", "version: 2", "", "are not numbered from 1 on", id="versions not from 1"),
    pytest.param("versions.yaml", "version: 1", "version: one", "", "is not a whole number", id="a version that is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "after", "message"), REFUSED)
def test_broken_data_is_refused_with_file_and_line(folder: Path, file: str, old: str, new: str, after: str, message: str):
    line = change(folder, file, old, new, after=after)
    with pytest.raises(BadLaw) as refused:
        load(folder)
    said = str(refused.value)
    assert message in said
    found = re.match(r"([a-z0-9_]+\.yaml):(\d+): ", said)
    assert found
    assert found[1] == Path(file).name or message == "is in another file already"
    assert abs(int(found[2]) - line) <= 8, f"{said} is said of another place than line {line}"


def test_days_that_overlap_are_refused(folder: Path):
    change(
        folder,
        VALUES,
        "verified: true",
        "verified: true" + SECOND,
        after=COUNTS,
    )
    with pytest.raises(BadLaw, match=r"severance\.yaml:\d+: severance\.pension_counts: the value from 2025-01-01 overlaps"):
        load(folder)


def test_a_gap_is_refused(folder: Path):
    change(folder, VALUES, "verified: true", "verified: true\n        to: 2024-12-30" + SECOND, after=COUNTS)
    with pytest.raises(BadLaw, match=r"severance\.yaml:\d+: .*nothing is held between 2024-12-30 and 2025-01-01"):
        load(folder)


def test_values_that_follow_one_another_are_held(folder: Path):
    change(folder, VALUES, "verified: true", "verified: true\n        to: 2024-12-31" + SECOND, after=COUNTS)
    values = load(folder).held["severance.pension_counts"]
    assert [value.value for value in values] == [True, False]


def test_an_article_that_ended_is_refused(folder: Path):
    line = change(folder, ACT, '"40(2)":', '"40(2)":\n    to: 2025-12-31')
    with pytest.raises(
        BadLaw, match=r"severance\.yaml:\d+: the article PP35/2021:40\(2\) is in force from 2021-02-02 to 2025-12-31"
    ):
        load(folder)
    assert line


def test_a_parameter_that_no_file_holds_is_refused(folder: Path):
    path = folder / VALUES
    text = path.read_text("utf-8")
    start, end = text.index("  severance.daily_to_month:"), text.index("  severance.pension_counts:")
    path.write_text(text[:start] + text[end:], "utf-8")
    with pytest.raises(BadLaw, match=r"a formula asks for severance\.daily_to_month, which no file holds"):
        load(folder)


def test_a_parameter_in_two_files_is_refused(folder: Path):
    (folder / "more.yaml").write_text(
        "reviewed: 2026-11-22\nparameters:\n  severance.daily_to_month:\n    what: {id: a, en: b}\n    values: []\n", "utf-8"
    )
    with pytest.raises(
        BadLaw, match=r"severance\.yaml:\d+: severance\.\S+ is in another file already|more\.yaml:3: .* has no values"
    ):
        load(folder)


@pytest.mark.parametrize(
    "written",
    [
        b"reviewed: [",
        b"\xff\xfe\x00",
        b"- a\n- b\n",
        b"",
        b"a: &x [*x]",
        b"parameters: 7\nreviewed: 2026-11-22",
        b"reviewed: 2026-11-22\nparameters: {severance.least: 7}",
    ],
)
def test_a_file_that_is_no_yaml_of_names_is_refused_by_name(folder: Path, written: bytes):
    (folder / "zz.yaml").write_bytes(written)
    with pytest.raises(BadLaw, match=r"zz\.yaml:\d+: "):
        load(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(BadLaw):
        load(tmp_path / "nowhere")


def test_a_changed_value_wants_a_new_version(folder: Path):
    change(folder, VALUES, "value: 30", "value: 31", after=DAILY)
    said = list(check_versions(load(folder)))
    assert len(said) == 2
    assert all(
        re.search(r"versions\.yaml: the rules of (severance|unused_leave) .* add version 2 with digest [0-9a-f]{16}", one)
        for one in said
    )


def test_the_shipped_data_is_whole():
    assert list(check_versions(load())) == []


# The compiled law


def test_the_compiled_law_answers_as_the_files_do(tmp_path: Path):
    compile_law(tmp_path / "law.json")
    compiled = read_compiled(tmp_path / "law.json")
    assert compiled is not None
    facts = [case["facts"] for _, case in CASES]
    assert compute_many(compiled, facts) == compute_many(load(), facts)
    assert compiled.held == load().held
    assert compiled.articles == load().articles


def test_a_compiled_law_of_other_files_is_not_used(tmp_path: Path, folder: Path):
    compile_law(tmp_path / "law.json", folder)
    assert read_compiled(tmp_path / "law.json", folder) is not None
    change(folder, VALUES, "value: 30", "value: 31", after=DAILY)
    assert read_compiled(tmp_path / "law.json", folder) is None


def test_a_compiled_law_that_somebody_wrote_into_is_not_used(tmp_path: Path):
    target = tmp_path / "law.json"
    compile_law(target)
    whole = target.read_bytes()
    assert whole.count(b'"0.5"') > 3
    target.write_bytes(whole.replace(b'"0.5"', b'"0.4"', 1))
    assert read_compiled(target) is None


@pytest.mark.parametrize("written", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"x y\n{}", b"x y\n[1]", b'{"stamp": 1}'])
def test_a_broken_compiled_law_is_not_used(tmp_path: Path, written: bytes):
    target = tmp_path / "law.json"
    target.write_bytes(written)
    assert read_compiled(target) is None


def test_half_of_a_compiled_law_is_not_used(tmp_path: Path):
    target = tmp_path / "law.json"
    compile_law(target)
    target.write_bytes(target.read_bytes()[:-100])
    assert read_compiled(target) is None


def test_where_a_compiled_law_cannot_be_read_there_is_none(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert read_compiled(tmp_path / "nowhere" / "law.json") is None
    assert read_compiled(tmp_path / "file" / "law.json") is None
    assert read_compiled(tmp_path) is None


def test_cases_that_are_no_list_are_refused(tmp_path: Path):
    path = tmp_path / "cases.yaml"
    path.write_text("a: 1\n")
    with pytest.raises(BadLaw, match=r"cases\.yaml"):
        read_yaml_list(path)
