#!/usr/bin/env python
"""Entry point of Django's commands; `script/manage` calls it with the embedded database running."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; a configuration error becomes one sentence, without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migratie.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fout:
        sys.exit(f"Instellingen kloppen niet: {fout}")


if __name__ == "__main__":
    main()
