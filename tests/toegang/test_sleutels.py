"""Keys: shown once, named, limited to parts and to days, equal refusals, last use, and never more than their person."""

import datetime
import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from logboek.models import Betrokkene, Logregel
from maatregelen.models import Lidmaatschap, Persoon, Toegangssleutel
from regietafel.api import ALLE_LIJSTEN
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory
from toegang.sleutels import (
    GEEN_GEHEIM,
    HOOGSTENS,
    ONDERDELEN,
    VRIJ,
    Sleutelwens,
    buiten_bereik,
    laatste_dag,
    maak_sleutel,
    onderdeel_van,
    sleutels_van,
    trek_alles_in,
    trek_in,
)

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]

NU = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
DAG = datetime.date(2026, 11, 20)
PAD = "/mijn/sleutels/"


def wens(naam: str = "BI", *, schrijven: bool = False, bereik: tuple[str, ...] = (), dagen: int = 90) -> Sleutelwens:
    return Sleutelwens(naam, schrijven, bereik, laatste_dag(DAG, dagen))


def kop(geheim: str) -> dict[str, str]:
    return {"Authorization": f"Token {geheim}"}


def maak(persoon: Persoon, wat: Sleutelwens | None = None) -> str:
    """The secret of a new key."""
    return maak_sleutel(persoon, wat or wens(), door=persoon, moment=NU)[1]


@pytest.fixture(autouse=True)
def _op_de_dag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


# Making


def test_a_key_is_kept_as_a_hash_with_what_it_may(mensen: Mensen) -> None:
    sleutel, geheim = maak_sleutel(
        mensen.eigen, wens(" BI  dag ", bereik=("mijlpalen", "agendas")), door=mensen.beheerder
    )
    rij = Toegangssleutel.objects.get()
    assert re.fullmatch(r"rgm_[0-9a-f]{64}", geheim)
    assert (rij, rij.user, rij.gemaakt_door) == (sleutel, mensen.eigen, mensen.beheerder)
    assert (rij.naam, rij.schrijven, rij.bereik) == ("BI dag", False, ["agendas", "mijlpalen"])
    assert rij.expiry == datetime.datetime(2027, 2, 18, 23, 0, tzinfo=datetime.UTC)
    assert geheim[15:] not in str(vars(rij))
    assert len(rij.token_key) == 15


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        (wens(" "), "naam", "Schrijf waarvoor de sleutel is."),
        (wens("van jan@voorbeeld.nl"), "naam", GEEN_GEHEIM),
        (wens("rgm_" + "0af1" * 16), "naam", GEEN_GEHEIM),
        (wens("bestaand"), "naam", "Er is al een sleutel met deze naam. Kies een andere naam."),
        (wens(bereik=("agendas", "alles")), "bereik", "Dit onderdeel is er niet: alles."),
        (wens(dagen=-1), "tot_en_met", "Kies een dag van vandaag tot en met 20-11-2027."),
        (wens(dagen=366), "tot_en_met", "Kies een dag van vandaag tot en met 20-11-2027."),
    ],
)
def test_what_no_key_can_be(mensen: Mensen, anders: Sleutelwens, veld: str, zin: str) -> None:
    maak(mensen.eigen, wens("Bestaand"))
    with pytest.raises(ValidationError) as fout:
        maak(mensen.eigen, anders)
    assert fout.value.message_dict == {veld: [zin]}
    maak(mensen.vreemd, wens("Bestaand"))


def test_who_left_gets_none_and_nobody_gets_many(mensen: Mensen) -> None:
    for nummer in range(HOOGSTENS):
        maak(mensen.eigen, wens(f"{nummer}"))
    with pytest.raises(ValidationError, match="Er zijn al 20 sleutels"):
        maak(mensen.eigen, wens("te veel"))
    assert trek_alles_in(mensen.eigen, door=None) == HOOGSTENS
    Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    mensen.vreemd.refresh_from_db()
    with pytest.raises(ValueError, match="Wie niet actief is"):
        maak(mensen.vreemd)
    assert Toegangssleutel.objects.count() == 0


