"""Reminding as people set it: the steps by the beheerder; mail, a deputy and a rest by the one who gets the mail."""

import datetime
import re
from collections.abc import Callable

from playwright.sync_api import expect

from maatregelen.templatetags.opmaak import datum
from maatregelen.werkdagen import werkdag_tot
from tests.verhalen.conftest import Bezoek

AENM = "dossier.aenm@voorbeeld.nl"
SZW = "dossier.szw@voorbeeld.nl"
SECRETARIAAT = "secretariaat@voorbeeld.nl"
PARTNER = "partner.vng@voorbeeld.nl"
BEHEER = "beheer@voorbeeld.nl"

Openen = Callable[..., Bezoek]


def test_the_beheerder_sets_the_steps_and_goes_back(bezoek: Openen) -> None:
    beheer = bezoek(BEHEER)
    pagina = beheer.naar("/")
    pagina.get_by_role("link", name="Herinneren", exact=True).click()
    beheer.bekijk("herinneren")
    pagina.get_by_role("link", name=re.compile("wijzigen voor streven, op de dag")).click()
    expect(pagina.get_by_role("heading", name="Streven, op de dag")).to_be_visible()
    beheer.bekijk("herinnerregel")

    pagina.get_by_label("Dagen vooraf").fill("30, veertien")
    pagina.get_by_role("button", name="Opslaan").click()
    expect(pagina.get_by_role("alert")).to_contain_text("'veertien' is geen aantal dagen.")
    expect(pagina.get_by_label("Dagen vooraf")).to_have_value("30, veertien")
    beheer.fouten.clear()  # the browser itself reports the 422
    beheer.bekijk("herinnerregel-fout")

    pagina.get_by_label("Dagen vooraf").fill("21, 7, 0")
    pagina.get_by_role("button", name="Bekijk eerst").click()
    expect(pagina.get_by_text("Nog niet opgeslagen.")).to_be_visible()
    vandaag = datetime.date.today()  # noqa: DTZ011  the server runs on this machine
    uiterste = datetime.date(vandaag.year, 12, 30)
    if vandaag > uiterste:
        uiterste = uiterste.replace(year=vandaag.year + 1)
    een, twee, drie = (werkdag_tot(uiterste - datetime.timedelta(days=dagen)) for dagen in (21, 7, 0))
    expect(pagina.locator(".regelblad__zin")).to_contain_text(
        f"Een termijn op {datum(uiterste)}: herinneringen op {datum(een)}, {twee.day} december en {drie.day} december"
    )
    pagina.get_by_role("button", name="Opslaan").click()
    rij = pagina.get_by_role("row", name=re.compile("^Op de dag"))
    expect(rij.get_by_text("21, 7, 0")).to_be_visible()
    expect(rij.get_by_text("aangepast")).to_be_visible()
    beheer.bekijk("herinneren-aangepast")

    pagina.get_by_role("link", name=re.compile("^terug naar de eigen instelling")).click()
    pagina.get_by_role("button", name="Zet terug").click()
    expect(pagina.get_by_text("Alles staat op de eigen instelling van de Regiemonitor.")).to_be_visible()
    for soort in ("wettelijk/ruim", "norm/vaag", "toezegging/maand"):
        beheer.naar(f"/beheer/herinneren/{soort}/")
        beheer.bekijk(f"herinnerregel-{soort.replace('/', '-')}")


def test_the_beheerder_sets_a_chain_and_a_chief(bezoek: Openen) -> None:
    beheer = bezoek(BEHEER)
    pagina = beheer.naar("/beheer/escalatie/")
    beheer.bekijk("escalatie")
    pagina.goto(f"{beheer.dienst.adres}/organisaties/szw/wijzigen/")
    pagina.get_by_role("link", name="escalatie van SZW").click()
    expect(pagina.get_by_text("Er is geen leidinggevende ingevuld").first).to_be_visible()
    beheer.bekijk("escalatie-organisatie")
    pagina.get_by_label("Stap 1: na hoeveel dagen").fill("10")
    pagina.get_by_role("button", name="Opslaan").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Kies naar wie.")
    beheer.fouten.clear()  # the browser itself reports the 422
    beheer.bekijk("escalatie-fout")
    pagina.get_by_label("Stap 1: naar wie").select_option(label="de leidinggevende van de dossierhouder")
    pagina.get_by_role("button", name="Opslaan").click()
    expect(pagina.get_by_text("SZW heeft eigen stappen.")).to_be_visible()

    pagina.goto(f"{beheer.dienst.adres}/personen/")
    pagina.get_by_role("row", name=re.compile(re.escape(SZW))).get_by_role("link").click()
    pagina.get_by_text("Leidinggevende wijzigen").first.click()
    formulier = pagina.locator("form:has(input[name=leiding_van])").first
    keuze = formulier.locator("option", has_text=AENM).get_attribute("value")
    formulier.locator("select").select_option(keuze)
    beheer.bekijk("persoon-leidinggevende")
    formulier.get_by_role("button").click()
    expect(pagina.get_by_text(re.compile("^Leidinggevende bij SZW"))).to_be_visible()
    beheer.naar("/organisaties/szw/escalatie/")
    assert "Er is geen leidinggevende ingevuld" not in pagina.locator("main").inner_text()
    pagina.get_by_role("button", name="Gebruik de algemene stappen").click()
    expect(pagina.get_by_text("De algemene stappen gelden.").first).to_be_visible()
    beheer.naar("/personen/")
    vreemd = bezoek(SECRETARIAAT)
    for pad in (
        "/beheer/herinneren/",
        "/beheer/herinneren/norm/dag/",
        "/beheer/escalatie/",
        "/organisaties/szw/escalatie/",
    ):
        vreemd.naar(pad, verwacht=403)


