"""Following up, walked in a browser: the next agenda fills itself, a promise is finished, a decision is closed.

Whatever the story needs it makes itself; it leaves no meeting, action or decision as it found it.
"""

import datetime
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.verhalen.conftest import Bezoek

AENM = "dossier.aenm@voorbeeld.nl"
SECRETARIAAT = "secretariaat@voorbeeld.nl"
PARTNER = "partner.vng@voorbeeld.nl"
MAART = "Landelijke Regietafel Migratie van 19 maart 2025"
VOLGENDE = "LRT die zichzelf vult"

Openen = Callable[..., Bezoek]


def _plan(bezoek: Bezoek, titel: str, dag: datetime.date) -> str:
    """Plan a meeting of the series and answer its address."""
    pagina = bezoek.naar("/vergaderingen/nieuw/")
    pagina.locator("select[name=reeks]").select_option(label="Landelijke Regietafel Migratie")
    pagina.locator("input[name=titel]").fill(titel)
    pagina.locator("input[name=datum]").fill(dag.isoformat())
    pagina.locator("main form.formulier button[type=submit]").last.click()
    expect(pagina.locator("h1")).to_have_text(titel)
    return pagina.url.removeprefix(bezoek.dienst.adres)


def _kies(pagina: Page, wat: list[str], hoe: str, **velden: str) -> None:
    """Tick these things and choose once for all of them."""
    for naam in wat:
        pagina.get_by_label(naam, exact=True).first.check()
    pagina.get_by_label(hoe, exact=True).check()
    for label, waarde in velden.items():
        veld = pagina.get_by_label(label)
        if veld.evaluate("v => v.tagName") == "SELECT":
            veld.select_option(waarde)
        else:
            veld.fill(waarde)
    pagina.get_by_role("button", name="Leg de keuze vast").click()


