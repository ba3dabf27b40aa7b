"""Getting in, walked in a browser: a second step by app, recovery code and passkey; sessions; a password of one's own.

A product of its own, because here the second step is asked for, and on the name localhost, because a passkey is tied to
a name. Its cache server is a dead address: signing in needs none.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.verhalen.conftest import WACHTWOORD, Bezoek, Dienst, bedrijf, beeldenmap, databank, in_bedrijf

BEHEER, SECRETARIAAT, PARTNER, SZW = (
    f"{naam}@voorbeeld.nl" for naam in ("beheer", "secretariaat", "partner.vng", "dossier.szw")
)
NIEUW = "een wachtwoord dat van mij is"

Openen = Callable[[], Bezoek]


@pytest.fixture(scope="module")
def streng(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """The product with the second step asked for as the roles say: of the beheerder."""
    naam = f"{geladen}_streng"
    with databank(naam, geladen):
        dienst = bedrijf(naam, tmp_path_factory.mktemp("streng"))
        dienst.omgeving |= {"TWEEDE_STAP_AFDWINGEN": "1", "CACHE_URL": "redis://127.0.0.1:1/0"}
        dienst.adres = dienst.adres.replace("127.0.0.1", "localhost")
        dienst.manage("shell", "--no-imports", "-c", (
            "from toegang.models import Rolbeleid\n"
            "for rol in ('lezer', 'dossierhouder', 'secretariaat'):\n"
            "    Rolbeleid.objects.create(rol=rol, tweede_factor_verplicht=False)"
        ))  # fmt: skip
        with in_bedrijf(dienst):
            yield dienst


@pytest.fixture
def openen(streng: Dienst, browser: Browser) -> Iterator[Openen]:
    """A browser window of its own, at the door of that product."""
    vensters: list[BrowserContext] = []

    def venster() -> Bezoek:
        context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
        vensters.append(context)
        context.set_default_timeout(15_000)
        bezoek = Bezoek(context.new_page(), streng, beeldenmap())
        bezoek.pagina.on("console", lambda m: bezoek.fouten.append(m.text) if m.type in ("error", "warning") else None)
        bezoek.pagina.on("pageerror", lambda fout: bezoek.fouten.append(str(fout)))
        return bezoek

    yield venster
    for context in vensters:
        context.close()


def log_in(bezoek: Bezoek, login: str, wachtwoord: str = WACHTWOORD) -> Page:
    bezoek.naar("/inloggen/")
    bezoek.pagina.fill("input[name=login]", login)
    bezoek.pagina.fill("input[name=password]", wachtwoord)
    bezoek.pagina.click("button:text-is('Inloggen')")
    return bezoek.pagina


def bevestig(pagina: Page) -> None:
    expect(pagina.locator("h1")).to_have_text("Bevestig dat u het bent")
    pagina.fill("input[name=password]", WACHTWOORD)
    pagina.click("button:text-is('Ga verder')")


def code_nu(geheim: str) -> str:
    """The code of this moment; waits for the next one when this one is about to end."""
    if time.time() % 30 > 27:
        time.sleep(30 - time.time() % 30 + 0.2)
    return format_hotp_value(hotp_value(geheim, int(time.time()) // 30))


def volgende_code(geheim: str) -> str:
    """A code that was not used before: no code opens two doors."""
    time.sleep(30 - time.time() % 30 + 0.2)
    return code_nu(geheim)


def test_who_must_have_a_second_step_sets_it_up_first_and_signs_in_with_it(openen: Openen, streng: Dienst) -> None:
    baas = openen()
    baas.naar("/inloggen/")
    baas.bekijk("inloggen-passkey")
    pagina = log_in(baas, BEHEER)
    pagina.wait_for_url("**/mijn/tweede-stap/")
    baas.naar("/personen/")
    expect(pagina.locator("h1")).to_have_text("Tweede stap bij inloggen")  # nothing else is reached
    baas.bekijk("tweede-stap-verplicht")
    pagina.click("a:text-is('App koppelen')")
    baas.bekijk("bevestigen")
    bevestig(pagina)
    expect(pagina.locator("h1")).to_have_text("App koppelen")
    pagina.wait_for_load_state("load")
    expect(pagina.locator("img.qr")).to_have_js_property("complete", True)
    assert pagina.locator("img.qr").evaluate("e => e.naturalWidth") > 0
    baas.bekijk("app-koppelen")
    geheim = pagina.inner_text("#geheim").replace(" ", "")
    pagina.fill("input[name=code]", code_nu(geheim))
    pagina.click("button:text-is('Koppel de app')")
    expect(pagina.locator("h1")).to_have_text("Herstelcodes")
    codes = pagina.locator(".herstelcodes code").all_inner_texts()
    assert len(set(codes)) == 10
    baas.bekijk("herstelcodes")
    pagina.click("a:text-is('Ik heb ze bewaard')")
    pagina.wait_for_url(streng.adres + "/")
    baas.naar("/personen/")
    pagina.click("a:text-is('Uitloggen')")

    log_in(baas, BEHEER)
    expect(pagina.locator("h1")).to_have_text("Tweede stap")
    baas.bekijk("tweede-stap")
    pagina.fill("input[name=code]", "000000")
    pagina.click("button:text-is('Inloggen')")
    expect(pagina.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    pagina.fill("input[name=code]", volgende_code(geheim))
    pagina.click("button:text-is('Inloggen')")
    pagina.wait_for_url(streng.adres + "/")
    pagina.click("a:text-is('Uitloggen')")

    log_in(baas, BEHEER)
    pagina.fill("input[name=code]", codes[0])
    pagina.click("button:text-is('Inloggen')")
    pagina.wait_for_url(streng.adres + "/")
    baas.naar("/mijn/tweede-stap/")
    expect(pagina.locator("main")).to_contain_text("U hebt er nog 9")

    # What the beheerder keeps: what roles ask, and how somebody else gets in.
    baas.naar("/beheer/rollen/")
    baas.bekijk("rolbeleid")
    baas.naar("/personen/")
    pagina.click("a:has-text('SZW')")
    pagina.click("a:text-is('Uitnodiging, tweede stap en sessies')")
    baas.bekijk("persoon-toegang")


def test_a_passkey_is_made_and_opens_the_door_without_a_password(openen: Openen, streng: Dienst) -> None:
    lezer = openen()
    cdp = lezer.pagina.context.new_cdp_session(lezer.pagina)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    pagina = log_in(lezer, PARTNER)
    pagina.wait_for_url(streng.adres + "/")
    lezer.naar("/mijn/tweede-stap/")
    pagina.click("a:text-is('Passkey toevoegen')")
    bevestig(pagina)
    lezer.bekijk("passkey-toevoegen")
    pagina.fill("input[name=name]", "Mijn telefoon")
    pagina.click("button:text-is('Maak een passkey')")
    expect(pagina.locator("h1")).to_have_text("Herstelcodes")
    lezer.naar("/mijn/tweede-stap/")
    expect(pagina.locator("main")).to_contain_text("Mijn telefoon")
    lezer.bekijk("tweede-stap-passkey")
    pagina.click("a:text-is('Uitloggen')")

    # By itself.
    lezer.naar("/inloggen/")
    pagina.click("button:text-is('Inloggen met een passkey')")
    pagina.wait_for_url(streng.adres + "/")
    expect(pagina.locator(".kop__persoon")).to_contain_text("VNG")
    pagina.click("a:text-is('Uitloggen')")

    # As the step after the password.
    log_in(lezer, PARTNER)
    expect(pagina.locator("h1")).to_have_text("Tweede stap")
    pagina.click("button:text-is('Gebruik uw passkey')")
    pagina.wait_for_url(streng.adres + "/")

    lezer.naar("/mijn/tweede-stap/")
    pagina.click("a:has-text('Verwijderen')")
    expect(pagina.locator("h1")).to_have_text("Bevestig dat u het bent")
    pagina.click("a:text-is('Gebruik uw passkey')")
    pagina.click("button:text-is('Gebruik uw passkey')")
    expect(pagina.locator("h1")).to_have_text("Passkey verwijderen")
    lezer.bekijk("passkey-verwijderen")
    pagina.click("button:text-is('Verwijder')")
    expect(pagina.locator("main")).not_to_contain_text("Mijn telefoon")
    lezer.bekijk("tweede-stap-zonder")


def test_sessions_are_seen_and_ended(openen: Openen, streng: Dienst) -> None:
    hier, daar = openen(), openen()
    for bezoek in (hier, daar):
        log_in(bezoek, SECRETARIAAT).wait_for_url(streng.adres + "/")
    hier.naar("/mijn/")
    hier.pagina.click("a:text-is('Waar u bent ingelogd')")
    expect(hier.pagina.locator(".rolregel")).to_have_count(2)
    hier.bekijk("sessies")
    hier.pagina.click("button:has-text('Log daar uit')")
    expect(hier.pagina.locator(".rolregel")).to_have_count(1)
    daar.pagina.goto(streng.adres + "/mijn/")
    expect(daar.pagina.locator("h1")).to_have_text("Inloggen")
    log_in(daar, SECRETARIAAT).wait_for_url(streng.adres + "/")
    hier.naar("/mijn/sessies/")
    hier.pagina.click("button:text-is('Log overal uit')")
    expect(hier.pagina.locator("main")).to_contain_text("U bent overal uitgelogd")
    for bezoek in (hier, daar):
        bezoek.pagina.goto(streng.adres + "/mijn/")
        expect(bezoek.pagina.locator("h1")).to_have_text("Inloggen")


def test_a_password_of_somebody_else_is_replaced_and_a_forgotten_one_comes_by_mail(
    openen: Openen, streng: Dienst
) -> None:
    tijdelijk = streng.manage("shell", "--no-imports", "-c", (
        "from maatregelen.beheer import geef_tijdelijk_wachtwoord, maak_persoon, geef_rol\n"
        "from maatregelen.models import Organisatie\n"
        "import datetime\n"
        "p = maak_persoon(email='nieuw@voorbeeld.nl', functie='Nieuwe collega')\n"
        "geef_rol(p, Organisatie.objects.get(slug='vng'), 'lezer', vanaf=datetime.date.today())\n"
        "print(geef_tijdelijk_wachtwoord(p))"
    )).strip().splitlines()[-1]  # fmt: skip
    nieuw = openen()
    pagina = log_in(nieuw, "nieuw@voorbeeld.nl", tijdelijk)
    pagina.wait_for_url("**/mijn/wachtwoord/")
    nieuw.naar("/termijnen/")
    expect(pagina.locator("main")).to_contain_text("Kies eerst een eigen wachtwoord")
    nieuw.bekijk("wachtwoord-eerst")
    pagina.fill("input[name=old_password]", tijdelijk)
    pagina.fill("input[name=new_password1]", NIEUW)
    pagina.fill("input[name=new_password2]", NIEUW)
    pagina.click("button:text-is('Opslaan')")
    expect(pagina.locator("h1")).to_have_text("Mijn account")
    nieuw.naar("/termijnen/")
    pagina.click("a:text-is('Uitloggen')")

    pagina.click("a:has-text('Wachtwoord vergeten')")
    nieuw.bekijk("wachtwoord-vergeten")
    pagina.fill("input[name=adres]", "nieuw@voorbeeld.nl")
    pagina.click("button:text-is('Vraag een link')")
    expect(pagina.locator("h1")).to_have_text("Kijk in uw mail")
    nieuw.bekijk("kijk-in-uw-mail")
    streng.manage("shell", "--no-imports", "-c", (
        "from toegang.links import verstuur\nfrom django.utils import timezone\nverstuur(timezone.now())"
    ))  # fmt: skip
    gevonden = re.search(r"/wachtwoord-kiezen/[\w-]{43}/", streng.mails()[-1].replace("=\n", ""))
    assert gevonden is not None
    nieuw.naar(gevonden.group())
    assert pagina.url == f"{streng.adres}/wachtwoord-kiezen/"
    nieuw.bekijk("wachtwoord-kiezen")
    anders = f"{NIEUW} sinds vandaag"
    pagina.fill("input[name=new_password1]", anders)
    pagina.fill("input[name=new_password2]", anders)
    pagina.click("button:text-is('Kies dit wachtwoord')")
    expect(pagina.locator("h1")).to_have_text("Inloggen")
    log_in(nieuw, "nieuw@voorbeeld.nl", anders).wait_for_url(streng.adres + "/")
    pagina.click("a:text-is('Uitloggen')")
    antwoord = pagina.goto(streng.adres + gevonden.group())
    assert antwoord is not None
    assert antwoord.status == 410  # a link opens once
