"""How fast the law counts: severance in columns, JSON lines, one answer at the console, and the same rule in OpenFisca.

    .venv/bin/python -m benchmarks.law

One process counts; OpenFisca runs beside it in an environment of its own, which this benchmark makes in a scratch folder. Prints one line a figure,
the best of five; the answer at the console is the median of ten. Goals: 100,000 results with the figures of every line in 0.02 s, 1,000,000 in 0.15 s,
25,000 JSON lines a second, one answer at the console in 0.5 s, and no slower than OpenFisca's bare totals.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from serikat.law import severance, the_law
from serikat.law.answers import answer_lines
from serikat.law.compiled import compile_law
from serikat.law.dates import completed_years
from serikat.law.wages import Wages

HERE = Path(__file__).parent
ROOT = HERE.parent


def best_of(run: Callable[[], object], times: int = 5) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return min(took)


def columns(count: int) -> severance.Columns:
    """Typed columns of people who never were."""
    chance = np.random.default_rng(1)
    hired = (np.datetime64("2000-01-01") + chance.integers(0, 7000, count)).astype("datetime64[D]")
    left = (np.datetime64("2021-02-02") + chance.integers(0, 2000, count)).astype("datetime64[D]")
    wages = Wages(chance.integers(1_000_000, 20_000_000, count), chance.integers(0, 2_000_000, count))
    return severance.Columns(wages, chance.integers(0, 27, count).astype(np.int16), hired, left)


def lines(count: int) -> list[bytes]:
    chance = random.Random(1)
    names = severance.reason_names(the_law())
    return [
        json.dumps(
            {
                "id": str(number), "topic": "severance", "hired": f"20{chance.randint(10, 19)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
                "terminated": f"2025-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}", "reason": chance.choice(names),
                "basic_wage": chance.randint(10**6, 10**7), "fixed_allowance": 500_000, "variable_allowance": 300_000,
            }
        ).encode()
        for number in range(count)
    ]  # fmt: skip


def console(scratch: Path) -> float:
    """One question at the console, from compiled data and byte code, as a whole process: the median of ten."""
    compile_law(scratch / "law.json")
    question = lines(1)[0] + b"\n"
    command = [sys.executable, "-m", "serikat.cli", "law", "compute"]
    environment = {**os.environ, "SERIKAT_DATA": str(scratch)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # set-up compiles, and so does the first start here

    def answer() -> None:
        subprocess.run(command, input=question, env=environment, cwd=ROOT, capture_output=True, check=True)

    answer()
    return statistics.median(best_of(answer, 1) for _ in range(10))


def openfisca(scratch: Path, given: severance.Columns) -> dict[str, float]:
    """OpenFisca's seconds for the same people, and for how many its total is another."""
    law = the_law()
    rules = severance.rules_on(law, law.since("severance"))
    names = severance.reason_names(law)
    pay, service = law.held["severance.pay_months"][-1].value, law.held["severance.service_months"][-1].value
    told = {
        "pay": {name: float(reason.value.pay) for name, reason in zip(names, rules.reasons, strict=True)},
        "service": {name: float(reason.value.service) for name, reason in zip(names, rules.reasons, strict=True)},
        "pay_months": list(zip(pay.starts, pay.values, strict=True)),
        "service_months": list(zip(service.starts, service.values, strict=True)),
    }
    (scratch / "rules.json").write_text(json.dumps(told))
    assert given.hired is not None
    assert given.terminated is not None
    years = completed_years(given.hired, given.terminated)
    np.savez(scratch / "people.npz", base=given.wages.month(30), years=years, reason=given.reason)
    subprocess.run([sys.executable, "-m", "venv", str(scratch / "of")], check=True)
    python = str(scratch / "of" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "--only-binary", ":all:", "openfisca-core"], check=True)
    told_by = [
        python,
        str(HERE / "law_openfisca.py"),
        *(str(scratch / name) for name in ("rules.json", "people.npz", "totals.npy")),
    ]
    seconds: dict[str, float] = json.loads(
        subprocess.run(told_by, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )
    off = np.abs(np.load(scratch / "totals.npy").astype(np.int64) - severance.compute(law, given).total())
    return seconds | {"people whose total is another": int((off > 0).sum()), "by at most": int(off.max())}


def main() -> None:
    law = the_law()
    for count, goal in ((100_000, 0.02), (1_000_000, 0.15)):
        given = columns(count)
        severance.compute(law, given)
        took = best_of(lambda given=given: severance.compute(law, given))
        print(f"{count:>9,} severance results, all lines   {took:.4f} s  goal {goal}")
    asked = lines(50_000)
    took = best_of(lambda: sum(1 for _ in answer_lines(law, asked)), 3)
    print(f"JSON lines                             {len(asked) / took:,.0f} a second  goal 25,000")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        print(f"one answer at the console              {console(scratch):.2f} s  goal 0.5")
        given = columns(100_000)
        other = openfisca(scratch, given)
        ours = best_of(lambda: severance.compute(law, given).total())
        print(
            f"100,000 bare totals in OpenFisca       {other['with set-up']:.4f} s with its set-up, {other['formula alone']:.4f} s the formula"
        )
        print(f"    ours with every line               {ours:.4f} s, {other['with set-up'] / ours:.1f} times as fast")
        print(
            f"    its total is another for           {other['people whose total is another']:,.0f} people, by at most Rp{other['by at most']:,.0f}"
        )


if __name__ == "__main__":
    main()