# The page


def invoer(**anders: Any) -> dict[str, Any]:
    return {"naam": "BI", "schrijven": "nee", "omvang": "alles", "tot_en_met": "2026-12-31", **anders}


def test_the_page_shows_a_key_once(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    antwoord = client.post(PAD, invoer(schrijven="ja", omvang="deel", bereik=["agendas", "maatregelen"]))
    (geheim,) = re.findall(r"rgm_[0-9a-f]{64}", antwoord.content.decode())
    assert (antwoord.status_code, antwoord.request["QUERY_STRING"]) == (200, "")
    assert "no-store" in antwoord["Cache-Control"]
    rij = Toegangssleutel.objects.get()
    assert (rij.user, rij.gemaakt_door, rij.schrijven) == (mensen.eigen, mensen.eigen, True)
    assert rij.bereik == ["agendas", "maatregelen"]
    assert client.get("/api/v1/agendas", headers=kop(geheim)).status_code == 200
    # A reload sends the form again: the name is in use, and the key is not there any more.
    opnieuw = client.post(PAD, invoer())
    assert (opnieuw.status_code, Toegangssleutel.objects.count()) == (422, 1)
    for pagina in (opnieuw, client.get(PAD)):
        assert geheim not in pagina.content.decode()
        assert f"{geheim[:12]}…" in pagina.content.decode()
    assert geheim not in str([sessie.get_decoded() for sessie in Session.objects.all()])
    assert geheim not in str(dict(client.cookies))


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"naam": ""}, "Schrijf waarvoor de sleutel is."),
        ({"naam": "x" * 81}, "Houd dit onder 80 tekens."),
        ({"omvang": "deel"}, "Kruis aan voor welke onderdelen"),
        ({"bereik": ["agendas"]}, "Is de sleutel voor alles, of alleen daarvoor?"),
        ({"omvang": "deel", "bereik": ["geheimen"]}, "Kies onderdelen uit de lijst."),
        ({"tot_en_met": ""}, "Kies de laatste dag waarop de sleutel werkt."),
        ({"tot_en_met": "2027-11-21"}, "Kies een dag van vandaag tot en met 20-11-2027."),
        ({"schrijven": ""}, "Kies iets."),
    ],
)
def test_the_page_says_what_is_missing_and_keeps_what_was_typed(
    mensen: Mensen, als: Als, anders: dict[str, Any], zin: str
) -> None:
    antwoord = als(mensen.eigen).post(PAD, invoer(**{"naam": "Rapportage", **anders}))
    assert (antwoord.status_code, Toegangssleutel.objects.count()) == (422, 0)
    assert zin in antwoord.content.decode()
    assert "rgm_" not in antwoord.content.decode()


def test_mass_assignment_gives_nobody_elses_key(mensen: Mensen, als: Als) -> None:
    vreemd = {"user": mensen.beheerder.pk, "gemaakt_door": mensen.beheerder.pk, "digest": "a" * 128, "expiry": ""}
    als(mensen.eigen).post(PAD, invoer(**vreemd))
    rij = Toegangssleutel.objects.get()
    assert (rij.user, rij.gemaakt_door, rij.digest == "a" * 128) == (mensen.eigen, mensen.eigen, False)
    assert rij.expiry == datetime.datetime(2026, 12, 31, 23, 0, tzinfo=datetime.UTC)


