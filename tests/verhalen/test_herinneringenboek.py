"""Who was told what, what one follows, and leaving it from a mail: walked in a browser."""

import email
import email.policy
import re
import urllib.parse
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek, Dienst

SZW = "dossier.szw@voorbeeld.nl"
AENM = "dossier.aenm@voorbeeld.nl"
SECRETARIAAT = "secretariaat@voorbeeld.nl"
PARTNER = "partner.vng@voorbeeld.nl"
BEHEER = "beheer@voorbeeld.nl"
VERDEELBESLUIT = "/maatregelen/2024-2-03/"

Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def _verstuurd(dienst: Dienst) -> None:
    """A fortnight before a deadline, and a day before it."""
    for dag in ("2024-12-17", "2024-12-30"):
        dienst.manage("verstuur_herinneringen", "--vandaag", dag)


@pytest.mark.usefixtures("_verstuurd")
def test_the_ledger_of_a_measure_is_one_click_from_it(bezoek: Openen) -> None:
    lezer = bezoek(PARTNER)
    pagina = lezer.naar(VERDEELBESLUIT)
    pagina.get_by_role("link", name="Wie kreeg bericht?").click()
    expect(pagina.get_by_role("heading", name="Wie kreeg bericht?")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Wat er komt")).to_be_visible()
    verstuurd = pagina.locator("#verstuurd")
    expect(verstuurd.get_by_text("Verzonden").first).to_be_visible()
    assert "@" not in pagina.locator("main").inner_text()
    assert verstuurd.get_by_text("Waarom").count() == 0  # a reader is not told why it was that person
    lezer.bekijk("verzendboek-maatregel-lezer")
    secretaris = bezoek(SECRETARIAAT)
    secretaris.naar(f"{VERDEELBESLUIT}herinneringen/")
    secretaris.pagina.get_by_text("Waarom").first.click()
    secretaris.bekijk("verzendboek-maatregel")


# The first mark on the first day of the axis and the last on its end: how much of them is cut off, in pixels.
AFGESNEDEN = """() => {
  const plekken = [...document.querySelectorAll(".berichtlijn tbody .tijdas__plek")];
  plekken[0].setAttribute("x", "0%");
  plekken.at(-1).setAttribute("x", "100%");
  return Math.max(...[plekken[0], plekken.at(-1)].map((plek) => {
    const tekening = plek.ownerSVGElement, vorm = plek.firstElementChild.getBoundingClientRect();
    const clipt = getComputedStyle(tekening).overflow !== "visible";
    const kader = (clipt ? tekening : tekening.closest("td")).getBoundingClientRect();
    return Math.max(0, vorm.right - kader.right, kader.left - vorm.left);
  }));
}"""


@pytest.mark.parametrize("breedte", [360, 1280])
def test_a_mark_at_the_edge_of_the_line_is_whole(bezoek: Openen, breedte: int) -> None:
    mens = bezoek(PARTNER)
    pagina = mens.naar("/maatregelen/2026-4-05/herinneringen/")
    pagina.set_viewport_size({"width": breedte, "height": 800})
    assert pagina.locator(".berichtlijn tbody .tijdas__plek").count() > 1
    assert pagina.evaluate(AFGESNEDEN) == 0
    mens.foto(f"verzendboek-rand-{breedte}", pagina.locator(".berichtlijn"))


@pytest.mark.usefixtures("_verstuurd")
def test_a_dossierhouder_sees_what_came_and_what_comes(bezoek: Openen) -> None:
    mens = bezoek(AENM)
    pagina = mens.naar("/mijn/")
    pagina.get_by_role("link", name="Berichten aan mij").click()
    expect(pagina.get_by_role("heading", name="De komende 60 dagen")).to_be_visible()
    mens.bekijk("verzendboek-mijn")
    pagina.get_by_role("navigation", name="Uitkomst").get_by_role("link", name="Geweigerd").click()
    expect(pagina.get_by_text("Geen bericht met deze uitkomst.")).to_be_visible()
    mens.bekijk("verzendboek-mijn-geweigerd")


def test_a_beheerder_looks_up_what_somebody_was_told(bezoek: Openen) -> None:
    beheer = bezoek(BEHEER)
    pagina = beheer.naar("/personen/")
    pagina.get_by_role("link", name=re.compile("AenM", re.I)).first.click()
    pagina.get_by_role("link", name=re.compile("^Berichten aan")).click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Berichten aan")
    beheer.bekijk("verzendboek-persoon")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_partner_follows_a_selection_changes_it_and_stops(bezoek: Openen, javascript: bool) -> None:
    partner = bezoek(PARTNER, javascript=javascript)
    pagina = partner.naar("/maatregelen/?agenda=2024&organisatie=szw&zoek=taal")
    expect(pagina.get_by_text("Gaat niet mee: Zoeken: taal.")).to_be_visible()
    if javascript:
        partner.bekijk("volgen-aanbod")
    pagina.get_by_role("button", name="Volg deze selectie").click()
    expect(pagina.get_by_role("heading", name="Wat ik volg")).to_be_visible()
    rij = pagina.locator(".selectie").first
    expect(rij.get_by_role("heading")).to_have_text(re.compile("^Verantwoordelijk SZW, "))
    expect(rij.get_by_text("Mail over nieuwe maatregelen")).to_be_visible()

    rij.get_by_text("Aanpassen").click()
    rij.get_by_label("Naam").fill("SZW in 2024")
    rij.get_by_label("wijzigingen").uncheck()
    if javascript:
        partner.bekijk("volgen-aanpassen")
    rij.get_by_role("button", name="Bewaar").click()
    expect(pagina.get_by_role("status")).to_contain_text("Bewaard: SZW in 2024.")
    expect(rij.get_by_text(re.compile("^Mail over nieuwe maatregelen, naderende termijnen"))).to_be_visible()

    pagina.get_by_role("link", name="SZW in 2024").click()
    expect(pagina.get_by_role("link", name="U volgt deze selectie")).to_be_visible()
    partner.naar("/agendas/2024/")
    pagina.get_by_role("button", name="Volg deze agenda").click()
    partner.naar("/organisaties/szw/")
    pagina.get_by_role("button", name="Volg waarvoor SZW verantwoordelijk is").click()
    partner.naar("/maatregelen/2024-2-03/")
    pagina.get_by_role("button", name=re.compile("^Volgen")).click()
    partner.naar("/mijn/volgen/")
    if javascript:
        partner.bekijk("volgen")
    while pagina.get_by_role("button", name=re.compile("^Stop met volgen")).count():
        pagina.get_by_role("button", name=re.compile("^Stop met volgen")).first.click()
        expect(pagina.get_by_role("status")).to_contain_text("niet meer")
    expect(pagina.get_by_text("U volgt nog geen selectie.")).to_be_visible()
    if javascript:
        partner.bekijk("volgen-leeg")


def test_leaving_from_a_mail_asks_once_and_needs_no_sign_in(bezoek: Openen, dienst: Dienst) -> None:
    partner = bezoek(PARTNER)
    pagina = partner.naar("/maatregelen/2024-2-09/")
    pagina.get_by_role("button", name=re.compile("^Volgen")).click()
    mens = bezoek(AENM)
    mens.naar("/maatregelen/2024-2-09/")
    mens.pagina.get_by_label("in voorbereiding", exact=True).check()
    mens.pagina.get_by_label("Reden").first.fill("Het concept ligt voor.")
    mens.pagina.get_by_role("button", name="Wijzig status").click()
    dienst.manage("verstuur_herinneringen")
    koppen = [
        str(bericht["List-Unsubscribe"]).strip()
        for tekst in dienst.mails()
        if (bericht := email.message_from_string(tekst, policy=email.policy.default))["To"] == PARTNER
        and bericht["List-Unsubscribe"]
        and "2024-2-09" in tekst
    ]
    assert len(koppen) == 1
    adres = urllib.parse.urlsplit(re.findall(r"<(http[^>]+)>", koppen[0])[0]).path

    gast = bezoek()
    gast.naar(adres)
    expect(gast.pagina.get_by_role("heading", name="Deze maatregel niet meer volgen?")).to_be_visible()
    gast.bekijk("afmelden")
    gast.pagina.get_by_role("button", name="Stop met volgen").click()
    expect(gast.pagina.get_by_role("heading", name="U bent afgemeld")).to_be_visible()
    gast.bekijk("afgemeld")
    gast.naar(adres)
    expect(gast.pagina.get_by_role("heading", name="U was al afgemeld")).to_be_visible()

    partner.naar(adres)
    pagina.get_by_role("link", name="Weer aanzetten").click()
    pagina.get_by_role("button", name=re.compile("^Volgen")).click()
    # And as a mail program does it: one request, nothing else.
    vraag = urllib.request.Request(
        dienst.adres + adres, data=b"List-Unsubscribe=One-Click",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    with urllib.request.urlopen(vraag) as antwoord:
        assert antwoord.status == 200
    partner.naar("/maatregelen/2024-2-09/")
    expect(pagina.get_by_role("button", name=re.compile("^Volgen"))).to_be_visible()

    gast.naar("/afmelden/verzonnen/", verwacht=404)
    expect(gast.pagina.get_by_role("heading", name="Dit afmeldadres werkt niet")).to_be_visible()
    gast.fouten.clear()  # the browser itself reports the 404
    gast.bekijk("afmelden-ongeldig")
