"""A coördinator hands out roles within the own organisation, with a first and a last day, and nowhere else."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from maatregelen.publicatie import ZONE
from tests.verhalen.conftest import Bezoek, Dienst, eigen_dienst

COORDINATOR, DOSSIERHOUDER, PARTNER = (
    "coordinator.szw@voorbeeld.nl",
    "dossier.szw@voorbeeld.nl",
    "partner.vng@voorbeeld.nl",
)
VOOR_HET_RIJK = "/maatregelen/2023-1-01/"
BLAD = "/mijn/rolverdeling/"

Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A product of its own: who sees what changes in these stories."""
    with eigen_dienst(geladen, "rollen", tmp_path_factory.mktemp("rollen")) as draaiend:
        yield draaiend


def vandaag() -> datetime.date:
    """This day in the Netherlands."""
    return datetime.datetime.now(ZONE).date()


def geef(
    mens: Bezoek, email: str, rol: str, vanaf: datetime.date, tot: datetime.date | None, functie: str = ""
) -> Page:
    """Fill in the form for a role, with the keyboard, and send it."""
    pagina = mens.naar(BLAD)
    mens.tab_naar(pagina.get_by_label("E-mailadres"))
    pagina.keyboard.type(email)
    mens.tab_naar(pagina.get_by_label("Functie"))
    pagina.keyboard.type(functie)
    mens.tab_naar(pagina.get_by_label("Rol", exact=True))
    pagina.keyboard.type(rol)
    pagina.locator("form [name=vanaf]").fill(vanaf.isoformat())
    pagina.locator("form.formulier [name=tot]").fill(tot.isoformat() if tot else "")
    mens.toets(pagina.get_by_role("button", name="Geef rol"))
    return pagina


def regel(pagina: Page, email: str) -> Locator:
    """The line of somebody's role."""
    return pagina.locator("li.rolregel", has_text=email)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_coordinator_hands_out_a_role_for_a_while_and_ends_it(
    bezoek: Openen, dienst: Dienst, javascript: bool
) -> None:
    nu, nieuw = vandaag(), f"nieuw.{javascript}@voorbeeld.nl".lower()
    baas = bezoek(COORDINATOR, javascript=javascript, breedte=360)
    pagina = baas.naar("/mijn/")
    baas.toets(pagina.get_by_role("link", name="Rollen in uw organisatie"))
    expect(pagina.locator("h1")).to_have_text("Rollen in uw organisatie")
    wie = pagina.locator("li.rolregel", has_text="szw@voorbeeld.nl").all_inner_texts()
    assert {tekst.split("\n")[0] for tekst in wie} == {
        "Coördinator migratie bij SZW: coördinator bij SZW",
        "Dossierhouder migratie bij SZW: dossierhouder bij SZW",
    }
    # Of the own roles somebody else decides; the own organisation is all there is to choose.
    assert regel(pagina, COORDINATOR).get_by_role("button").count() == 0
    assert pagina.locator("select[name=organisatie] option").all_inner_texts() == ["SZW"]
    baas.bekijk(f"rolverdeling-{javascript}")
    pagina.set_viewport_size({"width": 360, "height": 900})

    # Somebody who is new is invited, and begins when it was said.
    morgen, eind = nu + datetime.timedelta(days=1), nu + datetime.timedelta(days=31)
    geef(baas, nieuw, "lezer", morgen, eind, "Nieuwe collega")
    expect(pagina.locator("main")).to_contain_text(f"vanaf {morgen:%d-%m-%Y}. {nieuw} krijgt een uitnodiging per mail.")
    expect(regel(pagina, nieuw)).to_contain_text("Nieuwe collega: lezer bij SZW")
    dienst.manage("shell", "--no-imports", "-c", (
        "from toegang.links import verstuur\nfrom django.utils import timezone\nverstuur(timezone.now())"
    ))  # fmt: skip
    assert len([tekst for tekst in dienst.mails() if f"To: {nieuw}\n" in tekst.replace("\r", "")]) == 1

    # Somebody of elsewhere sees what is for the Rijk from the first day on, until the role ends.
    partner = bezoek(PARTNER)
    partner.naar(VOOR_HET_RIJK, verwacht=404)
    geef(baas, PARTNER, "dossierhouder" if javascript else "coördinator", morgen, None)
    expect(pagina.locator("main")).to_contain_text(f"vanaf {morgen:%d-%m-%Y}.")
    partner.naar(VOOR_HET_RIJK, verwacht=404)
    geef(baas, PARTNER, "lezer", nu, None)
    expect(pagina.locator("main")).to_contain_text(f"vanaf {nu:%d-%m-%Y}.")
    partner.naar(VOOR_HET_RIJK)
    baas.bekijk(f"rolverdeling-gegeven-{javascript}")
    rij = regel(pagina, PARTNER).filter(has_text="lezer bij SZW")
    rij.locator("[name=tot]").fill(nu.isoformat())
    baas.toets(rij.get_by_role("button"))
    expect(pagina.locator("main")).to_contain_text(f"De rol eindigt per {nu:%d-%m-%Y}")
    expect(rij).to_have_count(0)
    partner.naar(VOOR_HET_RIJK, verwacht=404)


