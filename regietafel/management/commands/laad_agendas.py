"""Loads the documents and the meetings that come with the product, or those in other folders."""

import argparse
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone

from maatregelen.documenten import GEGEVENSMAP, Documentfout, laad, lees, voeg_bronnen_toe
from maatregelen.documenttelling import tabel, verslag_in_woorden
from regietafel.vergadercontrole import VERGADERMAP, lees_vergaderingen
from regietafel.vergaderlading import laad_vergaderingen
from regietafel.vergadertelling import MEERVOUD, vergadertabel


class Command(BaseCommand):
    # It runs at every start, before the web server, which does the checks of pages and addresses itself.
    requires_system_checks = ()
    help = (
        "Laadt de beleidsagenda's en de vergaderingen uit de gegevensbestanden. Nog een keer laden wijzigt niets; wat "
        "mensen hebben gewijzigd blijft staan, en een vastgesteld verslag ook. Een fout in een bestand wordt genoemd, "
        "en dan wordt er niets geladen."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--map",
            type=Path,
            help="Map met de gegevensbestanden van de agenda's. Zonder --vergaderingen komen er dan geen vergaderingen "
            "bij: die van het product horen bij de agenda's van het product.",
        )
        parser.add_argument("--vergaderingen", type=Path, help="Map met de gegevensbestanden van de vergaderingen.")
        parser.add_argument("--bronnen", type=Path, help="Map met de teksten van de stukken, om bij te voegen.")

    def handle(self, *_: Any, **opties: Any) -> None:
        moment = timezone.now()
        vandaag = timezone.localdate(moment)
        map_: Path | None = opties["map"]
        vergadermap: Path | None = opties["vergaderingen"] or (None if map_ else VERGADERMAP)
        regels: list[str] = []
        try:
            gegevens = lees(map_ or GEGEVENSMAP, vandaag=vandaag)
            vergaderingen = lees_vergaderingen(vergadermap, gegevens, vandaag=vandaag) if vergadermap else None
            with pghistory.context(opdracht="laad_agendas"), transaction.atomic():
                regels += [*tabel(gegevens), "", *verslag_in_woorden(laad(gegevens, moment=moment))]
                if vergaderingen:
                    verslag = laad_vergaderingen(vergaderingen, gegevens, moment=moment)
                    regels += ["", *vergadertabel(vergaderingen), "", *verslag_in_woorden(verslag, MEERVOUD)]
                if opties["bronnen"]:
                    regels += voeg_bronnen_toe(opties["bronnen"], moment=moment)
        except Documentfout as fout:
            raise CommandError("\n".join([*fout.fouten, "Er is niets geladen."])) from None
        except DatabaseError as fout:
            raise CommandError(f"De database weigert dit: {str(fout).strip()}\nEr is niets geladen.") from None
        for regel in regels:
            self.stdout.write(regel)
