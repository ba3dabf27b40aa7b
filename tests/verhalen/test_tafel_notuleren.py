"""The story of the minutes: two note-takers, a connection that goes, a session that ends, no script, no mouse."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.verhalen.conftest import WACHTWOORD, Bezoek, Dienst

# A page asks every few seconds what others wrote, and later again when it got no answer.
expect.set_options(timeout=20_000)
SECRETARIAAT, TWEEDE = "secretariaat@voorbeeld.nl", "notulist@voorbeeld.nl"
Openen = Callable[..., Bezoek]
STOF = """
import datetime
from maatregelen.models import Lidmaatschap, Maatregel, Organisatie, Persoon
from regietafel.models import Agendapunt, Vergadering
v = Vergadering.objects.create(slug="{slug}", titel="Landelijke Regietafel van 18 maart 2026",
    datum=datetime.date(2026, 3, 18), bekend_vanaf=datetime.date(2026, 1, 5), staat="agenda_verzonden")
for nummer, titel in enumerate(["Opening", "Opvang", "Rondvraag"], 1):
    punt = Agendapunt.objects.create(vergadering=v, volgorde=nummer, titel=titel, doel="bespreken")
    punt.maatregelen.set(Maatregel.objects.filter(code="2024-2-03"))
persoon, nieuw = Persoon.objects.get_or_create(email="{tweede}", defaults={{"functie": "Tweede notulist"}})
persoon.set_password("{wachtwoord}")
persoon.save()
bureau = Lidmaatschap.objects.filter(rol="secretariaat").first().organisatie
Lidmaatschap.objects.get_or_create(persoon=persoon, organisatie=bureau, rol="secretariaat",
    defaults={{"vanaf": datetime.date(2020, 1, 1)}})
