"""Makes the demo people and says with which name and password to sign in."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from maatregelen.demonstratie import (
    OrganisatieOntbreekt,
    bepaal_wachtwoord,
    bewaar_geheim,
    lees_geheim,
    maak_demomensen,
)


class Command(BaseCommand):
    help = (
        "Maakt de demomensen, alleen in de demostand. Het wachtwoord is DEMO_WACHTWOORD, en anders een willekeurig "
        "wachtwoord dat elke keer wordt getoond."
    )
    # It runs at every start, before the web server, which does the checks of pages and addresses itself.
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demomensen bestaan alleen in de demostand (REGIEMONITOR_DEMO=1). Er is niets gemaakt.")
        bewaard, stempel = settings.VAR / "demo-wachtwoord", settings.VAR / "demo-stempel"
        try:
            wachtwoord = bepaal_wachtwoord(os.environ.get("DEMO_WACHTWOORD", "").strip(), bewaard)
            eerder = lees_geheim(stempel)
            mensen, vers = maak_demomensen(wachtwoord=wachtwoord, stempel=eerder)
            if vers != eerder:
                bewaar_geheim(stempel, vers)
        except OrganisatieOntbreekt as fout:
            raise CommandError(f"Deze organisaties ontbreken: {fout}. Laad eerst de agenda's: laad_agendas.") from None
        except OSError as fout:
            raise CommandError(f"Het wachtwoord kan niet worden bewaard in {settings.VAR}: {fout.strerror}.") from None
        for persoon in mensen:
            self.stdout.write(persoon.email)
        self.stdout.write(f"wachtwoord: {wachtwoord}")
