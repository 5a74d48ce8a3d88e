"""The command line of the product: `serikat <command>`; commands live in the rooms' `management/commands`."""

import os
import sys

from serikat.config import environment
from serikat.config.environment import BadSetting


def main() -> None:
    if sys.argv[1:2] == ["law"]:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads are for matrices, and the law has none
        from serikat.law.cli import main as law  # reason: the law answers without Django, in a fraction of its start

        environment.load_env_file(environment.ROOT / ".env")
        sys.exit(law(sys.argv[2:], environment.folder("SERIKAT_DATA", environment.ROOT / "data") / "law.json"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serikat.config.settings")
    from django.conf import settings  # reason: settings must be named first
    from django.core.exceptions import ImproperlyConfigured  # reason: settings must be named first
    from django.core.management import execute_from_command_line  # reason: settings must be named first

    try:
        settings.configured or settings.SERIKAT_DATA  # noqa: B018 reads the settings, so that a wrong one is said in a sentence
    except (BadSetting, ImproperlyConfigured) as problem:
        sys.exit(str(problem))
    from django.db import OperationalError, ProgrammingError  # reason: settings must be named first

    try:
        execute_from_command_line(["serikat", *sys.argv[1:]])
    except (OperationalError, ProgrammingError) as problem:
        if not str(problem).startswith(("no such table", 'relation "')):
            raise
        sys.exit("The tables of this installation are not there yet. Run `./run setup` once.")


if __name__ == "__main__":
    main()
