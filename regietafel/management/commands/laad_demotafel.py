"""Plans a meeting for the demonstration, when none is ahead."""

from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from regietafel.demotafel import TafelOntbreekt, plan_demovergadering


class Command(BaseCommand):
    help = (
        "Plant een vergadering voor de demonstratie, alleen in de demostand en alleen als er geen vergadering met een "
        "datum in het vooruitzicht is."
    )
    # It runs at every start, before the web server, which does the checks of pages and addresses itself.
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Een demovergadering bestaat alleen in de demostand (REGIEMONITOR_DEMO=1). Er is niets gepland."
            )
        try:
            with pghistory.context(opdracht="laad_demotafel"):
                vergadering = plan_demovergadering(moment=timezone.now())
        except TafelOntbreekt:
            raise CommandError("De reeks ontbreekt. Laad eerst de vergaderingen: laad_agendas.") from None
        self.stdout.write(
            f"Gepland: {vergadering}." if vergadering else "Er is al een vergadering in het vooruitzicht."
        )
