"""Loads the documents that come with the product, or those in another folder."""

import argparse
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone

from maatregelen.documenten import GEGEVENSMAP, Documentfout, laad, lees, voeg_bronnen_toe
from maatregelen.documenttelling import tabel, verslag_in_woorden


class Command(BaseCommand):
    # It runs at every start, before the web server, which does the checks of pages and addresses itself.
    requires_system_checks = ()
    help = (
        "Laadt de beleidsagenda's uit de gegevensbestanden. Nog een keer laden wijzigt niets; wat mensen hebben "
        "gewijzigd blijft staan. Een fout in een bestand wordt genoemd, en dan wordt er niets geladen."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--map", type=Path, default=GEGEVENSMAP, help="Map met de gegevensbestanden.")
        parser.add_argument("--bronnen", type=Path, help="Map met de teksten van de stukken, om bij te voegen.")

    def handle(self, *_: Any, **opties: Any) -> None:
        moment = timezone.now()
        try:
            gegevens = lees(opties["map"], vandaag=timezone.localdate(moment))
            with pghistory.context(opdracht="laad_agendas"), transaction.atomic():
                verslag = laad(gegevens, moment=moment)
                regels = voeg_bronnen_toe(opties["bronnen"], moment=moment) if opties["bronnen"] else []
        except Documentfout as fout:
            raise CommandError("\n".join([*fout.fouten, "Er is niets geladen."])) from None
        except DatabaseError as fout:
            raise CommandError(f"De database weigert dit: {str(fout).strip()}\nEr is niets geladen.") from None
        for regel in [*tabel(gegevens), "", *verslag_in_woorden(verslag), *regels]:
            self.stdout.write(regel)
