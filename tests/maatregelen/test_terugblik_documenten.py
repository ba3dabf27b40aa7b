"""Pages and API with the five documents, as of days on which there were three of them: nothing of later leaks.

Taken away once, each made `test_the_documents_by_day` fail: `geldt_vanaf <= dag` in the view of agendas, and the blank
of `opvolger` in that of organisations.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import resolve

from maatregelen.documenten import GEGEVENSMAP, laad, lees
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Organisatie,
    Persoon,
    Statuswijziging,
    Thema,
)
from maatregelen.tijdreis import terug
from tests.factories import LidmaatschapFactory, PersoonFactory
from tests.maatregelen.test_tijdreis import ALTIJD_VANDAAG, modellen
from tests.paginatekst import tekst

DAG = datetime.date
MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
NIEUWJAAR = "peildatum=2025-01-01"
Als = Callable[[Persoon], Client]


@pytest.fixture(scope="module", autouse=True)
def _geladen(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The documents, loaded once for this file; the file undoes all."""
    with django_db_blocker.unblock(), transaction.atomic():
        laad(lees(GEGEVENSMAP, vandaag=MOMENT.date()), moment=MOMENT)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dag() -> Iterator[None]:
    """Every test of this file plays on the same day."""
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def persoon() -> Persoon:
    """Somebody of JenV, which does the open work of AenM since 2026."""
    persoon = PersoonFactory()
    LidmaatschapFactory(persoon=persoon, organisatie=Organisatie.objects.get(slug="jenv"))
    return persoon


@pytest.fixture
def lezer(als: Als, persoon: Persoon) -> Client:
    """That person's browser."""
    return als(persoon)


DAGEN = [DAG(2017, 1, 1), DAG(2018, 3, 29), DAG(2024, 7, 1), DAG(2025, 1, 1), DAG(2025, 3, 19), DAG(2026, 2, 23)]
VERWACHT = {
    DAG(2017, 1, 1): (0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    DAG(2018, 3, 29): (1, 90, 8, 90, 121, 12, 12, 27, 0, 0),
    DAG(2024, 7, 1): (2, 169, 16, 169, 194, 20, 20, 39, 0, 0),
    DAG(2025, 1, 1): (3, 203, 21, 203, 269, 21, 21, 44, 0, 0),
    DAG(2025, 3, 19): (4, 236, 30, 236, 325, 21, 21, 44, 0, 0),
    DAG(2026, 2, 23): (5, 322, 32, 322, 372, 28, 28, 44, 0, 3),
}


def test_the_documents_by_day() -> None:
    stand = {}
    for dag in DAGEN:
        with terug(peildatum=dag):
            stand[dag] = (
                Agenda.objects.count(),
                Maatregel.objects.count(),
                Mijlpaal.objects.count(),
                Statuswijziging.objects.count(),
                Betrokkenheid.objects.count(),
                Meting.objects.count(),
                Indicator.objects.count(),
                Thema.objects.count(),
                Thema.objects.exclude(ontwikkeling="", toelichting="").count(),
                Organisatie.objects.exclude(opvolger=None).count(),
            )
    assert stand == VERWACHT


@pytest.mark.parametrize("bekend", [False, True], ids=["toen", "toen_gezien"])
def test_nothing_dangles_on_any_day(bekend: bool) -> None:
    """Whatever a row of the past names is there too: a page that follows a name never finds a hole."""
    met_verleden = [model for model in modellen() if model._meta.db_table not in ALTIJD_VANDAAG]
    tabellen = {model._meta.db_table for model in met_verleden}
    for dag in DAGEN:
        # Real time: the rows were recorded by the clock of the database.
        moment = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC) if bekend else None
        with terug(peildatum=dag, gezien_op=moment):
            for model in met_verleden:
                for veld in model._meta.get_fields():
                    if not isinstance(veld, models.ForeignKey) or veld.related_model._meta.db_table not in tabellen:
                        continue
                    los = model._default_manager.filter(**{f"{veld.name}__isnull": False}).exclude(
                        **{f"{veld.attname}__in": veld.related_model._default_manager.order_by().values("pk")}
                    )
                    assert not los.exists(), (dag, model, veld.name)
    assert len(tabellen) > 20
    assert apps.get_model("maatregelen", "Mijlpaal") in met_verleden


# Pages

