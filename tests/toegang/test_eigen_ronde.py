"""A round of our own past every page, as scanners make one: what test_koppen.py does not ask. What a page holds, what
its forms do, what it tells of the machine and of people.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory
from tests.regietafel.test_niets_van_later import adressen, routes
from tests.regietafel.twee_werelden import VROEG, VROEG_MERK, wereld
from tests.toegang.buitenstaan import ADRESDRAGERS, Blad

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
VERSIE = re.compile(r"(?:Django|Python|gunicorn|nginx|PostgreSQL|allauth|WhiteNoise)[/ ]v?\d", re.IGNORECASE)
BINNEN = ("Traceback", "site-packages", "DJANGO_SETTINGS", "psycopg", "OperationalError", "/home/", "SECRET_KEY")
SESSIE = re.compile(r"(?:sessionid|sessie|csrftoken|sid|token)=", re.IGNORECASE)
VERBORGEN = {"csrfmiddlewaretoken", "versie", "next"}
# What a browser is told to fill in where a password is asked.
WACHTWOORDEN = {"current-password", "new-password"}


def ronde(client: Client) -> Iterator[tuple[str, Any, str]]:
    """Every page, with its answer and text."""
    client.raise_request_exception = False
    for route, _ in routes():
        if route == "uitloggen/" or route.startswith("api/"):
            continue
        for adres in adressen(route)[:1]:
            antwoord = client.get(adres)
            if not antwoord.streaming and antwoord.get("Content-Type", "").startswith("text/html"):
                yield adres, antwoord, antwoord.content.decode()


def mankeert(adres: str, antwoord: Any, tekst: str) -> list[str]:
    """What is wrong with a page."""
    blad = Blad(tekst)
    fouten = blad.loopt()
    if antwoord["Content-Type"] != "text/html; charset=utf-8":
        fouten.append(antwoord["Content-Type"])
    fouten += [naam for naam in ("Server", "X-Powered-By", "X-AspNet-Version", "Via") if naam in antwoord.headers]
    fouten += [woord for woord in BINNEN if woord in tekst]
    fouten += [vondst[0] for vondst in VERSIE.finditer(tekst)]
    if re.search(r"<!--(?!\[)", tekst):
        fouten.append("opmerking in de pagina")
    hier = f"https://testserver{adres}"
    for tag, deze in blad.tags:
        for naam in ADRESDRAGERS & deze.keys():
            doel = urlsplit(urljoin(hier, deze[naam]))
            if tag != "a" and doel.netloc != "testserver":
                fouten.append(f"{tag} van elders: {deze[naam]}")
            if doel.scheme == "http":
                fouten.append(f"open lijn: {deze[naam]}")
            if SESSIE.search(doel.query):
                fouten.append(f"sessie in adres: {deze[naam]}")
        if deze.get("target") == "_blank" and "noopener" not in deze.get("rel", ""):
            fouten.append("venster dat terugkijkt")
        if tag == "input" and deze.get("type") == "password":
            if deze.get("autocomplete") not in WACHTWOORDEN:
                fouten.append(f"wachtwoord zonder autocomplete: {deze.get('name')}")
            if deze.get("value"):
                fouten.append("wachtwoord in de pagina")
    for formulier in blad.formulieren:
        if urlsplit(urljoin(hier, formulier.adres)).netloc != "testserver":
            fouten.append(f"formulier naar elders: {formulier.adres}")
        if formulier.methode == "post" and "csrfmiddlewaretoken" not in formulier.namen:
            fouten.append(f"formulier zonder token: {formulier.adres}")
        if formulier.methode == "get" and "csrfmiddlewaretoken" in formulier.namen:
            fouten.append(f"token in een adres: {formulier.adres}")
        if formulier.methode == "get" and any(k.get("type") == "password" for k in formulier.soorten.values()):
            fouten.append("wachtwoord in een adres")
    return fouten


def test_every_page_keeps_the_rules_of_pages(mensen: Mensen, als: Als) -> None:
    wereld(VROEG_MERK, VROEG, mensen.secretariaat)
    wie = mensen.secretariaat
    for rol in ("beheerder", "auditor", "coordinator", "dossierhouder"):
        LidmaatschapFactory(persoon=wie, organisatie=mensen.organisatie, rol=rol)
    gevonden, aantal = {}, 0
    for client in (Client(), als(wie)):
        for adres, antwoord, tekst in ronde(client):
            aantal += 1
            if fouten := mankeert(adres, antwoord, tekst):
                gevonden[adres] = fouten
    assert gevonden == {}
    assert aantal > 120


def test_who_is_not_signed_in_reads_of_no_person(mensen: Mensen, settings: Any) -> None:
    """No mail address of anybody, no name of a function, on any page for everybody; nor in the calendar or the API."""
    wereld(VROEG_MERK, VROEG, mensen.secretariaat)
    mensen.secretariaat.functie = "Functienaam Zonderling"
    mensen.secretariaat.save()
    client, gevonden, open_ = Client(), {}, 0
    ons = settings.DEFAULT_FROM_EMAIL.split("<")[-1].rstrip(">")
    for adres, antwoord, tekst in ronde(client):
        open_ += antwoord.status_code == 200
        adressen_ = set(re.findall(r"[\w.+-]+@[\w-]+\.\w+", tekst)) - {ons}
        if (adressen_ and adres != "/inloggen/") or "Zonderling" in tekst:
            gevonden[adres] = adressen_
    assert gevonden == {}
    assert open_ > 10


def test_a_fault_tells_nothing_of_the_inside(mensen: Mensen, als: Als, monkeypatch: pytest.MonkeyPatch) -> None:
    def breekt(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("geheim van binnen")

    monkeypatch.setattr("maatregelen.views.agendas.toon", breekt)
    client = als(mensen.eigen)
    client.raise_request_exception = False
    antwoord = client.get("/agendas/")
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 500
    assert [woord for woord in (*BINNEN, "geheim van binnen", "RuntimeError", "agendas.py") if woord in tekst] == []


def test_what_opens_by_a_secret_is_kept_out_of_search_engines_and_of_other_sites(
    mensen: Mensen, client: Client
) -> None:
    for pad in ("/wachtwoord-kiezen/niets/", "/afmelden/niets/", "/kalender/niets.ics"):
        assert client.get(pad)["Referrer-Policy"] in ("same-origin", "no-referrer")
