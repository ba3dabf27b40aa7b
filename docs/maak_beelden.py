"""Makes the pictures of the README and the handleiding: signs in as the demo people and does what the text says.

    REGIEMONITOR_VAR=var/beelden DEMO_WACHTWOORD=kies-zelf-een-wachtwoord script/server     # in one terminal
    DEMO_WACHTWOORD=kies-zelf-een-wachtwoord .venv/bin/python docs/maak_beelden.py           # in another

Use a demo of its own: it changes a status, reports progress, assigns a trekker and files a reaction; and let it run for
five minutes first, so that the log is sealed. Every button is found by the words on it, so that a handleiding that no
longer matches the pages fails here. Needs Chromium and the packages of `script/test`; with Debian's chromium-l10n the
date fields are Dutch.
"""
# ruff: noqa: INP001, T201

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

BEELDEN = Path(__file__).resolve().parent / "beelden"
ADRES = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
BREEDTE = 1280
VERDEELBESLUIT, SPREIDINGSWET = "/maatregelen/2024-2-03/", "/maatregelen/2026-4-05/"
VERGADERING = "/vergaderingen/lrt-2025-03-19/"


def meld_aan(browser: Browser, adres: str) -> Page:
    """A window in which this person has signed in."""
    venster = browser.new_context(
        viewport={"width": BREEDTE, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    venster.set_default_timeout(10_000)
    pagina = venster.new_page()
    pagina.goto(f"{ADRES}/inloggen/")
    pagina.fill("input[name=login]", adres)
    pagina.fill("input[name=password]", os.environ["DEMO_WACHTWOORD"])
    pagina.click("main button[type=submit]")
    pagina.wait_for_url(f"{ADRES}/")
    return pagina


def open_pagina(pagina: Page, pad: str) -> None:
    """Open a page of the product; it must be there."""
    antwoord = pagina.goto(ADRES + pad)
    if antwoord is None or antwoord.status != 200:
        sys.exit(f"{pad}: {antwoord.status if antwoord else 'geen antwoord'}")


def beeld(pagina: Page, naam: str, hoogte: int = 800, boven: str = "") -> None:
    """Keep what is on screen, from the element `boven` down (default: the top of the page)."""
    pagina.evaluate("document.activeElement?.blur()")
    top = pagina.locator(boven).first.bounding_box() if boven else None
    y = max(0, (top["y"] if top else 0) + pagina.evaluate("window.scrollY") - 24) if top else 0
    pad = BEELDEN / f"{naam}.png"
    pagina.screenshot(path=pad, full_page=True, clip={"x": 0, "y": y, "width": BREEDTE, "height": hoogte})
    print(f"{pad.name}: {pad.stat().st_size // 1024} kB")


def dossierhouder(browser: Browser) -> None:
    """Change a status, report progress, mark a milestone reached."""
    pagina = meld_aan(browser, "dossier.aenm@voorbeeld.nl")
    open_pagina(pagina, VERDEELBESLUIT)
    pagina.get_by_label("in uitvoering", exact=True).check()
    pagina.get_by_label("Reden", exact=True).fill("De raming voor 2026 is vastgesteld; de verslagen volgen.")
    beeld(pagina, "status-wijzigen", 860, "h1")
    pagina.get_by_role("button", name="Wijzig status").click()
    pagina.get_by_text("Voortgang melden").click()
    pagina.get_by_label("vraagt aandacht").check()
    pagina.locator("form[action$='/voortgang/'] textarea").fill("Twee provincies leveren hun verslag later aan.")
    pagina.get_by_role("button", name="Meld", exact=True).click()
    beeld(pagina, "status-gewijzigd", 880)
    open_pagina(pagina, f"{VERDEELBESLUIT}mijlpalen/nieuw/")
    pagina.get_by_label("Omschrijving").fill("Evaluatie naar de Kamer gestuurd")
    pagina.get_by_label("Termijn in woorden").fill("voor de zomer")
    pagina.get_by_text("zomerreces").first.wait_for()
    beeld(pagina, "termijn-lezen", 900)
    open_pagina(pagina, "/mijn/berichten/")
    beeld(pagina, "mijn-berichten", 900)
    open_pagina(pagina, VERDEELBESLUIT)
    pagina.get_by_role("link", name="Behaald melden").first.click()
    pagina.get_by_label("Klaar op").fill("2024-12-20")
    pagina.get_by_label("Waaruit blijkt dat?").fill("Verdeelbesluit Spreidingswet van 20 december 2024.")
    beeld(pagina, "mijlpaal-behaald", 680)


def secretariaat(browser: Browser) -> None:
    """Assign a trekker; look at an agenda and at what comes."""
    pagina = meld_aan(browser, "secretariaat@voorbeeld.nl")
    open_pagina(pagina, SPREIDINGSWET)
    formulier = pagina.locator("form[action$='/trekker/']")
    formulier.get_by_label("Trekker").select_option(label="JenV, Ministerie van Justitie en Veiligheid")
    formulier.get_by_label("Reden").fill("De minister is verantwoordelijk voor de uitvoering van de wet.")
    beeld(pagina, "trekker-toewijzen", 760, "form[action$='/trekker/']")
    formulier.get_by_role("button", name="Wijs toe").click()
    open_pagina(pagina, f"{SPREIDINGSWET}herinneringen/")
    beeld(pagina, "wie-kreeg-bericht", 860)
    open_pagina(pagina, "/agendas/2024/")
    beeld(pagina, "agenda", 880)
    open_pagina(pagina, "/termijnen/")
    beeld(pagina, "termijnen", 1000)


def regietafel(browser: Browser) -> None:
    """Read a meeting, prepare the next, take minutes, follow up, look back, make a paper."""
    pagina = meld_aan(browser, "secretariaat@voorbeeld.nl")
    open_pagina(pagina, VERGADERING)
    beeld(pagina, "vergadering", 900)
    open_pagina(pagina, "/vergaderingen/")
    pagina.get_by_role("link", name="(demonstratie)").click()
    pagina.get_by_role("link", name="Voorbereiden", exact=True).click()
    for wat in ("Verslag Landelijke Regietafel", "Duidelijkheid geven over gebruik van Budel"):
        pagina.locator("li", has_text=wat).get_by_role("checkbox").first.check()
    beeld(pagina, "agenda-voorbereiden", 860)
    open_pagina(pagina, f"{VERGADERING}notuleren/")
    punt = pagina.locator("#punt-1 [data-invoer]")
    punt.get_by_label("Soort").select_option(label="toezegging")
    punt.get_by_label(re.compile("^Wie")).fill("VNG")
    punt.get_by_label(re.compile("^Tekst")).fill("Stuurt de leden het verslag van de kleine LRT na.")
    punt.get_by_label(re.compile("^Wanneer")).fill("voor de zomer")
    punt.get_by_text("20 juni 2025").first.wait_for()
    pagina.evaluate("window.scrollTo(0, 0)")  # what stays in view stands where it belongs
    beeld(pagina, "notuleren", 1320)
    open_pagina(pagina, "/besluiten/")
    beeld(pagina, "besluiten", 760)
    open_pagina(pagina, "/actiepunten/")
    beeld(pagina, "actiepunten", 760)
    open_pagina(pagina, "/sinds/")
    beeld(pagina, "sinds", 760)
    open_pagina(pagina, f"{VERGADERING}stukken/")
    pagina.locator("li", has_text="Verslag").get_by_role("button", name="PDF").click()
    pagina.get_by_text("Controlegetal", exact=True).wait_for(timeout=60_000)
    beeld(pagina, "stuk", 620)
    open_pagina(pagina, "/agendas/")
    pagina.get_by_label("Zoals het was op").fill("2025-01-01")
    pagina.get_by_role("button", name="Toon", exact=True).click()
    pagina.get_by_text("Stand per 1 januari 2025.").wait_for()
    beeld(pagina, "terugkijken", 760)


def zichtbaarheid(browser: Browser) -> None:
    """Who may see a measure: what follows before it is kept; nothing is kept."""
    pagina = meld_aan(browser, "secretariaat@voorbeeld.nl")
    open_pagina(pagina, f"{VERDEELBESLUIT}zichtbaarheid/")
    pagina.get_by_label("Het Rijk: ministeries en hun diensten").check()
    pagina.get_by_role("button", name="Bekijk wat er verandert").click()
    pagina.get_by_role("heading", name="Wat er verandert").wait_for()
    beeld(pagina, "zichtbaarheid", 1200, "h1")


def coordinator(browser: Browser) -> None:
    """Give a colleague a role for a while; the step after the password."""
    pagina = meld_aan(browser, "coordinator.szw@voorbeeld.nl")
    pagina.get_by_role("link", name="Coördinator migratie bij SZW").click()
    pagina.get_by_role("link", name="Rollen in uw organisatie").click()
    pagina.get_by_label("E-mailadres").fill("nieuwe.collega@voorbeeld.nl")
    pagina.get_by_label("Functie").fill("Beleidsmedewerker bij SZW")
    pagina.get_by_label("Rol", exact=True).select_option(label="dossierhouder")
    pagina.locator(".formulier [name=vanaf]").fill("2027-01-01")
    pagina.locator(".formulier [name=tot]").fill("2027-07-01")
    beeld(pagina, "rolverdeling", 1100)
    open_pagina(pagina, "/mijn/tweede-stap/")
    pagina.get_by_role("link", name="App koppelen").wait_for()
    pagina.get_by_role("link", name="Passkey toevoegen").wait_for()
    beeld(pagina, "tweede-stap", 660)


def auditor(browser: Browser) -> None:
    """What happened, and one line of it."""
    pagina = meld_aan(browser, "auditor@voorbeeld.nl")
    pagina.get_by_role("link", name="Logboek", exact=True).click()
    pagina.get_by_role("heading", name="Logboek", exact=True).wait_for()
    beeld(pagina, "logboek", 900)


def partner(browser: Browser) -> None:
    """What asks attention for everybody, one measure to follow, and a dissent on one."""
    pagina = meld_aan(browser, "partner.vng@voorbeeld.nl")
    pagina.get_by_role("link", name="Iedereen", exact=True).click()
    beeld(pagina, "vandaag", 860)
    open_pagina(pagina, SPREIDINGSWET)
    beeld(pagina, "maatregel", 820)
    open_pagina(pagina, "/maatregelen/?agenda=2026&organisatie=jenv")
    pagina.get_by_role("button", name="Volg deze selectie").click()
    beeld(pagina, "selectie-volgen", 700)
    open_pagina(pagina, VERDEELBESLUIT)
    pagina.get_by_role("link", name="Reactie geven").click()
    pagina.get_by_label("Afwijkend standpunt").check()
    pagina.get_by_label("Tekst").fill("Gemeenten kunnen dit alleen uitvoeren als het geld vooraf komt.")
    pagina.get_by_role("button", name="Dien in").click()
    pagina.get_by_text("De reactie is ingediend.").wait_for()
    beeld(pagina, "reactie", 420, "#reacties")


def beheerder(browser: Browser) -> None:
    """People, and one of them."""
    pagina = meld_aan(browser, "beheer@voorbeeld.nl")
    open_pagina(pagina, "/personen/")
    pagina.get_by_role("link", name="Dossierhouder migratie bij SZW").click()
    beeld(pagina, "persoon", 1100)
    open_pagina(pagina, "/beheer/herinneren/")
    beeld(pagina, "herinneren", 640)
    open_pagina(pagina, "/beheer/herinneren/wettelijk/dag/")
    beeld(pagina, "herinnerregel", 900)


def main() -> None:
    """All pictures, in the order in which the pages tell their story."""
    BEELDEN.mkdir(exist_ok=True)
    opties = ["--no-sandbox"] if os.geteuid() == 0 else []
    dutch = {**os.environ, "LANGUAGE": "nl"}  # the order of day and month in a date field is the browser's
    with sync_playwright() as playwright:
        pad = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=pad, args=opties, env=dutch)
        for taak in (dossierhouder, secretariaat, regietafel, zichtbaarheid, partner, coordinator, beheerder, auditor):
            taak(browser)
        browser.close()


if __name__ == "__main__":
    main()