PAGINAS = [
    "/?",
    "/?van=iedereen&",
    "/agendas/?",
    "/agendas/2018/?",
    "/agendas/2023/?",
    "/agendas/2024/?",
    "/maatregelen/?",
    "/maatregelen/?pagina=5&",
    "/maatregelen/?zoek=opvang&",
    "/maatregelen/?organisatie=aenm&rol=verantwoordelijk&",
    "/maatregelen/?signaal=stand_niet_gemeld&",
    "/maatregelen/2024-2-03/?",
    "/termijnen/?",
    "/termijnen/?lopend=&",
    "/organisaties/?",
    "/organisaties/aenm/?",
    "/organisaties/jenv/?",
    "/cijfers/?",
]
# What the frame itself says of today, and where a text of 2024 looks ahead.
VAN_VANDAAG = re.compile(
    r"gemaakt op 20 november 2026|later ingevoerd: op 2[0-9] nov 2026|vastgelegd op 2[0-9] nov 2026|max=\"2026-11-20\""
)


@pytest.mark.parametrize("pad", PAGINAS)
def test_no_page_of_new_years_day_2025_knows_of_later(lezer: Client, pad: str) -> None:
    antwoord = lezer.get(f"{pad}{NIEUWJAAR}")
    assert antwoord.status_code == 200
    alles = tekst(antwoord)
    assert "Stand per 1 januari 2025. Volgens wat nu bekend is." in alles
    inhoud = VAN_VANDAAG.sub("", antwoord.content.decode())
    assert not re.search(r"\b202[56]-\d+-\d\d\b(?<!2025-01-01)", re.sub(r'value="[^"]*"', "", inhoud)), (
        "a code of later"
    )
    assert not re.search(r"/agendas/202[56]/", inhoud)
    assert "nu JenV" not in alles
    assert "Verslag Landelijke Regietafel" not in alles
    # A document of 2023 promises something for 2026.
    if pad not in ("/agendas/2023/?", "/termijnen/?lopend=&"):
        assert "2026" not in VAN_VANDAAG.sub("", alles)
    # Nobody changes the past: no forms that send, no way to forms.
    assert '<form class="formulier' not in inhoud
    for woord in ("Wijzigen", "toevoegen", "Nieuwe agenda", "Volg deze", "Volgen:", "Melden"):
        assert woord not in alles, woord


@pytest.mark.parametrize(
    "pad", ["/agendas/2025/?", "/agendas/2026/?", "/maatregelen/2025-1-01/?", "/maatregelen/2026-1-01/?"]
)
def test_what_was_not_there_is_not_found(lezer: Client, pad: str) -> None:
    assert lezer.get(pad).status_code in (200, 404)
    assert lezer.get(f"{pad}{NIEUWJAAR}").status_code == 404


def test_counts_filters_and_search_are_of_then(lezer: Client) -> None:
    assert "203 maatregelen" in tekst(lezer.get(f"/maatregelen/?{NIEUWJAAR}"))
    assert "34 maatregelen" in tekst(lezer.get(f"/maatregelen/?agenda=2024&{NIEUWJAAR}"))
    fout = lezer.get(f"/maatregelen/?agenda=2026&{NIEUWJAAR}")
    assert (fout.status_code, "Agenda: Deze waarde bestaat niet." in tekst(fout)) == (400, True)
    keuzes = lezer.get(f"/maatregelen/?{NIEUWJAAR}").content.decode()
    assert re.findall(r'<option value="(20\d\d)"', keuzes) == ["2024", "2023", "2018"]
    titel = Maatregel.objects.filter(code__startswith="2026-").order_by("code").values_list("titel", flat=True)[0]
    nu = lezer.get("/maatregelen/", {"zoek": titel})
    toen = lezer.get("/maatregelen/", {"zoek": titel, "peildatum": "2025-01-01"})
    assert "1 maatregel" in tekst(nu)
    assert "Geen maatregel past bij deze filters." in tekst(toen)
    assert "Verdeelbesluit genomen voor 31 december 2024 · 2 dagen voorbij" in tekst(lezer.get(f"/?{NIEUWJAAR}"))


def test_links_stay_in_the_past_once_and_only_where_it_is(lezer: Client) -> None:
    pagina = lezer.get(f"/maatregelen/?organisatie=aenm&{NIEUWJAAR}").content.decode()
    links = re.findall(r'<a [^>]*href="([^"]+)"([^>]*)>', pagina)
    for adres, rest in links:
        neemt_tijd = adres.startswith("/") and hasattr(resolve(adres.partition("?")[0]).func, "in_de_tijd")
        assert adres.count("peildatum") == int(neemt_tijd and "data-nu" not in rest), adres
    adressen = {adres for adres, _ in links}
    assert {
        "/agendas/?peildatum=2025-01-01",
        "/?peildatum=2025-01-01",
        "/maatregelen/2024-2-03/?peildatum=2025-01-01",
    } <= adressen
    assert ("/maatregelen/?organisatie=aenm", " data-nu") in links
    # The search box of the frame and the filters take it along; the day itself can be chosen anew.
    assert pagina.count('<input type="hidden" name="peildatum" value="2025-01-01">') == 2
    assert pagina.count('name="peildatum"') == 3
    assert 'name="peildatum" min="1900-01-01" max="2026-11-20" required value="2025-01-01"' in pagina
    verder = lezer.get(f"/maatregelen/?{NIEUWJAAR}").content.decode()
    assert "?pagina=2&amp;peildatum=2025-01-01" in verder


