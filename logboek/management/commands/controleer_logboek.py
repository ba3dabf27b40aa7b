"""Check the chain of check numbers over the log and the history tables."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from logboek.controle import Verslag, controleer

# Keys that are written out per table; there may be a hundred thousand.
GENOEMD = 50


class Command(BaseCommand):
    help = (
        "Rekent na of in het logboek en de geschiedenis iets is gewijzigd, verwijderd of tussengevoegd. "
        "Eindigt met 1 als dat zo is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The seal that was noted elsewhere."""
        parser.add_argument(
            "--kop",
            metavar="NUMMER:CONTROLEGETAL",
            help="Een zegel dat u eerder elders hebt genoteerd. Zonder dit getal is niet te zien dat het einde van de "
            "keten is afgeknipt.",
        )

    def handle(self, *_: Any, **opties: Any) -> None:
        """Print what was found. Raises CommandError when something was."""
        verslag = controleer(kop=_lees_kop(opties["kop"]))
        for regel in in_woorden(verslag):
            self.stdout.write(regel)
        if not verslag.is_heel:
            raise CommandError("Het logboek is niet heel.", returncode=1)


def in_woorden(verslag: Verslag) -> list[str]:
    """The report, a line per finding."""
    regels = []
    for (tabel, soort), sleutels in sorted(verslag.bevindingen.items()):
        meer = f" en nog {len(sleutels) - GENOEMD}" if len(sleutels) > GENOEMD else ""
        regels.append(f"{tabel}: {soort.label}: {', '.join(sleutels[:GENOEMD])}{meer}")
    regels.append(
        f"{verslag.zegels} zegels over {verslag.rijen} rijen nagerekend; "
        f"{verslag.onverzegeld} rijen nog niet verzegeld."
    )
    if verslag.kop:
        regels.append(f"Laatste zegel: {verslag.kop[0]}:{verslag.kop[1]}")
    return regels


def _lees_kop(tekst: str | None) -> tuple[int, str] | None:
    if tekst is None:
        return None
    if not re.fullmatch(r"\d{1,18}:[0-9a-f]{64}", tekst):
        raise CommandError("Schrijf --kop als NUMMER:CONTROLEGETAL, zoals deze opdracht het laat zien.", returncode=2)
    nummer, _, getal = tekst.partition(":")
    return int(nummer), getal
