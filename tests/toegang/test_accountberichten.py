"""Mails about the own account: who hears of what, in which words, and what a mail server that is away does to it."""

# ruff: noqa: F811  fixtures of other files are arguments here

import datetime
import email
import email.policy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import allauth
import pytest
import structlog
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone

from maatregelen.beheer import geef_tijdelijk_wachtwoord, maak_persoon
from maatregelen.models import Persoon
from maatregelen.views.verantwoording import bewaartermijnen
from tests.conftest import Mensen
from tests.maatregelen.test_verzending import Mailserver, lees, mailserver  # noqa: F401
from tests.toegang.test_tweedestap import code, herstelcodes, koppel_app, log_in
from toegang import links
from toegang.accountberichten import BEWAREN, ONDERWERPEN, OPGEVEN_NA, noteer, verstuur
from toegang.models import Accountbericht, Berichtsoort
from toegang.poort import BERICHTEN, Poort
from toegang.programmas import maak_programma
from toegang.sleutels import Sleutelwens, laatste_dag, maak_sleutel

Als = Callable[[Persoon], Client]
pytestmark = pytest.mark.django_db
WACHTWOORD, NIEUW = "een lang wachtwoord", "een ander en langer wachtwoord"
BEGIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
TEL, STAP = datetime.timedelta(seconds=1), datetime.timedelta(seconds=30)
PAD = "/mijn/tweede-stap/"


