"""Start tables of the chain anew after a release took a column of theirs away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from logboek.controle import Soort, controleer
from logboek.verzegelen import herzegel


class Command(BaseCommand):
    help = (
        "Begint de keten opnieuw voor tabellen waarvan een kolom is vervallen, en alleen voor die. Alle oude zegels "
        "blijven als schakel bestaan, en het logboek vermeldt het."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Why."""
        parser.add_argument("--reden", required=True, help="Waarom, bijvoorbeeld: versie 1.4, kolom email vervallen.")

    def handle(self, *_: Any, **opties: Any) -> None:
        """Refuses as long as anything else is wrong: that must be looked into first."""
        verslag = controleer()
        anders = [tabel for tabel, soort in verslag.bevindingen if soort != Soort.KOLOM]
        if anders:
            raise CommandError(f"Eerst uitzoeken met controleer_logboek: {', '.join(sorted(set(anders)))}.")
        tabellen = sorted({tabel for tabel, _ in verslag.bevindingen})
        if not tabellen:
            raise CommandError("Er is niets om opnieuw te verzegelen: alles is na te rekenen.")
        zegel = herzegel(tabellen, moment=timezone.now(), reden=opties["reden"])
        self.stdout.write(f"Zegel {zegel.nummer}: {', '.join(tabellen)} begint opnieuw. Daarna volgen nieuwe zegels.")
