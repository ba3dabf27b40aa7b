"""The real meeting of 19 March 2025, role by role: shown, searched, continued, closed and compared.

It closes minutes for good, so it has a product of its own. The tests follow each other in time.
"""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek, Dienst, bedrijf, databank, in_bedrijf

SECRETARIAAT, AENM = "secretariaat@voorbeeld.nl", "dossier.aenm@voorbeeld.nl"
PARTNER, BEHEERDER, SZW = "partner.vng@voorbeeld.nl", "beheer@voorbeeld.nl", "dossier.szw@voorbeeld.nl"
TITEL = "Landelijke Regietafel Migratie van 19 maart 2025"
MAART = "/vergaderingen/lrt-2025-03-19/"
VANDAAG = "LRT van vandaag"
Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    naam = f"verhalen_{os.getpid()}_werkelijk"
    with databank(naam, geladen), in_bedrijf(bedrijf(naam, tmp_path_factory.mktemp("werkelijk"))) as dienst:
        yield dienst


def test_a_partner_reads_it_and_finds_the_own_part(bezoek: Openen) -> None:
    partner = bezoek(PARTNER)
    pagina = partner.naar("/")
    pagina.get_by_role("link", name="Regietafel", exact=True).first.click()
    pagina.get_by_role("link", name=TITEL).first.click()
    expect(pagina.get_by_text("12 aanwezig, 1 afwezig")).to_be_visible()
    assert pagina.locator("section.punt").count() == 5
    expect(pagina.get_by_text("6 besluiten, 2 mededelingen, 21 acties, 6 verzoeken en aanbiedingen")).to_be_visible()

    # Any organisation's part, by name; the own one with one click.
    pagina.get_by_text("Toon het deel van één organisatie").click()
    pagina.locator(".orgkeuze").get_by_role("link", name="IPO", exact=True).click()
    expect(pagina.get_by_role("region", name="Alleen het deel van IPO")).to_be_visible()
    pagina.get_by_role("link", name="Mijn organisatie: VNG").click()
    expect(pagina.get_by_role("region", name="Alleen het deel van VNG")).to_be_visible()
    expect(pagina.get_by_text("Wil Defensie de locatie Budel gebruiken?")).to_be_visible()

    # What was said is found in all that is here.
    pagina.get_by_role("searchbox").first.fill("Budel Defensie")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Actiepunten")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Wat is gezegd")).to_be_visible()

    # It has no minutes to keep up, and the address of somebody else's work does not open.
    expect(partner.naar(MAART).get_by_role("link", name="Staat wijzigen")).to_have_count(0)
    partner.naar(f"{MAART}staat/", verwacht=403)


def test_a_dossierhouder_finishes_what_was_promised_there(bezoek: Openen) -> None:
    aenm = bezoek(AENM)
    pagina = aenm.naar(MAART)
    vanu = pagina.get_by_role("region", name="Van u gevraagd")
    vanu.get_by_role("link", name="Duidelijkheid geven over gebruik van Budel door Defensie").click()
    pagina.get_by_role("link", name="Afronden").click()
    pagina.get_by_label("Klaar op").fill(timezone.localdate().isoformat())
    pagina.get_by_label("Wat heeft het opgeleverd?").fill("Defensie gebruikt Budel vanaf 2027 zelf.")
    pagina.get_by_role("button", name="Rond af").click()
    assert "Defensie gebruikt Budel vanaf 2027 zelf." in pagina.locator("main").inner_text()
    expect(aenm.naar(MAART).get_by_role("region", name="Van u gevraagd")).not_to_contain_text("Budel")


