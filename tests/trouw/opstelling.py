"""What these tests stand on: real processes of the product, a real mail server, and what arrived and was recorded."""

import datetime
import email
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import psutil
from celery import Celery
from django.db import connection
from django.utils import timezone

from maatregelen.models import Herinnering, Maatregel, Volger
from maatregelen.statuswissel import wijzig_status
from maatregelen.zendbeurt import BEURT
from tests.factories import LidmaatschapFactory, MaatregelFactory, OrganisatieFactory, PersoonFactory
from tests.trouw.makelaars import Makelaar, beeindig, vrije_poort, wacht_tot

HUIS = Path(__file__).resolve().parent.parent.parent
# Mail about news goes out on every day, also when these tests run on a Sunday.
NIEUWS = "maatregelen.verstuur_statusberichten"
TERMIJNEN = "maatregelen.verstuur_herinneringen"
# A mail server of this machine says at once what it has to say.
GEDULD = 2

# Ways in which a worker is run: as docs/beheer.md says, one process for all, and as the demo does.
PREFORK = ("--concurrency", "2")
SOLO = ("--pool", "solo")
DRADEN = ("--pool", "threads", "--concurrency", "1")


class Proces:
    """A process of the product in a group of its own, and what it logged."""

    def __init__(self, opdracht: list[str], omgeving: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as uitvoer:
            self.begin = uitvoer.tell()
            self.proces = subprocess.Popen(
                opdracht, cwd=HUIS, env=dict(omgeving), stdin=subprocess.DEVNULL, stdout=uitvoer, stderr=uitvoer,
                start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.proces.pid

    @property
    def leeft(self) -> bool:
        """Whether it still runs."""
        return self.proces.poll() is None

    def tekst(self) -> str:
        """What it logged."""
        return self.log.read_bytes()[self.begin :].decode(errors="replace")

    def wacht_op(self, woorden: str, seconden: float = 40.0) -> None:
        """Until it logged these words."""
        wacht_tot(lambda: woorden in self.tekst() or not self.leeft, f"'{woorden}' in {self.log}", seconden)
        assert woorden in self.tekst(), self.tekst()[-3000:]

    def dood(self) -> None:
        """Kill -9, with all its children."""
        os.killpg(self.pid, signal.SIGKILL)
        self.proces.wait()

    def stop(self) -> None:
        """End it as an administrator would; and if that does not work as the machine would."""
        if self.leeft:
            self.proces.terminate()
            try:
                self.proces.wait(timeout=15)
            except subprocess.TimeoutExpired:
                beeindig(self.proces)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Mailserver:
    """The mail server, its address, how it must behave, and what it accepted; it can go and come back."""

    def __init__(self, map_: Path) -> None:
        self.map_ = map_
        map_.mkdir()
        self.poort = vrije_poort()
        self.proces: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.poort}?timeout={GEDULD}"

    def start(self) -> None:
        """Start it at its address, and return when it listens."""
        self.proces = subprocess.Popen(
            [sys.executable, "-m", "tests.mailserver", str(self.map_), str(self.poort)], cwd=HUIS,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self.proces.stdout
        assert int(self.proces.stdout.readline()) == self.poort
        self.proces.stdout.close()

    def stop(self) -> None:
        """Gone, as when it crashes."""
        if self.proces:
            beeindig(self.proces)
            self.proces = None

    def doe(self, *regels: dict[str, Any]) -> None:
        """From now on behave so (see tests/mailserver.py); with nothing: as it should."""
        nieuw = self.map_ / "gedrag.nieuw"
        nieuw.write_text(json.dumps(regels))
        nieuw.rename(self.map_ / "gedrag.json")

    def leeg(self) -> None:
        """Forget what arrived and how to behave."""
        for pad in (*self.map_.glob("*.eml"), self.map_ / "gedrag.json"):
            pad.unlink(missing_ok=True)

    def mails(self) -> list[EmailMessage]:
        """What arrived."""
        return lees(self.map_)

    def ontvangen(self) -> Counter[str]:
        """How often each mail arrived, by Message-ID."""
        return Counter(str(mail["Message-ID"]) for mail in self.mails())


def lees(map_: Path) -> list[EmailMessage]:
    """The mails in a folder."""
    return [email.message_from_bytes(pad.read_bytes(), policy=default) for pad in sorted(map_.glob("*.eml"))]  # type: ignore[misc]


def databaseadres() -> str:
    """The address of the database of these tests, for another process."""
    naam = connection.settings_dict["NAME"]
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{naam}"))


class Dienst:
    """The product on one database, broker and mail server: its workers, clocks and commands, and the tick between."""

    def __init__(self, map_: Path, makelaar: Makelaar, email_url: str, **extra: str) -> None:
        self.map_ = map_
        self.makelaar = makelaar
        self.processen: list[Proces] = []
        self.omgeving = {
            **{naam: waarde for naam, waarde in os.environ.items() if naam not in ("EMAIL_URL", "CELERY_BROKER_URL")},
            "REGIEMONITOR_DEMO": "1",
            "REGIEMONITOR_VAR": str(map_),
            "DATABASE_URL": extra.get("DATABASE_URL") or databaseadres(),
            "PYTHONUNBUFFERED": "1",
            "PYTHONFAULTHANDLER": "1",
            **({"EMAIL_URL": email_url} if email_url else {}),
            **makelaar.omgeving(),
            **extra,
        }
        self.tikker = Celery("tikker", broker=makelaar.url, set_as_current=False)
        self.tikker.conf.broker_transport_options = makelaar.opties
        self.tikker.conf.task_publish_retry = False

    def start(self, *opdracht: str, **extra: str) -> Proces:
        """Start a Python module as a process of the product."""
        log = self.map_ / f"proces-{len(self.processen)}.log"
        proces = Proces([sys.executable, "-m", *opdracht], {**self.omgeving, **extra}, log)
        self.processen.append(proces)
        return proces

    def worker(self, *hoe: str, klaar: bool = True, moment: str = "", **extra: str) -> Proces:
        """Start a worker, and return when it takes work. `moment`: what its machine takes for now."""
        elders = ("tests.trouw.andere_tijd", moment) if moment else ()
        naam = f"w{len(self.processen)}@%h"
        vast = ("-A", "migratie", "worker", "--loglevel", "INFO", "--without-mingle", "-n", naam)
        proces = self.start(*elders, "celery", *vast, *hoe, **extra)
        if klaar:
            proces.wacht_op("ready.")
        return proces

    def klok(self) -> Proces:
        """Start a beat that ticks twice a second."""
        schema = str(self.map_ / f"beat-{len(self.processen)}")
        proces = self.start(
            "celery", "-A", "tests.trouw.klok", "beat", "--loglevel", "INFO", "--schedule", schema, "--pidfile="
        )
        proces.wacht_op("Sending due task")
        return proces

    def web(self) -> str:
        """Start the web process, and return its address when it answers."""
        poort = vrije_poort()
        web = self.start("gunicorn", "migratie.wsgi", "--bind", f"127.0.0.1:{poort}", "--threads", "2",
                         "--no-control-socket")  # fmt: skip
        web.wacht_op("Booting worker")
        return f"http://127.0.0.1:{poort}"

    def manage(self, *opdracht: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *opdracht], cwd=HUIS, env={**self.omgeving, **extra}, capture_output=True,
            text=True, check=False, timeout=120, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def tik(self, taak: str = NIEUWS, *, rij: str = "celery") -> str:
        """What beat does at a tick; the id of the message."""
        return str(self.tikker.send_task(taak, queue=rij).id)

    def tik_af(self, worker: Proces, taak: str = NIEUWS, *, rij: str = "celery") -> str:
        """A tick, and until this worker is done with it; how it ended: succeeded or raised."""
        kenmerk = self.tik(taak, rij=rij)
        einde = wacht_tot(
            lambda: (
                next((woord for woord in ("succeeded", "raised") if f"[{kenmerk}] {woord}" in worker.tekst()), "")
                or (not worker.leeft and "died")
            ),
            f"the end of task {kenmerk} in {worker.log}",
        )
        return str(einde)

    def stop(self) -> None:
        """End all that was started; without ceremony, since dying at any moment is what these are made for."""
        self.tikker.close()
        for proces in self.processen:
            beeindig(proces.proces)


# Who must be told what, and what the ledger says about it


def volgers(*namen: str, maatregel: Maatregel | None = None) -> Maatregel:
    """People who follow a measure whose status has just changed: each is due one mail about that."""
    maatregel = maatregel or MaatregelFactory()
    bij = OrganisatieFactory(soort="koepel")
    sinds = timezone.now() - datetime.timedelta(days=1)
    for naam in namen:
        lid = LidmaatschapFactory(persoon=PersoonFactory(email=f"{naam}@voorbeeld.nl"), organisatie=bij, rol="lezer")
        Volger.objects.create(maatregel=maatregel, persoon=lid.persoon, sinds=sinds)
    nieuws(maatregel)
    return maatregel


def nieuws(maatregel: Maatregel) -> None:
    """The status moves on, said by nobody who follows it."""
    beheer = PersoonFactory()
    LidmaatschapFactory(persoon=beheer, rol="beheerder", organisatie=OrganisatieFactory())
    naar = {"aangekondigd": "in_voorbereiding", "in_voorbereiding": "in_uitvoering"}[maatregel.status]
    wijzig_status(maatregel, naar, door=beheer, toelichting="Zo staat het er nu voor.")
    maatregel.refresh_from_db()


def namen(aantal: int) -> list[str]:
    """So many names, in the order in which they are written to."""
    return [f"p{nummer:02}" for nummer in range(aantal)]


def grootboek() -> list[tuple[str, str, int]]:
    """Per person what became of the mail, and after how many tries."""
    return [
        (adres.removesuffix("@voorbeeld.nl"), uitkomst, pogingen)
        for adres, uitkomst, pogingen in Herinnering.objects.order_by("persoon__email", "id").values_list(
            "persoon__email", "uitkomst", "pogingen"
        )
    ]


def uitkomsten() -> Counter[str]:
    """How many rows of the ledger per outcome."""
    return Counter(Herinnering.objects.values_list("uitkomst", flat=True))


def kenmerken() -> set[str]:
    """The Message-IDs that the ledger knows."""
    return set(Herinnering.objects.exclude(kenmerk="").values_list("kenmerk", flat=True))


def fouten() -> dict[str, str]:
    """Per person the last words of what went wrong."""
    return {
        adres.removesuffix("@voorbeeld.nl"): fout
        for adres, fout in Herinnering.objects.exclude(laatste_fout="").values_list("persoon__email", "laatste_fout")
    }


def is_bezet() -> bool:
    """Whether anybody holds the turn to hand over, as the database knows it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [BEURT],
        )
        return bool(cursor.fetchone()[0])


def wacht_op_rust() -> None:
    """Until nobody hands over any more."""
    wacht_tot(lambda: not is_bezet(), "the turn is free")


def precies_eenmaal(server: Mailserver, aantal: int, *, herhaald: int = 0) -> None:
    """So many mails arrived, each the ledger's own, each once; at most `herhaald` of them twice."""
    ontvangen = server.ontvangen()
    assert set(ontvangen) == kenmerken()
    assert len(ontvangen) == aantal
    dubbel = {kenmerk: keer for kenmerk, keer in ontvangen.items() if keer > 1}
    assert len(dubbel) <= herhaald
    assert set(dubbel.values()) <= {2}
    # A repeat is the same mail to the same person: one address per Message-ID, and one Message-ID per address here.
    assert len({(mail["Message-ID"], mail["To"]) for mail in server.mails()}) == aantal


@contextmanager
def stilgezet(pid: int) -> Iterator[None]:
    """A process that the machine does not give time to."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGCONT)
