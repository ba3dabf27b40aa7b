"""The pages: who sees them, what they say, how many queries they cost, and what they do with nonsense."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from maatregelen.models import (
    Indicator,
    Meting,
    Ondertekenaar,
    Persoon,
    Pijlerbetrokkenheid,
    Publicatiebeleid,
    Zichtniveau,
)
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
from tests.paginatekst import queries, stuk, tekst

Als = Callable[[Persoon], Client]
VANDAAG = datetime.date(2026, 11, 20)
PAGINAS = ("/", "/agendas/", "/maatregelen/", "/termijnen/", "/organisaties/", "/cijfers/")
ROLLEN = ("eigen", "vreemd", "secretariaat", "partner", "beheerder")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dag() -> Iterator[None]:
    """Every test of this file plays on the same day."""
    with time_machine.travel(datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC), tick=False):
        yield


# Who comes in


@pytest.fixture
def zwaluwen(mensen: Mensen) -> None:
    """An agenda, a measure and a term for the table that all bear one word, and the same for everybody with another."""
    for naam, voor in (("Zwaluw", Zichtniveau.REGIETAFEL), ("Merel", Zichtniveau.OPENBAAR)):
        agenda = AgendaFactory(slug=naam.lower(), titel=f"{naam}agenda", zichtbaarheid=voor)
        pijler = PijlerFactory(agenda=agenda, titel=f"{naam}pijler")
        maatregel = MaatregelFactory(
            code=f"{naam.lower()}-1", titel=f"{naam}maatregel", pijler=pijler, trekker=mensen.organisatie
        )
        MijlpaalFactory(maatregel=maatregel, omschrijving=f"{naam}termijn", einde=datetime.date(2026, 12, 1))
        cijfer = Indicator.objects.create(slug=naam.lower(), naam=f"{naam}cijfer")
        Meting.objects.create(indicator=cijfer, waarde=1, peildatum=VANDAAG, bron=f"{naam}bron", agenda=agenda)


@pytest.mark.usefixtures("zwaluwen")
@pytest.mark.parametrize("pad", [*PAGINAS, "/agendas/merel/", "/maatregelen/merel-1/", "/organisaties/szw/"])
def test_a_stranger_reads_what_is_for_everybody_and_nothing_of_the_table(client: Client, pad: str) -> None:
    antwoord = client.get(pad)
    assert (antwoord.status_code, antwoord.headers.get("Location")) == (200, None)
    inhoud = antwoord.content.decode().lower()
    assert ("merel" in inhoud, "zwaluw" in inhoud) == (pad != "/organisaties/", False)


@pytest.mark.usefixtures("zwaluwen")
def test_what_is_for_the_table_is_not_there_for_a_stranger(client: Client, als: Als, mensen: Mensen) -> None:
    """The page of what is not for them cannot be told from that of what does not exist."""
    for soort, naam in (("agendas", "zwaluw"), ("maatregelen", "zwaluw-1")):
        assert als(mensen.partner).get(f"/{soort}/{naam}/").status_code == 200
        antwoord, niets = client.get(f"/{soort}/{naam}/"), client.get(f"/{soort}/bestaat-niet/")
        assert (antwoord.status_code, niets.status_code) == (404, 404)
        assert tekst(antwoord) == tekst(niets)


@pytest.mark.usefixtures("zwaluwen")
@pytest.mark.parametrize("pad", [*PAGINAS, "/agendas/merel/", "/organisaties/szw/"])
def test_a_stranger_is_asked_to_sign_in_where_nothing_is_for_everybody(client: Client, pad: str) -> None:
    Publicatiebeleid.objects.create(pk=1, is_openbaar=False)
    antwoord = client.get(pad)
    assert antwoord.status_code == 302
    assert antwoord["Location"] == f"/inloggen/?next={pad}"


@pytest.mark.parametrize("pad", PAGINAS)
@pytest.mark.parametrize("rol", ROLLEN)
def test_every_role_sees_every_page(mensen: Mensen, als: Als, rol: str, pad: str) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    client = als(getattr(mensen, rol))
    assert client.get(pad).status_code == 200
    assert client.get(maatregel.pijler.agenda.get_absolute_url()).status_code == 200
    assert client.get("/organisaties/szw/").status_code == 200


@pytest.mark.parametrize("pad", PAGINAS)
def test_without_a_role_a_page_says_so(mensen: Mensen, als: Als, pad: str) -> None:
    antwoord = als(mensen.rolloos).get(pad)
    assert antwoord.status_code == 403
    assert "U hebt nog geen rol" in tekst(antwoord)
    assert "Zonder rol (rolloos@voorbeeld.nl)" in tekst(antwoord)


def test_a_page_without_anything_says_what_would_be_there(mensen: Mensen, als: Als) -> None:
    client = als(mensen.partner)
    assert "Er loopt geen agenda." in tekst(client.get("/"))
    assert "Er is geen lopende agenda." in tekst(client.get("/agendas/"))
    assert "Er zijn nog geen maatregelen." in tekst(client.get("/maatregelen/"))
    assert "Geen termijn past bij deze filters." in tekst(client.get("/termijnen/"))
    assert "Er zijn nog geen cijfers." in tekst(client.get("/cijfers/"))


# Vandaag


def test_home_shows_what_asks_attention_in_the_right_column(mensen: Mensen, als: Als) -> None:
    gemeld = MaatregelFactory(titel="Gemeld", trekker=mensen.organisatie)
    wijzig_status(gemeld, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen met de bouw.")
    MijlpaalFactory(maatregel=gemeld, omschrijving="Te late plekken", einde=datetime.date(2026, 11, 17))
    stil = MaatregelFactory(titel="Nooit gemeld", trekker=mensen.ander)
    MijlpaalFactory(maatregel=stil, omschrijving="Stille raming", einde=datetime.date(2026, 11, 19))
    MijlpaalFactory(maatregel=stil, omschrijving="Dertig dagen", einde=datetime.date(2026, 12, 20))
    MijlpaalFactory(maatregel=stil, omschrijving="Zestig dagen", einde=datetime.date(2027, 1, 19))
    MijlpaalFactory(maatregel=stil, omschrijving="Te ver weg", einde=datetime.date(2027, 1, 20))
    MijlpaalFactory(maatregel=stil, omschrijving="Vage woorden", einde=None, precisie="vaag")
    MaatregelFactory(titel="Van niemand")
    antwoord = als(mensen.partner).get("/")

    te_laat = stuk(antwoord, "Te laat", "Voorbij, stand niet gemeld")
    assert "Te laat 1 " in te_laat
    assert "Te late plekken" in te_laat
    assert "3 dagen voorbij" in te_laat
    assert "Stille raming" not in te_laat
    ongemeld = stuk(antwoord, "Voorbij, stand niet gemeld", "Komt eraan")
    assert "Voorbij, stand niet gemeld 1 " in ongemeld
    assert "Stille raming" in ongemeld
    assert "Te late plekken" not in ongemeld
    komt = stuk(antwoord, "Komt eraan", "Zonder trekker")
    assert "Komt eraan 1 " in komt
    assert "Dertig dagen" in komt
    assert "Zestig dagen" not in komt
    assert "Van 3 lopende maatregelen hebben er 1 geen organisatie" in stuk(antwoord, "Zonder trekker", "Net gewijzigd")
    assert "Begonnen met de bouw." in stuk(antwoord, "Net gewijzigd", "De komende 60 dagen")
    as_ = stuk(antwoord, "De komende 60 dagen", "Lopende agenda's")
    assert "Dertig dagen" in as_
    assert "Zestig dagen" in as_
    assert "Te ver weg" not in tekst(antwoord)
    assert "Vage woorden" not in tekst(antwoord)


def test_history_and_drafts_never_ask_attention(mensen: Mensen, als: Als) -> None:
    oud = MaatregelFactory(pijler__agenda__is_lopend=False, titel="Uit 2018")
    MijlpaalFactory(maatregel=oud, omschrijving="Allang voorbij")
    antwoord = als(mensen.secretariaat).get("/")
    assert "Allang voorbij" not in tekst(antwoord)
    assert "Elke lopende maatregel heeft een trekker." in tekst(antwoord)
    assert oud.pijler.agenda.titel not in tekst(antwoord)


def test_a_dossierhouder_sees_the_own_work_first_and_can_see_all(mensen: Mensen, als: Als) -> None:
    opgeheven = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=mensen.organisatie)
    for naam, trekker in (("Van ons", mensen.organisatie), ("Geerfd", opgeheven), ("Van hen", mensen.ander)):
        MijlpaalFactory(
            maatregel=MaatregelFactory(trekker=trekker), omschrijving=naam, einde=datetime.date(2026, 12, 1)
        )
    client = als(mensen.eigen)
    mijn = tekst(client.get("/"))
    assert "Van ons" in mijn
    assert "Geerfd" in mijn
    assert "Van hen" not in mijn
    assert "Komt eraan 2 " in mijn
    assert "Van hen" in tekst(client.get("/?van=iedereen"))
    assert "Van hen" in tekst(als(mensen.secretariaat).get("/"))
    assert "Mijn organisatie" not in tekst(als(mensen.secretariaat).get("/"))


def test_a_long_column_is_cut_with_the_true_number_and_the_way_to_all(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    for nummer in range(7):
        MijlpaalFactory(maatregel=maatregel, omschrijving=f"Nummer {nummer}", einde=datetime.date(2026, 1, 1 + nummer))
    client = als(mensen.partner)
    antwoord = client.get("/")
    assert "Nummer 4" in tekst(antwoord)
    assert "Nummer 5" not in tekst(antwoord)
    assert "Alle 7 waarvan de stand niet is gemeld" in tekst(antwoord)
    verder = client.get("/termijnen/?standNietGemeld=true")
    assert "7 termijnen" in tekst(verder)


ALLES_GEKOZEN = "?van=mij&agenda=agenda-q&organisatie=szw&rol=verantwoordelijk&status=in_uitvoering&sorteer=termijn"
KOSTEN = [
    ("/?van=iedereen", 17),
    ("/", 18),
    ("/agendas/", 5),
    # In the past four more to go there and come back, and one to ask for whom a dossierhouder acts today.
    ("/agendas/?peildatum=2026-01-01", 10),
    (f"/maatregelen/?peildatum={VANDAAG}", 16),
    (f"/agendas/agenda-q/?peildatum={VANDAAG}", 17),
    ("/agendas/agenda-q/", 12),
    ("/maatregelen/", 10),
    (f"/maatregelen/{ALLES_GEKOZEN}", 13),
    ("/termijnen/", 8),
    ("/termijnen/?van=mij&agenda=agenda-q&organisatie=szw&open=true", 9),
    ("/organisaties/", 5),
    ("/organisaties/szw/", 18),
    ("/cijfers/", 8),
]


@pytest.mark.parametrize(("pad", "aantal"), KOSTEN)
def test_pages_cost_the_same_queries_at_one_and_at_three(mensen: Mensen, als: Als, pad: str, aantal: int) -> None:
    agenda = AgendaFactory(slug="agenda-q", houder=mensen.organisatie)
    voorganger = OrganisatieFactory(geldig_tot=datetime.date(2026, 2, 23), opvolger=mensen.organisatie)

    def erbij() -> None:
        pijler = PijlerFactory(agenda=agenda)
        Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=voorganger, rol="verantwoordelijk")
        loopt = MaatregelFactory(pijler=pijler, trekker=mensen.organisatie)
        wijzig_status(loopt, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.")
        stil = MaatregelFactory(pijler=pijler, trekker=mensen.organisatie)
        BetrokkenheidFactory(maatregel=stil, organisatie=voorganger)
        BetrokkenheidFactory(maatregel=stil, organisatie=mensen.organisatie, rol="uitvoerder")
        MaatregelFactory(pijler=pijler, bovenliggend=stil)
        for einde in (datetime.date(2026, 11, 1), datetime.date(2026, 12, 1), None):
            for maatregel in (loopt, stil):
                MijlpaalFactory(maatregel=maatregel, einde=einde, precisie="dag" if einde else "vaag")
        indicator = Indicator.objects.create(slug=f"i-{pijler.pk}", naam=f"Indicator {pijler.pk}", eenheid="plekken")
        Meting.objects.create(indicator=indicator, agenda=agenda, waarde=1, peildatum=VANDAAG, bron="Brief")

    erbij()
    client = als(mensen.eigen)
    assert queries(client, pad) == aantal
    erbij()
    erbij()
    assert queries(client, pad) == aantal


# Agendas


def test_an_agenda_shows_its_chapters_who_is_responsible_and_what_belongs_under_what(mensen: Mensen, als: Als) -> None:
    agenda = AgendaFactory(
        slug="akkoord",
        titel="Akkoord",
        kenmerk="Kamerstuk 19 637, nr. 2375",
        documentdatum=None,
        schatting_van=datetime.date(2024, 9, 13),
        schatting_tot=datetime.date(2024, 9, 26),
        datum_basis="Regel 31 noemt de vergadering.",
        geldt_vanaf=datetime.date(2024, 9, 26),
        staat="concept",
    )
    boven = PijlerFactory(agenda=agenda, nummer="6", titel="Integratie", volgorde=6)
    onder = PijlerFactory(agenda=agenda, nummer="7", titel="Meedoen", volgorde=7, bovenliggend=boven)
    Pijlerbetrokkenheid.objects.create(pijler=onder, organisatie=mensen.organisatie, rol="verantwoordelijk")
    Pijlerbetrokkenheid.objects.create(pijler=onder, organisatie=mensen.ander, rol="inleider")
    hoofd = MaatregelFactory(pijler=onder, titel="Hoofdmaatregel", volgorde=1)
    MaatregelFactory(pijler=onder, titel="Daarna", volgorde=2)
    MaatregelFactory(pijler=onder, titel="Onderdeel", volgorde=9, bovenliggend=hoofd)
    Ondertekenaar.objects.create(agenda=agenda, naam="A. Minister", rol="minister van Zaken")
    antwoord = als(mensen.partner).get("/agendas/akkoord/")
    alles = tekst(antwoord)
    assert "Concept, niet geaccordeerd" in alles
    assert "geschat: 13 september 2024 tot en met 26 september 2024 Regel 31 noemt de vergadering." in alles
    assert 'href="https://zoek.officielebekendmakingen.nl/kst-19637-2375.html"' in antwoord.content.decode()
    assert "A. Minister minister van Zaken" in alles
    assert "Verantwoordelijk: SZW" in alles
    assert "Ingeleid door OCW" in alles
    inhoud = antwoord.content.decode()
    plaatsen = [
        inhoud.index(woord)
        for woord in ('id="pijler-6"', 'id="pijler-7"', ">Hoofdmaatregel<", ">Onderdeel<", ">Daarna<")
    ]
    assert plaatsen == sorted(plaatsen)
    assert inhoud.count("maatregellijst--onderdeel") == 1
    # The chapter below is part of the chapter above.
    assert "</section>" not in inhoud[plaatsen[0] : plaatsen[1]]
    assert "Agenda wijzigen" not in alles
    assert "Agenda wijzigen" in tekst(als(mensen.secretariaat).get("/agendas/akkoord/"))


def test_the_list_of_agendas_as_it_was_on_a_day(mensen: Mensen, als: Als) -> None:
    oud = MaatregelFactory(pijler__agenda__titel="De oude", pijler__agenda__documentdatum=datetime.date(2024, 1, 1))
    MaatregelFactory(pijler__agenda__titel="De nieuwe", pijler__agenda__documentdatum=datetime.date(2025, 1, 1))
    wijzig_status(oud, "uitgevoerd", door=mensen.secretariaat, toelichting="Gedaan.", per=datetime.date(2025, 6, 1))
    client = als(mensen.partner)
    nu, toen = tekst(client.get("/agendas/")), tekst(client.get("/agendas/?peildatum=2024-12-31"))
    assert "De nieuwe" in nu
    assert "1 uitgevoerd" in nu
    assert "De nieuwe" not in toen
    assert "De oude" in toen
    assert "1 aangekondigd" in toen
    assert "uitgevoerd" not in toen
    assert "Stand per 31 december 2024" in toen
