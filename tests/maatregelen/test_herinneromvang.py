"""What asking who is due costs when PostgreSQL does not know how much there is: after a bulk load, before ANALYZE."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql

from maatregelen import herinnerplan
from maatregelen.models import (
    Betrokkenheid,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
    Volgfilter,
)
from maatregelen.ontvangers import Ontvangers
from tests.factories import AgendaFactory, OrganisatieFactory, PijlerFactory

DAG = datetime.date(2026, 12, 1)
ORGANISATIES = 20


@pytest.fixture
def pijler(db: None) -> Pijler:
    """A section whose agenda runs, with one milestone of one organisation, as PostgreSQL last counted."""
    pijler = PijlerFactory(agenda=AgendaFactory(is_lopend=True))
    vul(pijler, 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    # Enough organisations, people and selections to be worth a list; the rest grows.
    Organisatie.objects.bulk_create(
        Organisatie(slug=f"o-{n}", naam=f"Organisatie {n}", afkorting=f"O{n}", soort="ministerie")
        for n in range(ORGANISATIES)
    )
    mensen = Persoon.objects.bulk_create(
        Persoon(email=f"p{n}@example.nl", functie=f"Dossierhouder {n}") for n in range(ORGANISATIES)
    )
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(persoon=persoon, organisatie=organisatie, rol="dossierhouder", vanaf=datetime.date(2020, 1, 1))
        for persoon, organisatie in zip(mensen, Organisatie.objects.filter(slug__startswith="o-"), strict=True)
    )
    return pijler


def vul(pijler: Pijler, aantal: int) -> None:
    """So many measures, each with a milestone that is due in two weeks, in bulk and uncounted."""
    organisaties = list(Organisatie.objects.filter(slug__startswith="o-")) or [OrganisatieFactory()]
    begin = Maatregel.objects.count()
    maatregelen = Maatregel.objects.bulk_create(
        Maatregel(code=f"2026-{n}", pijler=pijler, volgorde=n, soort="besluit", geldt_vanaf=DAG, titel=f"Maatregel {n}")
        for n in range(begin, begin + aantal)
    )
    Betrokkenheid.objects.bulk_create(
        Betrokkenheid(
            maatregel=maatregel, organisatie=organisaties[n % len(organisaties)], rol="verantwoordelijk",
            herkomst="genoemd", vanaf=DAG,
        )
        for n, maatregel in enumerate(maatregelen)
    )  # fmt: skip
    Mijlpaal.objects.bulk_create(
        Mijlpaal(
            maatregel=maatregel, omschrijving="Besluit", termijn_tekst="voor 16 december 2026", peildatum=DAG,
            einde=datetime.date(2026, 12, 15), precisie="dag", relatie="voor", hardheid="wettelijk",
        )
        for maatregel in maatregelen
    )  # fmt: skip


def rijen_door(stap: dict[str, Any]) -> float:
    """How many rows a plan made, or looked at in vain, in all its steps."""
    ronden = stap["Actual Loops"]
    weg = sum(waarde for naam, waarde in stap.items() if naam.startswith("Rows Removed by"))
    return ronden * (stap["Actual Rows"] + weg) + sum(rijen_door(onder) for onder in stap.get("Plans", []))


def werk() -> float:
    """The rows that asking takes."""
    vraag = herinnerplan.termijnvraag(DAG, Ontvangers(DAG))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ") + vraag.sql, vraag.waarden)
        uit = cursor.fetchone()[0]
    return rijen_door((json.loads(uit) if isinstance(uit, str) else uit)[0]["Plan"])


def test_the_work_grows_with_what_is_due_and_not_with_its_square(pijler: Pijler) -> None:
    vul(pijler, 200)
    bij_200 = werk()
    vul(pijler, 600)
    bij_800 = werk()
    assert len(herinnerplan.lees(herinnerplan.termijnvraag(DAG, Ontvangers(DAG)))) == 800
    assert bij_800 < 5 * bij_200


def test_followers_are_not_multiplied_with_measures(pijler: Pijler) -> None:
    organisaties = list(Organisatie.objects.filter(slug__startswith="o-"))
    for nummer, persoon in enumerate(Persoon.objects.filter(functie__startswith="Dossierhouder")):
        Volgfilter.objects.create(
            persoon=persoon, naam="Alles", pijler=pijler, organisatie=organisaties[nummer], sinds=timezone.now(),
            meld_nadert=True, meld_te_laat=True,
        )  # fmt: skip
    vul(pijler, 200)
    bij_200 = werk()
    vul(pijler, 600)
    assert werk() < 5 * bij_200
