"""Signed in as each demo person, and as nobody: each sees exactly the row of the table. In a browser."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek, Dienst, eigen_dienst

ALLE, TAFEL, OPENBAAR = (2026, 2025, 2024, 2023, 2018), (2026, 2025, 2024, 2018), (2026, 2018)
MAATREGELEN = ("/maatregelen/2023-1-01/", "/maatregelen/2024-2-03/", "/maatregelen/2026-4-05/")
BEHEER = ("Personen", "Herinneren", "Inloggen via organisaties", "Publicatie")


@dataclass(frozen=True)
class Rij:
    """What one person finds: agendas, how many measures, and a measure of 2023, 2024 and 2026."""

    agendas: tuple[int, ...]
    maatregelen: int
    paginas: tuple[int, int, int]
    zonder_trekker: int
    eigen: tuple[str, ...] = ()  # in the footer, beside what everybody finds there


TABEL: dict[str | None, Rij] = {
    None: Rij(OPENBAAR, 176, (404, 404, 200), 80),
    "partner.vng@voorbeeld.nl": Rij(TAFEL, 243, (404, 200, 200), 95),
    "dossier.aenm@voorbeeld.nl": Rij(ALLE, 322, (200, 200, 200), 95),
    "dossier.szw@voorbeeld.nl": Rij(ALLE, 322, (200, 200, 200), 95),
    "coordinator.szw@voorbeeld.nl": Rij(ALLE, 322, (200, 200, 200), 95),
    "secretariaat@voorbeeld.nl": Rij(ALLE, 322, (200, 200, 200), 95),
    "beheer@voorbeeld.nl": Rij(ALLE, 322, (200, 200, 200), 95, BEHEER),
    "auditor@voorbeeld.nl": Rij(ALLE, 322, (200, 200, 200), 95, ("Logboek",)),
}


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A product in which nobody worked yet: the figures of the table are those of the documents."""
    with eigen_dienst(geladen, "wie_ziet_wat", tmp_path_factory.mktemp("wie_ziet_wat")) as draaiend:
        yield draaiend


def test_the_table_has_every_demo_person(dienst: Dienst) -> None:
    gemaakt = dienst.manage("laad_demo").splitlines()[:-1]  # the last line is the password
    assert {*gemaakt, None} == set(TABEL)


@pytest.mark.parametrize("login", TABEL, ids=lambda login: login or "nobody")
def test_each_sees_exactly_the_row_of_the_table(bezoek: Callable[..., Bezoek], login: str | None) -> None:
    verwacht, mens = TABEL[login], bezoek(login)
    naam = (login or "bezoeker").partition("@")[0]
    pagina = mens.naar("/")
    expect(pagina.locator("h1")).to_contain_text("Vandaag")
    assert (pagina.locator(".kop__persoon").inner_text() == "Inloggen") is (login is None)
    vast = pagina.locator(".voet a").all_inner_texts()
    assert tuple(vast) == ("Organisaties", *verwacht.eigen, "Toegankelijkheid", "Privacy")
    kop = pagina.locator(".sectie__kop", has_text="Zonder trekker")
    assert re.findall(r"\d+", kop.inner_text()) == [str(verwacht.zonder_trekker)]
    mens.bekijk(f"vandaag-{naam}")

    mens.naar("/agendas/")
    adressen = pagina.locator("main a[href^='/agendas/20']").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert adressen == [f"/agendas/{jaar}/" for jaar in verwacht.agendas]
    mens.bekijk(f"agendas-{naam}")

    mens.naar("/maatregelen/")
    expect(pagina.get_by_text(f"{verwacht.maatregelen} maatregelen", exact=True).first).to_be_visible()

    for pad, status in zip(MAATREGELEN, verwacht.paginas, strict=True):
        mens.naar(pad, verwacht=status)
        titel = pagina.locator("h1").inner_text()
        assert (titel == "Deze pagina is er niet") is (status == 404)
    # A year that may not be seen is not to be found either, by its words or as a filter.
    mens.fouten.clear()  # the browser itself reports a 404
    for jaar in (2018, 2023, 2024, 2025, 2026):
        mens.naar(f"/agendas/{jaar}/", verwacht=200 if jaar in verwacht.agendas else 404)
    mens.fouten.clear()
