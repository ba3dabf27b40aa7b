"""The database stops in the middle of a run, politely, at once, or by a kill -9, and comes back.

On a server of its own that the tests may stop. Nothing is lost; a mail whose OK could not be recorded any more comes
twice, under the same Message-ID; the worker lives on.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import dj_database_url
import psutil
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from maatregelen.models import Herinnering
from maatregelen.zendlijnen import LIJNEN, VEEL
from migratie.lokaal import Account, Server, find_binaries
from tests.trouw.makelaars import Makelaar, wacht_tot
from tests.trouw.opstelling import (
    DRADEN,
    PREFORK,
    Dienst,
    Mailserver,
    databaseadres,
    namen,
    precies_eenmaal,
    uitkomsten,
    volgers,
)

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


class EigenDatabase:
    """A server of PostgreSQL in a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.gebruik = ExitStack()
        self.servers: list[Server] = []
        self.url = ""

    def start(self) -> None:
        """Start it, also after it was stopped; returns when it takes connections."""
        self.servers.append(Server(self.var))
        self.url = self.gebruik.enter_context(self.servers[-1].in_use())

    def stop(self, sein: signal.Signals) -> None:
        """SIGINT: end all connections and stop. SIGQUIT: stop at once and recover at the start. SIGKILL: unprepared."""
        connection.close()
        hoofd = psutil.Process(int((self.var / "postgres" / "postmaster.pid").read_text().split()[0]))
        familie = [hoofd, *hoofd.children(recursive=True)]
        for proces in familie if sein == signal.SIGKILL else [hoofd]:
            os.kill(proces.pid, sein)
        _, over = psutil.wait_procs(familie, timeout=15)
        assert [proces for proces in over if proces.status() != psutil.STATUS_ZOMBIE] == []
        self._begraaf()

    def weg(self) -> None:
        """Stop it and throw it away."""
        self.gebruik.close()
        self._begraaf()
        if (self.var / "postgres").is_symlink():
            shutil.rmtree((self.var / "postgres").resolve().parent)
        shutil.rmtree(self.var)

    def _begraaf(self) -> None:
        for server in self.servers:
            if server.process:
                server.process.wait(timeout=15)


def _richt_in(database: EigenDatabase, voorbeeld: str) -> None:
    """The tables as in the database of the tests; where they cannot be copied, made anew, which takes longer."""
    binaries, _ = find_binaries(Account(database.var / "postgres"), (database.var / "postgres").resolve())
    if (binaries / "pg_dump").exists() and (binaries / "psql").exists():
        bestand = database.var / "tabellen.sql"
        opties = ["--schema-only", "--no-owner", "--no-privileges", f"--file={bestand}"]
        if subprocess.run([binaries / "pg_dump", *opties, voorbeeld], check=False).returncode == 0:
            opties = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={bestand}"]
            subprocess.run([binaries / "psql", *opties, database.url], check=True, stdout=subprocess.DEVNULL)
            return
    call_command("migrate", verbosity=0)


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[EigenDatabase]:
    """A server that may be stopped; as long as it is there the tests work on it, and on nothing else."""
    var = Path(tempfile.mkdtemp(prefix="regiemonitor-trouw-"))  # not pytest's own, which the server may not enter
    var.chmod(0o755)
    database = EigenDatabase(var)
    voorbeeld, gewoon = databaseadres(), dict(connection.settings_dict)
    try:
        database.start()
        connection.close()
        eigen = dj_database_url.parse(database.url)
        connection.settings_dict.update({sleutel: eigen[sleutel] for sleutel in ("HOST", "PORT", "USER", "NAME")})
        connection.settings_dict["PASSWORD"] = ""
        with django_db_blocker.unblock():
            _richt_in(database, voorbeeld)
        yield database
    finally:
        connection.close()
        connection.settings_dict.update(gewoon)
        database.weg()


@pytest.mark.parametrize(
    ("sein", "hoe", "aantal", "herhaald"),
    [
        pytest.param(signal.SIGINT, PREFORK, 50, 1, id="fast"),
        pytest.param(signal.SIGQUIT, DRADEN, 50, 1, id="immediate"),
        pytest.param(signal.SIGKILL, PREFORK, 50, 1, id="kill-9"),
        pytest.param(signal.SIGQUIT, PREFORK, VEEL + 20, LIJNEN, id="immediate-several-lines"),
    ],
)
def test_restarted_in_the_middle_of_a_run(
    database: EigenDatabase,
    dienst: Callable[..., Dienst],
    redis: Makelaar,
    mailserver: Mailserver,
    sein: signal.Signals,
    hoe: tuple[str, ...],
    aantal: int,
    herhaald: int,
) -> None:
    alles = dienst(redis, DATABASE_URL=database.url)
    volgers(*namen(aantal))
    worker = alles.worker(*hoe)
    mailserver.doe({"bij": "ontvangen", "wacht": 0.02})
    kenmerk = alles.tik()
    wacht_tot(lambda: len(mailserver.ontvangen()) >= 20, "it is under way")
    database.stop(sein)
    worker.wacht_op(f"[{kenmerk}] raised")
    al = mailserver.ontvangen()
    assert 20 <= len(al) < aantal
    assert alles.tik_af(worker) == "raised"  # a tick while the database is away does nothing
    assert mailserver.ontvangen() == al

    database.start()
    mailserver.doe()
    assert sum(uitkomsten().values()) == aantal  # every row, each under its key
    assert uitkomsten()["verzonden"] in range(len(al) - herhaald, len(al) + 1)
    assert alles.tik_af(worker) == "succeeded"  # the same worker, and nobody restarted it
    assert uitkomsten() == {"verzonden": aantal}
    precies_eenmaal(mailserver, aantal, herhaald=herhaald)
    assert Herinnering.objects.values("persoon").distinct().count() == aantal