def test_the_list_tells_what_a_key_may_and_when_it_was_used(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    geheim = maak(mensen.eigen, wens("Dagelijks", bereik=("agendas", "mijlpalen"), dagen=2))
    maak(mensen.vreemd, wens("Van een ander"))
    client.get("/api/v1/agendas", headers=kop(geheim))
    tekst = re.sub(r"\s+", " ", client.get(PAD).content.decode())
    assert "Leest: agenda&#x27;s; mijlpalen en termijnen" in tekst
    assert "laatst gebruikt op 20 november 2026, 10.00 uur" in tekst
    assert "Werkt tot en met 22 nov 2026" in tekst
    assert "Van een ander" not in tekst
    with time_machine.travel(NU + datetime.timedelta(days=3), tick=False):
        tekst = re.sub(r"\s+", " ", als(mensen.eigen).get(PAD).content.decode())
    assert "Werkte tot en met 22 nov 2026" in tekst
    assert "verlopen</span>" in tekst


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_no_query_per_key(mensen: Mensen, als: Als, aantal: int) -> None:
    client = als(mensen.eigen)
    for nummer in range(aantal):
        maak_sleutel(mensen.eigen, wens(f"{nummer}"), door=mensen.beheerder)
    client.get(PAD)
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        client.get(PAD)
    assert [vraag["sql"] for vraag in vragen if "toegangssleutel" in vraag["sql"]][1:] == []


def test_only_the_own_keys_can_be_revoked(mensen: Mensen, als: Als) -> None:
    geheim = maak(mensen.eigen)
    (rij,) = sleutels_van(mensen.eigen)
    pad = f"{PAD}{rij.digest[:16]}/intrekken/"
    for client, code in ((als(mensen.vreemd), 404), (als(mensen.beheerder), 404), (Client(), 302)):
        assert (client.get(pad).status_code, client.post(pad).status_code) == (code, code)
    assert als(mensen.rolloos).post(pad).status_code == 403
    assert als(mensen.eigen).get(f"{PAD}{'0' * 16}/intrekken/").status_code == 404
    assert Client().get("/api/v1/agendas", headers=kop(geheim)).status_code == 200
    client = als(mensen.eigen)
    assert "BI (rgm_" in client.get(pad).content.decode()
    assert client.post(pad).status_code == 302
    assert Client().get("/api/v1/agendas", headers=kop(geheim)).status_code == 401
    trek_in(rij, door=mensen.eigen)
    assert client.post(pad).status_code == 404


def test_a_key_opens_the_api_and_no_page(mensen: Mensen) -> None:
    geheim = maak(mensen.beheerder, wens(schrijven=True))
    for pad in (PAD, "/mijn/", "/mijn/volgen/", "/personen/"):
        assert Client().get(pad, headers=kop(geheim)).status_code == 302, pad
    assert Client().post(PAD, invoer(), headers=kop(geheim)).status_code == 302
    assert Toegangssleutel.objects.count() == 1


# What it may


def test_every_list_of_the_api_is_a_part_a_key_can_be_limited_to() -> None:
    assert set(ONDERDELEN) == set(ALLE_LIJSTEN)
    patronen = [
        f"api/{patroon.pattern}"
        for groep in get_resolver().url_patterns
        if str(groep.pattern) == "api/"
        for patroon in groep.url_patterns
        if str(patroon.pattern) != "^"
    ]
    assert len(patronen) > 30
    assert {route for route in patronen if onderdeel_van(route) is None} == VRIJ
    assert {onderdeel_van(route) for route in patronen} == {None, *ONDERDELEN}
    assert onderdeel_van("api/v1/maatregelen/<slug:code>/mijlpalen") == "mijlpalen"
    assert onderdeel_van("api/v1/maatregelen/<slug:code>/status") == "maatregelen"


def test_a_route_nobody_foresaw_is_closed_to_a_limited_key() -> None:
    beperkt, heel = Toegangssleutel(bereik=["agendas"]), Toegangssleutel(bereik=[])
    assert buiten_bereik(beperkt, "api/v1/iets-nieuws") == "alles"
    assert buiten_bereik(beperkt, "") == "alles"
    assert buiten_bereik(heel, "api/v1/iets-nieuws") is None


@pytest.mark.parametrize("deel", sorted(ONDERDELEN))
def test_a_key_for_one_part_reads_that_part_only(mensen: Mensen, deel: str) -> None:
    geheim = maak(mensen.eigen, wens(bereik=(deel,)))
    codes = {lijst: Client().get(f"/api/v1/{lijst}", headers=kop(geheim)).status_code for lijst in ONDERDELEN}
    assert codes == {lijst: 200 if lijst == deel else 403 for lijst in ONDERDELEN}
    assert Client().get("/api/v1", headers=kop(geheim)).status_code == 200
    assert Client().get("/api/v1/openapi.json", headers=kop(geheim)).status_code == 200


def test_what_is_missing_is_said(mensen: Mensen) -> None:
    MaatregelFactory(code="a", trekker=mensen.organisatie)
    geheim = maak(mensen.eigen, wens(bereik=("agendas", "mijlpalen"), schrijven=True))
    antwoord = Client().get("/api/v1/maatregelen/a", headers=kop(geheim))
    assert (antwoord.status_code, antwoord["Content-Type"]) == (403, "application/problem+json")
    assert antwoord.json() == {
        "type": "about:blank",
        "title": "Geen toegang",
        "status": 403,
        "instance": "/api/v1/maatregelen/a",
        "detail": "Deze sleutel is niet voor dit onderdeel. Er ontbreekt in het bereik: maatregelen.",
    }
    mijlpalen = "/api/v1/maatregelen/a/mijlpalen"
    assert Client().post(mijlpalen, {}, "application/json", headers=kop(geheim)).status_code == 400
    anders = maak(mensen.eigen, wens("anders", bereik=("maatregelen",), schrijven=True))
    assert Client().post(mijlpalen, {}, "application/json", headers=kop(anders)).status_code == 403
    status = {"status": "vervallen", "toelichting": "x"}
    antwoord = Client().post("/api/v1/maatregelen/a/status", status, "application/json", headers=kop(geheim))
    assert antwoord.status_code == 403


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_without_the_right_to_write_nothing_is_changed(mensen: Mensen, methode: str) -> None:
    maatregel = MaatregelFactory(code="a", trekker=mensen.organisatie)
    geheim = maak(mensen.eigen)
    antwoord = getattr(Client(), methode)(
        "/api/v1/maatregelen/a/status",
        {"status": "vervallen", "toelichting": "x"},
        content_type="application/json",
        headers=kop(geheim),
    )
    assert antwoord.status_code == 403
    assert antwoord.json()["detail"] == "Deze sleutel mag alleen lezen. Maak een sleutel met schrijfrecht."
    maatregel.refresh_from_db()
    assert maatregel.status == "aangekondigd"


def test_a_key_never_does_more_than_its_person(mensen: Mensen) -> None:
    MaatregelFactory(code="a", trekker=mensen.organisatie)
    geheim = {
        naam: maak(getattr(mensen, naam), wens(schrijven=True)) for naam in ("eigen", "vreemd", "partner", "rolloos")
    }

    def zet(naam: str) -> int:
        status = {"status": "in_voorbereiding", "toelichting": "x"}
        return (
            Client()
            .post("/api/v1/maatregelen/a/status", status, "application/json", headers=kop(geheim[naam]))
            .status_code
        )

    assert (zet("vreemd"), zet("partner"), zet("rolloos")) == (403, 403, 404)
    assert zet("eigen") == 201
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=DAG)
    assert zet("eigen") == 404
    assert Client().get("/api/v1/maatregelen", headers=kop(geheim["eigen"])).json()["count"] == 0
    LidmaatschapFactory(persoon=mensen.eigen, organisatie=mensen.ander, rol="lezer")
    assert zet("eigen") == 403


