"""The pages with the five documents: the facts a reader looks for, and no query more than with one row."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from maatregelen.documenten import GEGEVENSMAP, laad, lees
from maatregelen.models import Organisatie, Persoon
from tests.factories import LidmaatschapFactory, PersoonFactory
from tests.paginatekst import queries, stuk, tekst

MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
VANDAAG = datetime.date(2026, 11, 20)
Als = Callable[[Persoon], Client]


@pytest.fixture(scope="module", autouse=True)
def _geladen(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The documents, loaded once for this file; the file undoes all."""
    with django_db_blocker.unblock(), transaction.atomic():
        laad(lees(GEGEVENSMAP, vandaag=VANDAAG), moment=MOMENT)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dag() -> Iterator[None]:
    """Every test of this file plays on the same day."""
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def lezer(als: Als) -> Client:
    """Somebody of JenV, which does the open work of AenM."""
    persoon = PersoonFactory()
    LidmaatschapFactory(persoon=persoon, organisatie=Organisatie.objects.get(slug="jenv"))
    return als(persoon)


@pytest.mark.parametrize(
    ("pad", "aantal"),
    [
        ("/?van=iedereen", 17),
        ("/", 18),
        ("/agendas/", 5),
        ("/agendas/?peildatum=2025-01-01", 10),
        ("/maatregelen/?peildatum=2025-01-01", 16),
        ("/maatregelen/?peildatum=2025-01-01&gezienOp=2025-01-01", 13),
        ("/agendas/2024/?peildatum=2025-01-01", 17),
        ("/maatregelen/2024-2-03/?peildatum=2025-01-01", 23),
        *((f"/agendas/{slug}/", 12) for slug in ("2018", "2023", "2024", "2025", "2026")),
        ("/maatregelen/", 10),
        ("/maatregelen/?van=mij&agenda=2024&organisatie=aenm&sorteer=termijn", 13),
        ("/termijnen/", 8),
        ("/termijnen/?lopend=", 8),
        ("/organisaties/", 5),
        ("/organisaties/jenv/", 18),
        ("/organisaties/aenm/", 17),
        ("/cijfers/", 8),
    ],
)
def test_pages_cost_no_more_with_the_five_documents(lezer: Client, pad: str, aantal: int) -> None:
    assert queries(lezer, pad) == aantal


def test_nobody_is_accused_on_the_first_day(lezer: Client) -> None:
    antwoord = lezer.get("/?van=iedereen")
    assert "Te laat 0 Niets is te laat." in stuk(antwoord, "Te laat", "Voorbij, stand niet gemeld")
    ongemeld = stuk(antwoord, "Voorbij, stand niet gemeld", "Komt eraan")
    assert "Voorbij, stand niet gemeld 9 " in ongemeld
    assert "Verdeelbesluit genomen voor 31 december 2024 · 690 dagen voorbij 2024-2-03" in ongemeld


def test_only_running_agendas_ask_attention(lezer: Client) -> None:
    gevonden = set(re.findall(r"\b20\d\d-\d-\d\d\b", tekst(lezer.get("/?van=iedereen"))))
    assert {code[:4] for code in gevonden} == {"2024", "2025", "2026"}
    alle = [
        code
        for signaal in ("te_laat", "stand_niet_gemeld", "geen_trekker", "opgeheven", "stilstand")
        for pagina in (1, 2, 3)
        for code in re.findall(
            r"\b20\d\d-\d-\d\d\b", lezer.get(f"/maatregelen/?signaal={signaal}&pagina={pagina}").content.decode()
        )
    ]
    assert {code[:4] for code in alle} == {"2024", "2025", "2026"}


def test_the_running_cycle_of_the_spreidingswet_comes(lezer: Client) -> None:
    antwoord = lezer.get("/?van=iedereen")
    komt = stuk(antwoord, "Komt eraan", "Zonder trekker")
    assert "Verslagen van de commissarissen van de Koning begin december 2026 · over 20 dagen 2026-4-05" in komt
    as_ = stuk(antwoord, "De komende 60 dagen", "Lopende agenda's")
    assert "Verdeelbesluit genomen" in as_
    assert "eind 2026" in as_
    assert "Tijdelijke verblijfsstatus voor Oekraïners van kracht" in as_


def test_most_of_2026_has_no_owner(lezer: Client) -> None:
    assert "Van 143 lopende maatregelen hebben er 95 geen organisatie" in tekst(lezer.get("/?van=iedereen"))
    assert "95 maatregelen" in tekst(lezer.get("/maatregelen/?signaal=geen_trekker"))
    assert "4 van 84 lopende maatregelen" in tekst(lezer.get("/cijfers/"))


def test_jenv_sees_the_open_work_of_aenm_as_its_own(lezer: Client) -> None:
    ongemeld = stuk(lezer.get("/"), "Voorbij, stand niet gemeld", "Komt eraan")
    assert "Voorbij, stand niet gemeld 6 " in ongemeld
    assert "2024-2-03 AenM" in ongemeld
    assert "(nu JenV)" in ongemeld


def test_the_list_counts_all(lezer: Client) -> None:
    assert "322 maatregelen" in tekst(lezer.get("/maatregelen/"))
    assert "4 maatregelen" in tekst(lezer.get("/maatregelen/?geaccordeerd=false"))


def test_seen_as_of_new_years_day_2025_there_are_three_documents(lezer: Client) -> None:
    alles = tekst(lezer.get("/agendas/?peildatum=2025-01-01"))
    assert "Stand per 1 januari 2025" in alles
    assert "34 maatregelen" in alles
    assert "79 maatregelen" in alles
    assert "90 maatregelen" in alles
    assert "86 maatregelen" not in alles
    assert "Verslag Landelijke Regietafel" not in alles


def test_one_agenda_says_where_it_comes_from(lezer: Client) -> None:
    oud = lezer.get("/agendas/2018/")
    assert 'href="https://zoek.officielebekendmakingen.nl/kst-19637-2375.html"' in oud.content.decode()
    assert "geschat: 29 maart 2018" in tekst(oud)
    assert "Nee: vraagt geen aandacht" in tekst(oud)
    concept = tekst(lezer.get("/agendas/2023/"))
    assert "Concept, niet geaccordeerd" in concept
    assert concept.count("PM, niet geaccordeerd") == 4
    verslag = tekst(lezer.get("/agendas/2025/"))
    assert "14 maart 2025, geldt vanaf 19 maart 2025" in verslag
    assert "dat maakt nog niet verantwoordelijk" in verslag
    assert "Ingeleid door AenM" in verslag
    assert "86 maatregelen" in tekst(lezer.get("/agendas/2026/"))


def test_vague_words_stand_apart_and_per_2027_begins(lezer: Client) -> None:
    antwoord = lezer.get("/termijnen/")
    alles = tekst(antwoord)
    assert "20 termijnen van lopende agenda's" in alles
    assert "per 2027" in stuk(antwoord, "Vanaf deze maand", "Voorbij")
    apart = alles[alles.index("Zonder dag") :]
    for woorden in ("in een volgende LRT", "op korte termijn", "voor invoering", "Voor die tijd", "de komende periode"):
        assert woorden in apart


def test_figures_come_with_their_document_and_qualifier(lezer: Client) -> None:
    alles = tekst(lezer.get("/cijfers/"))
    assert "circa 31.300 aanvragen" in alles
    assert "tussen 84 en 87 %" in alles
    assert "Leeftijd begeleiding kwetsbare amv's tot 21 jaar 18" in alles
