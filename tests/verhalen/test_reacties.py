"""A partner says what it thinks of a measure, from a moment it chooses: theirs alone until then, standing after it.

On a phone, with the keyboard, once with script and once without.
"""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from maatregelen.publicatie import ZONE
from tests.verhalen.conftest import Bezoek, Dienst, eigen_dienst

PARTNER, SZW = "partner.vng@voorbeeld.nl", "dossier.szw@voorbeeld.nl"
TEKST = "Gemeenten kunnen dit niet uitvoeren zonder geld vooraf."
REDEN = "Het kabinet betaalt vooraf."
WIJZIGEN, INTREKKEN = re.compile("^Wijzigen ?: reactie van VNG$"), re.compile("^Intrekken ?: reactie van VNG$")

Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A product in which nobody reacted yet."""
    with eigen_dienst(geladen, "reacties", tmp_path_factory.mktemp("reacties")) as draaiend:
        yield draaiend


def volgende_minuut(minstens: int) -> datetime.datetime:
    """The first whole minute in the Netherlands that is at least that many seconds away."""
    later = datetime.datetime.now(ZONE) + datetime.timedelta(seconds=minstens)
    return later.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)


def kies_moment(mens: Bezoek, moment: datetime.datetime) -> None:
    """Fill in from when others see it."""
    mens.pagina.locator("[name=embargo_dag]").fill(moment.date().isoformat())
    mens.pagina.locator("[name=embargo_tijd]").fill(f"{moment:%H:%M}")


def reacties(mens: Bezoek, pad: str) -> list[str]:
    """What stands among the reactions of a measure for this person now."""
    return [regel.inner_text() for regel in mens.naar(pad).locator("#reacties .reactie").all()]


@pytest.mark.parametrize(
    ("javascript", "pad"),
    [(True, "/maatregelen/2024-4-01/"), (False, "/maatregelen/2025-5-03/")],
    ids=["with script", "without script"],
)
def test_a_partner_dissents_from_a_moment_it_chooses_and_takes_it_back(
    bezoek: Openen, javascript: bool, pad: str
) -> None:
    vng = bezoek(PARTNER, javascript=javascript, breedte=360)
    vreemd, gast = bezoek(SZW), bezoek()
    pagina = vng.naar(pad)
    status = pagina.locator("#status").inner_text()
    vng.toets(pagina.get_by_role("link", name="Reactie geven"))
    expect(pagina.locator("h1")).to_have_text("Reactie geven")
    vng.bekijk(f"reactie-nieuw-{javascript}")
    pagina.set_viewport_size({"width": 360, "height": 900})
    assert pagina.locator("select[name=organisatie]").count() == 0  # speaks for one organisation

    # Nothing that was typed is lost when a field is wrong.
    vng.tab_naar(pagina.get_by_label("Reactie", exact=True))
    pagina.keyboard.press("ArrowDown")
    vng.tab_naar(pagina.locator("[name=tekst]"))
    pagina.keyboard.type(TEKST)
    kies_moment(vng, datetime.datetime(2020, 1, 1, 9, tzinfo=ZONE))
    vng.toets(pagina.get_by_role("button", name="Dien in"))
    expect(pagina.locator("main")).to_contain_text("Kies een moment in de toekomst")
    expect(pagina.locator("[name=tekst]")).to_have_value(TEKST)
    expect(pagina.get_by_label("Afwijkend standpunt")).to_be_checked()
    vng.fouten.clear()  # the refusal itself
    vng.bekijk(f"reactie-fout-{javascript}")

    morgen = datetime.datetime.now(ZONE).replace(hour=9, minute=0) + datetime.timedelta(days=1)
    kies_moment(vng, morgen)
    vng.toets(pagina.get_by_role("button", name="Dien in"))
    expect(pagina.locator("main")).to_contain_text("De reactie is ingediend. Anderen zien haar vanaf")
    [eigen] = reacties(vng, pad)
    assert TEKST in eigen
    assert "afwijkend standpunt" in eigen
    assert reacties(vreemd, pad) == []
    assert TEKST not in vreemd.naar("/").content()

    # It can be changed as long as nobody else saw it: to a moment that is almost there. Nobody else knows its address.
    wijzigen = pagina.get_by_role("link", name=WIJZIGEN)
    adres = str(wijzigen.get_attribute("href"))
    assert re.fullmatch(r"/reacties/\d+/wijzigen/", adres)
    vreemd.naar(adres, verwacht=404)
    vreemd.fouten.clear()  # the browser itself reports the 404
    vng.toets(wijzigen)
    expect(pagina.locator("h1")).to_have_text("Reactie wijzigen")
    moment = volgende_minuut(minstens=15)
    kies_moment(vng, moment)
    vng.toets(pagina.get_by_role("button", name="Opslaan"))
    expect(pagina.locator("main")).to_contain_text(f"{moment.hour}.{moment:%M} uur")
    assert reacties(vreemd, pad) == []
    assert datetime.datetime.now(ZONE) < moment, "this machine was too slow to look before the moment"
    _wacht(pagina, moment)

    # From that moment on it stands beside the status for who sees the measure, and is not changed any more.
    [andermans] = reacties(vreemd, pad)
    assert TEKST in andermans
    assert "afwijkend standpunt" in andermans
    assert vreemd.pagina.get_by_role("link", name=INTREKKEN).count() == 0
    vreemd.bekijk(f"maatregel-met-reactie-{javascript}")
    vreemd.naar(adres, verwacht=403)
    vreemd.naar(adres.replace("wijzigen", "intrekken"), verwacht=403)
    vreemd.fouten.clear()  # the browser itself reports the 403
    gast.naar(pad, verwacht=404)
    reacties(vng, pad)
    assert pagina.locator("#status").inner_text() == status
    assert pagina.get_by_role("link", name=WIJZIGEN).count() == 0

    # Withdrawn with a reason, for everybody to read.
    vng.toets(pagina.get_by_role("link", name=INTREKKEN))
    expect(pagina.locator("h1")).to_have_text("Reactie intrekken")
    vng.bekijk(f"reactie-intrekken-{javascript}")
    vng.toets(pagina.get_by_role("button", name="Trek in"))
    expect(pagina.locator("main")).to_contain_text("Schrijf waarom uw organisatie deze reactie intrekt.")
    vng.fouten.clear()  # the refusal itself
    vng.tab_naar(pagina.get_by_label("Reden"))
    pagina.keyboard.type(REDEN)
    vng.toets(pagina.get_by_role("button", name="Trek in"))
    expect(pagina.locator("main")).to_contain_text("De reactie is ingetrokken.")
    for mens in (vng, vreemd):
        [ingetrokken] = reacties(mens, pad)
        assert REDEN in ingetrokken
        assert "ingetrokken" in ingetrokken
        assert mens.pagina.get_by_role("link", name=INTREKKEN).count() == 0
    vreemd.bekijk(f"maatregel-ingetrokken-{javascript}")


def _wacht(pagina: Page, moment: datetime.datetime) -> None:
    """Until that moment is there."""
    over = (moment - datetime.datetime.now(ZONE)).total_seconds()
    pagina.wait_for_timeout(max(0.0, over) * 1000 + 50)


def test_who_is_nobody_here_files_nothing(bezoek: Openen, dienst: Dienst) -> None:
    gast = bezoek()
    gast.naar("/maatregelen/2026-4-05/reacties/nieuw/")
    assert gast.pagina.url.startswith(f"{dienst.adres}/inloggen/?next=")
    gast.naar("/maatregelen/2026-4-05/")
    assert gast.pagina.get_by_role("link", name="Reactie geven").count() == 0
    auditor = bezoek("auditor@voorbeeld.nl")  # reads all, speaks for nobody
    auditor.naar("/maatregelen/2026-4-05/")
    assert auditor.pagina.get_by_role("link", name="Reactie geven").count() == 0
    auditor.naar("/maatregelen/2026-4-05/reacties/nieuw/", verwacht=403)
    auditor.fouten.clear()  # the browser itself reports the 403
    auditor.bekijk("geen-toegang")
