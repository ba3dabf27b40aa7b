"""A ministry ends: the beheerder looks what moves, confirms, and the work stands with the successor."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek

BEHEER = "beheer@voorbeeld.nl"


def test_the_beheerder_lets_a_ministry_end_and_sees_what_became_of_it(bezoek: Callable[..., Bezoek]) -> None:
    mens = bezoek(BEHEER)
    pagina = mens.naar("/organisaties/ocw/")
    pagina.get_by_role("link", name="Opheffen").click()
    mens.bekijk("opheffen-kiezen")
    pagina.get_by_label("Opvolger").select_option(label="SZW, Ministerie van Sociale Zaken en Werkgelegenheid")
    pagina.get_by_text("Het werk verdelen over meer organisaties").click()
    pagina.get_by_label("Nog een overnemer").select_option(
        label="BZK, Ministerie van Binnenlandse Zaken en Koninkrijksrelaties"
    )
    pagina.get_by_role("button", name="Toon wat er verhuist").click()
    expect(pagina.get_by_role("heading", name="2. Wat er verhuist")).to_be_visible()
    keuze = pagina.get_by_label("Wie krijgt 2024-4-01")
    keuze.select_option(label="BZK")
    mens.bekijk("opheffen-verdelen")
    pagina.get_by_label("Waarop berust dit?").fill("Koninklijk besluit.")
    pagina.get_by_role("button", name="Hef OCW op en verhuis het werk").click()
    expect(pagina.get_by_text("OCW is opgeheven per")).to_be_visible()
    afloop = pagina.get_by_role("region", name="Opgeheven per")
    expect(afloop.get_by_text("1 naar BZK")).to_be_visible()
    mens.bekijk("opheffen-gedaan")
    # Whoever opens the old name is led on.
    mens.naar("/organisaties/ocw/")
    expect(pagina.get_by_text("Het open werk ligt nu bij SZW")).to_be_visible()