def test_the_secretariaat_goes_on_with_it_in_the_next_and_closes_it(bezoek: Openen) -> None:
    secretariaat, vandaag = bezoek(SECRETARIAAT), timezone.localdate()
    pagina = secretariaat.naar("/vergaderingen/nieuw/?reeks=lrt")
    pagina.locator("input[name=titel]").fill(VANDAAG)
    pagina.locator("input[name=datum]").fill(vandaag.isoformat())
    pagina.get_by_role("button", name="Plan de vergadering").click()
    expect(pagina.locator("h1")).to_have_text(VANDAAG)
    adres = pagina.url.removeprefix(secretariaat.dienst.adres)

    def zet(pad: str, staat: str) -> None:
        secretariaat.naar(f"{pad}staat/")
        pagina.get_by_label(staat, exact=True).check()
        pagina.locator("input[name=per]").fill(vandaag.isoformat())
        pagina.get_by_role("button", name="Wijzig de staat").click()

    # It fills itself with what is left of March; what AenM finished does not ask any more.
    secretariaat.naar(f"{adres}voorbereiden/")
    expect(pagina.get_by_label(f"Verslag {TITEL}", exact=True)).to_have_count(1)
    acties = pagina.get_by_role("region", name="Actie te laat of aan de beurt")
    expect(acties.get_by_label("SPUK voor doorstroomlocaties openbaar maken", exact=True)).to_have_count(1)
    expect(acties.get_by_label(re.compile("Budel door Defensie"))).to_have_count(0)
    besluit = "De wetten en maatregelen gaan als onepager mee met de stukken van een volgende LRT."
    for naam in (f"Verslag {TITEL}", besluit):
        pagina.get_by_label(naam, exact=True).first.check()
    pagina.get_by_label("Op de agenda, elk als eigen punt", exact=True).check()
    pagina.get_by_role("button", name="Leg de keuze vast").click()
    secretariaat.naar(adres)
    feiten = pagina.locator("section.punt", has_text=besluit).locator(".puntfeiten")
    expect(feiten).to_contain_text("Eerdere besluiten")
    expect(feiten).to_contain_text(f"{TITEL}: nog uit te voeren")

    # Carried out, reported back there, and the minutes of March adopted there.
    zet(adres, "agenda verzonden")
    zet(adres, "gehouden")
    secretariaat.naar("/besluiten/lrt-2025-03-19-b04/")
    pagina.get_by_role("link", name="Uitgevoerd melden").click()
    pagina.get_by_label("Uitgevoerd op").fill(vandaag.isoformat())
    pagina.get_by_label("Wat is ervan gekomen?").fill("De onepager ging mee met de stukken.")
    pagina.get_by_role("button", name="Meld uitgevoerd").click()
    pagina.get_by_role("link", name="Aanvaard door een vergadering").click()
    pagina.get_by_label("Aanvaard in").select_option(index=1)
    pagina.get_by_role("button", name="Sluit af").click()
    expect(pagina.get_by_text("Teruggekoppeld en aanvaard", exact=True)).to_be_visible()
    secretariaat.naar(f"{MAART}staat/")
    expect(pagina.get_by_text("Vaststellen is definitief")).to_be_visible()
    pagina.get_by_label("verslag vastgesteld", exact=True).check()
    assert pagina.get_by_label("Vastgesteld door").locator("option:checked").inner_text().startswith(VANDAAG)
    pagina.locator("input[name=per]").fill(vandaag.isoformat())
    pagina.get_by_role("button", name="Wijzig de staat").click()
    expect(secretariaat.naar(MAART).get_by_text("Het verslag is vastgesteld door")).to_be_visible()
    expect(pagina.get_by_role("link", name="Presentie", exact=True)).to_have_count(0)
    secretariaat.bekijk("tafel-maart-gesloten")
    secretariaat.naar(f"{MAART}presentie/", verwacht=409)


def test_a_partner_compares_and_looks_back(bezoek: Openen) -> None:
    partner = bezoek(PARTNER)
    pagina = partner.naar(MAART)
    expect(pagina.get_by_role("link", name=VANDAAG).first).to_be_visible()
    pagina.get_by_role("link", name="Wat veranderde sindsdien").click()
    tafel = pagina.get_by_role("region", name="Besluiten en acties")
    for woorden in (VANDAAG, "als onepager mee met de stukken", "Duidelijkheid geven over gebruik van Budel"):
        expect(tafel).to_contain_text(woorden)
    partner.bekijk("tafel-maart-sindsdien")

    # Two weeks after the meeting none of this had happened.
    pagina = partner.naar(f"{MAART}?peildatum=2025-04-02")
    expect(pagina.get_by_text("Verslag in concept", exact=True)).to_be_visible()
    assert VANDAAG not in pagina.content()
    pagina = partner.naar("/actiepunten/lrt-2025-03-19-a03/?peildatum=2025-04-02")
    assert "Budel vanaf 2027" not in pagina.content()


@pytest.mark.parametrize("wie", [BEHEERDER, SZW])
def test_who_has_no_part_in_it_reads_all_and_changes_nothing(bezoek: Openen, wie: str) -> None:
    mens = bezoek(wie)
    pagina = mens.naar(MAART)
    expect(pagina.get_by_text("12 aanwezig, 1 afwezig")).to_be_visible()
    expect(
        pagina.get_by_role("link", name=re.compile("^(Staat wijzigen|Notuleren|Voorbereiden|Presentie)$"))
    ).to_have_count(0)
    mens.naar("/actiepunten/lrt-2025-03-19-a03/heropenen/", verwacht=403)