def test_the_next_agenda_fills_itself_and_a_decision_is_closed(bezoek: Openen) -> None:
    vandaag = timezone.localdate()
    secretariaat = bezoek(SECRETARIAAT, javascript=False)
    adres = _plan(secretariaat, VOLGENDE, vandaag)
    erna = _plan(secretariaat, "LRT daarna", vandaag + datetime.timedelta(days=60))

    # It fills itself: tick, choose once, and see what was chosen.
    pagina = secretariaat.naar(f"{adres}voorbereiden/")
    for kop in ("Verslag vast te stellen", "Actie te laat of aan de beurt", "Besluit nog niet teruggekoppeld"):
        expect(pagina.get_by_role("heading", name=kop)).to_be_visible()
    _kies(pagina, [f"Verslag {MAART}"], "Op de agenda, elk als eigen punt")
    expect(pagina.get_by_role("status")).to_contain_text(f"Verslag {MAART} vaststellen")
    _kies(
        pagina,
        ["SPUK voor doorstroomlocaties openbaar maken", "Brief over de taakstelling aan gemeenten versturen"],
        "Op de agenda, samen in één punt",
        **{"Titel van het punt": "Stand van de toezeggingen"},
    )
    expect(pagina.get_by_role("status")).to_contain_text("2 onderwerpen op de agenda bij punt")
    _kies(pagina, ["Extra LRT's inplannen"], "Niet op deze agenda")
    assert "Schrijf in een zin waarom het niet op deze agenda komt." in pagina.locator("main").inner_text()
    assert pagina.get_by_label("Extra LRT's inplannen", exact=True).first.is_checked()
    secretariaat.fouten.clear()  # the browser itself reports the 422
    pagina.get_by_label("Reden").fill("Kan per mail.")
    pagina.get_by_role("button", name="Leg de keuze vast").click()
    _kies(
        pagina,
        ["Wetsvoorstel voor aanpassing Wet inburgering"],
        "Naar een andere vergadering",
        Reden="Het voorstel ligt er dan.",
    )
    secretariaat.fouten.clear()
    dan = vandaag + datetime.timedelta(days=60)
    pagina.get_by_label("Naar welke vergadering").select_option(label=f"LRT daarna, {dan:%d-%m-%Y}")
    pagina.get_by_role("button", name="Leg de keuze vast").click()
    expect(pagina.get_by_role("heading", name="Gekozen: naar een andere vergadering")).to_be_visible()
    pagina = secretariaat.naar(f"{erna}voorbereiden/")
    assert f"Hierheen verplaatst vanuit {VOLGENDE}: Het voorstel ligt er dan." in pagina.locator("main").inner_text()

    # A choice is undone.
    pagina = secretariaat.naar(f"{adres}voorbereiden/")
    pagina.get_by_label("Extra LRT's inplannen", exact=True).check()
    pagina.get_by_role("button", name="Maak de aangevinkte keuzes ongedaan").click()
    expect(pagina.get_by_role("heading", name="Gekozen: niet op deze agenda")).to_have_count(0)

    # A partner finishes an own promise; somebody else's is only to be read.
    partner = bezoek(PARTNER)
    pagina = partner.naar("/")
    pagina.get_by_role("link", name="Proef om meer asielzoekers te laten werken").click()
    partner.bekijk("tafel-actiepunt")
    pagina.get_by_role("link", name="Afronden").click()
    pagina.get_by_label("Klaar op").fill(vandaag.isoformat())
    pagina.get_by_label("Wat heeft het opgeleverd?").fill("De proef loopt in drie regio's.")
    partner.bekijk("tafel-afronden")
    pagina.get_by_role("button", name="Rond af").click()
    assert "De proef loopt in drie regio's." in pagina.locator("main").inner_text()
    partner.naar("/actiepunten/lrt-2025-03-19-a09/")
    expect(pagina.get_by_role("link", name="Afronden")).to_have_count(0)
    partner.naar("/actiepunten/lrt-2025-03-19-a09/afronden/", verwacht=403)
    partner.fouten.clear()
    partner.naar("/actiepunten/")
    partner.bekijk("tafel-actiepunten")
    partner.naar("/organisaties/vng/")
    partner.bekijk("tafel-organisatie")

    # Done is not closed: the decision shows, and only a later meeting closes it.
    pagina = secretariaat.naar("/besluiten/lrt-2025-03-19-b04/")
    pagina.get_by_role("link", name="Uitgevoerd melden").click()
    pagina.get_by_label("Uitgevoerd op").fill(vandaag.isoformat())
    pagina.get_by_label("Wat is ervan gekomen?").fill("De onepager is gemaakt en meegestuurd.")
    pagina.get_by_role("button", name="Meld uitgevoerd").click()
    expect(pagina.get_by_text("Uitgevoerd, niet teruggekoppeld", exact=True)).to_be_visible()
    pagina = secretariaat.naar("/besluiten/?stand=uitgevoerd")
    expect(pagina.get_by_text("1 regel", exact=True)).to_be_visible()
    pagina = secretariaat.naar("/maatregelen/2025-4-20/")
    assert "Niet teruggekoppeld: uitgevoerd op" in pagina.locator("#regietafel").inner_text()
    pagina = secretariaat.naar("/besluiten/lrt-2025-03-19-b04/")
    pagina.get_by_role("link", name="Aanvaard door een vergadering").click()
    assert VOLGENDE not in pagina.locator("main").inner_text()
    for staat in ("agenda verzonden", "gehouden"):
        secretariaat.naar(f"{adres}staat/")
        pagina.get_by_label(staat, exact=True).check()
        pagina.locator("input[name=per]").fill(vandaag.isoformat())
        pagina.locator("main form.formulier button[type=submit]").last.click()
    pagina = secretariaat.naar("/besluiten/lrt-2025-03-19-b04/")
    pagina.get_by_role("link", name="Aanvaard door een vergadering").click()
    pagina.get_by_label("Aanvaard in").select_option(index=1)
    pagina.get_by_role("button", name="Sluit af").click()
    expect(pagina.get_by_text("Teruggekoppeld en aanvaard", exact=True)).to_be_visible()
    expect(pagina.get_by_role("link", name=VOLGENDE)).to_be_visible()
    secretariaat.naar("/besluiten/?stand=uitgevoerd")
    assert "Geen besluit past bij deze filters." in pagina.locator("main").inner_text()


def test_the_pages_of_following_up_are_fit_to_be_seen(bezoek: Openen) -> None:
    secretariaat = bezoek(SECRETARIAAT)
    for pad, naam in (
        ("/", "tafel-vandaag"),
        ("/vergaderingen/lrt-volgende-2025/voorbereiden/", "tafel-voorbereiden"),
        ("/besluiten/", "tafel-besluiten"),
        ("/besluiten/lrt-2025-03-19-b03/", "tafel-besluit"),
        ("/actiepunten/lrt-2025-03-19-a23/verplaatsen/", "tafel-verplaatsen"),
        ("/actiepunten/lrt-2025-03-19-a23/splitsen/", "tafel-splitsen"),
        ("/actiepunten/lrt-2025-03-19-a23/overdragen/", "tafel-overdragen"),
        ("/maatregelen/2025-4-01/", "tafel-maatregel"),
        ("/actiepunten/?peildatum=2025-04-02", "tafel-actiepunten-toen"),
    ):
        secretariaat.naar(pad)
        secretariaat.bekijk(naam)


def test_words_are_read_while_they_are_typed(bezoek: Openen) -> None:
    dossierhouder = bezoek(AENM)
    pagina = dossierhouder.naar("/actiepunten/lrt-2025-03-19-a03/verplaatsen/")
    pagina.get_by_label("Nieuwe termijn").fill("uiterlijk 1 oktober 2027")
    expect(pagina.get_by_text("Gelezen als:")).to_be_visible()
    pagina.get_by_label("Reden").fill("Defensie besluit in september.")
    pagina.get_by_role("button", name="Verplaats", exact=True).click()
    assert "1 keer verplaatst" in pagina.locator("main").inner_text()
