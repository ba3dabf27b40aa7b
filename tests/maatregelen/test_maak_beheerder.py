"""The first person of an installation."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from maatregelen.models import Persoon
from tests.factories import OrganisatieFactory

pytestmark = pytest.mark.django_db


def opdracht(adres: str) -> str:
    uit = io.StringIO()
    call_command("maak_beheerder", "--email", adres, stdout=uit)
    return uit.getvalue()


def test_the_first_beheerder_can_sign_in_and_let_others_in() -> None:
    OrganisatieFactory(afkorting="FB", slug="functioneel-beheer")
    uitvoer = opdracht(" Eerste@Example.NL ")
    wachtwoord = uitvoer.strip()
    assert uitvoer == f"{wachtwoord}\n"
    persoon = Persoon.objects.get()
    assert (persoon.email, persoon.functie) == ("eerste@example.nl", "Functioneel beheerder")
    assert [(lid.organisatie.slug, lid.rol, lid.tot) for lid in persoon.lidmaatschappen.all()] == [
        ("functioneel-beheer", "beheerder", None)
    ]
    client = Client()
    antwoord = client.post("/inloggen/", {"login": "eerste@example.nl", "password": wachtwoord})
    assert (antwoord.status_code, antwoord.headers["Location"]) == (302, "/")
    # What was on the screen is not for keeps: first an own word, then the work.
    assert client.get("/personen/").headers["Location"] == "/mijn/wachtwoord/"
    eigen = "vier losse woorden achtereen"
    velden = {"old_password": wachtwoord, "new_password1": eigen, "new_password2": eigen}
    assert client.post("/mijn/wachtwoord/", velden).status_code == 302
    assert client.get("/personen/").status_code == 200


@pytest.mark.parametrize("adres", ["geen adres", "", "eerste@example.nl"])
def test_what_is_wrong_is_said_and_makes_nobody(adres: str) -> None:
    OrganisatieFactory(afkorting="FB", slug="functioneel-beheer")
    opdracht("eerste@example.nl")
    with pytest.raises(CommandError):
        opdracht(adres)
    assert Persoon.objects.count() == 1


def test_without_organisations_it_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match="laad_agendas"):
        opdracht("eerste@example.nl")
    assert Persoon.objects.count() == 0