@pytest.fixture(autouse=True)
def _vers(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()
    with time_machine.travel(BEGIN, tick=False):
        yield
    cache.clear()


@pytest.fixture
def mens(mensen: Mensen) -> Persoon:
    """Somebody who was here before."""
    mensen.eigen.set_password(WACHTWOORD)
    mensen.eigen.save()  # the first password is no change
    mensen.eigen.last_login = BEGIN
    mensen.eigen.save(update_fields=["last_login"])
    return mensen.eigen


@pytest.fixture
def browser(mens: Persoon) -> Client:
    """Signed in by the form."""
    client = Client()
    log_in(client, mens)
    return client


def soorten() -> list[tuple[str, str, bool]]:
    """To whom, what, and whether somebody else did it, in order."""
    rijen = Accountbericht.objects.order_by("pk").values_list("persoon__email", "soort", "door_ander")
    return [(adres.partition("@")[0], soort, ander) for adres, soort, ander in rijen]


def brief() -> tuple[str, str, str, str]:
    """The address, the subject, the text and the HTML of the only mail, as its reader gets them."""
    assert verstuur(timezone.now()) == 1
    (bericht,) = mail.outbox
    gelezen = email.message_from_bytes(bericht.message().as_bytes(), policy=email.policy.default)
    delen = [gelezen.get_body((soort,)).get_content().replace("\r\n", "\n") for soort in ("plain", "html")]  # type: ignore[union-attr]
    return str(gelezen["To"]), str(gelezen["Subject"]), delen[0], delen[1]


def test_a_changed_password_is_told_to_its_owner_once(browser: Client, mens: Persoon) -> None:
    nieuw = {"old_password": WACHTWOORD, "new_password1": NIEUW, "new_password2": NIEUW}
    assert browser.post("/mijn/wachtwoord/", {**nieuw, "old_password": "verkeerd wachtwoord"}).status_code == 422
    assert soorten() == []
    assert browser.post("/mijn/wachtwoord/", nieuw).status_code == 302
    assert soorten() == [("eigen", "wachtwoord", False)]
    aan, onderwerp, tekst, html = brief()
    assert (aan, onderwerp) == (mens.email, "Uw wachtwoord is gewijzigd (Regiemonitor)")
    assert tekst.startswith("Het wachtwoord van uw account bij Regiemonitor is gewijzigd.")
    assert "Dat gebeurde op 23 november 2026, 10.00 uur." in tekst  # in the time of people here
    assert "Was u dit niet? Bel of mail meteen de beheerder van Regiemonitor." in tekst
    assert "Het wachtwoord van uw account bij Regiemonitor is gewijzigd." in html
    assert NIEUW not in tekst + html
    assert verstuur(timezone.now()) == 0
    assert Accountbericht.objects.get().verzonden_op == BEGIN


def test_a_password_by_mail_is_told_too_and_the_first_one_is_not(mens: Persoon, mensen: Mensen) -> None:
    for wie in (mens, maak_persoon(email="nieuw@voorbeeld.nl", functie="Nieuw")):
        links.vraag_herstel(wie.email, moment=BEGIN)
        links.verstuur(BEGIN)
        (adres,) = re.findall(r"/wachtwoord-kiezen/([\w-]{43})/\s", str(mail.outbox.pop().body))
        links.kies_wachtwoord(adres, NIEUW, moment=BEGIN)
    assert soorten() == [("eigen", "wachtwoord", False)]


def test_a_weak_password_by_mail_tells_nobody(mens: Persoon) -> None:
    links.vraag_herstel(mens.email, moment=BEGIN)
    links.verstuur(BEGIN)
    (adres,) = re.findall(r"/wachtwoord-kiezen/([\w-]{43})/\s", str(mail.outbox.pop().body))
    with pytest.raises(ValidationError):
        links.kies_wachtwoord(adres, "kort", moment=BEGIN)
    assert soorten() == []


def test_a_password_of_a_beheerder_is_told_whoever_gave_it(mens: Persoon) -> None:
    tijdelijk = geef_tijdelijk_wachtwoord(mens)
    assert soorten() == [("eigen", "tijdelijk_wachtwoord", False)]
    _, onderwerp, tekst, html = brief()
    assert onderwerp == "U kreeg een tijdelijk wachtwoord (Regiemonitor)"
    assert tijdelijk not in tekst + html


def test_an_app_that_is_tied_or_untied_is_told(
    browser: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        koppel_app(browser, BEGIN)
    assert soorten() == [("eigen", "app_erbij", False)]
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{PAD}herstelcodes/nieuw/").status_code == 302
        assert browser.post(f"{PAD}app/verwijderen/").status_code == 302
    assert [soort for _, soort, _ in soorten()] == ["app_erbij", "app_weg", "herstelcodes"]


def test_a_passkey_that_goes_is_told(browser: Client, mens: Persoon) -> None:
    rij = Authenticator.objects.create(
        user=mens, type=Authenticator.Type.WEBAUTHN, data={"name": "telefoon", "credential": {}}
    )
    browser.post("/bevestigen/", {"password": WACHTWOORD})
    assert browser.post(f"{PAD}passkeys/{rij.pk}/verwijderen/").status_code == 302
    assert soorten() == [("eigen", "passkey_weg", False)]


def test_what_the_library_tells_of_is_told_here() -> None:
    """Every mail that allauth would send by itself, after an upgrade too: ours, or of a page that is not here."""
    bron = Path(allauth.__file__).parent
    gevonden = {
        vondst
        for pad in bron.rglob("*.py")
        if "tests" not in pad.parts
        for vondst in re.findall(r'send_notification_mail\(\s*"([^"]+)"', pad.read_text())
    }
    nergens = {
        # Passwords are told of by wachtwoordwacht, providers by aanmeldpunten; addresses are kept by the beheerder.
        "account/email/password_reset", "account/email/password_changed", "account/email/password_set",
        "account/email/email_deleted", "account/email/email_changed", "socialaccount/email/account_connected",
        "socialaccount/email/account_disconnected",
    }  # fmt: skip
    assert gevonden == BERICHTEN.keys() | nergens


def test_a_mail_the_library_invents_later_breaks_nothing(mens: Persoon) -> None:
    with structlog.testing.capture_logs() as regels:
        Poort(RequestFactory().get("/")).send_notification_mail("mfa/email/iets_nieuws", mens)
    assert (soorten(), [regel["event"] for regel in regels]) == ([], ["geen accountbericht voor"])


def test_a_recovery_code_is_told_with_how_many_are_left(browser: Client, mens: Persoon) -> None:
    koppel_app(browser, BEGIN)
    codes = herstelcodes(browser)
    gast = Client()
    log_in(gast, mens)
    assert gast.post("/inloggen/tweede-stap/", {"code": codes[0]}).status_code == 302
    assert list(Accountbericht.objects.values_list("soort", "aantal")) == [("herstelcode_gebruikt", 9)]
    assert "U hebt nog 9 herstelcodes." in brief()[2]
    # Used up, to show once more who one is.
    rij = Authenticator.objects.get(user=mens, type="recovery_codes")
    rij.data["used_mask"] = (1 << 10) - 1 - (1 << 4)
    rij.save()
    assert browser.post("/bevestigen/code/", {"code": codes[4]}).status_code == 302
    mail.outbox.clear()
    tekst = brief()[2]
    assert "Dat was de laatste. Maak nieuwe herstelcodes" in tekst
    assert [woord for woord in codes if woord in tekst] == []


def test_a_code_of_an_app_tells_nobody(browser: Client, mens: Persoon) -> None:
    geheim = koppel_app(browser, BEGIN)
    with time_machine.travel(BEGIN + STAP, tick=False):
        gast = Client()
        log_in(gast, mens)
        assert gast.post("/inloggen/tweede-stap/", {"code": code(geheim, BEGIN + STAP)}).status_code == 302
    assert soorten() == []


def test_what_a_beheerder_does_to_an_account_is_told_to_its_owner(mens: Persoon, mensen: Mensen, als: Als) -> None:
    TOTP.activate(mens, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(mens)
    beheerder = als(mensen.beheerder)
    for daad in ("tweede_stap_weg", "tweede_stap_weg", "log_uit", "onzin"):
        beheerder.post(f"/personen/{mens.pk}/toegang/", {"daad": daad})
    assert soorten() == [("eigen", "tweede_stap_weg", True), ("eigen", "overal_uitgelogd", True)]
    assert verstuur(BEGIN) == 2
    assert [bericht.body.split(".")[0] for bericht in mail.outbox] == [
        "Een beheerder haalde de tweede stap weg van uw account bij Regiemonitor",
        "Een beheerder logde uw account bij Regiemonitor overal uit",
    ]


def test_signing_out_everywhere_is_told(browser: Client) -> None:
    browser.post("/mijn/sessies/", {"overal": "ja"})
    assert soorten() == [("eigen", "overal_uitgelogd", False)]
    assert brief()[2].startswith("Uw account bij Regiemonitor is overal uitgelogd.")


def test_a_key_is_told_to_its_holder_and_of_a_program_to_its_maker(mensen: Mensen, als: Als) -> None:
    velden = {"naam": "BI", "schrijven": "nee", "omvang": "alles", "tot_en_met": "2026-12-24"}
    antwoord = als(mensen.eigen).post("/mijn/sleutels/", velden)
    geheim = re.findall(r"rgm_[0-9a-f]{64}", antwoord.content.decode())[0]
    programma = maak_programma(mensen.organisatie, naam="Koppeling", rol="lezer", door=mensen.beheerder)
    wens = Sleutelwens("nacht", False, (), laatste_dag(BEGIN.date()))
    maak_sleutel(programma, wens, door=mensen.beheerder)
    maak_sleutel(programma, Sleutelwens("dag", False, (), laatste_dag(BEGIN.date())), door=None)
    maak_sleutel(mensen.collega, wens, door=None)
    assert soorten() == [
        ("eigen", "sleutel_gemaakt", False), ("beheerder", "sleutel_gemaakt", False),
        ("collega", "sleutel_gemaakt", False),
    ]  # fmt: skip
    assert verstuur(BEGIN) == 3
    tekst = str(mail.outbox[0].body)
    assert "De sleutel heet: BI." in tekst
    assert geheim[:12] not in tekst


def test_who_reads_no_mail_here_is_not_told(mensen: Mensen) -> None:
    mensen.eigen.is_active = False
    mensen.eigen.save()
    programma = maak_programma(mensen.organisatie, naam="Koppeling", rol="lezer", door=None)
    for wie in (mensen.eigen, programma):
        noteer(Berichtsoort.OVERAL_UITGELOGD, wie, moment=BEGIN)
    noteer(Berichtsoort.OVERAL_UITGELOGD, mensen.collega, moment=BEGIN)
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)  # who left before it was sent
    assert (verstuur(BEGIN), mail.outbox) == (0, [])
    assert Accountbericht.objects.get().opgegeven_op == BEGIN


@pytest.mark.parametrize("soort", [soort for soort in Berichtsoort if soort != Berichtsoort.SLEUTEL_EINDIGT])
def test_no_mail_holds_an_address_to_click_on_and_each_says_what_to_do(soort: Berichtsoort, mensen: Mensen) -> None:
    noteer(soort, mensen.eigen, moment=BEGIN, naam='<a href="//kwaad.example">A&B</a>', aantal=3)
    _, onderwerp, tekst, html = brief()
    assert onderwerp == f"{ONDERWERPEN[soort]} (Regiemonitor)"
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == [ONDERWERPEN[soort]]
    assert re.findall(r"https?:|www\.|@|\bnull\b|None", tekst + html) == []
    assert re.findall(r"<a\b|href=\"|<script", html) == []
    assert "Was u dit niet?" in tekst
    assert "beheerder" in tekst.partition("Was u dit niet?")[2]
    gewoon = re.sub(r"<[^>]+>", " ", html.partition("</head>")[2])
    for woorden in (tekst.splitlines()[0], tekst.partition("Was u dit niet? ")[2].splitlines()[0]):
        plat = " ".join(woorden.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
        assert plat.replace('"', "&quot;") in " ".join(gewoon.split())


def test_other_mails_about_access_have_no_empty_link(mens: Persoon) -> None:
    links.vraag_herstel(mens.email, moment=BEGIN)
    links.verstuur(BEGIN)
    html = str(mail.outbox[0].alternatives[0][0])  # type: ignore[union-attr]
    assert 'href=""' not in html
    assert html.count("automatisch verstuurd") == 1


def test_a_mail_server_that_is_away_undoes_nothing_and_gets_it_later(
    browser: Client,
    mens: Persoon,
    mailserver: Mailserver,
    settings: Any,
) -> None:
    goed, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    nieuw = {"old_password": WACHTWOORD, "new_password1": NIEUW, "new_password2": NIEUW}
    assert browser.post("/mijn/wachtwoord/", nieuw).status_code == 302
    with structlog.testing.capture_logs() as regels:
        assert verstuur(BEGIN) == 0
    assert [(regel["event"], regel["soort"]) for regel in regels] == [("accountbericht niet verstuurd", "wachtwoord")]
    assert mens.email not in str(regels)
    mens.refresh_from_db()
    assert mens.check_password(NIEUW)
    settings.EMAIL_PORT = goed
    assert verstuur(BEGIN + TEL) == 1
    assert verstuur(BEGIN + TEL) == 0
    assert mailserver.ontvangen() == {mens.email: 1}
    assert [bericht["Subject"] for bericht in lees(mailserver.map_)] == ["Uw wachtwoord is gewijzigd (Regiemonitor)"]


def test_an_address_that_is_refused_for_good_keeps_nobody_else(mensen: Mensen, mailserver: Mailserver) -> None:
    Persoon.objects.filter(pk=mensen.eigen.pk).update(email="onbekend@voorbeeld.nl")
    for wie in (mensen.eigen, mensen.collega):
        noteer(Berichtsoort.OVERAL_UITGELOGD, wie, moment=BEGIN)
    assert verstuur(BEGIN) == 1
    assert mailserver.ontvangen() == {"collega@voorbeeld.nl": 1}
    assert Accountbericht.objects.te_versturen().count() == 0


def test_what_could_not_be_sent_for_a_week_is_given_up_and_what_was_sent_is_forgotten(
    mensen: Mensen, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "migratie.post.MailserverBackend"
    settings.EMAIL_PORT = 1
    noteer(Berichtsoort.OVERAL_UITGELOGD, mensen.eigen, moment=BEGIN)
    assert verstuur(BEGIN + OPGEVEN_NA - TEL) == 0
    assert Accountbericht.objects.te_versturen().count() == 1
    assert verstuur(BEGIN + OPGEVEN_NA) == 0
    assert Accountbericht.objects.te_versturen().count() == 0
    verstuur(BEGIN + BEWAREN - TEL)
    assert Accountbericht.objects.count() == 1
    verstuur(BEGIN + BEWAREN)
    assert Accountbericht.objects.count() == 0
    assert ("Berichten over uw account, zoals dat uw wachtwoord is gewijzigd", f"{BEWAREN.days} dagen.") in (
        bewaartermijnen()
    )
