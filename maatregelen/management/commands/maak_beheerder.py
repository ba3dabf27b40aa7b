"""The first person of an installation: a beheerder, who then lets everybody else in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from maatregelen.beheer import geef_rol, geef_tijdelijk_wachtwoord, maak_persoon
from maatregelen.models import Organisatie, Rol


class Command(BaseCommand):
    help = "Maakt een beheerder en toont eenmaal een tijdelijk wachtwoord. Alleen het wachtwoord komt op de uitvoer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("--email", required=True, help="Adres waarmee deze persoon inlogt.")
        parser.add_argument("--functie", default="Functioneel beheerder", help="Waarmee deze persoon wordt getoond.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the password and nothing else; raises CommandError and makes nobody when something is wrong."""
        try:
            with transaction.atomic():
                beheer = Organisatie.objects.get(slug="functioneel-beheer")
                persoon = maak_persoon(email=options["email"], functie=options["functie"])
                geef_rol(persoon, beheer, Rol.BEHEERDER, vanaf=timezone.localdate())
                wachtwoord = geef_tijdelijk_wachtwoord(persoon)
        except Organisatie.DoesNotExist:
            raise CommandError("Laad eerst de agenda's en organisaties: manage.py laad_agendas.") from None
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from None
        self.stdout.write(wachtwoord)
