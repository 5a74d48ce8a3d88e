"""`serikat law …` at the real console: another process, without Django, with and without a folder for data."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from serikat.law import compute, the_law
from serikat.law.cli import main
from serikat.law.compiled import compile_law, read_compiled
from serikat.law.plain import DATA
from serikat.law.tests.test_cases import CASES

ROOT = DATA.parents[2]
GOOD = {"id": "a", "topic": "severance", "years_of_service": 4, "reason": "takeover", "basic_wage": 1_000_000}
WITHOUT_DJANGO = """
import contextlib, json, sys
from serikat.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["serikat", "law", *words]
    try:
        main()
    except SystemExit as end:
        assert end.code == 0, words
    seen = {name.partition(".")[0] for name in sys.modules}
    assert not seen & {"django", "wagtail"}, (words, seen)
    rooms = {name.split(".")[1] for name in sys.modules if name.startswith("serikat.")}
    assert rooms <= {"cli", "config", "law"}, (words, rooms)
"""


class Done(NamedTuple):
    """What a command gave, in this process or in another."""

    returncode: int
    stdout: bytes
    stderr: bytes


def process(*words: str, given: bytes = b"", data: str | Path = "") -> Done:
    """Another process, with `data` as the folder for data, as a user starts it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SERIKAT_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, *words], input=given, capture_output=True, check=False, cwd=ROOT, timeout=120,
        env={**kept, "PYTHONPATH": str(ROOT), "SERIKAT_DATA": str(data)},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The console in this process: the same code behind the words."""

    def run(*words: str | Path, given: bytes = b"", data: Path | None = None) -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        out = io.BytesIO()
        code = main([str(word) for word in words], data / "law.json" if data else None, out)
        return Done(code, out.getvalue(), capfd.readouterr().err.encode())

    return run


def test_every_command_works_in_another_process_without_django(tmp_path: Path):
    asked = tmp_path / "asked.jsonl"
    asked.write_bytes(orjson.dumps(GOOD) + b"\n")
    commands = [
        ["compute", asked], ["check"], ["explain", "severance"], ["explain", "PP35/2021:56"], ["table", "severance_reasons"], ["table"],
        ["compare", DATA, asked], ["compile"], ["--lang", "id", "compute", asked],
    ]  # fmt: skip
    done = process(
        "-c", WITHOUT_DJANGO, orjson.dumps([list(map(str, words)) for words in commands]).decode(), data=tmp_path / "data"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b'"total":7000000') == 2
    assert (tmp_path / "data" / "law.json").exists()


def test_an_answer_from_the_compiled_law_loads_no_yaml(tmp_path: Path):
    compile_law(tmp_path / "law.json")
    program = "import sys; from serikat.cli import main\ntry: main()\nfinally: assert 'yaml' not in sys.modules"
    done = process("-c", program, "law", "compute", given=orjson.dumps(GOOD), data=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert orjson.loads(done.stdout) == compute(the_law(), GOOD)


def test_compute_answers_from_a_pipe_and_from_a_file(console: Callable[..., Done], tmp_path: Path):
    line = orjson.dumps(GOOD)
    asked = tmp_path / "asked.jsonl"
    asked.write_bytes(line)
    piped, filed = console("compute", given=line), console("compute", asked)
    assert piped.stdout == filed.stdout
    assert orjson.loads(piped.stdout) == compute(the_law(), GOOD)
    assert piped.stderr == b""


def test_compute_goes_on_after_a_broken_line(console: Callable[..., Done]):
    done = console(
        "--lang",
        "id",
        "compute",
        given=b"\xef\xbb\xbf" + orjson.dumps(GOOD) + b"\r\n\r\n\xff\xfe\r\n{\r\n" + orjson.dumps(GOOD),
    )
    answers = [orjson.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("total") for answer in answers] == [7_000_000, None, None, 7_000_000]
    assert answers[1]["error"]["message"].startswith("Tiap baris")
    assert done.returncode == 0


def test_compute_of_nothing_answers_nothing(console: Callable[..., Done]):
    done = console("compute", given=b"\n\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_same_question_has_the_same_mark_in_another_process(tmp_path: Path):
    facts = [{"id": number, **case["facts"]} for number, (_, case) in enumerate(CASES)]
    compile_law(tmp_path / "law.json")
    done = process("-m", "serikat.cli", "law", "compute", given=b"\n".join(map(orjson.dumps, facts)), data=tmp_path)
    assert [orjson.loads(line) for line in done.stdout.splitlines()] == [compute(the_law(), one) for one in facts]


@pytest.mark.parametrize("made", ["absent", "a file", "broken", "a folder in its place", "not to be read"])
def test_the_console_answers_whatever_the_folder_for_data_is(console: Callable[..., Done], tmp_path: Path, made: str):
    data = tmp_path / "data"
    if made == "a file":
        data.write_text("")
    elif made != "absent":
        data.mkdir()
        if made == "a folder in its place":
            (data / "law.json").mkdir()
        else:
            (data / "law.json").write_bytes(b"\x00" if made == "broken" else b"")
        if made == "not to be read":
            (data / "law.json").chmod(0)
    done = console("compute", given=orjson.dumps(GOOD), data=data)
    assert (done.returncode, done.stderr) == (0, b"")
    assert orjson.loads(done.stdout)["total"] == 7_000_000


def test_compile_writes_what_the_next_start_reads(console: Callable[..., Done], tmp_path: Path):
    assert console("compile", data=tmp_path / "new").returncode == 0
    assert read_compiled(tmp_path / "new" / "law.json") is not None


def test_compile_into_a_place_that_is_none_says_so(console: Callable[..., Done], tmp_path: Path):
    (tmp_path / "file").write_text("")
    done = console("compile", data=tmp_path / "file" / "data")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert str(tmp_path / "file").encode() in done.stderr


def test_a_file_that_is_not_there_is_named(console: Callable[..., Done], tmp_path: Path):
    done = console("compute", tmp_path / "nowhere.jsonl")
    assert done.returncode == 1
    assert done.stderr.decode().strip() == f"{tmp_path / 'nowhere.jsonl'}: No such file or directory"
    assert console("compute", tmp_path).stderr.decode().strip() == f"{tmp_path}: Is a directory"


def test_a_reader_that_has_seen_enough_is_no_error():
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; (for i in $(seq 20000); do echo '{{}}'; done) | {sys.executable} -m serikat.cli law compute | head -n 1"],
        capture_output=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"rror" not in done.stderr


def test_check_says_that_the_law_is_whole(console: Callable[..., Done]):
    done = console("check")
    assert done.returncode == 0
    assert done.stdout.startswith(b"The law is whole: ")


@pytest.mark.parametrize(
    ("what", "part"),
    [
        ("severance", "rule version 1"),
        ("severance:1:0123456789abcdef", "<- this mark"),
        ("severance:9:0123456789abcdef", "version 9 is not known here"),
        ("PP35/2021:40(2)", "Severance pay by service"),
        ("PP35/2021:43(1)+40(2)", "cuts jobs after a loss"),
        ("severance.reason.retirement", "1.75 times"),
    ],
)
def test_explain_says_it_in_sentences(console: Callable[..., Done], what: str, part: str):
    done = console("explain", what)
    assert part in done.stdout.decode()
    assert done.returncode == 0


@pytest.mark.parametrize("what", ["", ":", "+", ";", "PP35/2021:999", "nothing", "x" * 10_000, "severance.reason", "ü"])
def test_explain_of_what_has_no_name_says_so(console: Callable[..., Done], what: str):
    done = console("explain", what)
    assert done.returncode == 1
    assert b"no topic, article, parameter or mark has this name" in done.stdout
    assert done.stderr == b""


def test_tables_are_printed_with_tabs(console: Callable[..., Done]):
    done = console("table", "severance_reasons")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert len(rows) == 28
    assert {len(row) for row in rows} == {8}
    assert b"severance_reasons" in console("table").stdout
    assert console("table", "no_table").returncode == 1


def test_compare_says_which_answers_change(console: Callable[..., Done], tmp_path: Path):
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = folder / "severance.yaml"
    path.write_text(path.read_text("utf-8").replace("pay: 1.75", "pay: 2"), "utf-8")
    asked = b"\n".join(
        [orjson.dumps({**GOOD, "id": "r", "reason": "retirement"}), b"{", orjson.dumps(GOOD), orjson.dumps({"topic": 5})]
    )
    done = console("compare", folder, given=asked)
    assert done.stdout.decode().splitlines() == ["r: severance 10750000 becomes 12000000", "1 of 4 answers change."]
    assert (done.returncode, done.stderr) == (0, b"")


def test_compare_with_a_broken_folder_names_what_is_wrong(console: Callable[..., Done], tmp_path: Path):
    done = console("compare", tmp_path, given=b"")
    assert done.returncode == 1
    assert b"which no file holds" in done.stderr
    assert b"Traceback" not in done.stderr
