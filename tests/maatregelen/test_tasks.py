"""The clock and the worker: real processes of Celery over the queue of files, and kill -9."""

import datetime
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone

from maatregelen import herinneringen
from maatregelen.models import Herinnering, Maatregel, Volger
from maatregelen.statuswissel import wijzig_status
from maatregelen.werkdagen import is_werkdag
from migratie.celery import app
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory

HUIS = Path(__file__).resolve().parent.parent.parent
echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
# As script/server starts it.
WORKER = (
    "--quiet", "-A", "migratie", "worker", "--pool", "threads", "--concurrency", "1", "--loglevel", "WARNING",
    "--without-gossip", "--without-mingle", "--without-heartbeat",
)  # fmt: skip


def wacht_tot(vraag: Callable[[], object], seconden: float = 30) -> None:
    """Until it is so, or the test fails."""
    tot = time.monotonic() + seconden
    while not vraag():
        assert time.monotonic() < tot, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def omgeving(tmp_path: Path) -> dict[str, str]:
    """The environment of a process of the product, on the database of this test and with folders of its own."""
    adres = urlsplit(os.environ["DATABASE_URL"])
    naam = str(settings.DATABASES["default"]["NAME"])
    return {
        **{
            sleutel: waarde
            for sleutel, waarde in os.environ.items()
            if sleutel not in ("EMAIL_URL", "CELERY_BROKER_URL")
        },
        "DATABASE_URL": urlunsplit(adres._replace(path=f"/{naam}")),
        "REGIEMONITOR_DEMO": "1",
        "REGIEMONITOR_VAR": str(tmp_path),
    }


@pytest.fixture
def worker(omgeving: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a worker, with what its environment must say besides."""
    processen: list[subprocess.Popen[bytes]] = []

    def start(**extra: str) -> subprocess.Popen[bytes]:
        processen.append(
            subprocess.Popen([sys.executable, "-m", "celery", *WORKER], cwd=HUIS, env={**omgeving, **extra})
        )
        return processen[-1]

    yield start
    for proces in processen:
        if proces.poll() is None:
            proces.terminate()
        proces.wait(timeout=20)


def tik(omgeving: dict[str, str], taak: str) -> None:
    """What beat does at a tick."""
    subprocess.run([sys.executable, "-m", "celery", "-A", "migratie", "call", taak], cwd=HUIS, env=omgeving, check=True,
                   capture_output=True, timeout=60)  # fmt: skip


@pytest.fixture
def nieuws(mensen: Mensen) -> Maatregel:
    """A change of status that two people must be told of, whatever day it is today."""
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    for persoon in (mensen.partner, mensen.vreemd):
        Volger.objects.create(maatregel=maatregel, persoon=persoon, sinds=timezone.now() - datetime.timedelta(days=1))
    wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.")
    return maatregel


def uitkomsten() -> list[tuple[str, str]]:
    """What became of each mail."""
    return list(Herinnering.objects.order_by("persoon__email").values_list("persoon__email", "uitkomst"))


def test_the_clock_asks_from_seven_in_the_morning_in_amsterdam() -> None:
    app.autodiscover_tasks(force=True)
    klok = app.conf.beat_schedule
    assert {naam: regel["task"] for naam, regel in klok.items()} == {
        "herinneringen": "maatregelen.verstuur_herinneringen",
        "herhaalde-termijnen": "maatregelen.herhaal_termijnen",
        "achtergebleven-stukken": "regietafel.maak_achtergebleven_stukken",
        "oude-stukken": "regietafel.ruim_stukken_op",
        "toegangsmail": "toegang.verstuur_toegangsmail",
        "sleuteleinde": "toegang.kondig_sleuteleinde_aan",
        "sessies-opruimen": "toegang.ruim_sessies_op",
        "logboek-verzegelen": "logboek.verzegel",
        "logboek-controleren": "logboek.controleer",
        "namen-wissen": "logboek.wis_namen",
        "personen-vergeten": "maatregelen.pseudonimiseer",
        "embargo": "maatregelen.ruim_embargo_op",
        "statusberichten": "maatregelen.verstuur_statusberichten",
        "actieberichten": "regietafel.verstuur_actieberichten",
        "vergaderberichten": "regietafel.verstuur_vergaderberichten",
    }
    assert {regel["task"] for regel in klok.values()} <= set(app.tasks)
    assert str(app.timezone) == "Europe/Amsterdam"
    for dag, zeven in (  # the hour in UTC, also on the days after the nights of the clock change
        (datetime.date(2026, 1, 15), 6),
        (datetime.date(2026, 3, 29), 5),
        (datetime.date(2026, 7, 15), 5),
        (datetime.date(2026, 10, 25), 6),
    ):
        nacht = datetime.datetime(dag.year, dag.month, dag.day, 1, tzinfo=datetime.UTC)
        ritme: crontab = klok["herinneringen"]["schedule"]
        ritme.nowfun = lambda nacht=nacht: nacht.astimezone(app.timezone)
        gisteravond = nacht - datetime.timedelta(hours=6)
        eerste = nacht + ritme.remaining_estimate(gisteravond.astimezone(app.timezone))
        assert eerste.astimezone(datetime.UTC).hour == zeven
        ritme.nowfun = None


@echte_transacties
def test_a_tick_reaches_the_worker_and_the_mail_is_on_disk(
    nieuws: Maatregel, worker: Callable[..., object], omgeving: dict[str, str], tmp_path: Path
) -> None:
    vandaag = timezone.localdate()
    MijlpaalFactory(maatregel=nieuws, einde=vandaag)
    tik(omgeving, "maatregelen.verstuur_statusberichten")  # before there is a worker: it waits
    tik(omgeving, "maatregelen.verstuur_statusberichten")
    worker()
    tik(omgeving, "maatregelen.verstuur_herinneringen")
    wacht_tot(lambda: list((tmp_path / "broker" / "wachtrij").iterdir()) == [])
    volgers = ["partner@voorbeeld.nl", "vreemd@voorbeeld.nl"]
    eigenaren = ["collega@voorbeeld.nl", "eigen@voorbeeld.nl"] if is_werkdag(vandaag) else []
    verwacht = [(aan, "verzonden") for aan in (*eigenaren, *volgers)]
    wacht_tot(lambda: uitkomsten() == verwacht)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == len(verwacht)


@echte_transacties
def test_killed_between_plan_and_send_the_next_run_sends(
    nieuws: Maatregel, worker: Callable[..., subprocess.Popen[bytes]], omgeving: dict[str, str], tmp_path: Path
) -> None:
    """The worker hangs on a mail server that says nothing when it dies; its task is lost, the ledger is not."""
    with socket.socket() as stil:
        stil.bind(("127.0.0.1", 0))
        stil.listen()
        proces = worker(EMAIL_URL=f"smtp://127.0.0.1:{stil.getsockname()[1]}")
        tik(omgeving, "maatregelen.verstuur_statusberichten")
        stil.settimeout(60)
        verbinding, _ = stil.accept()  # now it is handing over
        proces.send_signal(signal.SIGKILL)
        proces.wait()
        verbinding.close()
    assert uitkomsten() == [("partner@voorbeeld.nl", "open"), ("vreemd@voorbeeld.nl", "open")]
    assert list((tmp_path / "broker" / "wachtrij").iterdir()) == []
    worker()
    tik(omgeving, "maatregelen.verstuur_statusberichten")
    wacht_tot(lambda: uitkomsten() == [("partner@voorbeeld.nl", "verzonden"), ("vreemd@voorbeeld.nl", "verzonden")])
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 2
    assert herinneringen.verstuur_statusberichten().regels == []
