"""How it stood on a day: what existed then, what held then, and nothing of later."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from maatregelen.dossiervoering import meld_voortgang
from maatregelen.models import Indicator, Maatregel, Meting
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PijlerFactory,
)

DAG = datetime.date


def om_twaalf(dag: datetime.date) -> datetime.datetime:
    """Noon of a day."""
    return datetime.datetime.combine(dag, datetime.time(12), datetime.UTC)


@pytest.fixture
def vraag(client: Client, sleutel: Callable[..., dict[str, str]], mensen: Mensen) -> Callable[..., Any]:
    """Ask an address as a reader; `verwacht` is the status."""
    kop = sleutel(mensen.partner)

    def doen(pad: str, verwacht: int = 200) -> Any:
        antwoord = client.get(f"/api/v1{pad}", headers=kop)
        assert antwoord.status_code == verwacht, antwoord.content
        return antwoord.json()

    return doen


@pytest.fixture
def drie_stukken() -> list[str]:
    """Agendas of 2018, 2024 and 2026 with a measure each, all recorded today."""
    for jaar in (2018, 2024, 2026):
        dag = DAG(jaar, 3, 1)
        agenda = AgendaFactory(slug=str(jaar), documentdatum=dag, geldt_vanaf=dag)
        MaatregelFactory(code=f"{jaar}-1", pijler=PijlerFactory(agenda=agenda))
    return ["2018", "2024", "2026"]


def test_on_a_day_there_is_what_there_was(vraag: Callable[..., Any], drie_stukken: list[str]) -> None:
    for dag, jaren in (("2017-12-31", []), ("2018-03-01", ["2018"]), ("2025-01-01", ["2018", "2024"])):
        assert sorted(rij["slug"] for rij in vraag(f"/agendas?peildatum={dag}")["results"]) == jaren
        assert sorted(rij["agenda"] for rij in vraag(f"/pijlers?peildatum={dag}")["results"]) == jaren
        assert sorted(rij["agenda"] for rij in vraag(f"/maatregelen?peildatum={dag}")["results"]) == jaren
        wijzigingen = vraag(f"/statuswijzigingen?peildatum={dag}")["results"]
        assert sorted(rij["maatregel"][:4] for rij in wijzigingen) == jaren
        for jaar in drie_stukken:
            verwacht = 200 if jaar in jaren else 404
            vraag(f"/maatregelen/{jaar}-1?peildatum={dag}", verwacht)
            vraag(f"/agendas/{jaar}?peildatum={dag}", verwacht)


def test_the_status_is_that_of_the_day(vraag: Callable[..., Any], mensen: Mensen) -> None:
    maatregel = MaatregelFactory(code="a", trekker=mensen.organisatie)
    MaatregelFactory(code="vreemd")
    for naar, dag in (("in_voorbereiding", DAG(2024, 11, 1)), ("in_uitvoering", DAG(2025, 2, 1))):
        wijzig_status(maatregel, naar, door=mensen.eigen, toelichting="x", per=dag)
    # Two moves on one day: the later one held.
    wijzig_status(maatregel, "uitgevoerd", door=mensen.eigen, toelichting="x", per=DAG(2025, 3, 1))
    wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Toch niet.", per=DAG(2025, 3, 1))
    for dag, status in (
        ("2024-10-31", "aangekondigd"),
        ("2024-11-01", "in_voorbereiding"),
        ("2025-01-01", "in_voorbereiding"),
        ("2025-02-01", "in_uitvoering"),
        ("2025-03-01", "in_uitvoering"),
    ):
        assert vraag(f"/maatregelen/a?peildatum={dag}")["status"] == status
        gevonden = vraag(f"/maatregelen?peildatum={dag}&status={status}")["results"]
        assert "a" in [rij["code"] for rij in gevonden]
        for ander in {"aangekondigd", "in_voorbereiding", "in_uitvoering", "uitgevoerd"} - {status}:
            gevonden = vraag(f"/maatregelen?peildatum={dag}&status={ander}")["results"]
            assert "a" not in [rij["code"] for rij in gevonden]
    assert vraag("/maatregelen/a")["status"] == "in_uitvoering"


def test_progress_is_what_had_been_said_by_the_day(vraag: Callable[..., Any], mensen: Mensen) -> None:
    maatregel = MaatregelFactory(code="a", trekker=mensen.organisatie)
    for woord, dag in (("op_schema", DAG(2024, 11, 1)), ("vertraagd", DAG(2025, 2, 1))):
        meld_voortgang(
            Maatregel.objects.get(pk=maatregel.pk),
            woord,
            toelichting=f"Zin {woord}",
            door=mensen.eigen,
            versie=None,
            moment=om_twaalf(dag),
        )
    for dag, stand in (
        ("2024-10-31", ("niet_gemeld", None, "")),
        ("2025-01-01", ("op_schema", "2024-11-01", "Zin op_schema")),
        ("2025-02-01", ("vertraagd", "2025-02-01", "Zin vertraagd")),
    ):
        rij = vraag(f"/maatregelen/a?peildatum={dag}")
        assert (rij["voortgang"], rij["voortgangOp"], rij["voortgangToelichting"]) == stand
        assert len(vraag(f"/maatregelen?peildatum={dag}&voortgang={stand[0]}")["results"]) == 1
    assert vraag("/maatregelen?peildatum=2025-01-01&voortgang=vertraagd")["results"] == []


def test_milestones_and_involvement_are_those_of_the_day(vraag: Callable[..., Any], mensen: Mensen) -> None:
    maatregel = MaatregelFactory(code="a")
    eerder = BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, tot=DAG(2025, 2, 1))
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander, vanaf=DAG(2025, 2, 1), herkomst="toegewezen")
    gehaald = MijlpaalFactory(
        maatregel=maatregel, omschrijving="gehaald", behaald_op=DAG(2025, 1, 10), behaald_bewijs="Brief"
    )
    MijlpaalFactory(maatregel=maatregel, omschrijving="later geschreven", peildatum=DAG(2025, 6, 1), einde=None,
                    precisie="vaag")  # fmt: skip

    toen = vraag("/maatregelen/a?peildatum=2025-01-01")
    assert [rij["organisatie"] for rij in toen["verantwoordelijken"]] == ["szw"]
    assert [(rij["omschrijving"], rij["behaaldOp"], rij["behaaldBewijs"]) for rij in toen["mijlpalen"]] == [
        ("gehaald", None, "")
    ]
    later = vraag("/maatregelen/a?peildatum=2025-02-01")
    assert [rij["organisatie"] for rij in later["verantwoordelijken"]] == ["ocw"]
    assert later["mijlpalen"][0]["behaaldOp"] == "2025-01-10"
    for dag, slug in (("2025-01-31", "szw"), ("2025-02-01", "ocw")):
        assert vraag(f"/maatregelen?peildatum={dag}&organisatie={slug}")["count"] == 1
        ander = {"szw": "ocw", "ocw": "szw"}[slug]
        assert vraag(f"/maatregelen?peildatum={dag}&organisatie={ander}&rol=verantwoordelijk")["count"] == 0
        assert vraag(f"/mijlpalen?peildatum={dag}&organisatie={slug}")["count"] == 1
        assert vraag(f"/maatregelen?peildatum={dag}&trekker=true")["count"] == 1
    assert vraag("/maatregelen?peildatum=2024-09-26&trekker=false")["count"] == 0
    assert eerder.vanaf == DAG(2024, 9, 26)
    assert vraag("/mijlpalen?peildatum=2025-01-01&behaald=false")["count"] == 1
    assert vraag("/mijlpalen?peildatum=2025-01-10&behaald=true")["count"] == 1
    vraag(f"/mijlpalen/{gehaald.pk}?peildatum=2024-09-25", 404)


def test_late_is_judged_by_the_day(vraag: Callable[..., Any], mensen: Mensen) -> None:
    gemeld = MaatregelFactory(code="gemeld", trekker=mensen.organisatie)
    MijlpaalFactory(maatregel=gemeld, omschrijving="gemeld")
    MijlpaalFactory(maatregel=MaatregelFactory(), omschrijving="stil")
    MijlpaalFactory(
        maatregel=MaatregelFactory(pijler__agenda__is_lopend=False), omschrijving="geschiedenis", hardheid="norm"
    )
    wijzig_status(gemeld, "in_uitvoering", door=mensen.eigen, toelichting="x", per=DAG(2024, 12, 1))
    wijzig_status(gemeld, "uitgevoerd", door=mensen.eigen, toelichting="x", per=DAG(2025, 3, 1))

    def welke(vraagdeel: str) -> list[str]:
        return sorted(rij["omschrijving"] for rij in vraag(f"/mijlpalen?{vraagdeel}")["results"])

    assert welke("peildatum=2024-12-30&teLaat=true") == []
    assert welke("peildatum=2024-12-31&teLaat=true") == ["gemeld"]
    assert welke("peildatum=2024-12-31&teLaat=false") == ["geschiedenis", "stil"]
    assert welke("peildatum=2024-12-31&standNietGemeld=true") == ["stil"]
    assert welke("peildatum=2025-03-01&teLaat=true") == []
    assert welke("peildatum=2025-03-01&standNietGemeld=true") == ["stil"]


def test_nothing_of_later_is_shown(vraag: Callable[..., Any], drie_stukken: list[str], mensen: Mensen) -> None:
    MijlpaalFactory(maatregel=Maatregel.objects.get(code="2018-1"))
    for lijst in ("agendas", "pijlers", "maatregelen", "mijlpalen", "organisaties"):
        rijen = vraag(f"/{lijst}?peildatum=2025-01-01")["results"]
        assert rijen
        assert {(rij["gewijzigdOp"], rij["versie"]) for rij in rijen} == {(None, None)}, lijst
    assert {rij["vastgelegdOp"] for rij in vraag("/statuswijzigingen?peildatum=2025-01-01")["results"]} == {None}


def test_organisations_and_figures_of_the_day(vraag: Callable[..., Any], mensen: Mensen) -> None:
    OrganisatieFactory(afkorting="AenM", geldig_van=DAG(2024, 7, 2), geldig_tot=DAG(2026, 2, 23))
    for dag, is_er in (("2024-07-01", 404), ("2024-07-02", 200), ("2026-02-22", 200), ("2026-02-23", 404)):
        vraag(f"/organisaties/aenm?peildatum={dag}", is_er)
    indicator = Indicator.objects.create(slug="plekken", naam="Opvangplekken", eenheid="plekken")
    for waarde, dag in ((96000, DAG(2024, 2, 1)), (88000, DAG(2026, 2, 27))):
        Meting.objects.create(indicator=indicator, waarde=waarde, peildatum=dag, bron="Raming")
    assert [rij["waarde"] for rij in vraag("/indicatoren/plekken?peildatum=2025-01-01")["metingen"]] == [96000.0]
    assert [rij["waarde"] for rij in vraag("/indicatoren/plekken")["metingen"]] == [88000.0, 96000.0]
