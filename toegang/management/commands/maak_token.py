"""Give a person a key for their scripts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from maatregelen.models import Persoon
from toegang.sleutels import (
    DAGEN_HOOGSTENS,
    DAGEN_STANDAARD,
    ONDERDELEN,
    Sleutelwens,
    laatste_dag,
    maak_sleutel,
    vrije_naam,
)


class Command(BaseCommand):
    help = "Maakt een toegangssleutel voor de API en toont die eenmaal. Alleen de sleutel komt op de uitvoer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, whether it may change things, and how far and how long it reaches."""
        parser.add_argument("--gebruiker", required=True, metavar="E-MAIL", help="E-mailadres van de persoon.")
        parser.add_argument(
            "--schrijven", action="store_true", help="De sleutel mag ook wijzigen wat deze persoon mag wijzigen."
        )
        parser.add_argument(
            "--naam", default="", help="Waarvoor de sleutel is. Zonder naam heet hij: opdrachtregel, met een nummer."
        )
        parser.add_argument(
            "--bereik",
            default="",
            metavar="DELEN",
            help=f"Onderdelen met komma's ertussen; zonder dit alle. Mogelijk: {', '.join(ONDERDELEN)}.",
        )
        parser.add_argument(
            "--dagen",
            type=int,
            default=DAGEN_STANDAARD,
            help=f"Hoeveel dagen de sleutel werkt, 1 tot en met {DAGEN_HOOGSTENS}; standaard {DAGEN_STANDAARD}.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the key and nothing else; raises CommandError when there is nobody to give it to."""
        adres = str(options["gebruiker"]).strip().lower()
        try:
            persoon = Persoon.objects.get(email=adres)
        except Persoon.DoesNotExist:
            raise CommandError(f"Er is niemand met het e-mailadres {adres}.") from None
        dagen = int(options["dagen"])
        if not 1 <= dagen <= DAGEN_HOOGSTENS:
            raise CommandError(f"--dagen is 1 tot en met {DAGEN_HOOGSTENS}.")
        wens = Sleutelwens(
            naam=options["naam"] or vrije_naam(persoon, "opdrachtregel"),
            schrijven=options["schrijven"],
            bereik=tuple(deel.strip() for deel in options["bereik"].split(",") if deel.strip()),
            tot_en_met=laatste_dag(timezone.localdate(), dagen),
        )
        try:
            # Who works on the machine itself may make as many as the work asks for.
            _, geheim = maak_sleutel(persoon, wens, door=None, hoogstens=None)
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from None
        except ValueError as fout:
            raise CommandError(f"{adres} is niet actief. {fout}") from None
        self.stdout.write(geheim)
