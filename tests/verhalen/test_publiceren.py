"""Saying who may see a measure, and publishing it: what follows is shown first, and two people look.

With the keyboard alone; once with script at a desk, once without script on a phone.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.verhalen.conftest import Bezoek, Dienst, eigen_dienst

BEHEER, SECRETARIAAT, PARTNER, JENV, SZW = (
    f"{naam}@voorbeeld.nl" for naam in ("beheer", "secretariaat", "partner.vng", "dossier.aenm", "dossier.szw")
)
VAN_JENV = "/maatregelen/2026-7-01/"  # of the coalition agreement: for everybody, adopted
TAFEL = "/maatregelen/2024-2-03/"  # of the agenda of 2024: for the table

Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A product of its own: that two people must have looked holds for everybody in it."""
    with eigen_dienst(geladen, "publiceren", tmp_path_factory.mktemp("publiceren")) as draaiend:
        yield draaiend


def wat_er_verandert(pagina: Page) -> dict[str, tuple[str, str]]:
    """Per kind of reader what they see now and after; as shown before it is done."""
    expect(pagina.get_by_role("heading", name="Wat er verandert")).to_be_visible()
    rijen = pagina.locator(".voorbeeld tbody tr")
    return {
        rij.locator("th").inner_text().removesuffix(" verandert"): (
            rij.locator("td").nth(0).inner_text(),
            rij.locator("td").nth(1).inner_text(),
        )
        for rij in rijen.all()
    }


def ziet(bezoek: Openen, pad: str, **verwacht: int) -> None:
    """What somebody who opens that page now is answered; each in a window of their own."""
    for wie, status in verwacht.items():
        login = None if wie == "bezoeker" else f"{wie.replace('_', '.')}@voorbeeld.nl"
        bezoek(login).naar(pad, verwacht=status)


def zet(mens: Bezoek, daad: str, toelichting: str = "") -> Page:
    """Choose a step of publishing and say why, up to what would follow."""
    pagina = mens.pagina
    keuze = pagina.get_by_label(daad, exact=True)
    if not keuze.is_checked():
        mens.toets(keuze, "Space")
    mens.tab_naar(pagina.get_by_label("Toelichting"))
    pagina.keyboard.type(toelichting)
    mens.toets(pagina.get_by_role("button", name="Bekijk wat er verandert"))
    return pagina


def test_two_people_publish_a_measure_and_see_first_what_follows(bezoek: Openen) -> None:
    baas = bezoek(BEHEER)
    pagina = baas.naar("/beheer/publicatie/")
    baas.bekijk("publicatiebeleid")
    expect(pagina.get_by_label("Er is een openbaar deel")).to_be_checked()
    baas.toets(pagina.get_by_label("Vier ogen bij vaststellen"), "Space")
    baas.toets(pagina.get_by_role("button", name="Opslaan"))
    expect(pagina.get_by_text("Opgeslagen. Het geldt meteen.")).to_be_visible()

    # Who keeps the measure up takes it back: it is not for everybody any more, once that was confirmed.
    houder = bezoek(JENV)
    pagina = houder.naar(VAN_JENV)
    houder.toets(pagina.get_by_role("link", name="Vastgesteld", exact=True))
    expect(pagina.locator("h1")).to_have_text("Publicatie")
    expect(pagina.locator(".publicatienu")).to_have_text("Nu: vastgesteld")
    zet(houder, "Terug naar concept", "De tekst wordt herzien.")
    assert wat_er_verandert(pagina) == {
        "Iedereen, ook zonder in te loggen": ("2 maatregelen", "niets"),  # with its part
        "Partners aan de regietafel": ("2 maatregelen", "2 maatregelen"),
        "Het Rijk": ("2 maatregelen", "2 maatregelen"),
    }
    houder.bekijk("publicatie-terug")
    ziet(bezoek, VAN_JENV, bezoeker=200)
    houder.toets(pagina.get_by_role("button", name="Bevestig"))
    expect(pagina.get_by_text("Dit is nu concept.")).to_be_visible()
    ziet(bezoek, VAN_JENV, bezoeker=404, partner_vng=200, dossier_szw=200)

    # Submitted; who submitted it does not adopt it.
    houder.naar(f"{VAN_JENV}publicatie/")
    zet(houder, "Voorleggen ter vaststelling", "Herzien na overleg.")
    expect(pagina.locator(".voorbeeld")).to_contain_text("Voor het Rijk, partners en publiek verandert er niets")
    houder.toets(pagina.get_by_role("button", name="Bevestig"))
    expect(pagina.get_by_text("Dit is nu voorgelegd.")).to_be_visible()
    houder.naar(f"{VAN_JENV}publicatie/")
    zelf = "U hebt dit zelf voorgelegd. Hier gelden vier ogen"
    expect(pagina.locator("main")).to_contain_text(zelf)
    zet(houder, "Vaststellen")
    expect(pagina.locator(".utrecht-alert--error")).to_contain_text(zelf)
    assert pagina.get_by_role("button", name="Bevestig").count() == 0
    houder.fouten.clear()  # the browser itself reports the refusal
    houder.bekijk("publicatie-vier-ogen")
    ziet(bezoek, VAN_JENV, bezoeker=404)

    # Somebody else does, and says that everybody may read it.
    bureau = bezoek(SECRETARIAAT)
    pagina = bureau.naar(f"{VAN_JENV}publicatie/")
    expect(pagina.locator("main")).not_to_contain_text(zelf)
    zet(bureau, "Vaststellen")
    assert wat_er_verandert(pagina)["Iedereen, ook zonder in te loggen"] == ("niets", "2 maatregelen")
    bureau.toets(pagina.get_by_role("button", name="Bevestig"))
    expect(pagina.locator("main")).to_contain_text("Vink hieronder aan dat dit openbaar mag worden.")
    bureau.fouten.clear()  # the browser itself reports the refusal
    bureau.bekijk("publicatie-akkoord")
    ziet(bezoek, VAN_JENV, bezoeker=404)
    bureau.toets(pagina.get_by_label("Ja, dit mag openbaar worden."), "Space")
    bureau.toets(pagina.get_by_role("button", name="Bevestig"))
    expect(pagina.get_by_text("Dit is nu vastgesteld.")).to_be_visible()
    ziet(bezoek, VAN_JENV, bezoeker=200)
    bureau.naar(f"{VAN_JENV}publicatie/")
    stappen = [regel.split("\n")[0] for regel in pagina.locator(".publicatiestappen > li").all_inner_texts()]
    assert stappen == ["Concept", "Voorgelegd", "Vastgesteld"]
    bureau.bekijk("publicatie-stappen")