# Refusals


def test_whatever_does_not_work_is_refused_in_the_same_words(mensen: Mensen) -> None:
    goed, verlopen, ingetrokken = (maak(mensen.eigen, wens(naam)) for naam in ("a", "b", "c"))
    van_wie_wegging = maak(mensen.vreemd)
    Toegangssleutel.objects.filter(naam="b").update(expiry=NU)
    Toegangssleutel.objects.filter(naam="c").delete()
    Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    ander_einde = goed[:-1] + ("0" if goed[-1] != "0" else "1")
    slecht = [
        verlopen, ingetrokken, van_wie_wegging, ander_einde, goed[:-1], f"{goed}0", goed.upper(), goed[:15], "rgm_",
        "x", "", "a b", "\xff", "x" * 9000, f"{goed}\x00", f"{goed} {goed}",
    ]  # fmt: skip
    antwoorden = [Client().get("/api/v1/agendas", headers=kop(geheim)) for geheim in slecht]
    assert {(rij.status_code, rij["WWW-Authenticate"], rij.content) for rij in antwoorden} == {
        (401, "Token", antwoorden[0].content)
    }
    assert antwoorden[0].json()["detail"] == (
        "Deze sleutel werkt niet: hij is niet goed overgenomen, verlopen of ingetrokken."
    )
    assert {tuple(sorted(rij.headers)) for rij in antwoorden} == {tuple(sorted(antwoorden[0].headers))}
    assert Client().get("/api/v1/agendas", headers=kop(goed)).status_code == 200


