"""Handing over, with real files, a real mail server process, real transactions; and the words of a mail."""

import datetime
import email
import io
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from maatregelen import herinneringen
from maatregelen.models import Agenda, Herinnering, Maatregel, Mijlpaal, Volger
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory

# Emptied afterwards with CASCADE, which Django does only when told which apps there are: the table of knox's own token,
# which the product does not use, points to people.
echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
HUIS = Path(__file__).resolve().parent.parent.parent
EINDE = datetime.date(2024, 12, 30)
VANDAAG = datetime.date(2024, 12, 17)
NU = datetime.datetime(2024, 12, 17, 8, 0, tzinfo=datetime.UTC)


def lees(map_: Path) -> list[EmailMessage]:
    """The mails in a folder."""
    return [email.message_from_bytes(pad.read_bytes(), policy=default) for pad in sorted(map_.glob("*.eml"))]  # type: ignore[misc]


def deel(bericht: EmailMessage, soort: str) -> str:
    """The text or the HTML of a mail."""
    inhoud = bericht.get_body((soort,))
    assert inhoud is not None
    return str(inhoud.get_content()).replace("\r\n", "\n")


def uitkomsten() -> list[tuple[str, str, int]]:
    """Per person what became of the mail, and after how many tries."""
    return list(Herinnering.objects.order_by("persoon__email").values_list("persoon__email", "uitkomst", "pogingen"))


@pytest.fixture
def bestanden(settings: Any, tmp_path: Path) -> Path:
    """Mail as files, as the demo does; the folder they land in."""
    settings.EMAIL_BACKEND = "migratie.post.BestandenBackend"
    settings.SITE_URL = "https://regie.example.nl/"
    return tmp_path / "mail"


@pytest.fixture
def mijlpaal(db: None) -> Mijlpaal:
    """A deadline of AenM, whose work one person of JenV does."""
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=jenv)
    LidmaatschapFactory(
        persoon=PersoonFactory(email="dossier.aenm@voorbeeld.nl"), organisatie=jenv, vanaf=datetime.date(2026, 2, 23)
    )
    maatregel = MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen", trekker=aenm)
    Agenda.objects.update(titel="Aanzet voor een gezamenlijke agenda")
    return MijlpaalFactory(maatregel=maatregel, hardheid="wettelijk")


def stuur(vandaag: datetime.date) -> None:
    """A run on a day after AenM ended, whatever day it is now."""
    herinneringen.verstuur(vandaag, moment=datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC))


# The words


def test_the_whole_mail(db: None, mijlpaal: Mijlpaal, bestanden: Path) -> None:
    stuur(VANDAAG)
    [pad] = bestanden.glob("*")
    rij = Herinnering.objects.get()
    kenmerk = f"herinnering-{rij.pk}-{int(rij.gepland_op.timestamp() * 1_000_000):x}"
    assert pad.name == f"{kenmerk}-dossier.aenm@voorbeeld.nl.eml"
    [bericht] = lees(bestanden)
    assert {naam: bericht[naam] for naam in ("Subject", "From", "To", "Message-ID", "Auto-Submitted")} == {
        "Subject": "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)",
        "From": "Regiemonitor <regiemonitor@voorbeeld.nl>",
        "To": "dossier.aenm@voorbeeld.nl",
        "Message-ID": f"<{kenmerk}@regie.example.nl>",
        "Auto-Submitted": "auto-generated",
    }
    assert bericht.get_content_type() == "multipart/alternative"
    assert deel(bericht, "plain") == (
        "Verdeelbesluit genomen\n"
        "\n"
        "De termijn loopt af over 13 dagen, op 30 december 2024.\n"
        "\n"
        "Termijn in woorden: voor 31 december 2024\n"
        "Dat is: t/m 30 dec 2024\n"
        "Soort termijn: wettelijk\n"
        "\n"
        "Maatregel: 2024-2-03 Verdeelbesluit nemen\n"
        "Agenda: Aanzet voor een gezamenlijke agenda\n"
        "Verantwoordelijk: AenM (nu JenV)\n"
        "Status: aangekondigd\n"
        "\n"
        "Wat kunt u doen?\n"
        "Meld hoe het staat, of meld dat de mijlpaal is behaald.\n"
        "https://regie.example.nl/maatregelen/2024-2-03/\n"
        "\n"
        "Waarom krijgt u dit bericht? "
        "AenM is verantwoordelijk, JenV nam het werk over, u bent dossierhouder van JenV.\n"
        "\n"
        "Dit bericht is automatisch verstuurd door Regiemonitor.\n"
    )
    html = deel(bericht, "html")
    for stuk in (
        '<html lang="nl">',
        "<p>De termijn loopt af over 13 dagen, op 30 december 2024.</p>",
        "<dd>voor 31 december 2024</dd>",
        "<dd>t/m 30 dec 2024</dd>",
        "<dd>2024-2-03 Verdeelbesluit nemen</dd>",
        "<dd>AenM (nu JenV)</dd>",
        '<a href="https://regie.example.nl/maatregelen/2024-2-03/">Open de maatregel in Regiemonitor</a>',
        "AenM is verantwoordelijk, JenV nam het werk over, u bent dossierhouder van JenV.",
    ):
        assert stuk in html


