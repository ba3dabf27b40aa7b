"""The log as the auditor walks it: search, look at one line, take along; with and without script, narrow and wide."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.verhalen.conftest import Bezoek, Dienst

AUDITOR = "auditor@voorbeeld.nl"
BEHEER = "beheer@voorbeeld.nl"
SZW = "dossier.szw@voorbeeld.nl"

Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def _gebeurd(dienst: Dienst) -> None:
    """Somebody changed a measure, somebody tried a password, and what came so far is sealed and checked."""
    dienst.manage("shell", "--no-imports", "-c", (
        "import pghistory\n"
        "from django.utils import timezone\n"
        "from logboek.bron import Bron, vanuit\n"
        "from logboek.models import Actie, Oorsprong, Resultaat\n"
        "from logboek.schrijven import Onderwerp, schrijf\n"
        "from logboek.tasks import controleer_logboek\n"
        "from logboek.verzegelen import verzegel\n"
        "from maatregelen.models import Organisatie, Persoon\n"
        f"wie = Persoon.objects.get(email='{BEHEER}')\n"
        "with pghistory.context(user=wie.pk, url='/organisaties/vng/wijzigen/', oorsprong='pagina',\n"
        "                       bron=['192.0.2.44', 'Proefbrowser']):\n"
        "    vng = Organisatie.objects.get(slug='vng')\n"
        "    oud, vng.naam = vng.naam, 'Vereniging van Proefgemeenten'\n"
        "    vng.save()\n"
        "    vng.naam = oud\n"
        "    vng.save()\n"
        "with vanuit(Bron(Oorsprong.PAGINA, '2001:db8:85a3:8d3:1319:8a2e:370:7348', 'Proefbrowser')):\n"
        "    schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.MISLUKT, moment=timezone.now())\n"
        "    for nummer in range(60):\n"
        "        schrijf(actie=Actie.UITVOEREN, resultaat=Resultaat.GELUKT, moment=timezone.now(), actor=wie,\n"
        "                over=Onderwerp('stuk_bestand', f'=SOM({nummer})', f'Onepager {nummer}'),\n"
        "                details={'antwoord': 200})\n"
        "verzegel(moment=timezone.now())\n"
        "controleer_logboek()\n"
    ))  # fmt: skip


def filters(pagina: Page) -> None:
    """The filters are folded away on a narrow screen."""
    if not pagina.get_by_label("Soort object").is_visible():
        pagina.locator(".filters__knop > summary").click()


def opgehaald(pagina: Page, knop: str) -> str:
    with pagina.expect_download() as download:
        pagina.get_by_role("button", name=knop).click()
    return download.value.path().read_bytes().decode()


@pytest.mark.usefixtures("_gebeurd")
@pytest.mark.parametrize("breedte", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_auditor_searches_opens_a_line_and_takes_it_along(bezoek: Openen, javascript: bool, breedte: int) -> None:
    mens = bezoek(AUDITOR, javascript=javascript)
    pagina = mens.pagina
    pagina.set_viewport_size({"width": breedte, "height": 900})

    # Where it is, and how the chain stands.
    mens.naar("/logboek/")
    expect(pagina.get_by_role("heading", name="Logboek", exact=True)).to_be_visible()
    expect(pagina.get_by_text("alles klopte")).to_be_visible()
    regels = pagina.locator(".logboek__regel")
    expect(regels).to_have_count(50)

    # Leafing: what is older, and back.
    nieuwste = regels.first.inner_text()
    pagina.get_by_role("link", name="Eerdere regels").click()
    expect(pagina.get_by_role("heading", name="Eerdere regels")).to_be_visible()
    assert regels.first.inner_text() != nieuwste
    pagina.get_by_role("link", name="Naar het begin").click()
    expect(pagina.get_by_role("heading", name="Regels", exact=True)).to_be_visible()

    # Searching: by who, what and kind.
    filters(pagina)
    pagina.get_by_label(re.compile(r"^Wie\b")).fill("beheer@")
    pagina.get_by_label("Soort object").select_option("organisatie")
    pagina.get_by_label(re.compile(r"^Wat\b")).select_option("update")
    pagina.get_by_role("button", name="Toon").click()
    expect(regels).to_have_count(2)
    expect(regels.first).to_contain_text("vanaf 192.0.2.44")

    # One line, with what it changed.
    pagina.locator(".logboek__wat a").last.click()
    expect(pagina.get_by_text("Vereniging van Proefgemeenten", exact=True)).to_be_visible()
    expect(pagina.get_by_text("192.0.2.44").first).to_be_visible()
    if javascript:
        mens.bekijk(f"logregel-{breedte}")
        pagina.set_viewport_size({"width": breedte, "height": 900})
    pagina.get_by_role("navigation", name="Kruimelpad").get_by_role("link", name="Logboek").click()

    # What does not exist, and what cannot be.
    filters(pagina)
    pagina.get_by_label(re.compile(r"^Object\b")).fill("bestaat nergens")
    pagina.get_by_role("button", name="Toon").click()
    expect(pagina.get_by_text("Geen regel past bij dit filter.")).to_be_visible()
    if javascript:
        mens.bekijk(f"logboek-niets-{breedte}")
        pagina.set_viewport_size({"width": breedte, "height": 900})
    mens.naar("/logboek/?van=2026-03-02&tot=2026-03-01")
    expect(pagina.get_by_text("De laatste dag ligt voor de eerste.").first).to_be_visible()
    if javascript:
        mens.bekijk(f"logboek-fout-{breedte}")
        pagina.set_viewport_size({"width": breedte, "height": 900})

    # Taking along what was searched for: the whole of it, and no formulas.
    mens.naar("/logboek/?soort=stuk_bestand")
    expect(regels).to_have_count(50)
    rijen = list(csv.DictReader(io.StringIO(opgehaald(pagina, "Haal op als CSV").removeprefix("\ufeff"), newline="")))
    assert {rij["sleutel"] for rij in rijen} == {f"'=SOM({nummer})" for nummer in range(60)}
    assert {rij["wie"] for rij in rijen} == {"Functioneel beheerder"}
    regels_json = [json.loads(regel) for regel in opgehaald(pagina, "Haal op als JSON-regels").splitlines()]
    assert {regel["sleutel"] for regel in regels_json} == {f"=SOM({nummer})" for nummer in range(60)}

    # That it was taken along is a line itself.
    mens.naar("/logboek/?actie=logboek_uitvoeren")
    expect(regels.first).to_contain_text("Auditor")
    pagina.locator(".logboek__wat a").first.click()
    expect(pagina.get_by_text("jsonl", exact=True)).to_be_visible()


@pytest.mark.usefixtures("_gebeurd")
def test_the_log_is_read_at_every_width_and_on_paper(bezoek: Openen) -> None:
    mens = bezoek(AUDITOR)
    pagina = mens.naar("/logboek/")
    mens.bekijk("logboek")
    pagina.set_viewport_size({"width": 794, "height": 1123})
    pagina.emulate_media(media="print")
    for knop in ("Haal op als CSV", "Toon"):
        expect(pagina.get_by_role("button", name=knop)).to_be_hidden()
    expect(pagina.locator(".logboek__regel").first).to_be_visible()
    mens.foto("logboek-druk")
    pagina.emulate_media(media="screen")
    # By keyboard alone: from the first line to its page.
    pagina.locator(".logboek__wat a").first.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Gegevens")).to_be_visible()


@pytest.mark.usefixtures("_gebeurd")
def test_nobody_else_gets_there(bezoek: Openen) -> None:
    for wie in (BEHEER, SZW):
        mens = bezoek(wie)
        expect(mens.pagina.get_by_role("link", name="Logboek", exact=True)).to_have_count(0)
        mens.naar("/logboek/", verwacht=403)
