"""The command line of the product: `serikat <command>`; commands live in the rooms' `management/commands`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serikat.config.settings")
    from django.core.management import execute_from_command_line  # reason: settings must be named first

    execute_from_command_line(["serikat", *sys.argv[1:]])


if __name__ == "__main__":
    main()
