"""The secretariaat makes a onepager in one click, sees it made, gets the file, and checks its number from paper."""

import io
import re
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek, Dienst

SECRETARIAAT = "secretariaat@voorbeeld.nl"
Openen = Callable[..., Bezoek]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_onepager_in_one_click_and_its_number_confirmed(bezoek: Openen, dienst: Dienst, javascript: bool) -> None:
    mens = bezoek(SECRETARIAAT, javascript=javascript)
    pagina = mens.naar("/maatregelen/2024-2-03/")
    pagina.get_by_role("button", name="Onepager (PDF)").click()
    # No worker runs yet: the page says that it waits.
    expect(pagina.get_by_text("Het stuk wordt gemaakt.")).to_be_visible()
    expect(pagina.get_by_role("progressbar")).to_be_visible()
    if javascript:
        mens.bekijk("stuk-wacht")
    worker = dienst.start("celery", "-A", "migratie", "worker", "--pool", "solo", "--loglevel", "WARNING")
    try:
        with pagina.expect_download(timeout=60_000) as bezorgd:
            pass
        pad = bezorgd.value.path()
        assert re.fullmatch(r"onepager-2024-2-03-\d{4}-\d{2}-\d{2}\.pdf", bezorgd.value.suggested_filename)
        lezer = pypdf.PdfReader(io.BytesIO(pad.read_bytes()))
        assert lezer.metadata is not None
        assert lezer.metadata.title == "Verdeelbesluit opvangopgave nemen op basis van verslagen"
        getal = re.search(r"controlegetal ((?:[0-9a-f]{4} ?){4})", lezer.pages[0].extract_text())
        assert getal is not None
        expect(pagina.get_by_role("link", name="Download PDF")).to_be_visible()
        if javascript:
            mens.bekijk("stuk-klaar")
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    mens.naar("/stukken/")
    if javascript:
        mens.bekijk("stukken")
    pagina.get_by_role("link", name="Controleer een stuk op papier").click()
    pagina.get_by_label("Controlegetal").fill(getal[1])
    pagina.get_by_role("button", name="Controleer").click()
    expect(pagina.get_by_text("Dit stuk is hier gemaakt, en de gegevens van dat moment")).to_be_visible()
    expect(pagina.get_by_text("Maatregel 2024-2-03: Verdeelbesluit opvangopgave nemen").first).to_be_visible()
    if javascript:
        mens.bekijk("stuk-controle")
        mens.naar("/vergaderingen/lrt-2025-03-19/stukken/")
        mens.bekijk("vergadering-stukken")