def test_one_can_walk_from_page_to_page_in_the_past(lezer: Client) -> None:
    """Every page that a page of then leads to is of then, and is there."""
    gezien, te_doen = set(), ["/agendas/?peildatum=2025-01-01"]
    while te_doen and len(gezien) < 60:
        adres = te_doen.pop(0)
        if adres in gezien:
            continue
        gezien.add(adres)
        antwoord = lezer.get(adres)
        assert antwoord.status_code == 200, adres
        inhoud = antwoord.content.decode()
        assert "<strong>Stand per 1 januari 2025.</strong>" in inhoud, adres
        te_doen += [
            deel.replace("&amp;", "&").partition("#")[0]
            for deel in re.findall(r'href="(/[^"]*peildatum=[^"]*)"', inhoud)
        ]
    assert len(gezien) == 60


@pytest.mark.parametrize(
    ("adres", "zin"),
    [
        ("/agendas/?peildatum=gisteren", "'gisteren' is geen dag."),
        ("/agendas/?peildatum=2026-11-21", "ligt in de toekomst"),
        ("/agendas/?gezienOp=2026-11-20T12:00", "ligt in de toekomst"),
        ("/agendas/?peildatum=1850-01-01", "te lang geleden"),
        ("/agendas/?peildatum=2025-01-01&peildatum=2024-01-01", "hoogstens een keer"),
        ("/mijn/?peildatum=2025-01-01", "alleen zoals het nu is"),
        ("/maatregelen/2024-2-03/herinneringen/?peildatum=2025-01-01", "alleen zoals het nu is"),
        ("/agendas/nieuw/?gezienOp=2025-01-01", "alleen zoals het nu is"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(lezer: Client, adres: str, zin: str) -> None:
    antwoord = lezer.get(adres)
    assert antwoord.status_code == 400
    assert zin in tekst(antwoord)


def test_nothing_can_be_sent_to_the_past(lezer: Client) -> None:
    assert lezer.post(f"/maatregelen/2024-2-03/?{NIEUWJAAR}").status_code == 400
    assert lezer.post(f"/maatregelen/2024-2-03/volgen/?{NIEUWJAAR}", {"volg": "ja"}).status_code == 400


def test_an_empty_day_is_today(lezer: Client) -> None:
    antwoord = lezer.get("/maatregelen/?peildatum=&zoek=")
    assert "322 maatregelen" in tekst(antwoord)
    assert "Stand per" not in tekst(antwoord)


def test_words_of_a_term_are_read_from_their_own_day(lezer: Client) -> None:
    antwoord = lezer.get("/termijnen/lezen/?tekst=voor+de+zomer&peildatum=2027-01-01")
    assert (antwoord.status_code, "2027" in tekst(antwoord)) == (200, True)


def test_who_has_no_role_today_sees_nothing_of_then(als: Als) -> None:
    assert als(PersoonFactory()).get(f"/agendas/?{NIEUWJAAR}").status_code == 403


def test_a_visitor_sees_of_then_what_is_for_everybody_now() -> None:
    """The agenda of 2018; those of 2023 (a draft, for the Rijk) and 2024 (for the table) are not there."""
    antwoord = Client().get(f"/agendas/?{NIEUWJAAR}")
    gevonden = set(re.findall(r'href="/agendas/([^/"?]+)', antwoord.content.decode()))
    assert (antwoord.status_code, gevonden) == (200, {"2018"})
    assert "Er is geen lopende agenda." in tekst(antwoord)
    codes = [Client().get(f"/agendas/{jaar}/?{NIEUWJAAR}").status_code for jaar in (2018, 2023, 2024, 2026)]
    assert codes == [200, 404, 404, 404]
    lijst = Client().get(f"/maatregelen/?{NIEUWJAAR}")
    assert "90 maatregelen" in tekst(lijst)
    assert {code[:4] for code in re.findall(r'href="/maatregelen/(20[^/"?]+)', lijst.content.decode())} == {"2018"}
    assert Client().get(f"/maatregelen/2024-2-03/?{NIEUWJAAR}").status_code == 404


def test_what_was_not_known_here_yet(lezer: Client) -> None:
    """The documents were loaded in November 2026, whatever day they bear."""
    antwoord = tekst(lezer.get("/agendas/?gezienOp=2026-11-01"))
    assert "Zoals hier bekend was op 1 november 2026." in antwoord
    assert "Er is geen lopende agenda." in antwoord
    beide = tekst(lezer.get("/agendas/?peildatum=2025-01-01&gezienOp=2026-11-01"))
    assert "Stand per 1 januari 2025. Voor zover hier bekend op 1 november 2026." in beide
    assert "Er is geen lopende agenda." in beide


# The API


def test_the_api_of_new_years_day(client: Client, sleutel: Callable[..., dict[str, str]], persoon: Persoon) -> None:
    kop = sleutel(persoon)

    def vraag(pad: str) -> Any:
        return client.get(f"/api/v1/{pad}", headers=kop)

    aantallen = {"agendas": 3, "maatregelen": 203, "mijlpalen": 21, "statuswijzigingen": 203, "indicatoren": 21}
    for lijst, aantal in aantallen.items():
        antwoord = vraag(f"{lijst}?{NIEUWJAAR}&pageSize=500")
        assert antwoord.json()["count"] == len(antwoord.json()["results"]) == aantal, lijst
        inhoud = re.sub(r'"id":\d+', "", antwoord.content.decode())  # the 2026th row that was ever made is no year
        assert "2026" not in inhoud or lijst in ("maatregelen", "mijlpalen")
        assert vraag(f"{lijst}?gezienOp=2026-11-01").json()["count"] == 0
    eerste = vraag(f"maatregelen?{NIEUWJAAR}&pageSize=50").json()
    codes = {rij["code"][:4] for rij in eerste["results"]}
    assert "peildatum=2025-01-01" in eerste["next"]
    while eerste["next"]:
        eerste = client.get(eerste["next"], headers=kop).json()
        codes |= {rij["code"][:4] for rij in eerste["results"]}
        assert not eerste["next"] or "peildatum=2025-01-01" in eerste["next"]
    assert codes == {"2018", "2023", "2024"}
    assert vraag(f"organisaties/aenm?{NIEUWJAAR}").json()["opvolger"] is None
    assert vraag("agendas/2024").headers["ETag"] != vraag(f"agendas/2024?{NIEUWJAAR}").headers["ETag"]
    for slecht in ("peildatum=2026-11-21", "gezienOp=morgen", "peildatum=x&gezienOp=y"):
        assert vraag(f"agendas?{slecht}").status_code == 400
    fouten = vraag("agendas?gezienOp=2026-11-21T00:00:00Z")
    assert "gezienOp" in fouten.content.decode()


PADEN = ("/", "/?van=iedereen", "/agendas/", "/maatregelen/", "/maatregelen/2024-2-03/", "/termijnen/", "/cijfers/")


@pytest.mark.parametrize("pad", [*PADEN, "/organisaties/", "/organisaties/aenm/", "/vergaderingen/", "/zoeken/"])
def test_a_page_of_the_past_does_not_call_its_day_today(lezer: Client, pad: str) -> None:
    adres = f"{pad}{'&' if '?' in pad else '?'}{NIEUWJAAR}"
    woorden = tekst(lezer.get(adres))
    assert "Stand per 1 januari 2025." in woorden
    assert re.findall(r"(?:\w+ \w+ )?\bvandaag\b", woorden, re.IGNORECASE) == ["Terug naar vandaag"]


def test_what_a_page_of_the_past_calls_its_day(lezer: Client) -> None:
    def woorden(pad: str, dag: str) -> str:
        return tekst(lezer.get(f"{pad}?peildatum={dag}"))

    assert "peildatum, 1 januari 2025 periode" in woorden("/maatregelen/2024-2-03/", "2025-01-01")
    assert "vandaag, 20 november 2026 periode" in tekst(lezer.get("/maatregelen/2024-2-03/"))
    overzicht, nu = woorden("/", "2025-01-01"), tekst(lezer.get("/"))
    assert ("Overzicht 1 januari 2025" in overzicht, "Vandaag 1 januari" in overzicht) == (True, False)
    assert ("Vandaag 20 november 2026" in nu, "Overzicht" in nu) == (True, False)
    # Its latest day is 30 December 2024.
    for dag, afstand in (
        ("2024-12-28", "over 2 dagen"),
        ("2024-12-29", "over 1 dag"),
        ("2024-12-30", "op de peildatum"),
        ("2024-12-31", "1 dag voorbij"),
    ):
        assert f"t/m 30 dec 2024 {afstand}" in woorden("/maatregelen/2024-2-03/", dag)