def test_a_broken_key_is_not_mended_by_a_session(mensen: Mensen, als: Als) -> None:
    assert als(mensen.eigen).get("/api/v1/agendas", headers=kop("x")).status_code == 401


def test_it_works_until_the_moment_it_ends_and_not_at_it(mensen: Mensen) -> None:
    geheim = maak(mensen.eigen, wens(dagen=0))
    einde = datetime.datetime(2026, 11, 20, 23, 0, tzinfo=datetime.UTC)  # midnight in Amsterdam
    for verschil, code in ((-1, 200), (0, 401), (1, 401)):
        with time_machine.travel(einde + datetime.timedelta(seconds=verschil), tick=False):
            assert Client().get("/api/v1/agendas", headers=kop(geheim)).status_code == code, verschil
    assert Toegangssleutel.objects.count() == 1


# Last use


def test_use_is_written_at_most_once_a_minute(mensen: Mensen) -> None:
    geheim = maak(mensen.eigen)

    def vraag(seconden: float) -> tuple[int, datetime.datetime | None]:
        moment = time_machine.travel(NU + datetime.timedelta(seconds=seconden), tick=False)
        with moment, CaptureQueriesContext(connection) as vragen:
            assert Client().get("/api/v1", headers=kop(geheim)).status_code == 200
        geschreven = sum('UPDATE "maatregelen_toegangssleutel"' in vraag["sql"] for vraag in vragen)
        # Finding the key with its person; noting its use. What the log counts per hour is the log's own.
        van_sleutel = [vraag["sql"] for vraag in vragen if '"maatregelen_toegangssleutel"' in vraag["sql"]]
        assert len(van_sleutel) == 1 + geschreven
        assert [sql for sql in van_sleutel if "maatregelen_persoon" in sql] == van_sleutel[:1]
        return geschreven, Toegangssleutel.objects.get().laatst_gebruikt_op

    later = NU + datetime.timedelta(seconds=60)
    assert [vraag(seconden) for seconden in (0, 1, 59.9, 60, 61)] == [(1, NU), (0, NU), (0, NU), (1, later), (0, later)]


def test_a_refused_key_is_not_used(mensen: Mensen) -> None:
    geheim = maak(mensen.eigen, wens(dagen=0))
    with time_machine.travel(NU + datetime.timedelta(days=2), tick=False):
        Client().get("/api/v1", headers=kop(geheim))
    assert Toegangssleutel.objects.get().laatst_gebruikt_op is None


# The log


def regels() -> list[tuple[str, str, int | None, str, dict[str, Any]]]:
    """What the log says: what, how it ended, who (the key of a person), about which key, details."""
    wie = dict(Betrokkene.objects.values_list("sleutel", "persoon"))
    return [
        (rij.actie, rij.resultaat, wie.get(rij.actor), rij.object_naam, rij.details)
        for rij in Logregel.objects.filter(actie__startswith="sleutel").order_by("pk")
    ]


