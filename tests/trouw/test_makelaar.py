"""The broker loses all it holds, or is away for a while: the next tick asks again. No mail is lost and none goes twice.

Redis, RabbitMQ and the folder of the demo; a worker and a clock that live through it.
"""

import json
import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from knox.models import get_token_model

from tests.factories import LidmaatschapFactory, MaatregelFactory, OrganisatieFactory, PersoonFactory
from tests.trouw.makelaars import Makelaar, Map, RabbitMQ, Redis, wacht_tot
from tests.trouw.opstelling import (
    DRADEN,
    PREFORK,
    SOLO,
    Dienst,
    Mailserver,
    Proces,
    namen,
    nieuws,
    precies_eenmaal,
    uitkomsten,
    volgers,
    wacht_op_rust,
)

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))

SOORTEN = {"redis": Redis, "rabbitmq": RabbitMQ, "filesystem": Map}


@pytest.fixture(scope="module", params=list(SOORTEN))
def makelaar(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Makelaar]:
    """Each broker in turn."""
    makelaar = SOORTEN[request.param](tmp_path_factory.mktemp("makelaar") / request.param)
    try:
        makelaar.start()
        yield makelaar
    finally:
        makelaar.stop()


@pytest.fixture(scope="module")
def _lopend(
    django_db_setup: None, makelaar: Makelaar, _mailserver: Mailserver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Dienst, Proces, Proces]]:
    alles = Dienst(tmp_path_factory.mktemp("dienst"), makelaar, _mailserver.url)
    # Not the solo pool: on RabbitMQ that one may miss it that its queue is gone (see docs/beheer.md).
    try:
        yield alles, alles.worker(*(DRADEN if makelaar.naam == "filesystem" else PREFORK)), alles.klok()
    finally:
        alles.stop()


@pytest.fixture
def lopend(_lopend: tuple[Dienst, Proces, Proces]) -> Iterator[tuple[Dienst, Proces, Proces]]:
    """A worker and a clock that live through all of this; between the tests the clock stands still."""
    _, worker, klok = _lopend
    assert (worker.leeft, klok.leeft) == (True, True)
    os.kill(klok.pid, signal.SIGCONT)
    yield _lopend
    os.kill(klok.pid, signal.SIGSTOP)
    wacht_tot(lambda: worker.tekst().count(" received ") <= _af(worker.tekst()), "all ticks are done")


def _af(tekst: str) -> int:
    return tekst.count(" succeeded in ") + tekst.count(" raised ")


def test_wiped_with_a_tick_in_it(dienst: Callable[..., Dienst], makelaar: Makelaar, mailserver: Mailserver) -> None:
    """Nobody took the tick yet; after that there is nothing that knows of it but the database."""
    alles = dienst(makelaar)
    volgers("a", "b")
    alles.tik()
    assert makelaar.wachtend() == 1
    makelaar.leeg()
    assert makelaar.wachtend() == 0
    worker = alles.worker(*SOLO)
    assert (uitkomsten(), mailserver.ontvangen()) == ({}, {})
    assert alles.tik_af(worker) == "succeeded"
    assert uitkomsten() == {"verzonden": 2}
    precies_eenmaal(mailserver, 2)


def test_a_worker_is_killed_with_the_tick_in_hand(
    dienst: Callable[..., Dienst], makelaar: Makelaar, mailserver: Mailserver
) -> None:
    """RabbitMQ gives its tick to the next worker at once, Redis in an hour, the folder never. It does not matter."""
    alles = dienst(makelaar)
    volgers(*namen(6))
    eerste = alles.worker(*DRADEN)
    mailserver.doe({"bij": "ontvangen", "nummer": 2, "doe": "ok-dood", "groep": True})
    alles.tik()
    wacht_tot(lambda: not eerste.leeft, "the worker is dead")
    wacht_op_rust()
    assert uitkomsten() == {"verzonden": 1, "open": 5}
    mailserver.doe()
    alles.worker(*DRADEN)
    if makelaar.naam != "rabbitmq":
        alles.tik()
    wacht_tot(lambda: uitkomsten() == {"verzonden": 6}, "all is sent")
    precies_eenmaal(mailserver, 6, herhaald=1)


def test_wiped_under_a_worker_and_a_clock_that_live_on(
    lopend: tuple[Dienst, Proces, Proces], makelaar: Makelaar, mailserver: Mailserver
) -> None:
    _, worker, klok = lopend
    maatregel = volgers("a", "b")
    wacht_tot(lambda: uitkomsten() == {"verzonden": 2}, "the clock ticks and the worker sends", 60)
    makelaar.leeg()
    # A worker has some ticks in hand; after those only what came by way of the emptied broker is left.
    time.sleep(2)
    nieuws(maatregel)
    wacht_tot(lambda: uitkomsten() == {"verzonden": 4}, "they go on after the wipe", 60)
    assert (worker.leeft, klok.leeft) == (True, True)
    precies_eenmaal(mailserver, 4)


def test_away_for_a_while(lopend: tuple[Dienst, Proces, Proces], makelaar: Makelaar, mailserver: Mailserver) -> None:
    """Who changes a status gets an answer, and followers hear of it when the broker is back; nothing is restarted."""
    alles, worker, klok = lopend
    organisatie = OrganisatieFactory()
    houder = LidmaatschapFactory(persoon=PersoonFactory(), organisatie=organisatie).persoon
    maatregel = volgers("a", "b", maatregel=MaatregelFactory(code="m-1", trekker=organisatie))
    wacht_tot(lambda: uitkomsten() == {"verzonden": 2}, "the clock ticks and the worker sends", 60)
    _, sleutel = get_token_model().objects.create(user=houder, schrijven=True)
    adres = alles.web()
    makelaar.stop()
    vraag = urllib.request.Request(
        f"{adres}/api/v1/maatregelen/{maatregel.code}/status",
        data=json.dumps({"status": "in_uitvoering", "toelichting": "Begonnen."}).encode(),
        headers={"Authorization": f"Token {sleutel}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(vraag, timeout=20) as antwoord:
        assert antwoord.status in (200, 201)
    maatregel.refresh_from_db()
    assert maatregel.status == "in_uitvoering"
    assert len(mailserver.ontvangen()) == 2
    makelaar.start()
    wacht_tot(lambda: uitkomsten() == {"verzonden": 4}, "they find the broker again", 90)
    assert (worker.leeft, klok.leeft) == (True, True)
    precies_eenmaal(mailserver, 4)
