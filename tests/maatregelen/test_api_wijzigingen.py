"""The change feed: every change of content once, in order, also when transactions overlap."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from maatregelen.models import Betrokkenheid, Maatregel, Mijlpaal, Persoon
from maatregelen.statuswissel import wijzig_status
from maatregelen.wijzigingen import grens
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory

Sleutel = Callable[..., dict[str, str]]


@pytest.fixture
def feed(client: Client, sleutel: Sleutel, mensen: Mensen) -> Callable[..., list[dict[str, Any]]]:
    """The rows of the feed for a reader."""
    kop = sleutel(mensen.partner)

    def doen(vraag: str = "") -> list[dict[str, Any]]:
        antwoord = client.get(f"/api/v1/wijzigingen?pageSize=500{vraag}", headers=kop)
        assert antwoord.status_code == 200, antwoord.content
        rijen: list[dict[str, Any]] = antwoord.json()["results"]
        return rijen

    return doen


@pytest.fixture
def ander() -> Iterator[psycopg.Connection]:
    """A second connection to the same database."""
    gegevens = connection.get_connection_params()
    with psycopg.connect(
        host=gegevens.get("host"), port=gegevens.get("port"), user=gegevens.get("user"),
        password=gegevens.get("password"), dbname=gegevens["dbname"],
    ) as verbinding:  # fmt: skip
        yield verbinding
        verbinding.rollback()


def negeer(verbinding: Any, *tabellen: str) -> None:
    """Let this connection pass the triggers of these tables, as a person with the database can; of none: heed them."""
    rijen = verbinding.execute(
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)", [list(tabellen)]
    )
    namen = [naam for (naam,) in (rijen or verbinding).fetchall()]
    verbinding.execute("SELECT set_config('pgtrigger.ignore', %s, false)", ["{" + ",".join(namen) + "}"])


def kort(rijen: list[dict[str, Any]]) -> list[tuple[str, str, str | None, str]]:
    """What happened to what."""
    return [(rij["soort"], rij["sleutel"], rij["maatregel"], rij["actie"]) for rij in rijen]


def test_everything_that_happened_is_told_in_order(feed: Callable[..., list[dict[str, Any]]], mensen: Mensen) -> None:
    begin = feed()[-1]["id"]
    maatregel = MaatregelFactory(code="a", trekker=mensen.organisatie)
    pijler = maatregel.pijler
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    wijziging = wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="x")
    mensen.ander.naam = "Anders"
    mensen.ander.save()
    mijlpaal.omschrijving = "Anders"
    mijlpaal.save()
    mijlpaal.delete()
    betrokkenheid = maatregel.betrokkenheden.get()
    eerste = maatregel.statuswijzigingen.last()
    rijen = feed(f"&na={begin}")
    assert set(rijen[0]) == {"id", "soort", "sleutel", "maatregel", "actie", "gewijzigdOp"}
    assert kort(rijen) == [
        ("agenda", pijler.agenda.slug, None, "toegevoegd"),
        ("pijler", str(pijler.pk), None, "toegevoegd"),
        ("maatregel", "a", "a", "toegevoegd"),
        ("statuswijziging", str(eerste.pk), "a", "toegevoegd"),
        ("betrokkenheid", str(betrokkenheid.pk), "a", "toegevoegd"),
        ("mijlpaal", rijen[5]["sleutel"], "a", "toegevoegd"),
        ("statuswijziging", str(wijziging.pk), "a", "toegevoegd"),
        ("maatregel", "a", "a", "gewijzigd"),
        ("organisatie", "ocw", None, "gewijzigd"),
        ("mijlpaal", rijen[5]["sleutel"], "a", "gewijzigd"),
        ("mijlpaal", rijen[5]["sleutel"], "a", "verwijderd"),
    ]
    assert [rij["gewijzigdOp"] for rij in rijen] == sorted(rij["gewijzigdOp"] for rij in rijen)
    assert kort(feed(f"&na={begin}&soort=organisatie")) == [("organisatie", "ocw", None, "gewijzigd")]


def test_what_was_only_touched_is_no_change(feed: Callable[..., list[dict[str, Any]]]) -> None:
    MaatregelFactory(code="a", titel="Een", voorwaarde="")
    begin = feed()[-1]["id"]
    Maatregel.objects.update(versie=F("versie") + 1, gewijzigd_op=timezone.now(), bronwaarden={"titel": "Een"})
    Maatregel.objects.update(titel="Een")
    assert feed(f"&na={begin}") == []
    for velden in ({"titel": "Twee"}, {"verwijzingen": ["36 333"]}, {"regel_van": 1, "regel_tot": 1}, {"titel": "Een"}):
        Maatregel.objects.update(**velden)
    assert kort(feed(f"&na={begin}")) == [("maatregel", "a", "a", "gewijzigd")] * 4


def test_what_is_gone_still_has_its_name(feed: Callable[..., list[dict[str, Any]]]) -> None:
    mijlpaal = MijlpaalFactory(maatregel__code="weg")
    begin = feed()[-1]["id"]
    Mijlpaal.objects.all().delete()
    with connection.cursor() as cursor:
        # Nothing in the product deletes a measure; a person with the database can.
        negeer(cursor, "maatregelen_statuswijziging")
        cursor.execute("DELETE FROM maatregelen_statuswijziging")
        negeer(cursor)
    Maatregel.objects.all().delete()
    assert kort(feed(f"&na={begin}")) == [
        ("mijlpaal", str(mijlpaal.pk or (begin and feed(f"&na={begin}")[0]["sleutel"])), "weg", "verwijderd"),
        ("maatregel", "weg", "weg", "verwijderd"),
    ]


def test_any_place_in_the_feed_continues_without_gap_or_double(feed: Callable[..., list[dict[str, Any]]]) -> None:
    MijlpaalFactory.create_batch(3)
    alles = feed()
    assert len(alles) > 15
    for nummer, rij in enumerate(alles):
        assert feed(f"&na={rij['id']}") == alles[nummer + 1 :]
    halverwege = alles[8]["gewijzigdOp"]
    assert feed(f"&sinds={halverwege}") == alles[8:]
    assert feed(f"&sinds={halverwege}&na={alles[10]['id']}") == alles[11:]


def test_rows_of_the_same_moment_are_kept_apart(feed: Callable[..., list[dict[str, Any]]]) -> None:
    # Then the order is by kind and number.
    MijlpaalFactory.create_batch(2)
    moment = timezone.now()
    soorten = ("agenda", "pijler", "maatregel", "betrokkenheid", "mijlpaal", "statuswijziging", "organisatie")
    with connection.cursor() as cursor:
        negeer(cursor, *(f"maatregelen_{soort}event" for soort in soorten))
        for soort in soorten:
            cursor.execute(f"UPDATE maatregelen_{soort}event SET pgh_created_at = %s", [moment])  # noqa: S608
        negeer(cursor)
    alles = feed()
    assert len({rij["gewijzigdOp"] for rij in alles}) == 1
    assert len({rij["id"] for rij in alles}) == len(alles) > 10
    for nummer, rij in enumerate(alles):
        assert feed(f"&na={rij['id']}") == alles[nummer + 1 :]


def test_while_somebody_is_still_writing_nothing_after_that_is_told(
    feed: Callable[..., list[dict[str, Any]]], ander: psycopg.Connection
) -> None:
    MaatregelFactory(code="voor")
    voor = feed()
    ander.execute("SELECT 1")
    MaatregelFactory(code="lezen-houdt-niets-op")
    assert len(feed()) > len(voor)
    voor = feed()
    ander.commit()
    ander.execute("SELECT pg_current_xact_id()")
    MaatregelFactory(code="na")
    assert feed() == voor
    assert feed(f"&na={voor[-1]['id']}") == []
    ander.rollback()
    assert [rij["maatregel"] for rij in feed(f"&na={voor[-1]['id']}")][2:] == ["na", "na"]


def test_when_it_cannot_be_seen_who_writes_nothing_is_told(
    feed: Callable[..., list[dict[str, Any]]], ander: psycopg.Connection
) -> None:
    MaatregelFactory()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE regiemonitor_proef")
        cursor.execute("GRANT regiemonitor_proef TO CURRENT_USER")
        cursor.execute("SET LOCAL ROLE regiemonitor_proef")
        assert grens() is not None
        ander.execute("SELECT pg_current_xact_id()")
        assert grens() is None
        ander.rollback()
        assert grens() is not None
        cursor.execute("RESET ROLE")


def test_a_change_that_was_written_first_and_ended_last_is_not_lost(
    feed: Callable[..., list[dict[str, Any]]], ander: psycopg.Connection
) -> None:
    voeg_toe = (
        "INSERT INTO maatregelen_organisatie (slug, naam, afkorting, soort, tooi_id, toelichting, aangemaakt_op, "
        "gewijzigd_op, versie, bronwaarden, is_rijk) "
        "VALUES (%(slug)s, %(slug)s, '', 'koepel', '', '', now(), now(), 1, '{}', false)"
    )
    laatste = feed()[-1]["id"]
    with psycopg.connect(ander.info.dsn, password=ander.info.password, autocommit=True) as derde:
        try:
            ander.execute(voeg_toe, {"slug": "eerst"})
            derde.execute(voeg_toe, {"slug": "daarna"})
            assert feed(f"&na={laatste}") == []
            ander.commit()
            assert [rij["sleutel"] for rij in feed(f"&na={laatste}")] == ["eerst", "daarna"]
        finally:
            # These rows were committed beside the transaction of the test.
            ander.rollback()
            negeer(derde, "maatregelen_organisatie", "maatregelen_organisatieevent")
            derde.execute("DELETE FROM maatregelen_organisatie WHERE slug IN ('eerst', 'daarna')")
            derde.execute("DELETE FROM maatregelen_organisatieevent WHERE slug IN ('eerst', 'daarna')")


def test_sinds_takes_a_day_and_refuses_what_is_none(
    feed: Callable[..., list[dict[str, Any]]], client: Client, sleutel: Sleutel, mensen: Mensen
) -> None:
    MaatregelFactory()
    morgen = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    assert feed(f"&sinds={morgen}") == []
    assert feed("&sinds=2020-01-01") == feed()
    for onzin in (
        "na=",
        "na=maatregel-1x",
        "na=persoon-1",
        f"na=maatregel-{'9' * 400}",
        "na=%00",
        "sinds=x",
        "soort=volger",
    ):
        antwoord = client.get(f"/api/v1/wijzigingen?{onzin}", headers=sleutel(mensen.partner))
        assert (antwoord.status_code, set(antwoord.json()["errors"])) == (400, {onzin.partition("=")[0]})


def test_people_are_not_in_it(feed: Callable[..., list[dict[str, Any]]], mensen: Mensen) -> None:
    Persoon.objects.update(functie="Anders")
    Betrokkenheid.objects.all().delete()
    assert {rij["soort"] for rij in feed()} == {"organisatie"}
