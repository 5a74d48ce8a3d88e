"""A scratch house for a benchmark: a new data folder with keys of its own, gone when the program ends. Import it before anything of Django.

`SERIKAT_DATA` of the caller is not touched: a benchmark never runs on real data. `DATABASE_URL`, where it is given, is used as it is and must name
an empty database.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from serikat.config import install
from tests import database

FOLDER = Path(tempfile.mkdtemp(prefix="serikat-benchmark-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {
    "SERIKAT_DATA": str(FOLDER / "data"),
    "SERIKAT_KEYS": str(FOLDER / "keys"),
    "SERIKAT_DEMO": "0",
    "DEBUG": "0",
    "DJANGO_SETTINGS_MODULE": "serikat.config.settings",
}
install.make_data_folder(FOLDER / "data")
install.make_keys(FOLDER / "keys", FOLDER / "data")

if not os.environ.get("DATABASE_URL"):  # tables as the tests have them ready, since migrating anew takes half a minute
    templates = database.SQLiteTemplates(FOLDER / "data")
    templates.copy(templates.ready())

import django

django.setup()