def test_a_dossierhouder_has_mail_as_they_like_it(bezoek: Openen) -> None:
    mens = bezoek(SZW)
    pagina = mens.naar("/mijn/")
    pagina.get_by_role("link", name="Mail, vervanging en uitstel").click()
    mens.bekijk("mijn-berichten")
    pagina.get_by_label(re.compile("Eén overzicht per werkdag")).first.check()
    pagina.get_by_role("button", name="Opslaan").click()
    expect(pagina.get_by_text("Opgeslagen. Dit geldt vanaf het volgende bericht.")).to_be_visible()
    expect(pagina.get_by_label(re.compile("Eén overzicht per werkdag")).first).to_be_checked()

    morgen = datetime.date.today() + datetime.timedelta(days=1)  # noqa: DTZ011  as the server sees it
    formulier = pagina.locator("form:has(button[name=plan])")
    keuze = formulier.locator("option", has_text=AENM).get_attribute("value")
    formulier.get_by_label("Van", exact=True).fill(str(morgen))
    formulier.get_by_label("Tot en met").fill(str(morgen - datetime.timedelta(days=3)))
    formulier.locator("select").select_option(keuze)
    formulier.get_by_role("button", name="Plan vervanging").click()
    expect(pagina.get_by_role("alert")).to_contain_text("De laatste dag kan niet voor de eerste liggen.")
    mens.fouten.clear()  # the browser itself reports the 422
    formulier.get_by_label("Tot en met").fill(str(morgen + datetime.timedelta(days=7)))
    formulier.get_by_role("button", name="Plan vervanging").click()
    expect(pagina.get_by_role("button", name=re.compile("^Gaat niet door"))).to_be_visible()
    mens.bekijk("mijn-berichten-vervanger")

    vervanger = bezoek(AENM)
    vervanger.naar("/mijn/berichten/")
    expect(vervanger.pagina.get_by_role("heading", name="U vervangt")).to_be_visible()
    pagina.get_by_role("button", name=re.compile("^Gaat niet door")).click()
    expect(pagina.get_by_text("De vervanging is gestopt.")).to_be_visible()


def test_a_deadline_rests_and_others_see_why(bezoek: Openen) -> None:
    mens = bezoek(AENM)
    pagina = mens.naar("/maatregelen/2025-2-01/")
    link = pagina.get_by_role("link", name=re.compile("^Herinneringen uitstellen")).first
    plek = link.get_attribute("href")
    link.click()
    mens.bekijk("uitstellen")
    tot = datetime.date.today() + datetime.timedelta(days=14)  # noqa: DTZ011  as the server sees it
    pagina.get_by_label("Tot", exact=True).fill(str(tot + datetime.timedelta(days=200)))
    pagina.get_by_label("Reden").fill("De Raad van State adviseert eind deze maand.")
    pagina.get_by_role("button", name="Stel uit").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Uitstellen kan")
    expect(pagina.get_by_label("Reden")).to_have_value("De Raad van State adviseert eind deze maand.")
    mens.fouten.clear()  # the browser itself reports the 422
    pagina.get_by_label("Tot", exact=True).fill(str(tot))
    pagina.get_by_role("button", name="Stel uit").click()
    expect(pagina.get_by_text("U hebt uw herinneringen uitgesteld tot").first).to_be_visible()

    lezer = bezoek(PARTNER)
    tekst = lezer.naar("/maatregelen/2025-2-01/").locator("main").inner_text()
    assert re.search(r"heeft de herinneringen uitgesteld tot .*: De Raad van State adviseert eind deze maand\.", tekst)
    assert "de escalatie gaat door" in tekst
    lezer.bekijk("maatregel-uitgesteld")
    assert plek is not None
    lezer.naar(plek, verwacht=403)
    mens.naar("/mijn/berichten/#uitgesteld")
    mens.bekijk("mijn-berichten-uitstel")
    pagina.get_by_role("button", name=re.compile("^Weer aanzetten")).click()
    expect(pagina.get_by_text("U hebt niets uitgesteld.")).to_be_visible()
