"""The story of an agenda: planned in words, filled, annexed, sent, and who was there; by keyboard, without script."""

import datetime
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.verhalen.conftest import Bezoek

SECRETARIAAT, PARTNER = "secretariaat@voorbeeld.nl", "partner.vng@voorbeeld.nl"
LRT = "/vergaderingen/lrt-2025-03-19/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
Openen = Callable[..., Bezoek]


def met_toetsen(pagina: Page, naam: str | re.Pattern[str], soort: str = "button") -> None:
    """Go to something with the keyboard and press it."""
    ding = pagina.get_by_role(soort, name=naam, exact=True)  # type: ignore[arg-type]
    ding.first.focus()
    expect(ding.first).to_be_focused()
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")


def test_the_secretariaat_makes_an_agenda_without_javascript(bezoek: Openen) -> None:
    mens = bezoek(SECRETARIAAT, javascript=False)
    pagina = mens.naar("/vergaderingen/")
    met_toetsen(pagina, "Vergadering plannen", "link")

    # Words are read before anything is kept; both judgements are shown.
    pagina.get_by_label("of in woorden").fill("voor de zomer van 2027")
    met_toetsen(pagina, "Lees de woorden")
    assert pagina.get_by_label(re.compile("20 juni 2027")).is_checked()
    met_toetsen(pagina, "Plan de vergadering")
    adres = pagina.url
    hoofd = pagina.locator("main").inner_text()
    assert "Landelijke Regietafel Migratie voor de zomer van 2027" in hoofd
    assert "t/m 20 jun 2027" in hoofd

    # Points, moved up by the keyboard: the button that was pressed keeps the focus.
    met_toetsen(pagina, "Agenda maken", "link")
    for titel in ("Opvang en doorstroom", "Taakstelling 2027-II"):
        met_toetsen(pagina, "Agendapunt toevoegen", "link")
        pagina.get_by_label("titel").fill(titel)
        pagina.get_by_role("textbox", name="Maatregelen").fill("2024-2-03")
        met_toetsen(pagina, "Voeg toe")
    koppen = pagina.locator(".agendamaken h2").all_inner_texts()
    assert [kop.split(". ", 1)[1] for kop in koppen if "vang" in kop or "stelling" in kop] == [
        "Opvang en doorstroom",
        "Taakstelling 2027-II",
    ]
    met_toetsen(pagina, re.compile("Omhoog.*Taakstelling 2027-II"))
    assert pagina.evaluate("document.activeElement.innerText").startswith("Omhoog")
    koppen = pagina.locator(".agendamaken h2").all_inner_texts()
    plek = {kop.split(". ", 1)[1]: nummer for nummer, kop in enumerate(koppen)}
    assert plek["Taakstelling 2027-II"] == plek["Opvang en doorstroom"] - 1

    # An annex, by the plain file field; a file that lies is refused and nothing is lost.
    met_toetsen(pagina, re.compile("Bijlage toevoegen.*Taakstelling 2027-II"), "link")
    bestand = pagina.get_by_label("Bestand")
    bestand.set_input_files({"name": "cijfers.pdf", "mimeType": "application/pdf", "buffer": b"MZ geen pdf"})
    pagina.get_by_label("naam").fill("Cijfers taakstelling")
    met_toetsen(pagina, "Voeg toe")
    assert "De inhoud van dit bestand is geen PDF" in pagina.locator("main").inner_text()
    assert pagina.get_by_label("naam").input_value() == "Cijfers taakstelling"
    bestand.set_input_files({"name": "cijfers.pdf", "mimeType": "application/pdf", "buffer": PDF})
    met_toetsen(pagina, "Voeg toe")
    with pagina.expect_download() as gehaald:
        pagina.get_by_role("link", name="Cijfers taakstelling", exact=True).click()
    assert gehaald.value.suggested_filename == "cijfers.pdf"
    assert gehaald.value.path().read_bytes() == PDF

    # Without a day no agenda goes out; with one it does.
    pagina.goto(f"{adres}staat/")
    met_toetsen(pagina, "Wijzig de staat")
    assert "Deze vergadering heeft nog geen dag." in pagina.locator("main").inner_text()
    pagina.goto(f"{adres}wijzigen/")
    pagina.get_by_label("datum", exact=False).first.fill(datetime.date.today().isoformat())  # noqa: DTZ011
    met_toetsen(pagina, "Opslaan")
    pagina.goto(f"{adres}staat/")
    met_toetsen(pagina, "Wijzig de staat")
    assert "De staat is nu 'agenda verzonden'" in pagina.locator("main").inner_text()

    # Who was there: a guest, somebody absent with a substitute whose name is not known.
    met_toetsen(pagina, "Presentie", "link")
    for naam in ("Jansen", "De Vries"):
        met_toetsen(pagina, "Deelnemer toevoegen", "link")
        pagina.get_by_label("naam").fill(naam)
        met_toetsen(pagina, "Voeg toe")
    pagina.get_by_label("Aanwezigheid van De Vries").select_option("afwezig")
    pagina.get_by_label("Vervanging van De Vries").select_option("ambtelijk")
    pagina.get_by_label("Wie nog niet bekend is, was aanwezig").check()
    met_toetsen(pagina, "Sla de presentie op")
    hoofd = pagina.locator("main").inner_text()
    assert "1 afwezig" in hoofd
    assert "afwezig, ambtelijk vervangen, door wie is niet vermeld" in hoofd


def test_the_pages_are_clean_for_everybody(bezoek: Openen) -> None:
    mens = bezoek(SECRETARIAAT)
    pagina = mens.naar("/vergaderingen/nieuw/?reeks=lrt")
    expect(pagina.get_by_role("button", name="Lees de woorden")).to_be_hidden()
    pagina.get_by_label("of in woorden").press_sequentially("begin maart 2027", delay=20)
    expect(pagina.locator("[data-lezing]")).to_contain_text("maart 2027")
    mens.bekijk("tafel-nieuw")
    for naam, pad in {
        "tafel-lijst": "/vergaderingen/",
        "tafel-vergadering": LRT,
        "tafel-agenda": f"{LRT}agenda/",
        "tafel-presentie": f"{LRT}presentie/",
        "tafel-staat": f"{LRT}staat/",
        "tafel-reeks": "/vergaderingen/reeksen/lrt/",
        "tafel-gesloten": "/vergaderingen/lrt-2024-12-18/",
    }.items():
        mens.naar(pad)
        mens.bekijk(naam)


def test_a_partner_sees_the_own_part_and_changes_nothing(bezoek: Openen) -> None:
    mens = bezoek(PARTNER)
    pagina = mens.naar(LRT)
    expect(pagina.get_by_text("12 aanwezig, 1 afwezig")).to_be_visible()
    expect(pagina.get_by_role("link", name="Agenda maken")).to_have_count(0)
    pagina.get_by_role("link", name="Mijn organisatie: VNG").click()
    expect(pagina.get_by_role("region", name="Alleen het deel van VNG")).to_be_visible()
    expect(pagina.get_by_text("Wil Defensie de locatie Budel gebruiken?")).to_be_visible()
    expect(pagina.get_by_text("Alleen kwetsbare Oekraïners opvangen")).to_have_count(0)
    mens.bekijk("tafel-eigen-deel")
    mens.naar(f"{LRT}agenda/", verwacht=403)
