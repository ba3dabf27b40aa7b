"""An organisation lets its own people in: the beheerder arranges it, somebody comes and leaves, in a real browser."""

import json
import os
import re
from collections.abc import Callable, Iterator

import pytest

from tests.toegang.aanbieder import CLIENT_ID, GEHEIM, Aanbieder, aanbieder
from tests.verhalen.conftest import Bezoek, Dienst, bedrijf, databank, in_bedrijf

AMT = {
    "email": "amt@minszw.nl",
    "email_verified": True,
    "title": "Adviseur SZW",
    "organisatie": "SZW",
    "rollen": ["lezers"],
}


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A product of its own, with the secret of the provider in its environment."""
    naam = f"verhalen_{os.getpid()}_aanmeldpunt"
    with databank(naam, geladen):
        opzet = bedrijf(naam, tmp_path_factory.mktemp("aanmelddienst"))
        opzet.omgeving["OIDC_GEHEIM_RIJK"] = GEHEIM
        with in_bedrijf(opzet) as draaiend:
            yield draaiend


@pytest.fixture(scope="module")
def bron(dienst: Dienst, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aanbieder]:
    """The provider, which knows the way back to this product."""
    terug = f"{dienst.adres}/inloggen/via/rijk/terug/"
    with aanbieder(tmp_path_factory.mktemp("aanbieder"), terug=terug) as draaiend:
        yield draaiend


def _neem_in_gebruik(baas: Bezoek, bron: Aanbieder) -> None:
    """The beheerder adds the provider, says what claims give, tries a sample, and takes it into use."""
    pagina = baas.naar("/")
    pagina.click("footer >> text=Inloggen via organisaties")
    assert "Er is nog geen aanmeldpunt." in pagina.inner_text("main")
    baas.bekijk("aanmeldpunten-leeg")
    pagina.click("text=Aanmeldpunt toevoegen")
    baas.bekijk("aanmeldpunt-nieuw")
    pagina.fill("[name=naam]", "Rijk")
    pagina.fill("[name=adresnaam]", "rijk")
    pagina.fill("[name=uitgever]", bron.adres)
    pagina.fill("[name=client_id]", CLIENT_ID)
    pagina.fill("[name=emaildomeinen]", "minszw.nl")
    pagina.fill("[name=tweedestapwaarden]", "mfa")
    pagina.click("text=Voeg toe")
    assert "Het aanmeldpunt is toegevoegd" in pagina.inner_text("main")
    baas.bekijk("aanmeldpunt-zonder-koppeling")
    pagina.click("text=Koppeling toevoegen")
    pagina.fill("[name=organisatiewaarde]", "SZW")
    pagina.fill("[name=rolwaarde]", "lezers")
    pagina.select_option(
        "[name=organisatie]", pagina.locator("[name=organisatie] option", has_text="SZW").first.get_attribute("value")
    )
    pagina.select_option("[name=rol]", "auditor")
    pagina.click("text=Voeg toe")
    assert "wie de aanbieder beheert, bepaalt dan wie hier alles mag of alles ziet" in pagina.inner_text("main")
    baas.fouten.clear()  # the refusal itself
    baas.bekijk("koppeling-geweigerd")
    pagina.select_option("[name=rol]", "lezer")
    pagina.click("text=Voeg toe")
    baas.bekijk("aanmeldpunt")
    pagina.click("text=Claims uitproberen")
    pagina.fill("[name=claims]", json.dumps({"sub": "amt", **AMT}))
    pagina.click("text=Bekijk wat iemand krijgt")
    assert "Wordt toegevoegd als nieuwe persoon." in pagina.inner_text("main")
    assert "Lezer bij SZW" in pagina.inner_text("main")
    baas.bekijk("aanmeldpunt-proef")
    pagina.click("nav[aria-label=Kruimelpad] >> text=Rijk")
    pagina.click("main >> text=Wijzigen")
    pagina.check("[name=actief]")
    pagina.click("text=Opslaan")
    assert "niet in gebruik" not in pagina.inner_text("h1")


def test_an_organisation_lets_its_own_people_in(bron: Aanbieder, dienst: Dienst, bezoek: Callable[..., Bezoek]) -> None:
    bron.zegt("amt", **AMT)
    _neem_in_gebruik(bezoek("beheer@voorbeeld.nl"), bron)

    # Somebody of SZW, who was never here, asks for a page and comes to it through the organisation.
    amt = bezoek()
    pagina = amt.naar("/mijn/")
    amt.bekijk("inloggen-met-organisatie")
    pagina.click("text=Inloggen met Rijk")
    pagina.wait_for_url(f"{bron.adres}/wie/*")
    pagina.fill("input[name=login]", "amt")
    pagina.click("button")
    pagina.wait_for_url(f"{dienst.adres}/mijn/")
    assert "Adviseur SZW" in pagina.inner_text("header")
    assert amt.fouten == []

    # Out here, and at the provider: then that one asks again who it is.
    pagina.click("text=Uitloggen")
    pagina.wait_for_url(f"{dienst.adres}/uitgelogd/rijk/")
    amt.bekijk("uitgelogd-via-organisatie")
    pagina.click("a:has-text('Uitloggen bij Rijk')")
    pagina.click("button[value=yes]")
    pagina.wait_for_url(f"{dienst.adres}/inloggen/*")
    pagina.click("text=Inloggen met Rijk")
    pagina.wait_for_url(f"{bron.adres}/wie/*")

    # The organisation says nothing of a role any more: known, and nothing to see.
    bron.zegt("amt", **{**AMT, "rollen": []})
    pagina.fill("input[name=login]", "amt")
    pagina.click("button")
    pagina.wait_for_url(f"{dienst.adres}/**")
    assert "rol" in pagina.inner_text("main")
    assert "Lezer bij SZW" not in pagina.inner_text("main")


def test_it_works_without_javascript_and_a_refusal_is_plain(
    bron: Aanbieder, dienst: Dienst, bezoek: Callable[..., Bezoek]
) -> None:
    bron.zegt("vreemd", **{**AMT, "email": "vreemd@elders.example"})
    vreemd = bezoek(javascript=False)
    pagina = vreemd.naar("/inloggen/")
    pagina.click("text=Inloggen met Rijk")
    pagina.wait_for_url(f"{bron.adres}/wie/*")
    pagina.fill("input[name=login]", "vreemd")
    pagina.click("button")
    pagina.wait_for_url(re.compile(r"/inloggen/via/rijk/terug/"))
    assert "Via Rijk kan hier niemand inloggen met een e-mailadres van elders.example." in pagina.inner_text("main")
    pagina.click("text=Terug naar inloggen")
    assert pagina.url == f"{dienst.adres}/inloggen/"
