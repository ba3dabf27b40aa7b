#!/usr/bin/env python
"""Entry point of Django's commands; `script/manage` calls it with the embedded database running."""

import os
import sys
from functools import partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.utils.module_loading import import_string

# These change nothing, or serve others: what a page changes did not come from a command.
ZONDER_VERMELDING = ("runserver", "test", "check", "makemigrations", "collectstatic")


class Opdrachten(ManagementUtility):
    """Every command says of what it changes that it was this command."""

    def fetch_command(self, subcommand: str) -> Any:
        """The command, which runs as itself."""
        opdracht = super().fetch_command(subcommand)
        if subcommand not in ZONDER_VERMELDING:
            opdracht.run_from_argv = partial(_vermeld, opdracht.run_from_argv, subcommand)  # type: ignore[method-assign]
        return opdracht


def _vermeld(draai: Any, naam: str, argv: list[str]) -> Any:
    with import_string("logboek.bron.opdracht")(naam):
        return draai(argv)


def main() -> None:
    """Run a command; a configuration error becomes one sentence, without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migratie.settings")
    try:
        Opdrachten(sys.argv).execute()
    except ImproperlyConfigured as fout:
        sys.exit(f"Instellingen kloppen niet: {fout}")


if __name__ == "__main__":
    main()
