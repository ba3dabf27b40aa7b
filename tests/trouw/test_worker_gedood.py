"""A worker is killed with -9, at every point of a run: what was not handed over goes later, and nothing goes twice.

But for one: a mail whose OK the mail server gave and the worker did not live to record. It repeats, under the same
Message-ID. The mail server itself does the killing, so that it happens exactly there.
"""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from maatregelen.models import Herinnering
from tests.trouw.makelaars import Makelaar, wacht_tot
from tests.trouw.opstelling import (
    DRADEN,
    PREFORK,
    SOLO,
    Dienst,
    Mailserver,
    Proces,
    is_bezet,
    namen,
    precies_eenmaal,
    uitkomsten,
    volgers,
    wacht_op_rust,
)

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


RESERVE = "reserve"  # a queue of its own, so that it takes no tick before it is told to


@pytest.fixture(scope="module")
def _reserve(
    django_db_setup: None, redis: Makelaar, _mailserver: Mailserver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proces]:
    alles = Dienst(tmp_path_factory.mktemp("reserve"), redis, _mailserver.url)
    try:
        yield alles.worker(*SOLO, "-Q", RESERVE)
    finally:
        alles.stop()


@pytest.fixture
def reserve(_reserve: Proces) -> Proces:
    """A worker on another machine, that goes on where the killed one was."""
    assert _reserve.leeft
    return _reserve


def gedood(alles: Dienst, mailserver: Mailserver, hoe: tuple[str, ...], waar: dict[str, Any], aantal: int) -> int:
    """Kill a worker there, with all its processes. How many mails had arrived by then."""
    volgers(*namen(aantal))
    eerste = alles.worker(*hoe)
    mailserver.doe({**waar, "groep": True})
    alles.tik()
    wacht_tot(lambda: not eerste.leeft, "the worker is dead")
    wacht_op_rust()  # its connection is gone, and with it the turn
    al = mailserver.ontvangen()
    assert set(al.values()) <= {1}
    assert sum(uitkomsten().values()) == aantal
    assert uitkomsten()["open"] >= aantal - len(al)
    mailserver.doe()
    return len(al)


@pytest.mark.parametrize(
    ("hoe", "waar", "al"),
    [
        pytest.param(SOLO, {"bij": "verbinding", "doe": "dood"}, 0, id="planned-and-connecting"),
        pytest.param(PREFORK, {"bij": "MAIL", "nummer": 1, "doe": "dood"}, 0, id="connected"),
        pytest.param(DRADEN, {"bij": "RCPT", "nummer": 4, "doe": "dood"}, 3, id="before-the-letter"),
        pytest.param(SOLO, {"bij": "DATA", "nummer": 4, "doe": "dood"}, 3, id="letter-not-kept"),
    ],
)
def test_killed_before_the_ok(
    dienst: Callable[..., Dienst],
    redis: Makelaar,
    mailserver: Mailserver,
    reserve: Proces,
    hoe: tuple[str, ...],
    waar: dict[str, Any],
    al: int,
) -> None:
    """Nothing was taken for sent, so nothing repeats."""
    alles = dienst(redis)
    assert gedood(alles, mailserver, hoe, waar, 8) == al
    assert alles.tik_af(reserve, rij=RESERVE) == "succeeded"
    assert uitkomsten() == {"verzonden": 8}
    precies_eenmaal(mailserver, 8)


@pytest.mark.parametrize("hoe", [SOLO, PREFORK, DRADEN], ids=["solo", "prefork", "threads"])
def test_killed_between_the_ok_and_our_commit_in_the_middle_of_fifty(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver, reserve: Proces, hoe: tuple[str, ...]
) -> None:
    """The OK of the 25th waits in the kernel for a worker that does not live to read it. That one comes twice."""
    alles = dienst(redis)
    assert gedood(alles, mailserver, hoe, {"bij": "ontvangen", "nummer": 25, "doe": "ok-dood"}, 50) == 25
    assert uitkomsten() == {"verzonden": 24, "open": 26}
    assert alles.tik_af(reserve, rij=RESERVE) == "succeeded"
    assert uitkomsten() == {"verzonden": 50}
    precies_eenmaal(mailserver, 50, herhaald=1)
    vijfentwintigste = Herinnering.objects.order_by("id")[24].kenmerk
    assert {kenmerk for kenmerk, keer in mailserver.ontvangen().items() if keer == 2} == {vijfentwintigste}


def test_only_the_process_that_sends_is_killed(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver
) -> None:
    """As when the machine is out of memory: the worker starts a new process by itself and the next tick goes on."""
    alles = dienst(redis)
    volgers(*namen(12))
    worker = alles.worker("--concurrency", "1")
    regels: list[dict[str, Any]] = [
        {"bij": "RCPT", "nummer": 3, "doe": "dood"},
        {"bij": "ontvangen", "nummer": 3, "doe": "ok-dood"},
    ]
    for keer, regel in enumerate(regels, start=1):
        mailserver.doe(regel)
        alles.tik()
        wacht_tot(
            lambda keer=keer: worker.tekst().count("Task handler raised error: WorkerLostError") == keer,
            f"death {keer} is noticed",
        )
        wacht_op_rust()
    assert worker.leeft
    assert (len(mailserver.ontvangen()), uitkomsten()) == (5, {"verzonden": 4, "open": 8})
    mailserver.doe()
    assert alles.tik_af(worker) == "succeeded"
    assert uitkomsten() == {"verzonden": 12}
    precies_eenmaal(mailserver, 12, herhaald=1)


def _andere_verbinding() -> psycopg.Connection[Any]:
    """A connection besides that of the test."""
    waar = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(**{k: v for k, v in connection.get_connection_params().items() if k in waar})


def test_killed_while_the_database_writes_the_plan(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver, reserve: Proces
) -> None:
    """Whether the rows were just written or not at all: each mail goes once."""
    alles = dienst(redis)
    volgers(*namen(5))
    worker = alles.worker(*SOLO)
    with _andere_verbinding() as slot:
        slot.execute("LOCK TABLE maatregelen_herinnering IN EXCLUSIVE MODE")
        alles.tik()
        wacht_tot(is_bezet, "it is planning")
        wacht_tot(lambda: _wacht_op_slot() == 1, "it waits to write")
        worker.dood()
    wacht_op_rust()
    assert mailserver.ontvangen() == {}
    assert set(uitkomsten()) <= {"open"}
    assert alles.tik_af(reserve, rij=RESERVE) == "succeeded"
    precies_eenmaal(mailserver, 5)


def test_killed_while_the_database_records_what_was_sent(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver, reserve: Proces
) -> None:
    """The worker has read the OK; whether its note was just made or not, at most this mail comes twice."""
    alles = dienst(redis)
    volgers(*namen(5))
    worker = alles.worker(*SOLO)
    mailserver.doe({"bij": "ontvangen", "nummer": 3, "wacht": 0.7})
    with _andere_verbinding() as slot:
        alles.tik()
        wacht_tot(lambda: len(mailserver.ontvangen()) == 3, "the third mail")
        slot.execute("LOCK TABLE maatregelen_herinnering IN SHARE MODE")
        wacht_tot(lambda: _wacht_op_slot() == 1, "it waits to record")
        worker.dood()
    wacht_op_rust()
    mailserver.doe()
    assert alles.tik_af(reserve, rij=RESERVE) == "succeeded"
    assert uitkomsten() == {"verzonden": 5}
    precies_eenmaal(mailserver, 5, herhaald=1)


def _wacht_op_slot() -> int:
    """How many connections to this database wait for a lock on a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return int(cursor.fetchone()[0])