"""


@pytest.fixture
def pad(dienst: Dienst, request: pytest.FixtureRequest) -> str:
    """The page of a meeting of its own, with three points; and a second person who takes minutes."""
    slug = re.sub(r"[^a-z]+", "-", str(request.node.name)).strip("-")
    dienst.manage("shell", "-v", "0", "-c", STOF.format(slug=slug, tweede=TWEEDE, wachtwoord=WACHTWOORD))
    return f"/vergaderingen/{slug}/notuleren/"


def punt(pagina: Page, nummer: int) -> Locator:
    """A point of the page."""
    return pagina.locator(f"#punt-{nummer}")


def typ(pagina: Page, nummer: int, soort: str, **velden: str) -> None:
    """Fill in a new line and keep it with the keyboard."""
    invoer = punt(pagina, nummer).locator("[data-invoer]")
    invoer.locator("[name=soort]").select_option(soort)
    for naam, waarde in velden.items():
        invoer.locator(f"[name={naam}]").fill(waarde)
    invoer.locator(f"[name={naam}]").press("Control+Enter")


def regels(pagina: Page, nummer: int) -> list[str]:
    """The lines of a point that are at the server, as texts."""
    return punt(pagina, nummer).locator("[data-regels] > li .notulenregel__tekst").all_inner_texts()


def stand(pagina: Page) -> Locator:
    """What the page says of being kept."""
    return pagina.locator("[data-melding]")


def test_two_note_takers_at_once(bezoek: Openen, pad: str) -> None:
    een, twee = bezoek(SECRETARIAAT), bezoek(TWEEDE)
    a, b = een.naar(pad), twee.naar(pad)
    expect(stand(a)).to_have_text("Alles is bewaard.")
    typ(a, 2, "inbreng-zorg", wie="VNG", tekst="De opvang loopt vol.", maatregelen="2024-2-03")
    typ(b, 2, "besluit-besluit", tekst="Er komt een brief.")
    for pagina in (a, b):
        expect(punt(pagina, 2).locator("[data-regels] > li")).to_have_count(2)
    expect(punt(a, 2)).to_contain_text(re.compile(r"-b01"))
    expect(b.locator("[data-anderen]")).to_have_text("Een ander voegde 1 regel toe.")

    # The same text at once: nothing is overwritten, both are shown, and somebody chooses.
    tekst_a, tekst_b = (punt(pagina, 1).locator("[name=bespreking]") for pagina in (a, b))
    tekst_a.fill("De voorzitter opent.")
    tekst_b.fill("De voorzitter heet welkom.")
    tekst_a.blur()
    expect(punt(a, 1).locator("[data-tekststand]")).to_have_text("Bewaard")
    tekst_b.blur()
    keuze = punt(b, 1).locator("[data-tekstbotsing]")
    expect(keuze).to_contain_text("LRT-secretariaat schreef:")
    expect(keuze).to_contain_text("De voorzitter opent.")
    expect(tekst_b).to_have_value("De voorzitter heet welkom.")
    assert "409" in "".join(twee.fouten)
    twee.fouten.clear()  # the browser itself reports the 409
    assert Axe().run(b).response["violations"] == []
    twee.foto("notuleren-twee-teksten")
    keuze.get_by_role("button", name="Zet beide onder elkaar").click()
    expect(tekst_a).to_have_value("De voorzitter opent.\n\nDe voorzitter heet welkom.")

    # The same line at once: likewise.
    for pagina in (a, b):
        punt(pagina, 2).get_by_role("link", name=re.compile("Wijzigen.*zorg")).click()
    wijzig_a, wijzig_b = (punt(pagina, 2).locator("[data-regels] form") for pagina in (a, b))
    wijzig_a.locator("[name=tekst]").fill("De opvang is vol.")
    wijzig_a.get_by_role("button", name="Bewaar wijziging").click()
    expect(punt(a, 2).locator("[data-regels]")).to_contain_text("De opvang is vol.")
    wijzig_b.locator("[name=tekst]").fill("De opvang loopt over.")
    wijzig_b.locator("[name=tekst]").press("Control+Enter")
    botsing = punt(b, 2).locator("[data-regels] .tussenstand")
    expect(botsing).to_contain_text("De opvang is vol.")
    expect(botsing).to_contain_text("De opvang loopt over.")
    expect(botsing.get_by_role("button", name="Bewaar mijn versie")).to_be_focused()
    twee.fouten.clear()
    assert Axe().run(b).response["violations"] == []
    twee.foto("notuleren-twee-regels")
    botsing.get_by_role("button", name="Bewaar mijn versie").click()
    for pagina in (a, b):
        expect(punt(pagina, 2).locator("[data-regels]")).to_contain_text("De opvang loopt over.")
        assert len(regels(pagina, 2)) == 2
    een.bekijk("notuleren")
    assert twee.fouten == []


def test_a_lost_connection_costs_no_word(bezoek: Openen, pad: str) -> None:
    mens = bezoek(SECRETARIAAT)
    pagina = mens.naar(pad)
    expect(stand(pagina)).to_have_text("Alles is bewaard.")
    typ(pagina, 1, "inbreng-standpunt", wie="IPO", tekst="Nog met verbinding.")
    expect(punt(pagina, 1).locator("[data-regels] > li")).to_have_count(1)
    pagina.context.set_offline(True)
    typ(pagina, 1, "inbreng-standpunt", wie="IPO", tekst="Een")
    typ(pagina, 1, "actie-actie", tekst="Twee", termijn_tekst="voor de zomer")
    typ(pagina, 2, "trend", onderwerp="Drie", duiding="daalt")
    punt(pagina, 3).locator("[name=bespreking]").fill("Rondvraag zonder verbinding.")
    punt(pagina, 3).locator("[data-invoer] [name=tekst]").fill("Nog niet af")
    expect(stand(pagina)).to_have_text(
        "Geen verbinding; bewaard in deze browser, 3 regels wachten en 1 tekst wacht. Typ gerust door."
    )
    # What waits and was never sent can be taken back and bettered.
    punt(pagina, 2).get_by_role("button", name="Haal terug").click()
    expect(punt(pagina, 2).locator("[data-invoer] [name=duiding]")).to_have_value("daalt")
    typ(pagina, 2, "trend", onderwerp="Drie", duiding="stijgt")
    mens.fouten.clear()  # the browser itself reports each failed request
    assert Axe().run(pagina).response["violations"] == []
    pagina.set_viewport_size({"width": 360, "height": 900})
    mens.foto("notuleren-geen-verbinding-360")
    pagina.set_viewport_size({"width": 1280, "height": 900})
    mens.foto("notuleren-geen-verbinding-1280")
    # Reloading fails without a connection; what was typed is still there when it is back.
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        pagina.reload()
    pagina.context.set_offline(False)
    pagina = mens.naar(pad)
    expect(stand(pagina)).to_have_text("Alles is bewaard.")
    expect(punt(pagina, 1).locator("[data-regels] > li")).to_have_count(3)
    assert regels(pagina, 1) == ["Nog met verbinding.", "Een", "Twee"]
    assert regels(pagina, 2) == ["Drie: stijgt"]
    expect(punt(pagina, 1)).to_contain_text("t/m 20 juni 2026")
    expect(punt(pagina, 3).locator("[data-invoer] [name=tekst]")).to_have_value("Nog niet af")
    expect(punt(pagina, 3).locator("[name=bespreking]")).to_have_value("Rondvraag zonder verbinding.")
    mens.fouten.clear()

    # An answer that never came: the line was kept, is sent again, and is there once.
    def zonder_antwoord(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    pagina.route(f"**{pad}", zonder_antwoord)
    typ(pagina, 2, "besluit-besluit", tekst="Precies een keer.")
    punt(pagina, 2).locator("[name=bespreking]").fill("Ook deze tekst.")
    punt(pagina, 2).locator("[name=bespreking]").blur()
    expect(stand(pagina)).to_contain_text("Geen verbinding")
    pagina.unroute(f"**{pad}")
    punt(pagina, 2).locator("[name=bespreking]").fill("Ook deze tekst, en verder.")
    expect(stand(pagina)).to_have_text("Alles is bewaard.")
    expect(punt(pagina, 2).locator("[data-tekststand]")).to_have_text("Bewaard")
    mens.fouten.clear()
    pagina = mens.naar(pad)
    expect(punt(pagina, 2).locator("[name=bespreking]")).to_have_value("Ook deze tekst, en verder.")
    assert regels(pagina, 2) == ["Drie: stijgt", "Precies een keer."]
    assert (
        pagina.evaluate("Object.keys(localStorage).filter((s) => s.includes(':wacht:') || s.includes(':tekst:'))") == []
    )


def test_an_ended_session_costs_no_word(bezoek: Openen, pad: str) -> None:
    mens = bezoek(SECRETARIAAT)
    pagina = mens.naar(pad)
    expect(stand(pagina)).to_have_text("Alles is bewaard.")
    pagina.context.clear_cookies(name="regiemonitor_sessie")
    typ(pagina, 1, "inbreng-vraag", wie="VNG", tekst="Staat dit er straks nog?")
    expect(stand(pagina)).to_have_text(re.compile("^U bent niet meer ingelogd; bewaard in deze browser, 1 regel wacht"))
    assert Axe().run(pagina).response["violations"] == []
    with pagina.context.expect_page() as nieuw:
        pagina.get_by_role("link", name="Log in (opent in een nieuw tabblad)").click()
    tabblad = nieuw.value
    tabblad.fill("input[name=login]", SECRETARIAAT)
    tabblad.fill("input[name=password]", WACHTWOORD)
    tabblad.click("main button[type=submit]")
    tabblad.wait_for_url(re.compile(r"/$"))
    tabblad.close()
    expect(stand(pagina)).to_have_text("Alles is bewaard.")
    assert regels(pagina, 1) == ["Staat dit er straks nog?"]


def test_the_keyboard_alone(bezoek: Openen, pad: str) -> None:
    mens = bezoek(SECRETARIAAT)
    pagina = mens.naar(pad)
    expect(stand(pagina)).to_have_text("Alles is bewaard.")
    toets = pagina.keyboard
    pagina.locator("#kop-punt-" + str(punt(pagina, 1).get_attribute("data-punt"))).focus()
    toets.press("Alt+PageDown")
    invoer = punt(pagina, 2).locator("[data-invoer]")
    expect(invoer.locator("[name=soort]")).to_be_focused()
    toets.type("besluit")
    toets.press("Tab")
    toets.type("2024-2-03")
    toets.press("Tab")
    toets.type("Het gaat door.")
    toets.press("Control+Enter")
    expect(punt(pagina, 2).locator("[data-regels] > li")).to_have_count(1)
    expect(punt(pagina, 2)).to_contain_text(re.compile(r"-b01"))
    expect(invoer.locator("[name=soort]")).to_be_focused()
    toets.type("zorg")
    toets.press("Tab")
    toets.press("Tab")
    toets.press("Tab")
    toets.type("Zonder naam.")
    toets.press("Control+Enter")
    expect(invoer.locator("[data-fouten]")).to_contain_text("Schrijf wie dit inbracht.")
    expect(invoer.locator("[name=tekst]")).to_have_value("Zonder naam.")
    mens.fouten.clear()
    assert Axe().run(pagina).response["violations"] == []
    invoer.locator("[name=wie]").focus()
    toets.type("VNG")
    toets.press("Enter")
    expect(punt(pagina, 2).locator("[data-regels] > li")).to_have_count(2)
    # Correcting, thinking better of it, and going on where one was.
    wijzigen = punt(pagina, 2).get_by_role("link", name=re.compile("Wijzigen.*zorg"))
    wijzigen.focus()
    toets.press("Enter")
    veld = punt(pagina, 2).locator("[data-regels] form [name=tekst]")
    expect(veld).to_be_focused()
    toets.press("Escape")
    expect(veld).to_have_count(0)
    expect(wijzigen).to_be_focused()
    # Switched off, the keys are the browser's own.
    pagina.locator(".notulenhulp > summary").click()
    pagina.get_by_label("Sneltoetsen gebruiken").uncheck()
    invoer.locator("[name=soort]").focus()
    toets.press("Alt+PageUp")
    expect(invoer.locator("[name=soort]")).to_be_focused()
    mens.bekijk("notuleren-toetsen")


def test_the_same_without_a_script(bezoek: Openen, pad: str) -> None:
    mens, ander = bezoek(SECRETARIAAT, javascript=False), bezoek(TWEEDE, javascript=False)
    pagina = mens.naar(pad)
    invoer = punt(pagina, 2).locator("[data-invoer]")
    invoer.get_by_label("Soort").select_option("actiepunt")
    invoer.get_by_label("Tekst").fill("Brief aan de Kamer")
    invoer.get_by_label("Wanneer, in woorden").fill("voor de zomer")
    invoer.get_by_role("button", name="Lees de termijn").click()
    invoer = punt(pagina, 2).locator("[data-invoer]")
    invoer.get_by_label(re.compile("2 juli 2026")).check()
    invoer.get_by_role("button", name="Bewaar regel").click()
    expect(punt(pagina, 2).locator("[data-regels] > li")).to_contain_text("t/m 2 juli 2026")
    # Something is wrong: everything typed is there.
    invoer = punt(pagina, 2).locator("[data-invoer]")
    invoer.get_by_label("Soort").select_option("cijfer")
    invoer.get_by_label("Wat het cijfer zegt").fill("Taakstelling")
    invoer.get_by_label("Waarde").fill("veel")
    invoer.get_by_role("button", name="Bewaar regel").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Schrijf een getal")
    invoer = punt(pagina, 2).locator("[data-invoer]")
    expect(invoer.get_by_label("Wat het cijfer zegt")).to_have_value("Taakstelling")
    invoer.get_by_label("Waarde").fill("15.000")
    invoer.get_by_label("Was eerst").fill("17.700")
    invoer.get_by_role("button", name="Bewaar regel").click()
    expect(punt(pagina, 2)).to_contain_text("Taakstelling: 15.000 (was 17.700)")
    # Two at one line: both texts, and what was typed.
    tweede = ander.naar(pad)
    for p in (pagina, tweede):
        punt(p, 2).get_by_role("link", name=re.compile("Wijzigen.*actie")).click()
    for p, tekst in ((tweede, "Nota aan de Kamer"), (pagina, "Brief aan beide Kamers")):
        p.locator("[data-regels] form").get_by_label("Tekst").fill(tekst)
        p.get_by_role("button", name="Bewaar wijziging").click()
    expect(pagina.locator(".tussenstand")).to_contain_text("Nota aan de Kamer")
    expect(pagina.locator("[data-regels] form").get_by_label("Tekst")).to_have_value("Brief aan beide Kamers")
    mens.foto("notuleren-botsing-zonder-script")
    pagina.get_by_role("button", name="Bewaar wijziging").click()
    expect(punt(pagina, 2)).to_contain_text("Brief aan beide Kamers")
    # The running text of a point, and removing a line.
    tekstvak = punt(pagina, 3).get_by_label("Bespreking")
    tekstvak.fill("Niets meer.")
    punt(pagina, 3).get_by_role("button", name="Bewaar tekst").click()
    expect(punt(pagina, 3).get_by_label("Bespreking")).to_have_value("Niets meer.")
    punt(pagina, 2).get_by_role("link", name=re.compile("Verwijderen.*cijfer")).click()
    pagina.get_by_role("button", name="Verwijder regel").click()
    expect(punt(pagina, 2).locator("[data-regels] > li")).to_have_count(1)
