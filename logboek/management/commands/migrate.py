"""Django's migrate, which puts the guards of the log on when it is done."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from logboek.afscherming import CONTEXT, scherm_af


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; then guard what is there. Halfway the way back there is nothing to guard yet."""
        super().handle(*args, **options)
        if options.get("check_unapplied") or options.get("plan"):
            return
        bestaand = connection.introspection.table_names()
        if CONTEXT in bestaand and "logboek_herkomst" in bestaand:
            scherm_af()
