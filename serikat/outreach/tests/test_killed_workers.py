"""Workers killed on the way, with real processes and a real line: the benchmark in small."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
def test_three_killed_workers_leave_nobody_out_and_nobody_twice():
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "benchmarks.outreach", "600", "3", "4"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-2000:]
    assert "reached 600, twice 0" in ran.stdout