@pytest.mark.parametrize(
    ("dagen", "onderwerp", "zin"),
    [
        (-2, "uiterlijk 30 december 2024 (over 2 dagen)", "De termijn loopt af over 2 dagen, op 30 december 2024."),
        (-1, "uiterlijk 30 december 2024 (morgen)", "De termijn loopt morgen af, op 30 december 2024."),
        (0, "uiterlijk 30 december 2024 (vandaag)", "De termijn loopt vandaag af, op 30 december 2024."),
        (
            1,
            "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (gisteren)",
            "De termijn is voorbij: die liep gisteren af, op 30 december 2024. De stand is hier niet gemeld.",
        ),
        (
            6,
            "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (6 dagen geleden)",
            "De termijn is voorbij: die liep 6 dagen geleden af, op 30 december 2024. De stand is hier niet gemeld.",
        ),
    ],
)
def test_words_by_tense(db: None, mijlpaal: Mijlpaal, bestanden: Path, dagen: int, onderwerp: str, zin: str) -> None:
    stuur(EINDE + datetime.timedelta(days=dagen))
    [bericht] = lees(bestanden)
    assert bericht["Subject"] == f"Verdeelbesluit genomen: {onderwerp}"
    assert deel(bericht, "plain").split("\n")[2] == zin
    assert f"<p>{zin}</p>" in deel(bericht, "html")
    assert "te laat" not in deel(bericht, "plain") + deel(bericht, "html") + bericht["Subject"]


