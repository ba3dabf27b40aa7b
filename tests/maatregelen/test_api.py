"""The API as a script sees it: what it shows, filters, pages, details, refusals."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from knox.models import get_token_model
from pytest_django import DjangoAssertNumQueries

from maatregelen.models import Doelwaarde, Indicator, Maatregel, Meting, Ondertekenaar, Persoon
from migratie.problemen import serverfout
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PijlerFactory,
)

Sleutel = Callable[..., dict[str, str]]
LIJSTEN = (
    "agendas", "pijlers", "maatregelen", "mijlpalen", "organisaties", "statuswijzigingen", "indicatoren", "reacties",
    "vergaderingen", "agendapunten", "inbreng", "besluiten", "terugkoppelingen", "actiepunten", "wijzigingen",
)  # fmt: skip
PROBLEEM = {"type", "title", "status", "detail", "instance"}
DAG = datetime.date


@pytest.fixture
def vraag(client: Client, sleutel: Sleutel, mensen: Mensen) -> Callable[..., Any]:
    """Ask an address below /api/v1 as a reader and answer what came back; `verwacht` is the status."""
    kop = sleutel(mensen.partner)

    def doen(pad: str, verwacht: int = 200, wie: dict[str, str] | None = None, **koppen: str) -> Any:
        antwoord = client.get(f"/api/v1{pad}", headers={**(kop if wie is None else wie), **koppen})
        assert antwoord.status_code == verwacht, antwoord.content
        assert antwoord["API-Version"] == "1.0.0"
        if not antwoord.content:
            return antwoord
        inhoud = antwoord.json()
        if verwacht >= 400:
            assert antwoord["Content-Type"] == "application/problem+json"
            assert set(inhoud) - {"errors"} == PROBLEEM
            assert inhoud["status"] == verwacht
        else:
            assert antwoord["Content-Type"] == "application/json"
        return inhoud

    return doen


def sleutels(vraag: Callable[..., Any], pad: str, veld: str) -> list[Any]:
    """The values of one field in a list."""
    return [rij[veld] for rij in vraag(pad)["results"]]


def test_a_measure_is_shown_with_everything_that_belongs_to_it(vraag: Callable[..., Any], mensen: Mensen) -> None:
    pijler = PijlerFactory(agenda=AgendaFactory(slug="2024"), nummer="2", titel="Opvang")
    hoofd = MaatregelFactory(code="2024-2-03", pijler=pijler)
    rijk = OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    maatregel = MaatregelFactory(
        code="2024-2-03-1", pijler=pijler, bovenliggend=hoofd, titel="Verdelen", soort="wetgeving", aard="aangekondigd",
        geaccordeerd=False, voorwaarde="Als er geld is.", toelichting="Twijfel.", verwijzingen=["36 333"], regel_van=3,
        regel_tot=5, trekker=mensen.organisatie,
    )  # fmt: skip
    BetrokkenheidFactory(maatregel=maatregel, organisatie=rijk, herkomst="geerfd")
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander, rol="uitvoerder")
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander, rol="betrokken", tot=DAG(2025, 1, 1))
    mijlpaal = MijlpaalFactory(maatregel=maatregel, hardheid="wettelijk", cyclus="Spreidingswet 2024")
    MijlpaalFactory(maatregel=hoofd)

    assert vraag("/maatregelen/2024-2-03-1") == {
        "code": "2024-2-03-1",
        "titel": "Verdelen",
        "agenda": "2024",
        "pijler": {"id": pijler.pk, "nummer": "2", "titel": "Opvang"},
        "bovenliggend": "2024-2-03",
        "soort": "wetgeving",
        "aard": "aangekondigd",
        "status": "aangekondigd",
        "voortgang": "niet_gemeld",
        "voortgangOp": None,
        "voortgangToelichting": "",
        "geaccordeerd": False,
        "voorwaarde": "Als er geld is.",
        "toelichting": "Twijfel.",
        "verwijzingen": ["36 333"],
        "regelVan": 3,
        "regelTot": 5,
        "geldtVanaf": "2024-09-26",
        "zichtbaarheid": None,
        "zicht": "regietafel",
        "embargoTot": None,
        "publicatie": "vastgesteld",
        "reacties": [],
        "gewijzigdOp": maatregel.gewijzigd_op.isoformat().replace("+00:00", "Z"),
        "versie": 1,
        "url": "http://127.0.0.1:8000/maatregelen/2024-2-03-1/",
        "verantwoordelijken": [
            {
                "organisatie": "szw", "afkorting": "SZW", "rol": "verantwoordelijk", "herkomst": "genoemd",
                "isAanduiding": False, "vanaf": "2024-09-26",
            },
            {
                "organisatie": "rijk", "afkorting": "Rijk", "rol": "verantwoordelijk", "herkomst": "geerfd",
                "isAanduiding": True, "vanaf": "2024-09-26",
            },
        ],
        "betrokkenen": [
            {
                "organisatie": "ocw", "afkorting": "OCW", "rol": "uitvoerder", "herkomst": "genoemd",
                "isAanduiding": False, "vanaf": "2024-09-26",
            }
        ],
        "mijlpalen": [
            {
                "id": mijlpaal.pk,
                "maatregel": "2024-2-03-1",
                "omschrijving": "Verdeelbesluit genomen",
                "termijnTekst": "voor 31 december 2024",
                "begin": None,
                "einde": "2024-12-30",
                "precisie": "dag",
                "relatie": "voor",
                "herhaling": "",
                "duur": "",
                "gebeurtenis": "",
                "naMijlpaal": None,
                "naFase": "",
                "hardheid": "wettelijk",
                "cyclus": "Spreidingswet 2024",
                "voorWie": "",
                "bron": "",
                "toelichting": "",
                "regelVan": None,
                "regelTot": None,
                "behaaldOp": None,
                "behaaldBewijs": "",
                "zichtbaarheid": None,
                "zicht": "regietafel",
                "embargoTot": None,
                "gewijzigdOp": mijlpaal.gewijzigd_op.isoformat().replace("+00:00", "Z"),
                "versie": 1,
                "aantalVerplaatst": 0,
                "oorspronkelijk": {"termijnTekst": "voor 31 december 2024", "begin": None, "einde": "2024-12-30"},
            }
        ],
    }  # fmt: skip
    assert vraag(f"/mijlpalen/{mijlpaal.pk}") == {
        **vraag("/maatregelen/2024-2-03-1")["mijlpalen"][0], "wijzigingen": [],
    }  # fmt: skip
    assert [rij["code"] for rij in vraag("/maatregelen")["results"]] == ["2024-2-03", "2024-2-03-1"]


def test_the_other_nouns_have_their_keys(vraag: Callable[..., Any], mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    Ondertekenaar.objects.create(agenda=maatregel.pijler.agenda, rol="minister", naam="A. Naam", regel_van=1)
    indicator = Indicator.objects.create(slug="plekken", naam="Opvangplekken", eenheid="plekken")
    Doelwaarde.objects.create(indicator=indicator, waarde=96000, geldig_vanaf=DAG(2024, 2, 1), reden="Raming")
    Meting.objects.create(indicator=indicator, waarde=88000.5, peildatum=DAG(2026, 2, 27), bron="Raming")
    mensen.ander.geldig_tot, mensen.ander.opvolger = DAG(2026, 2, 23), mensen.organisatie
    mensen.ander.tooi_id = "ministerie/mnre1109"
    mensen.ander.save()

    agenda = vraag(f"/agendas/{maatregel.pijler.agenda.slug}")
    assert set(agenda) == {
        "slug", "titel", "titelBron", "soort", "soortTekst", "staat", "staatTekst", "lopend", "documentdatum",
        "schattingVan", "schattingTot", "datumBasis", "geldtVanaf", "kenmerk", "houder", "toelichting", "gewijzigdOp",
        "versie", "url", "ondertekenaars", "zichtbaarheid", "zicht", "embargoTot", "publicatie",
    }  # fmt: skip
    assert agenda["ondertekenaars"] == [{"rol": "minister", "naam": "A. Naam"}]
    assert set(vraag(f"/pijlers/{maatregel.pijler.pk}")) == {
        "id", "agenda", "bovenliggend", "nummer", "volgorde", "titel", "kopLetterlijk", "toelichting", "regelVan",
        "regelTot", "gewijzigdOp", "versie", "betrokkenheden", "zichtbaarheid", "zicht", "embargoTot",
    }  # fmt: skip
    organisatie = vraag("/organisaties/ocw")
    assert set(organisatie) == {
        "slug", "naam", "afkorting", "soort", "isAanduiding", "tooiId", "tooiUrl", "geldigVan", "geldigTot", "opvolger",
        "toelichting", "gewijzigdOp", "versie", "url",
    }  # fmt: skip
    assert organisatie["opvolger"] == "szw"
    assert organisatie["tooiUrl"] == "https://identifier.overheid.nl/tooi/id/ministerie/mnre1109"
    (wijziging,) = vraag("/statuswijzigingen")["results"]
    assert set(wijziging) == {"id", "maatregel", "van", "naar", "per", "toelichting", "door", "vastgelegdOp"}
    assert vraag(f"/statuswijzigingen/{wijziging['id']}") == wijziging
    cijfer = vraag("/indicatoren/plekken")
    assert set(cijfer) == {
        "slug", "naam", "eenheid", "omschrijving", "gewijzigdOp", "versie", "doelwaarden", "metingen",
    }  # fmt: skip
    assert cijfer["doelwaarden"] == [{"waarde": 96000.0, "geldigVanaf": "2024-02-01", "periode": "", "reden": "Raming"}]
    assert cijfer["metingen"][0]["waarde"] == 88000.5
    assert cijfer["metingen"][0]["agenda"] is None


def test_every_list_has_the_same_envelope_and_the_entrance_names_them(vraag: Callable[..., Any]) -> None:
    MaatregelFactory()
    for lijst in LIJSTEN:
        assert set(vraag(f"/{lijst}")) == {"count", "next", "previous", "results"}, lijst
    assert vraag("") == [{"naam": naam, "url": f"http://testserver/api/v1/{naam}"} for naam in LIJSTEN]


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def vier(mensen: Mensen) -> list[Maatregel]:
    """Four measures that differ in one thing each from the first."""
    oud = AgendaFactory(slug="oud", geldt_vanaf=DAG(2018, 3, 19), documentdatum=DAG(2018, 3, 19), is_lopend=False)
    nieuw = PijlerFactory(agenda=AgendaFactory(slug="nieuw"))
    eerste = MaatregelFactory(code="a", pijler=nieuw, titel="Opvang van mensen", trekker=mensen.organisatie)
    MaatregelFactory(
        code="b", pijler=nieuw, soort="wetgeving", geaccordeerd=False, status="in_uitvoering", voorwaarde="Mits opvang"
    )
    MaatregelFactory(code="c", pijler=PijlerFactory(agenda=oud), aard="doel")
    rijk = OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    vierde = MaatregelFactory(code="d", pijler=nieuw, trekker=rijk)
    Maatregel.objects.filter(pk=vierde.pk).update(
        voortgang="aandacht", voortgang_op=DAG(2024, 12, 1), voortgang_toelichting="Krap",
        gewijzigd_op=datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC),
    )  # fmt: skip
    BetrokkenheidFactory(maatregel=vierde, organisatie=mensen.organisatie, rol="betrokken")
    BetrokkenheidFactory(maatregel=eerste, organisatie=mensen.ander, tot=DAG(2024, 10, 1))
    return list(Maatregel.objects.order_by("code"))


@pytest.mark.parametrize(
    ("filter_", "codes"),
    [
        ("agenda=nieuw", "abd"),
        ("agenda=oud", "c"),
        ("status=in_uitvoering", "b"),
        ("status=aangekondigd", "acd"),
        ("voortgang=aandacht", "d"),
        ("soort=wetgeving", "b"),
        ("aard=doel", "c"),
        ("geaccordeerd=false", "b"),
        ("geaccordeerd=true", "acd"),
        ("lopend=false", "c"),
        ("organisatie=szw", "ad"),
        ("organisatie=szw&rol=betrokken", "d"),
        ("organisatie=szw&rol=uitvoerder", ""),
        ("organisatie=ocw", ""),
        ("rol=betrokken", "d"),
        ("rol=verantwoordelijk", "ad"),
        ("trekker=true", "a"),
        ("trekker=false", "bcd"),
        ("zoek=OPVANG", "ab"),
        ("zoek=opvang+mensen", "a"),
        ("zoek=%25", ""),
        ("gewijzigdSinds=2030-12-31T23:00:00Z", "d"),
        ("gewijzigdSinds=2031-01-01T00:00:01%2B00:00", ""),
        ("peildatum=2018-12-31", "c"),
    ],
)
def test_measures_are_narrowed_down(vraag: Callable[..., Any], vier: list[Maatregel], filter_: str, codes: str) -> None:
    assert sorted(sleutels(vraag, f"/maatregelen?{filter_}", "code")) == list(codes)


def test_measures_of_a_section(vraag: Callable[..., Any], vier: list[Maatregel]) -> None:
    assert sleutels(vraag, f"/maatregelen?pijler={vier[2].pijler_id}", "code") == ["c"]


def test_an_ended_organisation_can_be_named(vraag: Callable[..., Any], vier: list[Maatregel], mensen: Mensen) -> None:
    mensen.organisatie.geldig_tot = DAG(2024, 12, 1)
    mensen.organisatie.save()
    assert sleutels(vraag, "/maatregelen?organisatie=szw&rol=verantwoordelijk", "code") == ["a"]


@pytest.mark.parametrize(
    ("filter_", "welke"),
    [
        ("maatregel=a", ["over", "straks"]),
        ("maatregel=b", ["gedaan", "vaag"]),
        ("agenda=nieuw", ["gedaan", "gemeld", "over", "straks", "vaag"]),
        ("organisatie=szw", ["over", "straks"]),
        ("vanaf=2024-12-31", ["gemeld", "oud", "straks"]),
        ("totEnMet=2024-12-30", ["gedaan", "over"]),
        ("vanaf=2024-12-30&totEnMet=2024-12-30", ["gedaan", "over"]),
        ("behaald=true", ["gedaan"]),
        ("behaald=false", ["gemeld", "oud", "over", "straks", "vaag"]),
        ("vaag=true", ["vaag"]),
        ("vaag=false", ["gedaan", "gemeld", "oud", "over", "straks"]),
        ("teLaat=true", ["gemeld"]),
        ("teLaat=false", ["gedaan", "oud", "over", "straks", "vaag"]),
        ("standNietGemeld=true", ["over"]),
        ("hardheid=norm", ["oud"]),
        ("lopend=false", ["oud"]),
    ],
)
def test_milestones_are_narrowed_down(
    vraag: Callable[..., Any], vier: list[Maatregel], filter_: str, welke: list[str]
) -> None:
    a, b, c, d = vier
    MijlpaalFactory(maatregel=a, omschrijving="over")
    MijlpaalFactory(maatregel=a, omschrijving="straks", einde=None, begin=DAG(2999, 1, 1), relatie="vanaf")
    MijlpaalFactory(maatregel=b, omschrijving="gedaan", behaald_op=DAG(2024, 12, 1), behaald_bewijs="Brief")
    MijlpaalFactory(maatregel=b, omschrijving="vaag", einde=None, precisie="vaag", relatie="op")
    MijlpaalFactory(maatregel=c, omschrijving="oud", hardheid="norm", einde=DAG(2025, 1, 1))
    MijlpaalFactory(maatregel=d, omschrijving="gemeld", einde=DAG(2025, 1, 1))
    assert sorted(sleutels(vraag, f"/mijlpalen?{filter_}", "omschrijving")) == welke


def test_the_other_lists_are_narrowed_down(vraag: Callable[..., Any], vier: list[Maatregel], mensen: Mensen) -> None:
    assert sleutels(vraag, "/agendas?lopend=true", "slug") == ["nieuw"]
    assert sleutels(vraag, "/agendas?peildatum=2020-01-01", "slug") == ["oud"]
    assert sleutels(vraag, "/agendas?zoek=onvindbaar", "slug") == []
    assert sleutels(vraag, "/pijlers?agenda=oud", "id") == [vier[2].pijler_id]
    assert sleutels(vraag, "/pijlers?peildatum=2020-01-01", "id") == [vier[2].pijler_id]
    assert sleutels(vraag, "/organisaties?soort=koepel", "slug") == ["vng"]
    assert sleutels(vraag, "/organisaties?zoek=szw", "slug") == ["szw"]
    assert sleutels(vraag, "/statuswijzigingen?maatregel=b", "naar") == ["in_uitvoering"]
    assert sleutels(vraag, "/statuswijzigingen?agenda=oud", "maatregel") == ["c"]
    assert sleutels(vraag, "/statuswijzigingen?naar=in_uitvoering", "maatregel") == ["b"]
    assert sleutels(vraag, "/statuswijzigingen?sinds=2999-01-01T00:00:00Z", "maatregel") == []
    assert len(sleutels(vraag, "/statuswijzigingen?sinds=2020-01-01", "maatregel")) == 4
    Indicator.objects.create(slug="plekken", naam="Opvangplekken", eenheid="plekken")
    assert sleutels(vraag, "/indicatoren?zoek=opvang", "slug") == ["plekken"]
    assert sleutels(vraag, "/indicatoren?zoek=huizen", "slug") == []


@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("/maatregelen?status=onzin", {"status"}),
        ("/maatregelen?statuss=vervallen", {"statuss"}),
        ("/maatregelen?gewijzigd_sinds=2024-01-01", {"gewijzigd_sinds"}),
        ("/maatregelen?status=vervallen&status=uitgevoerd", {"status"}),
        ("/maatregelen?status=", {"status"}),
        ("/maatregelen?agenda=bestaatniet", {"agenda"}),
        ("/maatregelen?pijler=0", {"pijler"}),
        ("/maatregelen?trekker=True", {"trekker"}),
        ("/maatregelen?peildatum=01-01-2025", {"peildatum"}),
        ("/maatregelen?gewijzigdSinds=gisteren", {"gewijzigdSinds"}),
        ("/maatregelen?soort=x&aard=y&onbekend=z", {"soort", "aard", "onbekend"}),
        ("/maatregelen?format=xml", {"format"}),
        ("/maatregelen?pageSize=0", {"pageSize"}),
        ("/maatregelen?pageSize=501", {"pageSize"}),
        ("/maatregelen?pageSize=abc", {"pageSize"}),
        ("/maatregelen?pageSize=%C2%B2", {"pageSize"}),
        ("/maatregelen?page=0", {"page"}),
        ("/maatregelen?page=-1", {"page"}),
        ("/maatregelen?page=last", {"page"}),
        ("/mijlpalen?maatregel=x-1", {"maatregel"}),
        ("/organisaties?soort=club", {"soort"}),
        ("/statuswijzigingen?sinds=x", {"sinds"}),
        ("/wijzigingen?na=maatregel-999999", {"na"}),
        ("/wijzigingen?soort=persoon", {"soort"}),
        ("/agendas/nieuw?page=2", {"page"}),
        ("/agendas/nieuw?lopend=true", {"lopend"}),
    ],
)
def test_what_is_not_known_is_refused_by_name(
    vraag: Callable[..., Any], vier: list[Maatregel], pad: str, velden: set[str]
) -> None:
    assert set(vraag(pad, 400)["errors"]) == velden


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lijst", ["agendas", "pijlers", "maatregelen", "mijlpalen", "statuswijzigingen", "wijzigingen"]
)
def test_walking_all_pages_answers_every_row_once(vraag: Callable[..., Any], lijst: str) -> None:
    for nummer in range(7):
        MijlpaalFactory(
            maatregel__pijler__agenda__geldt_vanaf=DAG(2024, 9, 26),
            maatregel__pijler__volgorde=1,
            maatregel__volgorde=nummer % 2,
        )
    alles = vraag(f"/{lijst}?pageSize=500")["results"]
    gezien, pad, bladzijden = [], f"/{lijst}?pageSize=2", 0
    while pad:
        bladzijde = vraag(pad)
        assert bladzijde["count"] == len(alles)
        gezien += bladzijde["results"]
        bladzijden += 1
        pad = (bladzijde["next"] or "").removeprefix("http://testserver/api/v1")
    assert gezien == alles
    assert bladzijden == -(-len(alles) // 2)
    assert len({json.dumps(rij) for rij in gezien}) == len(alles) >= 7


def test_pages_link_to_each_other_and_end(vraag: Callable[..., Any]) -> None:
    MaatregelFactory.create_batch(3)
    eerste = vraag("/maatregelen?pageSize=2&status=aangekondigd")
    assert (eerste["previous"], len(eerste["results"])) == (None, 2)
    assert eerste["next"] == "http://testserver/api/v1/maatregelen?page=2&pageSize=2&status=aangekondigd"
    tweede = vraag(eerste["next"].removeprefix("http://testserver/api/v1"))
    assert (tweede["next"], len(tweede["results"])) == (None, 1)
    assert vraag("/maatregelen?page=3&pageSize=2", 404)["detail"] == "Deze bladzijde bestaat niet."
    assert vraag(f"/maatregelen?page={'9' * 18}", 404)["detail"] == "Deze bladzijde bestaat niet."


def test_a_page_holds_25_rows_and_at_most_500(vraag: Callable[..., Any], mensen: Mensen) -> None:
    for nummer in range(26):
        OrganisatieFactory(afkorting=f"X{nummer}")
    assert len(vraag("/organisaties")["results"]) == 25
    assert len(vraag("/organisaties?pageSize=500")["results"]) == 30


# --- who -------------------------------------------------------------------------------------------------------------


def test_without_a_key_nothing_is_shown(client: Client) -> None:
    for pad in ("", "/openapi.json", *(f"/{lijst}" for lijst in LIJSTEN), "/maatregelen/x"):
        antwoord = client.get(f"/api/v1{pad}")
        assert (antwoord.status_code, antwoord["WWW-Authenticate"]) == (401, "Token"), pad
        assert antwoord["Content-Type"] == "application/problem+json"
        assert antwoord.json()["title"] == "Niet aangemeld"


@pytest.mark.parametrize(
    "kop", ["Token", "Token a b", "Token onbekend", "Token \xff\xfe", "Token a\x00b", f"Token {'x' * 9000}"]
)
def test_what_is_no_key_is_refused(client: Client, db: None, kop: str) -> None:
    antwoord = client.get("/api/v1/maatregelen", headers={"Authorization": kop})
    assert (antwoord.status_code, antwoord["WWW-Authenticate"]) == (401, "Token")


def test_a_key_ends_by_revoking_expiring_or_deactivating(
    vraag: Callable[..., Any], sleutel: Sleutel, mensen: Mensen
) -> None:
    kop = sleutel(mensen.eigen)
    (rij,) = get_token_model().objects.filter(user=mensen.eigen)
    vraag("/maatregelen", 200, kop)
    rij.expiry = timezone.now() - datetime.timedelta(seconds=1)
    rij.save()
    vraag("/maatregelen", 401, kop)
    rij.expiry = timezone.now() + datetime.timedelta(hours=1)
    rij.save()
    vraag("/maatregelen", 200, kop)
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    vraag("/maatregelen", 401, kop)
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=True)
    rij.delete()
    vraag("/maatregelen", 401, kop)


def test_who_has_no_role_sees_nothing(vraag: Callable[..., Any], sleutel: Sleutel, mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory()
    Indicator.objects.create(slug="plekken", naam="Opvangplekken", eenheid="plekken")
    kop = sleutel(mensen.rolloos)
    for lijst in LIJSTEN:
        assert vraag(f"/{lijst}", 200, kop) == {"count": 0, "next": None, "previous": None, "results": []}
    agenda = mijlpaal.maatregel.pijler.agenda.slug
    for pad in (
        f"agendas/{agenda}", f"pijlers/{mijlpaal.maatregel.pijler.pk}", f"maatregelen/{mijlpaal.maatregel.code}",
        f"mijlpalen/{mijlpaal.pk}", "organisaties/szw", "indicatoren/plekken",
    ):  # fmt: skip
        vraag(f"/{pad}", 200)
        assert vraag(f"/{pad}", 404, kop)["detail"] == "Dit bestaat niet, of u mag het niet zien."
    # Not even whether an agenda exists.
    vraag(f"/maatregelen?agenda={agenda}", 400, kop)


def test_a_session_reads_too(als: Callable[[Persoon], Client], mensen: Mensen) -> None:
    MaatregelFactory()
    assert als(mensen.partner).get("/api/v1/maatregelen").json()["count"] == 1


# --- addresses and methods -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pad",
    [
        "/", "/maatregelen/", "/agendas/", "/onzin", "/maatregelen/bestaat-niet", "/maatregelen/a/b", "/mijlpalen/x",
        "/mijlpalen/99999999999999999999", f"/mijlpalen/{'9' * 5000}", "/maatregelen/%00", "/maatregelen/%ff",
        "/maatregelen/a%00b", "/agendas/%F0%9F%98%80", "/openapi.yaml", "/maatregelen/a/status/",
    ],
)  # fmt: skip
def test_addresses_that_do_not_exist_are_problems(vraag: Callable[..., Any], pad: str) -> None:
    assert vraag(pad, 404)["title"] == "Niet gevonden"


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete", "options"])
def test_lists_and_details_are_only_read(client: Client, sleutel: Sleutel, mensen: Mensen, methode: str) -> None:
    MaatregelFactory(code="a")
    for pad in ("/maatregelen", "/maatregelen/a", "", "/openapi.json", "/wijzigingen"):
        antwoord = getattr(client, methode)(f"/api/v1{pad}", headers=sleutel(mensen.eigen, schrijven=True))
        assert (antwoord.status_code, antwoord["Allow"]) == (405, "GET, HEAD"), pad
        assert antwoord["Content-Type"] == "application/problem+json"
        assert antwoord.json()["detail"] == f'Methode "{methode.upper()}" niet toegestaan.'


def test_whatever_a_client_accepts_it_gets_json(vraag: Callable[..., Any]) -> None:
    for soort in ("text/html", "application/xml", "image/*;q=0.5", "application/problem+json", "onzin"):
        assert vraag("/maatregelen", Accept=soort)["count"] == 0


# --- etag ------------------------------------------------------------------------------------------------------------


def test_a_detail_is_sent_again_only_when_something_changed(
    vraag: Callable[..., Any], client: Client, sleutel: Sleutel, mensen: Mensen
) -> None:
    maatregel = MaatregelFactory(code="a")
    kop = sleutel(mensen.partner)
    kenmerk = client.get("/api/v1/maatregelen/a", headers=kop)["ETag"]
    for waarde in (kenmerk, f'"iets", {kenmerk}', f"W/{kenmerk}", "*"):
        zelfde = client.get("/api/v1/maatregelen/a", headers={**kop, "If-None-Match": waarde})
        assert (zelfde.status_code, zelfde.content, zelfde["ETag"]) == (304, b"", kenmerk)
        assert zelfde["API-Version"] == "1.0.0"
    MijlpaalFactory(maatregel=maatregel)
    anders = client.get("/api/v1/maatregelen/a", headers={**kop, "If-None-Match": kenmerk})
    assert anders.status_code == 200
    assert anders["ETag"] != kenmerk
    assert len(anders.json()["mijlpalen"]) == 1


# --- queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(
    ("lijst", "queries"),
    [
        ("agendas", 6), ("pijlers", 6), ("maatregelen", 9), ("mijlpalen", 6), ("organisaties", 5),
        ("statuswijzigingen", 5), ("indicatoren", 7), ("wijzigingen", 8),
    ],
)  # fmt: skip
def test_a_list_costs_the_same_for_one_row_and_for_three(
    vraag: Callable[..., Any],
    sleutel: Sleutel,
    mensen: Mensen,
    django_assert_num_queries: DjangoAssertNumQueries,
    lijst: str,
    queries: int,
    aantal: int,
) -> None:
    for nummer in range(aantal):
        MijlpaalFactory(maatregel__trekker=mensen.organisatie)
        indicator = Indicator.objects.create(slug=f"i{nummer}", naam=f"Indicator {nummer}", eenheid="x")
        Doelwaarde.objects.create(indicator=indicator, waarde=1, geldig_vanaf=DAG(2024, 2, 1), reden="Raming")
    with django_assert_num_queries(queries):
        assert vraag(f"/{lijst}")["count"] >= aantal


def test_a_long_page_and_a_detail_cost_no_more(
    vraag: Callable[..., Any], mensen: Mensen, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pijler = PijlerFactory()
    maatregelen = MaatregelFactory.create_batch(60, pijler=pijler, trekker=mensen.organisatie)
    MijlpaalFactory(maatregel=maatregelen[0])
    with django_assert_num_queries(9):
        assert len(vraag("/maatregelen?pageSize=200")["results"]) == 60
    with django_assert_num_queries(8):
        vraag(f"/maatregelen/{maatregelen[0].code}")
    with django_assert_num_queries(11):
        vraag(f"/maatregelen?agenda={pijler.agenda.slug}&organisatie=szw&rol=verantwoordelijk&zoek=maatregel")


def test_what_nobody_foresaw_is_a_problem_for_a_script_and_a_page_for_a_person(db: None) -> None:
    antwoord = serverfout(RequestFactory().get("/api/v1/maatregelen"))
    assert (antwoord.status_code, antwoord["Content-Type"]) == (500, "application/problem+json")
    assert set(json.loads(antwoord.content)) == PROBLEEM
    pagina = serverfout(RequestFactory().get("/maatregelen/"))
    assert (pagina.status_code, pagina["Content-Type"]) == (500, "text/html; charset=utf-8")
