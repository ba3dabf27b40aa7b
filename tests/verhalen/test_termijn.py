"""The story of a termijn: typed in words, read as one types, the recess chosen, moved with a reason."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek

AENM, SZW = "dossier.aenm@voorbeeld.nl", "dossier.szw@voorbeeld.nl"
MAATREGEL = "/maatregelen/2024-2-03/"
Openen = Callable[..., Bezoek]


def test_words_are_read_chosen_saved_and_moved(bezoek: Openen) -> None:
    mens = bezoek(AENM)
    pagina = mens.naar(f"{MAATREGEL}mijlpalen/nieuw/")
    expect(pagina.get_by_role("button", name="Lees de termijn")).to_be_hidden()
    lezing = pagina.locator("[data-lezing]")
    woorden = pagina.get_by_label("termijn in woorden")
    pagina.get_by_label("omschrijving").fill("Evaluatie naar de Kamer")
    pagina.get_by_label("gerekend vanaf").fill("2026-11-22")

    # Whatever is typed is read, and typing is never in the way.
    woorden.press_sequentially("tweede helft 2027", delay=20)
    expect(lezing).to_contain_text("van 1 juli t/m 31 december 2027")
    woorden.fill("als het zover is")
    expect(lezing).to_contain_text("geen datum: blijft vaag")
    woorden.fill('<b onmouseover="alert(1)">voor 1 mei</b>')
    expect(lezing.locator("b")).to_have_count(0)
    woorden.fill("")
    expect(lezing).to_be_empty()

    # Two judgements stand beside each other; the other one is chosen.
    woorden.fill("voor de zomer")
    expect(lezing.get_by_role("radio")).to_have_count(2)
    expect(lezing.get_by_role("radio").first).to_be_checked()
    mens.bekijk("termijn-lezing")
    lezing.get_by_label(re.compile("1 juli 2027")).check()
    woorden.fill("voor de zomer van 2027")
    expect(lezing.get_by_label(re.compile("1 juli 2027"))).to_be_checked()
    pagina.get_by_role("button", name="Voeg toe").click()
    expect(pagina.get_by_text("t/m 1 juli 2027 (of: voor de zomer, t/m 20 juni 2027)").first).to_be_visible()
    rij = pagina.locator("li[id^=mijlpaal-]", has_text="Evaluatie naar de Kamer")
    expect(rij.get_by_text("Kan ook betekenen: t/m 20 juni 2027.")).to_be_visible()

    # Later, without a reason: everything stays, and it is said what to do.
    rij.get_by_role("link", name="Wijzigen").click()
    expect(pagina.locator("[data-lezing]").get_by_label(re.compile("1 juli 2027"))).to_be_checked()
    mens.bekijk("termijn-wijzigen")
    pagina.get_by_label("termijn in woorden").fill("eind 2027")
    expect(pagina.locator("[data-lezing]")).to_contain_text("van 1 oktober t/m 31 december 2027")
    pagina.get_by_role("button", name="Opslaan").click()
    expect(pagina.get_by_text("De termijn wordt later.").first).to_be_visible()
    expect(pagina.get_by_label("termijn in woorden")).to_have_value("eind 2027")
    mens.fouten.clear()  # the browser itself reports the 422
    mens.bekijk("termijn-zonder-reden")
    pagina.get_by_label("Waarom verandert de termijn?").fill("De onderzoekers hebben meer tijd nodig.")
    pagina.get_by_role("button", name="Opslaan").click()

    # A sharpening: no reason asked, and no move.
    rij = pagina.locator("li[id^=mijlpaal-]", has_text="Evaluatie naar de Kamer")
    rij.get_by_role("link", name="Wijzigen").click()
    pagina.get_by_label("termijn in woorden").fill("op 15 november 2027")
    pagina.get_by_role("button", name="Opslaan").click()
    rij = pagina.locator("li[id^=mijlpaal-]", has_text="Evaluatie naar de Kamer")
    expect(rij.get_by_text("1 keer verplaatst")).to_be_visible()
    rij.locator("summary", has_text="Eerdere termijnen").click()
    for zin in ("Uitgesteld", "De onderzoekers hebben meer tijd nodig.", "Preciezer gemaakt", "Oorspronkelijk"):
        expect(rij.get_by_text(zin).first).to_be_visible()
    mens.bekijk("termijn-geschiedenis")
    pagina = mens.naar("/termijnen/?open=true")
    expect(pagina.get_by_text("1 keer verplaatst").first).to_be_visible()
    mens.bekijk("termijnen-verplaatst")


def test_the_same_without_javascript(bezoek: Openen) -> None:
    mens = bezoek(AENM, javascript=False)
    pagina = mens.naar(f"{MAATREGEL}mijlpalen/nieuw/")
    pagina.get_by_label("omschrijving").fill("Verslag aan de Kamer")
    pagina.get_by_label("termijn in woorden").fill("voor de zomer van 2028")
    pagina.get_by_role("button", name="Lees de termijn").click()
    assert pagina.get_by_label("omschrijving").input_value() == "Verslag aan de Kamer"
    assert pagina.get_by_role("alert").count() == 0
    pagina.get_by_label(re.compile("6 juli 2028")).check()
    pagina.get_by_role("button", name="Voeg toe").click()
    assert "t/m 6 juli 2028 (of: voor de zomer, t/m 20 juni 2028)" in pagina.locator("main").inner_text()


def test_who_does_not_keep_the_measure_up_has_no_form(bezoek: Openen) -> None:
    mens = bezoek(SZW)
    mens.naar(f"{MAATREGEL}mijlpalen/nieuw/", verwacht=403)