def test_late_is_said_only_where_somebody_reported_the_state(
    mensen: Mensen, mijlpaal: Mijlpaal, bestanden: Path
) -> None:
    wijzig_status(mijlpaal.maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", moment=NU)
    stuur(EINDE + datetime.timedelta(days=6))
    [bericht] = lees(bestanden)
    assert bericht["Subject"] == "Verdeelbesluit genomen: te laat, was uiterlijk 30 december 2024 (6 dagen geleden)"
    assert "Dit is te laat: de termijn liep 6 dagen geleden af, op 30 december 2024.\n" in deel(bericht, "plain")
    assert "<p>Dit is te laat: de termijn liep 6 dagen geleden af, op 30 december 2024.</p>" in deel(bericht, "html")


def test_words_for_a_first_day_a_single_day_and_an_interval(mensen: Mensen, bestanden: Path) -> None:
    for tekst, velden in {
        "vanaf 30 december": {"begin": EINDE, "einde": None, "relatie": "vanaf"},
        "op 30 december": {"begin": EINDE, "relatie": "op"},
        "vierde kwartaal": {"begin": datetime.date(2024, 10, 1), "einde": EINDE, "relatie": "in"},
    }.items():
        MijlpaalFactory(omschrijving=tekst, termijn_tekst=tekst, maatregel=MaatregelFactory(), **velden)
    stuur(VANDAAG)
    berichten = {bericht["Subject"]: deel(bericht, "plain").split("\n")[2:6] for bericht in lees(bestanden)}
    assert berichten == {
        "vanaf 30 december: vanaf 30 december 2024 (over 13 dagen)": [
            "De termijn begint over 13 dagen, op 30 december 2024.",
            "",
            "Termijn in woorden: vanaf 30 december",
            "Dat is: vanaf 30 dec 2024",
        ],
        "op 30 december: op 30 december 2024 (over 13 dagen)": [
            "De termijn loopt af over 13 dagen, op 30 december 2024.",
            "",
            "Termijn in woorden: op 30 december",
            "Dat is: 30 dec 2024",
        ],
        "vierde kwartaal: uiterlijk 30 december 2024 (over 13 dagen)": [
            "De termijn loopt af over 13 dagen, op 30 december 2024.",
            "",
            "Termijn in woorden: vierde kwartaal",
            "Dat is: 1 okt t/m 30 dec 2024",
        ],
    }


def test_the_secretariaat_is_asked_for_a_trekker(mensen: Mensen, bestanden: Path) -> None:
    MijlpaalFactory(toelichting="Datum volgens de pers.", bron="NOS", maatregel=MaatregelFactory(geaccordeerd=False))
    stuur(VANDAAG)
    [bericht] = lees(bestanden)
    tekst = deel(bericht, "plain")
    for regel in (
        "Let op: Datum volgens de pers.",
        "Bron: NOS",
        "Verantwoordelijk: nog niemand",
        "PM: over deze maatregel is nog geen overeenstemming.",
        "Wijs een trekker aan, of meld zelf hoe het staat.",
        "Waarom krijgt u dit bericht? De maatregel heeft geen trekker.",
    ):
        assert regel in tekst.split("\n")


def test_a_title_is_text_whatever_it_contains(mensen: Mensen, bestanden: Path) -> None:
    kwaad = 'A & B\r\nBcc: ander@example.com\n\n<script>alert("x")</script>\u2028' + "é" * 150
    MijlpaalFactory(omschrijving=kwaad, termijn_tekst="vóór <b>31</b>", maatregel=MaatregelFactory(titel=kwaad))
    stuur(VANDAAG)
    [bericht] = lees(bestanden)
    assert (bericht["Bcc"], bericht["To"], len(bericht.keys())) == (None, "secretariaat@voorbeeld.nl", 9)
    assert bericht["Subject"].strip().startswith('A & B Bcc: ander@example.com <script>alert("x")</script> éé')
    assert bericht["Subject"].endswith("…: uiterlijk 30 december 2024 (over 13 dagen)")
    assert "<b>" not in deel(bericht, "html")
    assert "<script" not in deel(bericht, "html")
    assert "vóór <b>31</b>" in deel(bericht, "plain")


def test_the_mail_of_a_follower(mensen: Mensen, bestanden: Path) -> None:
    maatregel = MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen")
    Volger.objects.create(maatregel=maatregel, persoon=mensen.partner, sinds=NU - datetime.timedelta(days=1))
    wijzig_status(
        maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Besluit <genomen>.\nEindelijk.", moment=NU
    )
    herinneringen.verstuur_statusberichten(moment=NU)
    [bericht] = lees(bestanden)
    assert (bericht["To"], bericht["Subject"]) == (
        "partner@voorbeeld.nl", "2024-2-03 Verdeelbesluit nemen: nu in uitvoering (was aangekondigd)",
    )  # fmt: skip
    assert deel(bericht, "plain") == (
        "2024-2-03 Verdeelbesluit nemen\n"
        "\n"
        "De status ging per 17 december 2024 van 'aangekondigd' naar 'in uitvoering'.\n"
        "\n"
        "Reden: Besluit <genomen>.\n"
        "Eindelijk.\n"
        "Gemeld door: Eigen, op 17 december 2024\n"
        f"Agenda: {maatregel.pijler.agenda.titel}\n"
        "\n"
        "Bekijk de maatregel:\n"
        "https://regie.example.nl/maatregelen/2024-2-03/\n"
        "\n"
        "Waarom krijgt u dit bericht? U volgt deze maatregel. "
        "Op de pagina van de maatregel kunt u stoppen met volgen.\n"
        "\n"
        "Dit bericht is automatisch verstuurd door Regiemonitor.\n"
    )
    assert "<dd>Besluit &lt;genomen&gt;.<br>Eindelijk.</dd>" in deel(bericht, "html")


# Files


def test_a_folder_that_cannot_be_written_keeps_the_mail_open(mijlpaal: Mijlpaal, bestanden: Path) -> None:
    bestanden.write_text("hier staat al iets")
    with pytest.raises(CommandError, match=r"Niet alles is overgedragen .*File exists.* gaat de volgende keer mee"):
        call_command("verstuur_herinneringen", "--vandaag", "2024-12-17", stdout=io.StringIO())
    rij = Herinnering.objects.get()
    assert (rij.uitkomst, rij.pogingen, rij.laatste_fout) == ("open", 1, "FileExistsError: File exists")
    bestanden.unlink()
    call_command("verstuur_herinneringen", "--vandaag", "2024-12-18", stdout=io.StringIO())
    assert uitkomsten() == [("dossier.aenm@voorbeeld.nl", "verzonden", 2)]
    [bericht] = lees(bestanden)
    assert bericht["Subject"].endswith("(over 12 dagen)")
    assert [pad.suffix for pad in bestanden.iterdir()] == [".eml"]


def test_a_file_per_recipient_with_a_name_that_fits(bestanden: Path) -> None:
    lang = "a" * 64
    aan = ["een@voorbeeld.nl", "twee/../drie@voorbeeld.nl", f"{lang}@{lang}.{lang}.nl", f"{lang}@{lang}.{lang}.org"]
    for _ in range(2):
        bericht = EmailMultiAlternatives("Onderwerp", "Tekst", to=aan, headers={"Message-ID": "<een/twee@x>"})
        assert get_connection().send_messages([bericht]) == 1
    namen = sorted(pad.name for pad in bestanden.iterdir())
    assert len(namen) == 4
    assert all("/" not in naam and len(naam) < 220 and naam.endswith(".eml") for naam in namen)
    assert b"\r\n\r\nTekst" in next(bestanden.iterdir()).read_bytes()


class KapotBackend(LocmemBackend):
    """A way of sending with a fault nobody thought of, for one address."""

    def send_messages(self, messages: Sequence[Any]) -> int:
        if "collega@voorbeeld.nl" in messages[0].to:
            raise ZeroDivisionError
        return int(super().send_messages(messages))


def test_a_fault_nobody_thought_of_keeps_nobody_else(mensen: Mensen, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.KapotBackend"
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    assert not herinneringen.verstuur(VANDAAG).is_alles_overgedragen
    assert uitkomsten() == [("collega@voorbeeld.nl", "open", 1), ("eigen@voorbeeld.nl", "verzonden", 1)]
    assert Herinnering.objects.get(uitkomst="open").laatste_fout == "ZeroDivisionError:"


# A mail server


class Mailserver:
    """A running mail server and the folder of what it accepted."""

    def __init__(self, map_: Path) -> None:
        self.map_ = map_
        map_.mkdir()
        self.proces = subprocess.Popen(
            [sys.executable, "-m", "tests.mailserver", str(map_)], cwd=HUIS, stdout=subprocess.PIPE, text=True
        )
        assert self.proces.stdout is not None
        self.poort = int(self.proces.stdout.readline())

    def ontvangen(self) -> Counter[str]:
        """How often mail for each address was accepted."""
        return Counter(bericht["To"] for bericht in lees(self.map_))

    def stop(self) -> None:
        """Gone, as when it crashes."""
        self.proces.kill()
        self.proces.wait()
        if self.proces.stdout:
            self.proces.stdout.close()


@pytest.fixture
def mailserver(settings: Any, tmp_path: Path) -> Iterator[Mailserver]:
    """A mail server of this machine, configured as the one to use."""
    server = Mailserver(tmp_path / "ontvangen")
    settings.EMAIL_BACKEND = "migratie.post.MailserverBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.poort, 5
    yield server
    server.stop()


@pytest.fixture
def met(mensen: Mensen) -> Callable[..., Mijlpaal]:
    """A deadline that these addresses must hear of."""

    def maak(*namen: str) -> Mijlpaal:
        organisatie = OrganisatieFactory()
        for naam in namen:
            LidmaatschapFactory(persoon=PersoonFactory(email=f"{naam}@voorbeeld.nl"), organisatie=organisatie)
        return MijlpaalFactory(maatregel=MaatregelFactory(trekker=organisatie))

    return maak


def test_one_bad_address_keeps_nobody_else(met: Callable[..., Mijlpaal], mailserver: Mailserver) -> None:
    met("a", "onbekend", "doorsturen", "vol", "z")
    verslag = herinneringen.verstuur(VANDAAG)
    assert verslag.gestopt == ""
    assert uitkomsten() == [
        ("a@voorbeeld.nl", "verzonden", 1),
        ("doorsturen@voorbeeld.nl", "open", 1),
        ("onbekend@voorbeeld.nl", "geweigerd", 1),
        ("vol@voorbeeld.nl", "open", 1),
        ("z@voorbeeld.nl", "verzonden", 1),
    ]
    fouten = dict(Herinnering.objects.exclude(laatste_fout="").values_list("persoon__email", "laatste_fout"))
    assert fouten == {
        "onbekend@voorbeeld.nl": "550 5.1.1 Onbekende gebruiker",
        "doorsturen@voorbeeld.nl": "550 5.7.1 Doorsturen mag niet",
        "vol@voorbeeld.nl": "452 4.2.2 Postvak vol",
    }
    herinneringen.verstuur(VANDAAG)
    assert mailserver.ontvangen() == {"a@voorbeeld.nl": 1, "z@voorbeeld.nl": 1}
    assert Herinnering.objects.get(persoon__email__startswith="vol").pogingen == 2
    assert Herinnering.objects.get(persoon__email__startswith="onbekend").pogingen == 1


def test_a_server_that_wants_a_new_connection_gets_one(met: Callable[..., Mijlpaal], mailserver: Mailserver) -> None:
    met(*(f"p{nummer:02}" for nummer in range(12)))
    verslag = herinneringen.verstuur(VANDAAG)
    assert dict(verslag.aantallen) == {"verzonden": 12}
    assert set(mailserver.ontvangen().values()) == {1}


def test_a_mail_that_breaks_the_connection_keeps_nobody_else(
    met: Callable[..., Mijlpaal], mailserver: Mailserver
) -> None:
    met("a", "weg", "z")
    assert herinneringen.verstuur(VANDAAG).gestopt == ""
    assert uitkomsten() == [
        ("a@voorbeeld.nl", "verzonden", 1), ("weg@voorbeeld.nl", "open", 1), ("z@voorbeeld.nl", "verzonden", 1),
    ]  # fmt: skip


def test_a_lost_answer_repeats_the_same_message(met: Callable[..., Mijlpaal], mailserver: Mailserver) -> None:
    met("verloren")
    herinneringen.verstuur(VANDAAG)
    assert uitkomsten() == [("verloren@voorbeeld.nl", "open", 1)]
    herinneringen.verstuur(VANDAAG + datetime.timedelta(days=1))
    kenmerken = [bericht["Message-ID"] for bericht in lees(mailserver.map_)]
    assert (len(kenmerken), len(set(kenmerken))) == (2, 1)


def test_a_server_that_is_gone_stops_the_run_and_all_mail_goes_later(
    met: Callable[..., Mijlpaal],
    mailserver: Mailserver,
    settings: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    met("a", "b", "c", "d")
    mailserver.stop()
    uitvoer = io.StringIO()
    with pytest.raises(
        CommandError, match=r"Niet alles is overgedragen \(ConnectionRefusedError: Connection refused\)"
    ):
        call_command("verstuur_herinneringen", "--vandaag", "2024-12-17", stdout=uitvoer)
    assert uitvoer.getvalue().splitlines()[-1] == (
        "Voor 2024-12-17: 0 berichten aan 0 personen verzonden, 0 niet meer nodig, 0 geweigerd, 4 nog open."
    )
    assert Counter(pogingen for _, _, pogingen in uitkomsten()) == {1: 1, 0: 3}  # it did not try each of them
    assert [regel.levelname for regel in caplog.records if "mailserver is niet bereikbaar" in regel.getMessage()] == [
        "ERROR"
    ]
    nieuw = Mailserver(tmp_path / "later")
    settings.EMAIL_PORT = nieuw.poort
    verslag = herinneringen.verstuur(VANDAAG)
    ontvangen = nieuw.ontvangen()
    nieuw.stop()
    assert (dict(verslag.aantallen), set(ontvangen.values()), len(ontvangen)) == ({"verzonden": 4}, {1}, 4)


def test_a_run_stops_in_time_and_the_next_goes_on(met: Callable[..., Mijlpaal], mailserver: Mailserver) -> None:
    met("a", "b", "c")
    verslag = herinneringen.verstuur(VANDAAG, duur=0.000001)
    assert (dict(verslag.aantallen), verslag.blijft_open, verslag.is_alles_overgedragen) == ({"verzonden": 1}, 2, False)
    assert dict(herinneringen.verstuur(VANDAAG).aantallen) == {"verzonden": 2}


def test_no_secret_reaches_the_ledger(met: Callable[..., Mijlpaal], mailserver: Mailserver, settings: Any) -> None:
    """The server has no sign-in; smtplib says so, and a server might repeat the password."""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "regie", "SMTP AUTH"
    met("a")
    herinneringen.verstuur(VANDAAG)
    fout = Herinnering.objects.get().laatste_fout
    assert fout == "SMTPNotSupportedError: *** extension not supported by server."


@pytest.mark.parametrize("host", ["mail.example.nl", "192.0.2.1"])
def test_mail_for_the_demo_never_leaves_this_machine(settings: Any, bestanden: Path, host: str) -> None:
    settings.EMAIL_BACKEND = "migratie.post.MailserverBackend"
    settings.EMAIL_HOST = host
    bericht = EmailMultiAlternatives("Onderwerp", "Tekst", to=["Beheer@Voorbeeld.nl"])
    assert get_connection().send_messages([bericht]) == 1
    assert [bericht["To"] for bericht in lees(bestanden)] == ["Beheer@Voorbeeld.nl"]


# Several at once


@echte_transacties
def test_two_runs_at_once_send_each_mail_once(met: Callable[..., Mijlpaal], mailserver: Mailserver) -> None:
    met(*(f"p{nummer:02}" for nummer in range(20)))
    start = threading.Barrier(4)
    verslagen: list[herinneringen.Verslag] = []

    def loop() -> None:
        start.wait()
        try:
            verslagen.append(herinneringen.verstuur(VANDAAG, wacht=True))
        finally:
            connection.close()

    draden = [threading.Thread(target=loop) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(mailserver.ontvangen()) == 20
    assert set(mailserver.ontvangen().values()) == {1}
    assert {(uitkomst, pogingen) for _, uitkomst, pogingen in uitkomsten()} == {("verzonden", 1)}
    assert sum((verslag.aantallen for verslag in verslagen), Counter()) == {"verzonden": 20}
    assert all(verslag.is_alles_overgedragen for verslag in verslagen)


@echte_transacties
def test_a_row_that_another_process_holds_is_waited_for(met: Callable[..., Mijlpaal], bestanden: Path) -> None:
    """A tick leaves it to the other one; the command returns only when the mail is handed over."""
    met("a")
    herinneringen.leg_vast(herinneringen.te_herinneren(VANDAAG), vandaag=VANDAAG, moment=timezone.now())
    vast, los = threading.Event(), threading.Event()

    def houd_vast() -> None:
        try:
            with transaction.atomic():
                Herinnering.objects.select_for_update().get()
                vast.set()
                los.wait()
        finally:
            connection.close()

    ander = threading.Thread(target=houd_vast)
    ander.start()
    vast.wait()
    assert herinneringen.verstuur(VANDAAG).regels == []
    threading.Timer(0.5, los.set).start()
    assert dict(herinneringen.verstuur(VANDAAG, wacht=True).aantallen) == {"verzonden": 1}
    ander.join()
    assert Maatregel.objects.count() == 1
    assert len(lees(bestanden)) == 1
