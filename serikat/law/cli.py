"""`serikat law …`: the law at the console, without Django. One question is answered in a fraction of a second.

serikat law compute [FILE]            JSON lines in, JSON lines out
serikat law check                     the whole data set, with file and line of what is wrong
serikat law explain WHAT              a topic, an article (PP35/2021:40(2)), a parameter, or the mark of a result
serikat law table [NAME]              a table, such as severance_reasons; without a name, which there are
serikat law compare FOLDER [FILE]     which answers change with the law of another folder
serikat law reference [FOLDER]        the law as Markdown, in docs/law
--lang id                             in Indonesian
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from serikat.law import answers, comparing, explaining, reference, tables
from serikat.law.compiled import compile_law, the_law
from serikat.law.holding import Law
from serikat.law.plain import DATA
from serikat.law.words import BadLaw

OK, FAILED = 0, 1


def main(words: Sequence[str], compiled: Path | None = None, out: BinaryIO | None = None) -> int:
    """Carry out one command; gives the exit code. `compiled` is where the checked law lies, `out` where bytes go (standard output)."""
    given = _parser().parse_args(words)
    to = out or sys.stdout.buffer
    try:
        return int(given.run(given, compiled, to))
    except BadLaw as problem:
        print(problem, file=sys.stderr)  # noqa: T201 the console is where this speaks
    except BrokenPipeError:  # whoever reads has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)  # noqa: T201
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("serikat law", description="What the law gives, and by when.")
    parser.add_argument("--lang", choices=("en", "id"), default="en", help="language of messages and warnings")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, Path | None, BinaryIO], int], says: str
    ) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=says)
        found.set_defaults(run=run)
        return found

    command("compute", _compute, "JSON lines in, JSON lines out").add_argument("file", nargs="?", type=Path)
    command("check", _check, "check the whole data set")
    command("compile", _compile, "write the checked data where the next start finds it")
    command("explain", _explain, "a topic, an article, a parameter or a mark").add_argument("what")
    command("table", _table, "a table of the law").add_argument("name", nargs="?", default="")
    written = command("reference", _reference, "write the law as Markdown")
    written.add_argument("folder", nargs="?", type=Path, default=Path("docs/law"))
    compare = command("compare", _compare, "which answers change with another folder of law")
    compare.add_argument("folder", type=Path)
    compare.add_argument("file", nargs="?", type=Path)
    return parser


def _write(out: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        out.write(line.encode() + b"\n")


def _asked(given: argparse.Namespace) -> Iterable[bytes]:
    if given.file is None:
        yield from sys.stdin.buffer
        return
    with given.file.open("rb") as file:
        yield from file


def _compute(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    for line in answers.answer_lines(the_law(compiled), _asked(given), given.lang):
        out.write(line + b"\n")
    return OK


def _of_files(folder: Path = DATA) -> Law:
    from serikat.law.loading import load  # reason: no answer from the compiled law needs YAML

    return load(folder)


def _check(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    from serikat.law.loading import check_versions  # reason: no answer from the compiled law needs YAML

    law = _of_files()
    problems = list(check_versions(law))
    _write(out, problems or [_counted(law)])
    return FAILED if problems else OK


def _counted(law: Law) -> str:
    values = [value for held in law.held.values() for value in held]
    unverified = sum(not value.verified for value in values)
    return (
        f"The law is whole: {len(law.acts)} acts, {len(law.articles)} articles, {len(law.held)} parameters with {len(values)} values, "
        f"{unverified} of them without a source."
    )


def _compile(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    if compiled is None:
        _write(out, ["There is no folder for it: set SERIKAT_DATA."])
        return FAILED
    compile_law(compiled)
    return OK


def _explain(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    found = explaining.explain(the_law(compiled), given.what, given.lang)
    _write(out, found or [f"{given.what}: no topic, article, parameter or mark has this name."])
    return OK if found else FAILED


def _table(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    found = tables.table(the_law(compiled), given.name, given.lang)
    _write(out, found or ["Tables: " + ", ".join(tables.TABLES)])
    return OK if found or not given.name else FAILED


def _reference(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    reference.write(_of_files(), given.folder)
    return OK


def _compare(given: argparse.Namespace, compiled: Path | None, out: BinaryIO) -> int:
    _write(out, comparing.compare_lines(the_law(compiled), _of_files(given.folder), _asked(given), given.lang))
    return OK
