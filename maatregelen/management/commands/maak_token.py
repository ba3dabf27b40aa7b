"""Give a person a key for their scripts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maatregelen.models import Persoon
from maatregelen.toegang import geef_sleutel


class Command(BaseCommand):
    help = "Maakt een toegangssleutel voor de API en toont die eenmaal. Alleen de sleutel komt op de uitvoer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and whether it may change things."""
        parser.add_argument("--gebruiker", required=True, metavar="E-MAIL", help="E-mailadres van de persoon.")
        parser.add_argument(
            "--schrijven", action="store_true", help="De sleutel mag ook wijzigen wat deze persoon mag wijzigen."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the key and nothing else; raises CommandError when there is nobody to give it to."""
        adres = str(options["gebruiker"]).strip().lower()
        try:
            persoon = Persoon.objects.get(email=adres)
        except Persoon.DoesNotExist:
            raise CommandError(f"Er is niemand met het e-mailadres {adres}.") from None
        try:
            sleutel = geef_sleutel(persoon, schrijven=options["schrijven"])
        except ValueError as fout:
            raise CommandError(f"{adres} is niet actief. {fout}") from None
        self.stdout.write(sleutel)
