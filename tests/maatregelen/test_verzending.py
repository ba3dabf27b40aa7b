"""Handing over, with real files, a real mail server process and real transactions: each mail once, whatever happens."""

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

import psycopg
import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.core.management import CommandError, call_command
from django.db import connection

from maatregelen import herinneringen
from maatregelen.models import Herinnering, Mijlpaal
from maatregelen.zendbeurt import BEURT
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory

# Emptied afterwards with CASCADE, which Django does only when told which apps there are: the table of knox's own token,
# which the product does not use, points to people.
echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
HUIS = Path(__file__).resolve().parent.parent.parent
VANDAAG = datetime.date(2024, 12, 17)


def lees(map_: Path) -> list[EmailMessage]:
    """The mails in a folder."""
    return [email.message_from_bytes(pad.read_bytes(), policy=default) for pad in sorted(map_.glob("*.eml"))]  # type: ignore[misc]


def uitkomsten() -> list[tuple[str, str, int]]:
    """Per person what became of the mail, and after how many tries."""
    return list(Herinnering.objects.order_by("persoon__email").values_list("persoon__email", "uitkomst", "pogingen"))


@pytest.fixture
def bestanden(settings: Any, tmp_path: Path) -> Path:
    """Mail as files, as the demo does; the folder they land in."""
    settings.EMAIL_BACKEND = "migratie.post.BestandenBackend"
    return tmp_path / "mail"


@pytest.fixture
def mijlpaal(db: None) -> Mijlpaal:
    """A deadline that one person must hear of."""
    organisatie = OrganisatieFactory()
    LidmaatschapFactory(persoon=PersoonFactory(email="dossier.aenm@voorbeeld.nl"), organisatie=organisatie)
    return MijlpaalFactory(maatregel=MaatregelFactory(trekker=organisatie))


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


# The turn


@echte_transacties
def test_while_another_process_hands_over_a_tick_leaves_and_the_command_waits(
    met: Callable[..., Mijlpaal], bestanden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met("a")
    bron = connection.settings_dict
    ander = psycopg.connect(
        dbname=bron["NAME"], host=bron["HOST"], port=bron["PORT"], user=bron["USER"], password=bron["PASSWORD"],
        autocommit=True,
    )  # fmt: skip
    ander.execute("SELECT pg_advisory_lock(%s)", [BEURT])
    verslag = herinneringen.verstuur(VANDAAG)
    assert (verslag.gestopt, verslag.regels, uitkomsten()) == (herinneringen.ANDER_BEZIG, [], [])
    monkeypatch.setattr("maatregelen.zendbeurt.WACHTTIJD", 0.2)  # the command waits, but not for ever
    with pytest.raises(CommandError, match="een ander proces is aan het versturen"):
        call_command("verstuur_herinneringen", "--vandaag", "2024-12-17", stdout=io.StringIO())
    monkeypatch.setattr("maatregelen.zendbeurt.WACHTTIJD", 30.0)
    # A process that dies gives up its turn with its connection.
    threading.Timer(0.5, ander.close).start()
    assert dict(herinneringen.verstuur(VANDAAG, wacht=True).aantallen) == {"verzonden": 1}
    assert len(lees(bestanden)) == 1
    assert not herinneringen.verstuur(VANDAAG).gestopt  # the turn was given back
