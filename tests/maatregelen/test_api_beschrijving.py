"""The description of the API: complete, without warnings, and true of what is really answered."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from maatregelen import filters
from maatregelen.models import Doelwaarde, Indicator, Meting, Ondertekenaar, Pijlerbetrokkenheid, Reactie
from regietafel import filters as tafelfilters
from regietafel.api import ALLE_LIJSTEN as LIJSTEN
from regietafel.models import Bijlage
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MijlpaalFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)


@pytest.fixture
def beschrijving(client: Client, sleutel: Callable[..., dict[str, str]], mensen: Mensen) -> dict[str, Any]:
    """The document as it is served."""
    antwoord = client.get("/api/v1/openapi.json", headers=sleutel(mensen.partner))
    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "application/json")
    assert antwoord["Access-Control-Allow-Origin"] == "*"
    inhoud: dict[str, Any] = antwoord.json()
    return inhoud


def test_it_is_made_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "beschrijving.yaml"))


def test_it_names_every_address_and_how_to_come_in(beschrijving: dict[str, Any]) -> None:
    details = {
        "agendas": "slug", "pijlers": "id", "maatregelen": "code", "mijlpalen": "id", "organisaties": "slug",
        "statuswijzigingen": "id", "indicatoren": "slug", "vergaderingen": "slug", "agendapunten": "id",
        "inbreng": "id", "besluiten": "code", "terugkoppelingen": "id", "actiepunten": "code", "reacties": "id",
    }  # fmt: skip
    assert set(beschrijving["paths"]) == {
        *(f"/{lijst}" for lijst in LIJSTEN),
        *(f"/{lijst}/{{{sleutel}}}" for lijst, sleutel in details.items()),
        "/maatregelen/{code}/mijlpalen",
        "/maatregelen/{code}/status",
        "/actiepunten/{code}/stand",
        "/openapi.json",
    }
    assert beschrijving["openapi"] == "3.0.3"
    assert beschrijving["info"]["version"] == "1.0.0"
    assert set(beschrijving["info"]["contact"]) == {"name", "url", "email"}
    assert [server["url"] for server in beschrijving["servers"]] == ["http://127.0.0.1:8000/api/v1"]
    assert set(beschrijving["components"]["securitySchemes"]) == {"sleutel", "sessie"}
    tags = {tag["name"] for tag in beschrijving["tags"]}
    for pad, methoden in beschrijving["paths"].items():
        for operatie in methoden.values():
            assert set(operatie["tags"]) <= tags, pad
            assert operatie["summary"], pad
            assert operatie["description"], pad
            assert operatie["security"] == [{"sleutel": []}, {"sessie": []}], pad
            for code, antwoord in operatie["responses"].items():
                assert "API-Version" in antwoord["headers"], (pad, code)
                if code >= "400":
                    assert set(antwoord["content"]) == {"application/problem+json"}, (pad, code)
    for pad, methode, gelukt in (
        ("/maatregelen/{code}/status", "post", "201"),
        ("/actiepunten/{code}/stand", "post", "201"),
        ("/maatregelen/{code}/mijlpalen", "post", "201"),
        ("/mijlpalen/{id}", "patch", "200"),
    ):
        assert set(beschrijving["paths"][pad][methode]["responses"]) == {
            gelukt, "400", "401", "403", "404", "405", "409", "413", "415", "429",
        }  # fmt: skip


def test_it_names_every_filter_with_its_meaning(beschrijving: dict[str, Any]) -> None:
    soorten = {
        "agendas": filters.AgendaFilters,
        "pijlers": filters.PijlerFilters,
        "maatregelen": filters.MaatregelFilters,
        "mijlpalen": filters.MijlpaalFilters,
        "organisaties": filters.OrganisatieFilters,
        "statuswijzigingen": filters.StatuswijzigingFilters,
        "indicatoren": filters.IndicatorFilters,
        "reacties": filters.ReactieFilters,
        "vergaderingen": tafelfilters.VergaderingFilters,
        "agendapunten": tafelfilters.AgendapuntFilters,
        "inbreng": tafelfilters.InbrengFilters,
        "besluiten": tafelfilters.BesluitFilters,
        "terugkoppelingen": tafelfilters.TerugkoppelingFilters,
        "actiepunten": tafelfilters.ActiepuntFilters,
        "wijzigingen": filters.WijzigingFilters,
    }
    assert set(soorten) == set(LIJSTEN)
    for lijst, soort in soorten.items():
        parameters = beschrijving["paths"][f"/{lijst}"]["get"]["parameters"]
        assert {rij["name"] for rij in parameters} == {*soort.base_filters, "page", "pageSize"}
        for rij in parameters:
            assert rij["description"], (lijst, rij["name"])
            assert rij["schema"]["type"] in ("string", "integer", "boolean"), (lijst, rij["name"])


def test_what_is_answered_is_what_is_described(
    beschrijving: dict[str, Any], client: Client, sleutel: Callable[..., dict[str, str]], mensen: Mensen
) -> None:
    mijlpaal = MijlpaalFactory(maatregel__trekker=mensen.organisatie)
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, rol="uitvoerder")
    pijler = mijlpaal.maatregel.pijler
    Ondertekenaar.objects.create(agenda=pijler.agenda, rol="minister", naam="A. Naam")
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=mensen.ander, rol="verantwoordelijk")
    indicator = Indicator.objects.create(slug="plekken", naam="Opvangplekken", eenheid="plekken")
    Doelwaarde.objects.create(indicator=indicator, waarde=1, geldig_vanaf="2024-02-01", reden="Raming")
    Meting.objects.create(indicator=indicator, waarde=1, peildatum="2026-02-27", bron="Raming")
    dag = datetime.date(2024, 12, 2)
    punt = AgendapuntFactory(vergadering=VergaderingFactory(datum=dag, bekend_vanaf=dag))
    DeelnameFactory(vergadering=punt.vergadering)
    punt.inleiders.add(mensen.ander)
    Bijlage.objects.create(agendapunt=punt, naam="nazending")
    for rij in (punt, InbrengFactory(agendapunt=punt), ActiepuntFactory(agendapunt=punt, peildatum=dag)):
        rij.maatregelen.add(mijlpaal.maatregel)
    terug = TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=punt), maatregel=mijlpaal.maatregel)
    punt.eerdere_besluiten.add(terug.besluit)
    Reactie.objects.create(
        maatregel=mijlpaal.maatregel, organisatie=mensen.ander, tekst="Nee.", door=mensen.vreemd,
        aangemaakt_op=datetime.datetime(2024, 12, 2, 9, tzinfo=datetime.UTC),
    )  # fmt: skip
    vormen = beschrijving["components"]["schemas"]
    soorten = {"string": str, "integer": int, "boolean": bool, "number": float, "array": list, "object": dict}

    def vergelijk(waarde: Any, vorm: dict[str, Any], waar: str) -> None:
        if "$ref" in vorm:
            return vergelijk(waarde, vormen[vorm["$ref"].rpartition("/")[2]], waar)
        if waarde is None:
            assert vorm.get("nullable"), waar
            return None
        for deel in vorm.get("allOf", []):
            vergelijk(waarde, deel, waar)
        if "enum" in vorm:
            assert waarde in vorm["enum"], waar
        if "type" in vorm:
            assert type(waarde) is soorten[vorm["type"]], waar
        if vorm.get("type") == "object" and "properties" in vorm:
            assert set(waarde) == set(vorm["properties"]) == set(vorm["required"]), waar
            for naam, inhoud in waarde.items():
                vergelijk(inhoud, vorm["properties"][naam], f"{waar}.{naam}")
        if vorm.get("type") == "array":
            assert waarde or waar.endswith(("verwijzingen",)), waar
            for inhoud in waarde:
                vergelijk(inhoud, vorm["items"], waar)
        return None

    for lijst in LIJSTEN:
        for vraag in ("",) if lijst in ("wijzigingen", "indicatoren") else ("", "?peildatum=2024-12-17"):
            inhoud = client.get(f"/api/v1/{lijst}{vraag}", headers=sleutel(mensen.partner)).json()
            vorm = beschrijving["paths"][f"/{lijst}"]["get"]["responses"]["200"]["content"]["application/json"]
            vergelijk(inhoud, vorm["schema"], lijst)
