"""The table as a script sees it: what it shows, filters, queries, the change feed, and reporting on an action."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maatregelen.models import Maatregel
from regietafel.models import Actiepunt, Actiewijziging, Bijlage, Inbreng, Vergadering
from tests.conftest import Mensen
from tests.factories import MaatregelFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    ReeksFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)

Sleutel = Callable[..., dict[str, str]]
Vraag = Callable[..., Any]
DAG = datetime.date(2026, 3, 18)


@pytest.fixture(autouse=True)
def _op_20_november() -> Any:
    """A Friday, long after the meeting."""
    with time_machine.travel(datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def vraag(client: Client, sleutel: Sleutel, mensen: Mensen) -> Vraag:
    """Ask an address below /api/v1 as a reader; `verwacht` is the status."""
    kop = sleutel(mensen.partner)

    def doen(pad: str, verwacht: int = 200) -> Any:
        antwoord = client.get(f"/api/v1{pad}", headers=kop)
        assert antwoord.status_code == verwacht, antwoord.content
        return antwoord.json()

    return doen


@pytest.fixture
def maatregel(mensen: Mensen) -> Maatregel:
    """A measure of SZW."""
    gemaakt: Maatregel = MaatregelFactory(code="2025-4-05", trekker=mensen.organisatie)
    return gemaakt


@pytest.fixture
def tafel(mensen: Mensen, maatregel: Maatregel) -> Vergadering:
    """A meeting of one point with one of everything, and a stranger of each at another meeting."""
    reeks = ReeksFactory(slug="lrt", naam="Landelijke Regietafel Migratie")
    for slug, dag in (("eigen", DAG), ("ander", datetime.date(2026, 6, 17))):
        eigen = slug == "eigen"
        vergadering = VergaderingFactory(
            slug=slug, datum=dag, reeks=reeks, staat="verslag_concept" if eigen else "gepland",
            soort="regulier" if eigen else "extra", titel=f"Tafel {slug}",
        )  # fmt: skip
        DeelnameFactory(
            vergadering=vergadering, naam="Jansen", organisatie=mensen.organisatie if eigen else mensen.ander
        )
        punt = AgendapuntFactory(
            vergadering=vergadering, volgorde=1, titel=f"Punt {slug}", doel="besluiten" if eigen else "bespreken"
        )
        punt.inleiders.add(mensen.organisatie if eigen else mensen.ander)
        Bijlage.objects.create(agendapunt=punt, naam=f"nazending {slug}")
        inbreng = InbrengFactory(
            agendapunt=punt, soort="vraag" if eigen else "zorg", is_open=eigen, tekst=f"Tekst {slug}",
            organisatie=mensen.organisatie if eigen else mensen.ander,
        )  # fmt: skip
        besluit = BesluitFactory(agendapunt=punt, code=f"{slug}-b01", soort="besluit" if eigen else "mededeling")
        TerugkoppelingFactory(
            besluit=besluit, maatregel=maatregel if eigen else None, stand="open" if eigen else "niet_nodig"
        )
        actie = ActiepuntFactory(
            agendapunt=punt, code=f"{slug}-a01", soort="toezegging" if eigen else "verzoek", is_afgesproken=eigen,
            organisatie=mensen.organisatie if eigen else None, wie_tekst="SZW" if eigen else "iemand",
        )  # fmt: skip
        if eigen:
            for rij in (punt, inbreng, actie):
                rij.maatregelen.add(maatregel)
    ActiepuntFactory(agendapunt=Vergadering.objects.get(slug="ander").agendapunten.get(), code="ander-a02", einde=None,
                     termijn_tekst="snel", precisie="vaag")  # fmt: skip
    return Vergadering.objects.get(slug="eigen")


def sleutels(vraag: Vraag, pad: str, veld: str) -> list[Any]:
    """The values of one field in a list."""
    return [rij[veld] for rij in vraag(pad)["results"]]


# --- What is shown


def test_a_meeting_with_everything(vraag: Vraag, tafel: Vergadering) -> None:
    punt = tafel.agendapunten.get()
    eerder = BesluitFactory(agendapunt__vergadering__slug="vorig", code="vorig-b01", tekst="Er komt een brief.")
    punt.eerdere_besluiten.add(eerder)
    assert vraag("/vergaderingen/eigen") == {
        "slug": "eigen", "reeks": "lrt", "soort": "regulier", "titel": "Tafel eigen", "datum": "2026-03-18",
        "datumTekst": "", "schattingVan": None, "schattingTot": None, "begintijd": None, "duurMinuten": None,
        "plaats": "", "documentdatum": "2026-03-11", "kenmerk": "", "secretariaat": "", "staat": "verslag_concept",
        "vastgesteldIn": None, "bekendVanaf": "2026-01-05", "toelichting": "",
        "zichtbaarheid": "regietafel", "zicht": "regietafel", "embargoTot": None,
        "gewijzigdOp": "2026-11-20T09:30:00Z", "versie": 1, "url": "http://127.0.0.1:8000/vergaderingen/eigen/",
        "deelnemers": [
            {"organisatie": "szw", "aanhef": "", "naam": "Jansen", "ambt": "", "ambtAfgeleid": False, "rol": "lid",
             "aanwezigheid": "verwacht", "vervanging": "", "vervanger": "", "toelichting": ""},
        ],
        "agendapunten": [{"id": punt.pk, "volgorde": 1, "titel": "Punt eigen", "doel": "besluiten"}],
    }  # fmt: skip
    assert vraag(f"/agendapunten/{punt.pk}") == {
        "id": punt.pk, "vergadering": "eigen", "volgorde": 1, "titel": "Punt eigen", "doel": "besluiten",
        "duurMinuten": None, "toelichting": "", "bespreking": "", "regelVan": None, "vervolgOp": None,
        "zichtbaarheid": None, "zicht": "regietafel", "embargoTot": None,
        "doorschuifreden": "", "gewijzigdOp": "2026-11-20T09:30:00Z", "versie": 1,
        "inleiders": [{"organisatie": "szw", "afkorting": "SZW"}],
        "bijlagen": [
            {"naam": "nazending eigen", "bestandsnaam": "", "inhoudstype": "", "grootte": None, "controlegetal": ""},
        ],
        "maatregelen": [{"code": "2025-4-05", "titel": punt.maatregelen.get().titel}],
        "eerdereBesluiten": [{"code": "vorig-b01", "tekst": "Er komt een brief.", "vergadering": "vorig"}],
    }  # fmt: skip


def test_what_was_said_decided_and_promised(vraag: Vraag, tafel: Vergadering, maatregel: Maatregel) -> None:
    punt = tafel.agendapunten.get()
    over = [{"code": "2025-4-05", "titel": maatregel.titel}]
    inbreng = Inbreng.objects.get(is_open=True)
    assert vraag(f"/inbreng/{inbreng.pk}") == {
        "id": inbreng.pk, "vergadering": "eigen", "agendapunt": punt.pk, "organisatie": "szw", "spreker": "VNG",
        "soort": "vraag", "tekst": "Tekst eigen", "open": True, "regelVan": None, "regelTot": None,
        "gewijzigdOp": "2026-11-20T09:30:00Z", "versie": 1, "maatregelen": over,
    }  # fmt: skip
    besluit = vraag("/besluiten/eigen-b01")
    (terug,) = besluit.pop("terugkoppelingen")
    assert besluit == {
        "code": "eigen-b01", "vergadering": "eigen", "agendapunt": punt.pk, "soort": "besluit",
        "tekst": besluit["tekst"], "toelichting": "", "regelVan": None, "regelTot": None,
        "gewijzigdOp": "2026-11-20T09:30:00Z", "versie": 1, "url": "http://127.0.0.1:8000/besluiten/eigen-b01/",
    }  # fmt: skip
    assert terug == vraag(f"/terugkoppelingen/{terug['id']}")
    assert terug == {
        "id": terug["id"], "vergadering": "eigen", "besluit": "eigen-b01", "maatregel": "2025-4-05", "stand": "open",
        "uitgevoerdOp": None, "uitkomst": "", "aanvaardIn": None, "gewijzigdOp": "2026-11-20T09:30:00Z", "versie": 1,
    }  # fmt: skip
    actie = vraag("/actiepunten/eigen-a01")
    assert actie == {
        "code": "eigen-a01", "vergadering": "eigen", "agendapunt": punt.pk, "besluit": None, "soort": "toezegging",
        "wat": actie["wat"], "organisatie": "szw", "wie": "SZW", "afgesproken": True,
        "termijnTekst": "voor 1 juni 2026", "begin": None, "einde": "2026-05-31", "precisie": "dag",
        "relatie": "voor", "peildatum": "2026-03-18", "voorwaarde": "", "voorVergadering": None, "mijlpaal": None,
        "stand": "open", "afgerondOp": None, "afronding": "", "afgesplitstVan": None, "toelichting": "",
        "regelVan": None, "regelTot": None, "gewijzigdOp": "2026-11-20T09:30:00Z", "versie": 1,
        "url": "http://127.0.0.1:8000/actiepunten/eigen-a01/", "aantalVerplaatst": 0, "maatregelen": over,
    }  # fmt: skip


def test_how_often_an_action_moved(vraag: Vraag, tafel: Vergadering) -> None:
    """Made sharper does not count, nor what happened to another one."""
    for code, soort in (
        ("eigen-a01", "uitgesteld"),
        ("eigen-a01", "vervaagd"),
        ("eigen-a01", "verscherpt"),
        ("ander-a01", "vervroegd"),
    ):
        Actiewijziging.objects.create(
            actiepunt=Actiepunt.objects.get(code=code), soort="verplaatst", termijnsoort=soort, reden="Krap", per=DAG
        )
    assert dict(zip(sleutels(vraag, "/actiepunten", "code"), sleutels(vraag, "/actiepunten", "aantalVerplaatst"),
                    strict=True)) == {"eigen-a01": 2, "ander-a01": 1, "ander-a02": 0}  # fmt: skip


# --- Filters


@pytest.mark.usefixtures("tafel")
@pytest.mark.parametrize(
    ("vraagt", "veld", "antwoord"),
    [
        ("vergaderingen", "slug", ["ander", "eigen"]),
        ("vergaderingen?soort=extra", "slug", ["ander"]),
        ("vergaderingen?staat=gepland", "slug", ["ander"]),
        ("vergaderingen?organisatie=szw", "slug", ["eigen"]),
        ("vergaderingen?maatregel=2025-4-05", "slug", ["eigen"]),
        ("vergaderingen?vanaf=2026-04-01", "slug", ["ander"]),
        ("vergaderingen?totEnMet=2026-04-01", "slug", ["eigen"]),
        ("vergaderingen?zoek=TAFEL eig", "slug", ["eigen"]),
        ("vergaderingen?gewijzigdSinds=2999-01-01", "slug", []),
        ("agendapunten", "titel", ["Punt ander", "Punt eigen"]),
        ("agendapunten?vergadering=eigen", "titel", ["Punt eigen"]),
        ("agendapunten?doel=bespreken", "titel", ["Punt ander"]),
        ("agendapunten?organisatie=szw", "titel", ["Punt eigen"]),
        ("agendapunten?maatregel=2025-4-05", "titel", ["Punt eigen"]),
        ("inbreng", "tekst", ["Tekst ander", "Tekst eigen"]),
        ("inbreng?vergadering=ander", "tekst", ["Tekst ander"]),
        ("inbreng?soort=zorg", "tekst", ["Tekst ander"]),
        ("inbreng?organisatie=szw", "tekst", ["Tekst eigen"]),
        ("inbreng?maatregel=2025-4-05", "tekst", ["Tekst eigen"]),
        ("inbreng?open=true", "tekst", ["Tekst eigen"]),
        ("inbreng?open=false", "tekst", ["Tekst ander"]),
        ("besluiten", "code", ["ander-b01", "eigen-b01"]),
        ("besluiten?vergadering=eigen", "code", ["eigen-b01"]),
        ("besluiten?soort=mededeling", "code", ["ander-b01"]),
        ("besluiten?maatregel=2025-4-05", "code", ["eigen-b01"]),
        ("besluiten?stand=niet_nodig", "code", ["ander-b01"]),
        ("besluiten?stand=open&maatregel=2025-4-05", "code", ["eigen-b01"]),
        ("besluiten?stand=niet_nodig&maatregel=2025-4-05", "code", []),
        ("terugkoppelingen", "besluit", ["ander-b01", "eigen-b01"]),
        ("terugkoppelingen?vergadering=eigen", "besluit", ["eigen-b01"]),
        ("terugkoppelingen?besluit=ander-b01", "besluit", ["ander-b01"]),
        ("terugkoppelingen?maatregel=2025-4-05", "besluit", ["eigen-b01"]),
        ("terugkoppelingen?stand=open", "besluit", ["eigen-b01"]),
        ("actiepunten", "code", ["ander-a01", "eigen-a01", "ander-a02"]),
        ("actiepunten?vergadering=eigen", "code", ["eigen-a01"]),
        ("actiepunten?voorVergadering=eigen", "code", []),
        ("actiepunten?organisatie=szw", "code", ["eigen-a01"]),
        ("actiepunten?maatregel=2025-4-05", "code", ["eigen-a01"]),
        ("actiepunten?soort=verzoek", "code", ["ander-a01"]),
        ("actiepunten?stand=open", "code", ["ander-a01", "eigen-a01", "ander-a02"]),
        ("actiepunten?stand=afgerond", "code", []),
        ("actiepunten?afgesproken=false", "code", ["ander-a01"]),
        ("actiepunten?teLaat=true", "code", ["eigen-a01"]),
        ("actiepunten?teLaat=false", "code", ["ander-a01", "ander-a02"]),
        ("actiepunten?zonderTrekker=true", "code", ["ander-a02"]),
        ("actiepunten?zonderTrekker=false", "code", ["ander-a01", "eigen-a01"]),
        ("actiepunten?vanaf=2026-06-01", "code", []),
        ("actiepunten?totEnMet=2026-05-31", "code", ["ander-a01", "eigen-a01"]),
        ("actiepunten?zoek=EIGEN-a01", "code", ["eigen-a01"]),
    ],
)
def test_lists_are_narrowed_down(vraag: Vraag, vraagt: str, veld: str, antwoord: list[str]) -> None:
    assert sleutels(vraag, f"/{vraagt}", veld) == antwoord


@pytest.mark.usefixtures("tafel")
@pytest.mark.parametrize(
    ("vraagt", "veld"),
    [
        ("vergaderingen?staat=ooit", "staat"),
        ("vergaderingen?vergadering=eigen", "vergadering"),
        ("agendapunten?vergadering=nergens", "vergadering"),
        ("besluiten?maatregel=x", "maatregel"),
        ("actiepunten?teLaat=ja", "teLaat"),
        ("actiepunten?organisatie=nergens", "organisatie"),
        ("terugkoppelingen?besluit=nergens", "besluit"),
        ("inbreng?soort=gemopper", "soort"),
    ],
)
def test_what_is_not_known_is_refused_by_name(vraag: Vraag, vraagt: str, veld: str) -> None:
    assert set(vraag(f"/{vraagt}", 400)["errors"]) == {veld}


@pytest.mark.usefixtures("tafel")
def test_who_has_no_role_sees_nothing(client: Client, sleutel: Sleutel, mensen: Mensen) -> None:
    kop = sleutel(mensen.rolloos)
    for lijst in ("vergaderingen", "agendapunten", "inbreng", "besluiten", "terugkoppelingen", "actiepunten"):
        assert client.get(f"/api/v1/{lijst}", headers=kop).json()["count"] == 0, lijst
    for pad in ("vergaderingen/eigen", "besluiten/eigen-b01", "actiepunten/eigen-a01"):
        assert client.get(f"/api/v1/{pad}", headers=kop).status_code == 404, pad


@pytest.mark.usefixtures("tafel")
def test_a_detail_is_sent_again_only_when_something_changed(client: Client, sleutel: Sleutel, mensen: Mensen) -> None:
    kop = sleutel(mensen.partner)
    eerste = client.get("/api/v1/actiepunten/eigen-a01", headers=kop)
    weer = client.get("/api/v1/actiepunten/eigen-a01", headers={**kop, "If-None-Match": eerste["ETag"]})
    assert (weer.status_code, weer.content) == (304, b"")
    Actiepunt.objects.get(code="eigen-a01").maatregelen.clear()
    anders = client.get("/api/v1/actiepunten/eigen-a01", headers={**kop, "If-None-Match": eerste["ETag"]})
    assert (anders.status_code, anders.json()["maatregelen"]) == (200, [])


# --- Queries


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(
    ("lijst", "queries"),
    [
        ("vergaderingen", 7), ("agendapunten", 9), ("inbreng", 6), ("besluiten", 6), ("terugkoppelingen", 5),
        ("actiepunten", 7),
    ],
)  # fmt: skip
def test_a_list_costs_the_same_for_one_row_and_for_three(
    vraag: Vraag,
    mensen: Mensen,
    django_assert_num_queries: DjangoAssertNumQueries,
    lijst: str,
    queries: int,
    aantal: int,
) -> None:
    for _ in range(aantal):
        maatregel = MaatregelFactory(trekker=mensen.organisatie)
        punt = AgendapuntFactory()
        DeelnameFactory(vergadering=punt.vergadering, organisatie=mensen.organisatie)
        punt.inleiders.add(mensen.organisatie)
        for rij in (punt, InbrengFactory(agendapunt=punt), ActiepuntFactory(agendapunt=punt)):
            rij.maatregelen.add(maatregel)
        besluit = TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=punt), maatregel=maatregel).besluit
        punt.eerdere_besluiten.add(besluit)
    with django_assert_num_queries(queries):
        assert vraag(f"/{lijst}")["count"] == aantal


# --- The change feed


def test_the_feed_tells_of_the_table(client: Client, sleutel: Sleutel, mensen: Mensen, maatregel: Maatregel) -> None:
    kop = sleutel(mensen.partner)

    def feed(extra: str = "") -> list[dict[str, Any]]:
        with time_machine.travel(datetime.datetime.now(tz=datetime.UTC), tick=True):
            rijen: list[dict[str, Any]] = client.get(f"/api/v1/wijzigingen?pageSize=500{extra}", headers=kop).json()[
                "results"
            ]
        return rijen

    begin = feed()[-1]["id"]
    punt = AgendapuntFactory(vergadering=VergaderingFactory(slug="eigen"))
    inbreng = InbrengFactory(agendapunt=punt)
    terug = TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=punt, code="eigen-b01"), maatregel=maatregel)
    actie = ActiepuntFactory(agendapunt=punt, code="eigen-a01")
    actie.wat = "Anders"
    actie.save()
    kort = [(rij["soort"], rij["sleutel"], rij["maatregel"], rij["actie"]) for rij in feed(f"&na={begin}")]
    assert kort == [
        ("vergadering", "eigen", None, "toegevoegd"),
        ("agendapunt", str(punt.pk), None, "toegevoegd"),
        ("inbreng", str(inbreng.pk), None, "toegevoegd"),
        ("besluit", "eigen-b01", None, "toegevoegd"),
        ("terugkoppeling", str(terug.pk), "2025-4-05", "toegevoegd"),
        ("actiepunt", "eigen-a01", None, "toegevoegd"),
        ("actiepunt", "eigen-a01", None, "gewijzigd"),
    ]
    assert [rij["soort"] for rij in feed(f"&na={begin}&soort=besluit")] == ["besluit"]


# --- Reporting on an action


@pytest.fixture
def stuur(client: Client, sleutel: Sleutel, mensen: Mensen, tafel: Vergadering) -> Callable[..., tuple[int, Any]]:
    """Ask for another stand of an action of SZW; answers (HTTP status, JSON)."""

    def doen(
        lijf: Any, wie: Any = None, code: str = "eigen-a01", schrijven: bool = True, **koppen: str
    ) -> tuple[int, Any]:
        antwoord = client.post(
            f"/api/v1/actiepunten/{code}/stand",
            lijf,
            "application/json",
            headers={**sleutel(wie or mensen.eigen, schrijven=schrijven), **koppen},
        )
        return antwoord.status_code, antwoord.json()

    return doen


def onaangeroerd(code: str = "eigen-a01") -> bool:
    """Whether an action is as it was made."""
    stand = Actiepunt.objects.values_list("stand", "versie").get(code=code)
    return stand == ("open", 1) and not Actiewijziging.objects.exists()


GOED = {"stand": "afgerond", "toelichting": "De brief is verstuurd."}


def test_an_action_is_done_and_opened_again(stuur: Callable[..., tuple[int, Any]]) -> None:
    code, inhoud = stuur({**GOED, "op": "2026-05-20", "versie": 1})
    assert code == 201, inhoud
    assert inhoud["wijziging"] == {
        "soort": "afgerond", "vanStand": "open", "naarStand": "afgerond", "reden": "De brief is verstuurd.",
        "per": "2026-05-20", "door": "Eigen", "vastgelegdOp": "2026-11-20T09:30:00Z",
    }  # fmt: skip
    nu = inhoud["actiepunt"]
    assert (nu["stand"], nu["afgerondOp"], nu["afronding"], nu["versie"]) == (
        "afgerond", "2026-05-20", "De brief is verstuurd.", 2,
    )  # fmt: skip
    code, inhoud = stuur({"stand": "open", "toelichting": "Toch niet aangekomen."})
    assert (code, inhoud["actiepunt"]["stand"], inhoud["actiepunt"]["afgerondOp"]) == (201, "open", None)
    code, inhoud = stuur({"stand": "vervallen", "toelichting": "Niet meer nodig."})
    assert (code, inhoud["actiepunt"]["stand"], inhoud["wijziging"]["soort"]) == (201, "vervallen", "vervallen")


def test_who_may_report(stuur: Callable[..., tuple[int, Any]], mensen: Mensen) -> None:
    """Not who does something else, nor a key that only reads, nor who may not even see it."""
    for wie in (mensen.vreemd, mensen.partner, mensen.beheerder):
        assert stuur(GOED, wie)[0] == 403
    assert stuur(GOED, schrijven=False)[0] == 403
    assert stuur(GOED, mensen.rolloos)[0] == 404
    assert stuur(GOED, code="bestaat-niet")[0] == 404
    assert onaangeroerd()
    assert stuur(GOED, mensen.secretariaat)[0] == 201
    assert onaangeroerd("ander-a01") is False  # a row was written, though not about this one


@pytest.mark.parametrize(
    ("lijf", "velden"),
    [
        ({}, {"stand", "toelichting"}),
        ({**GOED, "stand": "gesplitst"}, {"stand"}),
        ({**GOED, "toelichting": "  "}, {"toelichting"}),
        ({**GOED, "op": "2026-11-21"}, {"op"}),
        ({**GOED, "op": "gisteren"}, {"op"}),
        ({"stand": "vervallen", "toelichting": "x", "op": "2026-05-20"}, {"op"}),
        ({**GOED, "ooit": 1}, {"ooit"}),
    ],
)
def test_what_is_not_right_is_refused_by_name(
    stuur: Callable[..., tuple[int, Any]], lijf: dict[str, Any], velden: set[str]
) -> None:
    code, inhoud = stuur(lijf)
    assert (code, set(inhoud["errors"])) == (400, velden)
    assert onaangeroerd()


def test_what_cannot_be_as_things_stand(
    stuur: Callable[..., tuple[int, Any]], client: Client, sleutel: Sleutel, mensen: Mensen
) -> None:
    kenmerk = client.get("/api/v1/actiepunten/eigen-a01", headers=sleutel(mensen.eigen))["ETag"]
    assert stuur({"stand": "open", "toelichting": "x"})[0] == 409
    assert stuur({**GOED, "versie": 7})[0] == 409
    assert onaangeroerd()
    Actiepunt.objects.filter(code="eigen-a01").update(wat="Intussen anders")
    assert stuur(GOED, **{"If-Match": kenmerk})[0] == 409
    assert Actiepunt.objects.get(code="eigen-a01").stand == "open"
    # A request was never agreed on: it can lapse, and cannot be done.
    assert stuur(GOED, mensen.secretariaat, code="ander-a01")[0] == 409
    assert stuur({"stand": "vervallen", "toelichting": "x"}, mensen.secretariaat, code="ander-a01")[0] == 201
