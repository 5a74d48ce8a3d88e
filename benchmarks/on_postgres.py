"""Runs a benchmark on a PostgreSQL of its own, started on a scratch folder and gone afterwards.

.venv/bin/python -m benchmarks.on_postgres places [arguments]
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.suite import postgres


def main() -> int:
    with postgres() as address:
        if address is None:
            print("No PostgreSQL was found and none could be started.")
            return 1
        command = [sys.executable, "-m", f"benchmarks.{sys.argv[1]}", *sys.argv[2:]]
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