def test_who_does_not_keep_it_up_sees_how_far_it_is_and_takes_no_step(bezoek: Openen) -> None:
    for login in (PARTNER, SZW):
        vreemd = bezoek(login)
        pagina = vreemd.naar(TAFEL)
        csrf = pagina.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        assert pagina.locator("a[href$='/zichtbaarheid/']").count() == 0
        vreemd.naar(f"{TAFEL}publicatie/")
        expect(pagina.locator(".publicatienu")).to_have_text("Nu: concept")
        assert pagina.locator("main form[method=post]").count() == 0
        vreemd.bekijk("publicatie-vreemd")
        vreemd.naar(f"{TAFEL}zichtbaarheid/", verwacht=403)
        antwoord = pagina.context.request.post(
            f"{vreemd.dienst.adres}{TAFEL}publicatie/",
            form={"naar": "voorgelegd", "versie": "1", "csrfmiddlewaretoken": csrf},
            headers={"Referer": vreemd.dienst.adres + TAFEL},
        )
        assert antwoord.status == 403
        vreemd.naar(f"{TAFEL}publicatie/")
        expect(pagina.locator(".publicatienu")).to_have_text("Nu: concept")
    gast = bezoek()
    for pad in (f"{VAN_JENV}publicatie/", f"{VAN_JENV}zichtbaarheid/", "/beheer/publicatie/"):
        gast.naar(pad)
        assert gast.pagina.url == f"{gast.dienst.adres}/inloggen/?next={pad}"


def test_a_level_is_made_stricter_on_a_phone_without_script(bezoek: Openen) -> None:
    bureau = bezoek(SECRETARIAAT, javascript=False, breedte=360)
    pagina = bureau.naar(f"{TAFEL}zichtbaarheid/")
    expect(pagina.locator(".publicatienu")).to_have_text("Nu: de regietafel: Rijk en partners")
    # A part is never for more people than its whole: the agenda is for the table.
    keuzes = pagina.locator("input[name=zichtbaarheid]").evaluate_all("es => es.map(e => e.value)")
    assert keuzes == ["", "2", "1", "0"]
    gekozen = pagina.locator("input[name=zichtbaarheid]:checked")
    bureau.tab_naar(gekozen)
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("ArrowDown")
    expect(pagina.get_by_label("Het Rijk: ministeries en hun diensten")).to_be_checked()
    bureau.toets(pagina.get_by_role("button", name="Bekijk wat er verandert"))
    gevolg = wat_er_verandert(pagina)
    assert gevolg["Iedereen, ook zonder in te loggen"] == ("niets", "niets")
    nu, straks = gevolg["Partners aan de regietafel"]
    assert (nu.split(", ")[0], straks) == ("1 maatregel", "niets")
    assert gevolg["Het Rijk"] == (nu, nu)
    bureau.bekijk("zichtbaarheid-strenger")
    ziet(bezoek, TAFEL, partner_vng=200)  # looking changes nothing
    bureau.toets(pagina.get_by_role("button", name="Sla op"))
    expect(pagina.get_by_text("Opgeslagen. Dit is nu voor het Rijk.")).to_be_visible()
    ziet(bezoek, TAFEL, bezoeker=404, partner_vng=404, dossier_szw=200, auditor=200)
