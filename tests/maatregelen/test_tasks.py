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
from maatregelen.models import Herinnering, Mijlpaal, Volger
from maatregelen.statuswissel import wijzig_status
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
def mijlpaal(mensen: Mensen) -> Mijlpaal:
    """A deadline that asks for a mail today, to two people."""
    einde = timezone.localdate() + datetime.timedelta(days=5)
    return MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie), einde=einde)


def uitkomsten() -> list[tuple[str, str]]:
    """What became of each mail."""
    return list(Herinnering.objects.order_by("persoon__email").values_list("persoon__email", "uitkomst"))


def test_the_clock_asks_from_seven_in_the_morning_in_amsterdam() -> None:
    app.autodiscover_tasks(force=True)
    klok = app.conf.beat_schedule
    assert {naam: regel["task"] for naam, regel in klok.items()} == {
        "herinneringen": "maatregelen.verstuur_herinneringen",
        "statusberichten": "maatregelen.verstuur_statusberichten",
    }
    assert {regel["task"] for regel in klok.values()} <= set(app.tasks)
    assert str(app.timezone) == "Europe/Amsterdam"
    for dag, zeven in ((datetime.date(2026, 1, 15), 6), (datetime.date(2026, 7, 15), 5)):  # the hour in UTC
        nacht = datetime.datetime(dag.year, dag.month, dag.day, 1, tzinfo=datetime.UTC)
        ritme: crontab = klok["herinneringen"]["schedule"]
        ritme.nowfun = lambda nacht=nacht: nacht.astimezone(app.timezone)
        gisteravond = nacht - datetime.timedelta(hours=6)
        eerste = nacht + ritme.remaining_estimate(gisteravond.astimezone(app.timezone))
        assert eerste.astimezone(datetime.UTC).hour == zeven
        ritme.nowfun = None


@echte_transacties
def test_a_tick_reaches_the_worker_and_the_mail_is_on_disk(
    mijlpaal: Mijlpaal, mensen: Mensen, worker: Callable[..., object], omgeving: dict[str, str], tmp_path: Path
) -> None:
    Volger.objects.create(
        maatregel=mijlpaal.maatregel, persoon=mensen.partner, sinds=timezone.now() - datetime.timedelta(1)
    )
    wijzig_status(mijlpaal.maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.")
    tik(omgeving, "maatregelen.verstuur_herinneringen")  # before there is a worker: it waits
    tik(omgeving, "maatregelen.verstuur_herinneringen")
    worker()
    tik(omgeving, "maatregelen.verstuur_statusberichten")
    wacht_tot(lambda: len(list((tmp_path / "mail").glob("*.eml"))) == 3)
    wacht_tot(lambda: list((tmp_path / "broker" / "wachtrij").iterdir()) == [])
    wacht_tot(lambda: {uitkomst for _, uitkomst in uitkomsten()} == {"verzonden"})
    assert [naam for naam, _ in uitkomsten()] == ["collega@voorbeeld.nl", "eigen@voorbeeld.nl", "partner@voorbeeld.nl"]


@echte_transacties
def test_killed_between_plan_and_send_the_next_run_sends(
    mijlpaal: Mijlpaal, worker: Callable[..., subprocess.Popen[bytes]], omgeving: dict[str, str], tmp_path: Path
) -> None:
    """The worker hangs on a mail server that says nothing when it dies; its task is lost, the ledger is not."""
    with socket.socket() as stil:
        stil.bind(("127.0.0.1", 0))
        stil.listen()
        proces = worker(EMAIL_URL=f"smtp://127.0.0.1:{stil.getsockname()[1]}")
        tik(omgeving, "maatregelen.verstuur_herinneringen")
        stil.settimeout(30)
        verbinding, _ = stil.accept()  # now it is handing over
        proces.send_signal(signal.SIGKILL)
        proces.wait()
        verbinding.close()
    assert uitkomsten() == [("collega@voorbeeld.nl", "open"), ("eigen@voorbeeld.nl", "open")]
    assert list((tmp_path / "broker" / "wachtrij").iterdir()) == []
    worker()
    tik(omgeving, "maatregelen.verstuur_herinneringen")
    wacht_tot(lambda: uitkomsten() == [("collega@voorbeeld.nl", "verzonden"), ("eigen@voorbeeld.nl", "verzonden")])
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 2
    assert herinneringen.verstuur(timezone.localdate()).regels == []