def test_the_life_of_a_key_is_in_the_log(mensen: Mensen) -> None:
    sleutel, geheim = maak_sleutel(mensen.eigen, wens(bereik=("agendas",)), door=mensen.beheerder, moment=NU)
    client = Client()
    for pad in ("agendas", "agendas", "maatregelen"):
        client.get(f"/api/v1/{pad}", headers=kop(geheim))
    client.post("/api/v1/agendas", headers=kop(geheim))
    client.get("/api/v1/agendas", headers=kop("rgm_onbekend"))
    Toegangssleutel.objects.update(expiry=NU)
    client.get("/api/v1/agendas", headers=kop(geheim))
    Toegangssleutel.objects.update(expiry=None)
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    client.get("/api/v1/agendas", headers=kop(geheim))
    trek_in(sleutel, door=mensen.beheerder, moment=NU)
    trek_in(sleutel, door=mensen.beheerder, moment=NU)
    eigen, beheerder = mensen.eigen.pk, mensen.beheerder.pk
    gemaakt = {"houder": eigen, "schrijven": False, "bereik": ["agendas"], "tot_en_met": "2027-02-18"}
    assert regels() == [
        ("sleutel_maken", "gelukt", beheerder, "BI", gemaakt),
        ("sleutel_gebruiken", "gelukt", eigen, "BI", {"keer": "eerste"}),
        ("sleutel_gebruiken", "geweigerd", eigen, "BI", {"waarom": "buiten bereik"}),
        ("sleutel_gebruiken", "geweigerd", eigen, "BI", {"waarom": "mag alleen lezen"}),
        ("sleutel_gebruiken", "geweigerd", eigen, "BI", {"waarom": "verlopen"}),
        ("sleutel_gebruiken", "geweigerd", eigen, "BI", {"waarom": "houder niet actief"}),
        ("sleutel_intrekken", "gelukt", beheerder, "BI", {"houder": eigen}),
    ]
    assert geheim[12:] not in str(list(Logregel.objects.values()))


@pytest.fixture
def uitvoer() -> Iterator[io.StringIO]:
    """What the product writes to its log, by the handler that it has."""
    [handler] = [rij for rij in logging.getLogger().handlers if type(rij) is logging.StreamHandler]
    opvang = io.StringIO()
    oud = handler.setStream(opvang)
    yield opvang
    if oud is not None:
        handler.setStream(oud)


def test_a_key_is_in_no_line_of_the_log_wherever_it_is_put(mensen: Mensen, als: Als, uitvoer: io.StringIO) -> None:
    client = als(mensen.eigen)
    client.raise_request_exception = False
    (geheim,) = re.findall(r"rgm_[0-9a-f]{64}", client.post(PAD, invoer()).content.decode())
    zonder_begin = geheim.removeprefix("rgm_")
    for waarde in (geheim, zonder_begin):
        los = Client(raise_request_exception=False)
        los.get("/api/v1/agendas", headers=kop(waarde))
        los.get("/api/v1/agendas", headers={"Authorization": f"Bearer {waarde}", "User-Agent": f"x {waarde}"})
        los.get(f"/api/v1/agendas?token={waarde}&sleutel={waarde}")
        los.get(f"/api/v1/maatregelen/{waarde}", headers=kop(geheim))
        los.get(f"/niets/{waarde}/{waarde}")
        los.post("/api/v1/maatregelen/a/status", {"status": waarde}, "application/json", headers=kop(waarde))
        los.post("/inloggen/", {"login": f"{waarde}@voorbeeld.nl", "password": waarde})
        client.get(f"/maatregelen/?zoek={waarde}")
        client.post(f"{PAD}{waarde}/intrekken/", {"naam": waarde})
        structlog.get_logger("eigen").warning("mislukt", kop=f"Token {waarde}", lijst=[waarde])
        try:
            raise RuntimeError(waarde)
        except RuntimeError:
            logging.getLogger("django.request").exception("Internal Server Error: %s", waarde)
    tekst = uitvoer.getvalue()
    assert tekst.count("request_started") >= 18
    assert "(verborgen)" in tekst
    assert zonder_begin not in tekst.lower()
    assert zonder_begin[11:] not in tekst.lower()
