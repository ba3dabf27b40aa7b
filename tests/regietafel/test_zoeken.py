"""Searching everything: all words, every kind, escaped, and only what one may see."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maatregelen.models import Zichtniveau
from regietafel.zoeken import Vindplaats, woorden
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    InbrengFactory,
    VergaderingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gevuld(mensen: Mensen) -> None:
    """One of each kind about 'zwaluw', and others that are not."""
    punt = AgendapuntFactory(
        titel="De zwaluw", vergadering=VergaderingFactory(titel="Tafel over de zwaluw", slug="lrt-zwaluw")
    )
    MaatregelFactory(code="z-1", titel="Zwaluwkasten op elke plek")
    MaatregelFactory(code="z-2", titel="Iets anders")
    MijlpaalFactory(omschrijving="Plan voor de zwaluw", maatregel__titel="Plan")
    BesluitFactory(agendapunt=punt, tekst="De zwaluw krijgt een kast")
    ActiepuntFactory(agendapunt=punt, wat="Zwaluw tellen")
    InbrengFactory(agendapunt=punt, tekst="Een zwaluw maakt geen zomer")


def gevonden(antwoord: Any) -> dict[str, int]:
    """How many were found, per kind."""
    return {str(vondst.soort): vondst.aantal for vondst in antwoord.context["vondsten"]}


@pytest.mark.usefixtures("gevuld")
def test_every_kind_is_searched(als: Any, mensen: Mensen) -> None:
    antwoord = als(mensen.partner).get("/zoeken/", {"zoek": "zwaluw"})
    assert gevonden(antwoord) == {
        "maatregelen": 1, "mijlpalen": 1, "besluiten": 1, "actiepunten": 1, "inbreng": 1, "agendapunten": 1,
        "vergaderingen": 1,
    }  # fmt: skip
    assert "<mark>zwaluw</mark>" in antwoord.content.decode()


@pytest.mark.parametrize(
    ("vraag", "aantal"),
    [
        ("kasten zwaluw", 1),  # both words, in any order, inside a longer one
        ("kast zwaluw", 1),
        ("zwaluwen", 0),
        ("plekken", 1),  # another form
        ("z-1", 1),
        ("Z-1", 1),
        ("zwaluw niets", 0),
        ("%", 0),
        ("_", 0),
    ],
)
@pytest.mark.usefixtures("gevuld")
def test_how_words_are_found(als: Any, mensen: Mensen, vraag: str, aantal: int) -> None:
    assert gevonden(als(mensen.partner).get("/zoeken/", {"zoek": vraag})).get("maatregelen", 0) == aantal


def test_what_is_named_exactly_comes_first(als: Any, mensen: Mensen) -> None:
    MaatregelFactory(code="b-2", titel="Over b-1 heen")
    MaatregelFactory(code="b-1", titel="Iets")
    (vondst,) = als(mensen.partner).get("/zoeken/", {"zoek": "b-1"}).context["vondsten"]
    assert [rij.code for rij in vondst.rijen] == ["b-1", "b-2"]


def test_hostile_words_stay_words(als: Any, mensen: Mensen) -> None:
    MaatregelFactory(titel="Over <script>alert(1)</script> & meer")
    tekst = als(mensen.partner).get("/zoeken/", {"zoek": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in tekst
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark>" in tekst
    assert als(mensen.partner).get("/zoeken/", {"zoek": "a\x00b"}).status_code == 400


def test_a_question_has_an_end() -> None:
    assert woorden("a " * 50 + "b c d e f g h i j k l m n o") == list("abcdefghijkl")


@pytest.mark.parametrize("adres", ["/zoeken/", "/zoeken/?zoek=", "/zoeken/?zoek=+"])
def test_no_question_no_answer(als: Any, mensen: Mensen, adres: str) -> None:
    antwoord = als(mensen.partner).get(adres)
    assert (antwoord.status_code, antwoord.context["vondsten"]) == (200, [])
    assert "Waar zoekt u naar?" in antwoord.content.decode()


def test_all_of_one_kind_in_pages(als: Any, mensen: Mensen) -> None:
    for nummer in range(51):
        MaatregelFactory(code=f"p-{nummer}", titel=f"Zwaluw {nummer}")
    browser = als(mensen.partner)
    alles = browser.get("/zoeken/?zoek=zwaluw")
    assert gevonden(alles) == {"maatregelen": 51}
    assert len(alles.context["vondsten"][0].rijen) == 5
    assert len(browser.get("/zoeken/?zoek=zwaluw&soort=maatregelen&pagina=2").context["vondsten"][0].rijen) == 1
    assert browser.get("/zoeken/?zoek=zwaluw&soort=maatregelen&pagina=3").status_code == 404
    assert browser.get("/zoeken/?zoek=zwaluw&soort=bestaat-niet").status_code == 400


@pytest.mark.usefixtures("gevuld")
def test_strangers_find_nothing(als: Any, mensen: Mensen, client: Client) -> None:
    MaatregelFactory(code="z-9", titel="Zwaluwen voor iedereen", pijler__agenda__zichtbaarheid=Zichtniveau.OPENBAAR)
    antwoord = client.get("/zoeken/?zoek=zwaluw")
    assert (antwoord.status_code, gevonden(antwoord)) == (200, {"maatregelen": 1})
    (vondst,) = antwoord.context["vondsten"]
    assert [rij.code for rij in vondst.rijen] == ["z-9"]
    for woord in ("kasten", "krijgt", "tellen", "zomer", "lrt-zwaluw", "tafel over"):
        assert gevonden(client.get("/zoeken/", {"zoek": woord})) == {}
    assert als(mensen.rolloos).get("/zoeken/?zoek=zwaluw").status_code == 403


@pytest.mark.usefixtures("gevuld")
def test_the_past_does_not_find_what_came_later(als: Any, mensen: Mensen) -> None:
    """Fails without @in_de_tijd, and when one view of the past is left out."""
    assert gevonden(als(mensen.partner).get("/zoeken/?zoek=zwaluw&peildatum=2000-01-01")) == {}


@pytest.mark.parametrize("aantal", [1, 3])
def test_one_query_per_kind(
    als: Any, mensen: Mensen, django_assert_num_queries: DjangoAssertNumQueries, aantal: int
) -> None:
    for nummer in range(aantal):
        MaatregelFactory(code=f"p-{nummer}", titel=f"Zwaluw {nummer}")
    browser = als(mensen.partner)
    with django_assert_num_queries(3 + len(Vindplaats)):
        browser.get("/zoeken/?zoek=zwaluw")
