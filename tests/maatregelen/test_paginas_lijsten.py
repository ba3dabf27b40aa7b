"""The lists: filters in the address bar, nonsense there, terms by month, organisations and figures."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.models import Indicator, Meting, Persoon
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
from tests.paginatekst import stuk, tekst

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


# Measures


def test_filters_in_the_address_bar_are_counted_named_and_removable(mensen: Mensen, als: Als) -> None:
    ja = MaatregelFactory(titel="Opvang bouwen", trekker=mensen.organisatie)
    MaatregelFactory(titel="Opvang dromen", trekker=mensen.ander)
    MaatregelFactory(titel="Iets anders", trekker=mensen.organisatie)
    antwoord = als(mensen.partner).get("/maatregelen/?zoek=opvang&organisatie=szw")
    alles = tekst(antwoord)
    assert "1 maatregel " in alles
    assert ja.titel in alles
    assert "Opvang dromen" not in alles
    assert "Zoeken: opvang" in alles
    assert "Organisatie: SZW" in alles
    assert 'href="/maatregelen/?organisatie=szw"' in antwoord.content.decode()
    assert 'href="/maatregelen/?zoek=opvang"' in antwoord.content.decode()


def test_signals_find_the_measures_that_give_them(mensen: Mensen, als: Als) -> None:
    laat = MaatregelFactory(titel="Is laat", trekker=mensen.organisatie)
    wijzig_status(laat, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", per=datetime.date(2026, 1, 1))
    MijlpaalFactory(maatregel=laat)
    stil = MaatregelFactory(titel="Is stil", trekker=mensen.organisatie)
    MijlpaalFactory(maatregel=stil)
    opgeheven = OrganisatieFactory(geldig_tot=datetime.date(2026, 2, 23), opvolger=mensen.organisatie)
    MaatregelFactory(titel="Is van vroeger", trekker=opgeheven)
    MaatregelFactory(titel="Is van niemand")
    MaatregelFactory(titel="Is doel", aard="doel")
    MaatregelFactory(titel="Is geschiedenis", pijler__agenda__is_lopend=False)
    client = als(mensen.partner)

    def gevonden(signaal: str) -> list[str]:
        antwoord = client.get(f"/maatregelen/?signaal={signaal}")
        return [rij.titel for rij in antwoord.context["pagina"].object_list]

    assert gevonden("te_laat") == ["Is laat"]
    assert gevonden("stand_niet_gemeld") == ["Is stil"]
    assert gevonden("opgeheven") == ["Is van vroeger"]
    assert gevonden("geen_trekker") == ["Is van niemand"]
    assert gevonden("stilstand") == ["Is laat"]
    assert "Al 323 dagen niets gemeld." in tekst(client.get("/maatregelen/?signaal=stilstand"))


def test_the_secretariaat_can_give_an_owner_from_the_list(mensen: Mensen, als: Als) -> None:
    leeg = MaatregelFactory(trekker=OrganisatieFactory(soort="aanduiding"))
    MaatregelFactory(trekker=mensen.organisatie)
    MaatregelFactory(aard="doel")
    links = f'href="/maatregelen/{leeg.code}/trekker/"'
    inhoud = als(mensen.secretariaat).get("/maatregelen/").content.decode()
    assert inhoud.count(links) == inhoud.count("wijs toe") == 1
    assert "wijs toe" not in tekst(als(mensen.eigen).get("/maatregelen/"))


def test_mine_are_those_of_the_own_organisation(mensen: Mensen, als: Als) -> None:
    MaatregelFactory(titel="Van ons", trekker=mensen.organisatie)
    MaatregelFactory(titel="Van hen", trekker=mensen.ander)
    rijen = als(mensen.eigen).get("/maatregelen/?van=mij").context["pagina"].object_list
    assert [rij.titel for rij in rijen] == ["Van ons"]
    assert list(als(mensen.partner).get("/maatregelen/?van=mij").context["pagina"].object_list) == []


def test_orders(mensen: Mensen, als: Als) -> None:
    pijler = PijlerFactory()
    b = MaatregelFactory(code="b-2", pijler=pijler, volgorde=1)
    a = MaatregelFactory(code="a-1", pijler=pijler, volgorde=2)
    c = MaatregelFactory(code="c-3", pijler=pijler, volgorde=3)
    MijlpaalFactory(maatregel=c, einde=datetime.date(2027, 1, 1))
    MijlpaalFactory(maatregel=a, einde=datetime.date(2027, 2, 1))
    MijlpaalFactory(maatregel=a, einde=datetime.date(2026, 12, 1), behaald_op=VANDAAG, behaald_bewijs="Brief.")
    wijzig_status(a, "in_voorbereiding", door=mensen.eigen, toelichting="Begonnen.")
    client = als(mensen.partner)

    def volgorde(sorteer: str) -> list[str]:
        return [rij.code for rij in client.get(f"/maatregelen/?sorteer={sorteer}").context["pagina"].object_list]

    assert volgorde("") == [b.code, a.code, c.code]
    assert volgorde("code") == [a.code, b.code, c.code]
    assert volgorde("termijn") == [c.code, a.code, b.code]
    assert volgorde("status") == [b.code, c.code, a.code]
    assert volgorde("gewijzigd") == [a.code, b.code, c.code]


def test_pages_of_fifty_keep_the_filters_and_never_overlap(mensen: Mensen, als: Als) -> None:
    pijler = PijlerFactory()
    for _ in range(51):
        MaatregelFactory(pijler=pijler)
    MaatregelFactory(pijler=pijler, aard="doel")
    client = als(mensen.partner)
    een, twee = client.get("/maatregelen/?aard=maatregel"), client.get("/maatregelen/?aard=maatregel&pagina=2")
    codes = [[rij.code for rij in antwoord.context["pagina"].object_list] for antwoord in (een, twee)]
    assert [len(rij) for rij in codes] == [50, 1]
    assert len({*codes[0], *codes[1]}) == 51
    assert "51 maatregelen" in tekst(een)
    assert "51 maatregelen" in tekst(twee)
    assert 'href="?aard=maatregel&amp;pagina=2"' in een.content.decode()
    assert client.get("/maatregelen/?aard=maatregel&pagina=3").status_code == 404


@pytest.mark.parametrize(
    ("pad", "woorden"),
    [
        ("/maatregelen/?kleur=rood", "Het filter 'kleur' bestaat niet."),
        ("/maatregelen/?status=foetsie", "foetsie is geen beschikbare keuze"),
        ("/maatregelen/?agenda=bestaat-niet", "Agenda: Deze waarde bestaat niet."),
        ("/maatregelen/?organisatie=%00", "Organisatie:"),
        ("/maatregelen/?zoek=%00", "Zoeken:"),
        ("/maatregelen/?pijler=1e9", "Pijler:"),
        ("/maatregelen/?trekker=misschien", "misschien is geen beschikbare keuze"),
        ("/maatregelen/?peildatum=2999-01-01", "'2999-01-01' ligt in de toekomst."),
        ("/maatregelen/?signaal=alarm", "alarm is geen beschikbare keuze"),
        ("/termijnen/?pagina=2", "Het filter 'pagina' bestaat niet."),
        ("/termijnen/?lopend=soms", "soms is geen beschikbare keuze"),
        ("/termijnen/?vanaf=gisteren", "Geef een dag als JJJJ-MM-DD"),
        ("/termijnen/?maatregel=%00", "Maatregel:"),
        ("/agendas/?peildatum=gisteren", "'gisteren' is geen dag."),
        ("/agendas/?peildatum=2025-02-30", "'2025-02-30' is geen dag."),
        ("/agendas/?peildatum=%00", "'?' is geen dag."),
        ("/agendas/?zoek=x", "'zoek' bestaat niet op deze pagina."),
        ("/?van=hem", "'hem' kan niet bij 'van'. Wel: mij, iedereen."),
        ("/?<b>=1", "'<b>' bestaat niet op deze pagina."),
        ("/organisaties/?soort=land", "'soort' bestaat niet op deze pagina."),
        ("/cijfers/?x=1", "'x' bestaat niet op deze pagina."),
    ],
)
def test_nonsense_in_the_address_bar_is_told_and_guesses_nothing(
    mensen: Mensen, als: Als, pad: str, woorden: str
) -> None:
    MaatregelFactory(titel="Mag niet verschijnen")
    antwoord = als(mensen.partner).get(pad)
    assert antwoord.status_code == 400
    assert woorden in tekst(antwoord)
    assert "Mag niet verschijnen" not in tekst(antwoord)


@pytest.mark.parametrize(
    "pad",
    [
        "/maatregelen/?pagina=0",
        "/maatregelen/?pagina=-1",
        "/maatregelen/?pagina=x",
        "/maatregelen/?pagina=%00",
        f"/maatregelen/?pagina={'9' * 5000}",
        "/agendas/bestaat-niet/",
        "/agendas/%00/",
        "/organisaties/bestaat-niet/",
    ],
)
def test_what_is_not_there_is_not_found(mensen: Mensen, als: Als, pad: str) -> None:
    antwoord = als(mensen.partner).get(pad)
    assert antwoord.status_code == 404
    assert "Deze pagina is er niet" in tekst(antwoord)


def test_titles_are_text_and_never_code(mensen: Mensen, als: Als) -> None:
    boos = "<script>alert(1)</script>"
    organisatie = OrganisatieFactory(afkorting="X<b>", naam=f"Naam {boos}", slug="x-b")
    agenda = AgendaFactory(slug="boos", titel=boos, datum_basis=boos, toelichting=boos, kenmerk=boos)
    maatregel = MaatregelFactory(pijler__agenda=agenda, pijler__titel=boos, titel=boos, trekker=organisatie)
    MijlpaalFactory(maatregel=maatregel, omschrijving=boos, termijn_tekst=boos, einde=datetime.date(2026, 12, 1))
    wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting=boos)
    indicator = Indicator.objects.create(slug="boos", naam=boos, eenheid=boos, omschrijving=boos)
    Meting.objects.create(indicator=indicator, agenda=agenda, waarde_tekst=boos, peildatum=VANDAAG, bron=boos)
    client = als(mensen.partner)
    for pad in (*PAGINAS, "/agendas/boos/", "/organisaties/x-b/", "/maatregelen/?zoek=%3Cscript%3E"):
        inhoud = client.get(pad).content.decode()
        assert "<script>alert" not in inhoud
        assert "&lt;script&gt;" in inhoud or pad == "/organisaties/"


# Terms


def test_terms_stand_in_their_month_vague_ones_apart_and_past_months_folded(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    MijlpaalFactory(maatregel=maatregel, omschrijving="Begin deze maand", einde=datetime.date(2026, 11, 3))
    MijlpaalFactory(
        maatregel=maatregel,
        omschrijving="Hele winter",
        termijn_tekst="eind 2026",
        begin=datetime.date(2026, 10, 1),
        einde=datetime.date(2026, 12, 31),
    )
    MijlpaalFactory(
        maatregel=maatregel,
        omschrijving="Vanaf 2027",
        termijn_tekst="per 2027",
        begin=datetime.date(2027, 1, 1),
        einde=None,
        relatie="vanaf",
    )
    MijlpaalFactory(maatregel=maatregel, omschrijving="Lang geleden", einde=datetime.date(2025, 3, 31))
    MijlpaalFactory(maatregel=maatregel, omschrijving="Ooit", termijn_tekst="op termijn", einde=None, precisie="vaag")
    antwoord = als(mensen.partner).get("/termijnen/")
    komend = stuk(antwoord, "Vanaf deze maand", "Voorbij")
    plaatsen = [
        komend.index(woord)
        for woord in ("november 2026 Begin deze maand", "december 2026 Hele winter", "januari 2027 Vanaf 2027")
    ]
    assert plaatsen == sorted(plaatsen)
    assert "vanaf 1 jan 2027" in komend
    voorbij = stuk(antwoord, "Voorbij 1 termijn", "Zonder dag")
    assert "maart 2025 Lang geleden" in voorbij
    zonder = tekst(antwoord)[tekst(antwoord).index("Zonder dag") :]
    assert "op termijn" in zonder
    assert "Lang geleden" not in zonder
    assert "<details" in antwoord.content.decode()


def test_terms_of_history_show_only_when_asked(mensen: Mensen, als: Als) -> None:
    oud = MaatregelFactory(pijler__agenda__is_lopend=False, pijler__agenda__slug="oud")
    MijlpaalFactory(maatregel=oud, omschrijving="Uit de oude agenda")
    client = als(mensen.partner)
    assert "Uit de oude agenda" not in tekst(client.get("/termijnen/"))
    assert "Uit de oude agenda" in tekst(client.get("/termijnen/?lopend="))
    assert "Uit de oude agenda" in tekst(client.get("/termijnen/?agenda=oud&lopend=false"))


# Organisations


def test_an_ended_ministry_keeps_its_name_and_its_successor_does_its_open_work(mensen: Mensen, als: Als) -> None:
    aenm = OrganisatieFactory(
        afkorting="AenM",
        naam="Ministerie van Asiel en Migratie",
        slug="aenm",
        tooi_id="ministerie/mnre1162",
        geldig_van=datetime.date(2024, 7, 2),
        geldig_tot=datetime.date(2026, 2, 23),
        opvolger=mensen.organisatie,
    )
    MijlpaalFactory(maatregel=MaatregelFactory(titel="Hun belofte", trekker=aenm), omschrijving="Open werk")
    client = als(mensen.partner)
    antwoord = client.get("/organisaties/aenm/")
    alles = tekst(antwoord)
    assert "Bestond tot 23 februari 2026 Het open werk ligt nu bij SZW." in alles
    assert "Ministerie van Asiel en Migratie" in alles
    assert "vanaf 2 juli 2024 tot 23 februari 2026" in alles
    assert 'href="https://identifier.overheid.nl/tooi/id/ministerie/mnre1162"' in antwoord.content.decode()
    assert "Verantwoordelijk 1 " in alles
    assert "Hun belofte" in alles
    opvolger = tekst(client.get("/organisaties/szw/"))
    assert "Doet het open werk van AenM bestond tot 23 februari 2026" in opvolger
    assert "Open werk" in opvolger
    lijst = tekst(client.get("/organisaties/"))
    assert "opgeheven per 23 februari 2026, nu SZW" in lijst


def test_generic_words_stand_apart_and_are_explained(mensen: Mensen, als: Als) -> None:
    kabinet = OrganisatieFactory(afkorting="kabinet", naam="kabinet", slug="kabinet", soort="aanduiding")
    MaatregelFactory(trekker=kabinet)
    antwoord = als(mensen.partner).get("/organisaties/")
    groepen = stuk(antwoord, "Ministeries", "Algemene aanduidingen")
    assert "kabinet" not in groepen
    apart = tekst(antwoord)[tekst(antwoord).index("Algemene aanduidingen") :]
    assert "1 woord uit de teksten" in apart
    assert "er horen geen mensen bij" in apart
    assert "kabinet 1 1 0" in apart
    assert "dit is nooit een trekker" in tekst(als(mensen.partner).get("/organisaties/kabinet/"))


def test_a_measure_counts_once_per_role(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, herkomst="geerfd")
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, rol="uitvoerder")
    weg = MaatregelFactory()
    BetrokkenheidFactory(maatregel=weg, organisatie=mensen.organisatie, tot=VANDAAG)
    MaatregelFactory(trekker=mensen.organisatie, pijler__agenda__is_lopend=False)
    client = als(mensen.partner)
    assert "SZW Organisatie SZW 2 1 1 " in tekst(client.get("/organisaties/"))
    assert "Verantwoordelijk 2 " in tekst(client.get("/organisaties/szw/"))


# Figures


def test_figures_read_as_dutch_and_no_figure_is_not_nought(mensen: Mensen, als: Als) -> None:
    agenda = AgendaFactory(titel="Brief")

    def meting(naam: str, **velden: Any) -> None:
        indicator = Indicator.objects.create(slug=naam.lower(), naam=naam, eenheid="personen")
        Meting.objects.create(
            indicator=indicator, agenda=agenda, peildatum=VANDAAG, bron=f"Brief, bij {naam}", **velden
        )

    meting("Instroom", waarde=Decimal("96000"), kwalificatie="circa", vorige="88.000", periode="2024")
    meting("Aandeel", waarde=Decimal("84.50"), waarde_tot=Decimal("87"), kwalificatie="tussen")
    meting("Niveau", waarde_tekst="B1")
    alles = tekst(als(mensen.partner).get("/cijfers/"))
    assert "Instroom circa 96.000 personen 88.000 2024 bij Instroom" in alles
    assert "Aandeel tussen 84,5 en 87 personen bij Aandeel" in alles
    assert "Niveau B1 personen bij Niveau" in alles


def test_figures_say_which_share_has_an_owner(mensen: Mensen, als: Als) -> None:
    pijler = PijlerFactory()
    MaatregelFactory(pijler=pijler, trekker=mensen.organisatie)
    MaatregelFactory(pijler=pijler)
    MaatregelFactory(pijler=pijler, trekker=OrganisatieFactory(soort="aanduiding"))
    MaatregelFactory(pijler=pijler, aard="doel")
    alles = tekst(als(mensen.partner).get("/cijfers/"))
    assert "Met trekker: 1 van 3 lopende maatregelen die er een nodig hebben. 2 zonder" in alles