def test_not_for_another_organisation_and_no_role_above(bezoek: Openen, dienst: Dienst) -> None:
    nu = vandaag()
    baas = bezoek(COORDINATOR)
    pagina = baas.naar(BLAD)
    elders = dienst.manage("shell", "--no-imports", "-c", (
        "from maatregelen.models import Lidmaatschap, Organisatie\n"
        "print(Organisatie.objects.get(slug='ocw').pk, "
        "Lidmaatschap.objects.get(persoon__email='partner.vng@voorbeeld.nl', organisatie__slug='vng').pk)"
    )).split()  # fmt: skip
    csrf = pagina.locator("input[name=csrfmiddlewaretoken]").first.input_value()

    def stuur(**velden: str) -> tuple[int, str]:
        """What the server says of fields that the page does not offer."""
        antwoord = pagina.context.request.post(
            dienst.adres + BLAD,
            form={"csrfmiddlewaretoken": csrf, **velden},
            headers={"Referer": dienst.adres + BLAD},
        )
        return antwoord.status, antwoord.text()

    rol = {"email": DOSSIERHOUDER, "functie": "", "vanaf": nu.isoformat(), "tot": ""}
    status, tekst = stuur(**rol, organisatie=elders[0], rol="lezer")
    assert status == 422
    assert "U verdeelt rollen binnen uw eigen organisatie." in tekst
    eigen = str(pagina.locator("select[name=organisatie]").input_value())
    for boven in ("beheerder", "auditor", "secretariaat"):
        status, tekst = stuur(**rol, organisatie=eigen, rol=boven)
        assert status == 422
        assert "Deze rol geeft een beheerder." in tekst
    status, _ = stuur(lidmaatschap=elders[1], tot=nu.isoformat())
    assert status == 404
    status, tekst = stuur(**{**rol, "email": COORDINATOR}, organisatie=eigen, rol="dossierhouder")
    assert status == 422
    assert "Uw eigen rollen wijzigt een andere coördinator of een beheerder." in tekst
    # Nothing of it was done.
    telling = dienst.manage("shell", "--no-imports", "-c", (
        "from maatregelen.models import Lidmaatschap\n"
        "print(sorted(Lidmaatschap.objects.filter(persoon__email__in="
        "['dossier.szw@voorbeeld.nl', 'coordinator.szw@voorbeeld.nl'])"
        ".values_list('rol', 'organisatie__slug', 'tot')), "
        "Lidmaatschap.objects.get(organisatie__slug='vng').tot)"
    )).strip()  # fmt: skip
    assert telling == "[('coordinator', 'szw', None), ('dossierhouder', 'szw', None)] None"


@pytest.mark.parametrize("login", [DOSSIERHOUDER, PARTNER, None], ids=["dossierhouder", "partner", "nobody"])
def test_who_coordinates_nothing_hands_out_nothing(bezoek: Openen, login: str | None) -> None:
    vreemd = bezoek(login)
    vreemd.naar(BLAD, verwacht=403 if login else 200)
    if login is None:
        assert vreemd.pagina.url.startswith(f"{vreemd.dienst.adres}/inloggen/?next=")
    else:
        vreemd.fouten.clear()  # the browser itself reports the 403
        vreemd.bekijk("rolverdeling-geweigerd")
