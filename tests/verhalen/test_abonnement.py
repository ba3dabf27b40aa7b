"""A partner puts termijnen in the own calendar: makes an address, a program fetches it, it is revoked."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import icalendar
import pytest
from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek, Dienst

PARTNER = "partner.vng@voorbeeld.nl"
SZW = "dossier.szw@voorbeeld.nl"

Openen = Callable[..., Bezoek]


def haal(adres: str) -> tuple[int, bytes]:
    """What a program gets at an address: it has no cookies and no browser."""
    try:
        with urllib.request.urlopen(adres, timeout=15) as antwoord:
            return antwoord.status, antwoord.read()
    except urllib.error.HTTPError as fout:
        with fout:
            return fout.code, fout.read()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_an_address_is_made_fetched_and_revoked(bezoek: Openen, dienst: Dienst, javascript: bool) -> None:
    mens = bezoek(PARTNER, javascript=javascript)
    pagina = mens.naar("/agendas/2024/")
    pagina.get_by_role("link", name="Kalender en feed").click()
    expect(pagina).to_have_url(f"{dienst.adres}/mijn/abonnementen/?agenda=2024")
    assert pagina.get_by_label("Waarvan?").input_value() == "agenda:2024"
    if javascript:
        mens.bekijk("abonnementen-leeg")
    pagina.get_by_role("button", name="Maak adres").click()
    nieuw = pagina.get_by_role("region", name=re.compile("^Uw nieuwe adres"))
    kalender = nieuw.get_by_label("Kalender", exact=True).input_value()
    feed = nieuw.get_by_label("Feed met wijzigingen", exact=True).input_value()
    assert nieuw.get_by_role("link", name="Open meteen").get_attribute("href") == kalender.replace("http", "webcal", 1)
    knoppen = nieuw.get_by_role("button", name=re.compile("^Kopieer"))
    assert knoppen.count() == (2 if javascript else 0)
    if javascript:
        expect(pagina.locator("#kop-nieuw")).to_be_focused()
        pagina.context.grant_permissions(["clipboard-write"], origin=dienst.adres)
        knoppen.first.click()
        expect(pagina.get_by_text("Het adres is gekopieerd.")).to_be_attached()
        # Pages may not read the clipboard (Permissions-Policy); who pasted it in a field of their own sees it there.
        plakveld = "const veld = document.createElement('textarea'); document.body.append(veld); veld.focus()"
        pagina.evaluate(plakveld)
        pagina.keyboard.press("Control+V")
        assert pagina.evaluate("document.activeElement.value") == kalender
        pagina.evaluate("document.activeElement.remove()")
        mens.bekijk("abonnementen-nieuw")

    code, inhoud = haal(kalender)
    gebeurtenissen = icalendar.Calendar.from_ical(inhoud).events
    besluit = next(rij for rij in gebeurtenissen if "/maatregelen/2024-2-03/" in str(rij["URL"]))
    assert (code, str(besluit["DTSTART"].dt), str(besluit["DTEND"].dt)) == (200, "2024-12-30", "2024-12-31")
    code, inhoud = haal(feed)
    assert (code, b"<feed " in inhoud) == (200, True)

    mens.naar("/mijn/")
    pagina.get_by_role("link", name="Kalender en feed").click()
    assert kalender not in pagina.content()
    regel = pagina.get_by_role("listitem").filter(has_text="laatst gebruikt op").first
    regel.get_by_role("link", name=re.compile("^Intrekken")).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Adres intrekken")
    if javascript:
        mens.bekijk("abonnement-intrekken")
    assert haal(kalender)[0] == 200
    pagina.get_by_role("button", name="Trek in").click()
    expect(pagina.get_by_text("Het adres is ingetrokken")).to_be_visible()
    assert [haal(adres)[0] for adres in (kalender, feed)] == [404, 404]
    assert pagina.locator("main").inner_text().count("laatst gebruikt op") == 0


def test_another_address_for_the_same(bezoek: Openen, dienst: Dienst) -> None:
    mens = bezoek(SZW)
    pagina = mens.naar("/mijn/abonnementen/?organisatie=szw")
    pagina.get_by_role("button", name="Maak adres").click()
    oud = pagina.get_by_label("Kalender", exact=True).input_value()
    pagina.get_by_role("link", name=re.compile("^Nieuw adres voor SZW")).click()
    mens.bekijk("abonnement-vernieuwen")
    pagina.get_by_role("button", name="Maak nieuw adres").click()
    nieuw = pagina.get_by_label("Kalender", exact=True).input_value()
    assert [haal(adres)[0] for adres in (oud, nieuw)] == [404, 200]
    mens.naar("/mijn/abonnementen/")
    mens.bekijk("abonnementen-lijst")
