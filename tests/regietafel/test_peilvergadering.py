"""A meeting as shorthand for its day, for who may see it, on pages that can look back."""

import datetime
from typing import Any

import pytest
from django.test import Client

from maatregelen.models import Zichtniveau
from regietafel.models import Vergadering
from tests.conftest import Mensen
from tests.factories import MaatregelFactory
from tests.paginatekst import tekst
from tests.regietafel.factories import VergaderingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vergadering() -> None:
    VergaderingFactory(slug="lrt-maart", datum=datetime.date(2026, 3, 18))
    VergaderingFactory(slug="lrt-ooit", datum=None, datum_tekst="voor de zomer", staat="gepland")


@pytest.mark.parametrize(
    ("adres", "waarheen"),
    [
        ("/maatregelen/?peildatum=lrt-maart", "/maatregelen/?peildatum=2026-03-18"),
        ("/maatregelen/?status=vervallen&peildatum=lrt-maart", "/maatregelen/?status=vervallen&peildatum=2026-03-18"),
        ("/vergaderingen/?peildatum=lrt-maart", "/vergaderingen/?peildatum=2026-03-18"),
        ("/?peildatum=lrt-maart", "/?peildatum=2026-03-18"),
    ],
)
def test_the_day_of_the_meeting_takes_its_place(als: Any, mensen: Mensen, adres: str, waarheen: str) -> None:
    antwoord = als(mensen.partner).get(adres)
    assert (antwoord.status_code, antwoord["Location"]) == (302, waarheen)


@pytest.mark.parametrize("naam", ["lrt-ooit", "lrt-bestaat-niet", "gisteren"])
def test_no_meeting_with_a_day_is_no_moment(als: Any, mensen: Mensen, naam: str) -> None:
    assert als(mensen.partner).get(f"/maatregelen/?peildatum={naam}").status_code == 400


def test_strangers_do_not_learn_the_day(als: Any, mensen: Mensen, client: Client) -> None:
    """A meeting of the table reads as one that there is not; one for everybody leads to its day."""
    antwoord, niets = (client.get(f"/maatregelen/?peildatum={naam}") for naam in ("lrt-maart", "lrt-nooit"))
    assert (antwoord.status_code, niets.status_code) == (400, 400)
    assert tekst(antwoord).replace("lrt-maart", "lrt-nooit") == tekst(niets)
    assert "2026-03-18" not in antwoord.content.decode()
    open_ = VergaderingFactory(slug="lrt-open", datum=datetime.date(2026, 3, 19), zichtbaarheid=Zichtniveau.OPENBAAR)
    later = VergaderingFactory(datum=datetime.date(2026, 6, 1))
    Vergadering.objects.filter(pk=open_.pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)
    assert client.get("/maatregelen/?peildatum=lrt-open")["Location"] == "/maatregelen/?peildatum=2026-03-19"
    assert als(mensen.rolloos).get("/maatregelen/?peildatum=lrt-maart").status_code == 403


def test_a_page_that_cannot_look_back_says_so(als: Any, mensen: Mensen) -> None:
    assert als(mensen.secretariaat).get("/vergaderingen/nieuw/?peildatum=lrt-maart").status_code == 400


def test_the_api_answers_as_of_the_day_of_a_meeting(client: Client, sleutel: Any, mensen: Mensen) -> None:
    MaatregelFactory(code="2026-1-01", geldt_vanaf="2026-03-18", pijler__agenda__geldt_vanaf="2026-03-18")
    MaatregelFactory(code="2026-1-02", geldt_vanaf="2026-03-19", pijler__agenda__geldt_vanaf="2026-03-19")

    def codes(peildatum: str) -> list[str]:
        antwoord = client.get(f"/api/v1/maatregelen?peildatum={peildatum}", headers=sleutel(mensen.partner))
        return [rij["code"] for rij in antwoord.json()["results"]]

    assert codes("lrt-maart") == codes("2026-03-18") == ["2026-1-01"]
    een = client.get("/api/v1/maatregelen/2026-1-02?peildatum=lrt-maart", headers=sleutel(mensen.partner))
    assert een.status_code == 404


@pytest.mark.parametrize("naam", ["lrt-ooit", "lrt-bestaat-niet", "%00lrt-maart"])
def test_the_api_says_that_no_meeting_of_that_name_has_a_day(
    client: Client, sleutel: Any, mensen: Mensen, naam: str
) -> None:
    antwoord = client.get(f"/api/v1/maatregelen?peildatum={naam}", headers=sleutel(mensen.partner))
    gemeld = f"'{naam}' is geen dag. Schrijf JJJJ-MM-DD, zoals 2025-03-19."
    zin = "Null-tekens zijn niet toegestaan." if "%00" in naam else gemeld
    assert (antwoord.status_code, antwoord.json()["errors"]) == (400, {"peildatum": [zin]})
