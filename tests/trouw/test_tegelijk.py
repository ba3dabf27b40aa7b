"""Two clocks, four workers and commands at once: nobody gets a mail twice, and everybody gets it."""

import datetime
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from django.conf import settings

from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory
from tests.trouw.makelaars import Makelaar, wacht_tot
from tests.trouw.opstelling import (
    HUIS,
    PREFORK,
    SOLO,
    Dienst,
    Mailserver,
    grootboek,
    is_bezet,
    namen,
    nieuws,
    precies_eenmaal,
    stilgezet,
    uitkomsten,
    volgers,
    wacht_op_rust,
)

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


def af(tekst: str) -> Counter[str]:
    """How the ticks ended of which a worker logged this."""
    return Counter({einde: aantal for einde in ("succeeded", "raised") if (aantal := tekst.count(f"] {einde} "))})


def test_beat_is_started_twice(dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver) -> None:
    alles = dienst(redis)
    worker = alles.worker(*PREFORK)
    klokken = alles.klok(), alles.klok()
    maatregel = volgers(*namen(15))
    wacht_tot(lambda: uitkomsten() == {"verzonden": 15}, "all is sent")
    nieuws(maatregel)
    wacht_tot(lambda: uitkomsten() == {"verzonden": 30}, "the second news is sent")
    voor = worker.tekst().count("] succeeded ")
    wacht_tot(lambda: worker.tekst().count("] succeeded ") >= voor + 6, "and the clocks tick on")
    assert all(klok.leeft for klok in klokken)
    for klok in klokken:
        klok.stop()
    wacht_tot(lambda: sum(af(worker.tekst()).values()) == worker.tekst().count(" received "), "all ticks are done")
    assert set(af(worker.tekst())) == {"succeeded"}
    assert {(uitkomst, pogingen) for _, uitkomst, pogingen in grootboek()} == {("verzonden", 1)}
    assert set(mailserver.ontvangen().values()) == {1}
    assert len(mailserver.ontvangen()) == 30


@pytest.mark.parametrize("aantal", [40, 240], ids=["one-line", "several-lines"])
def test_four_workers_and_the_command_at_once(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver, aantal: int
) -> None:
    alles = dienst(redis)
    workers = [alles.worker(*PREFORK, klaar=False) for _ in range(4)]
    for worker in workers:
        worker.wacht_op("ready.")
    volgers(*namen(aantal))
    mailserver.doe({"bij": "RCPT", "wacht": 0.01})
    opdracht = subprocess.Popen(
        [sys.executable, "manage.py", "verstuur_herinneringen"],
        cwd=HUIS, env=alles.omgeving, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    tikken = 0
    while opdracht.poll() is None or uitkomsten() != {"verzonden": aantal}:
        alles.tik()
        tikken += 1
        wacht_tot(lambda: redis.wachtend() < 4, "the workers take the ticks")
    uitvoer = opdracht.communicate()[0].decode()
    assert opdracht.returncode == 0, uitvoer
    wacht_tot(lambda: sum((af(worker.tekst()) for worker in workers), Counter())["succeeded"] == tikken, "all is done")
    assert all(worker.leeft for worker in workers)
    precies_eenmaal(mailserver, aantal)
    assert {(uitkomst, pogingen) for _, uitkomst, pogingen in grootboek()} == {("verzonden", 1)}


def test_four_commands_at_once_about_the_same_deadline(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver, mensen: Mensen
) -> None:
    """Each plans and each would send; each waits for its turn and ends well."""
    alles = dienst(redis)
    organisatie = OrganisatieFactory()
    for naam in namen(8):
        LidmaatschapFactory(persoon=PersoonFactory(email=f"{naam}@voorbeeld.nl"), organisatie=organisatie)
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=organisatie), einde=datetime.date(2024, 12, 30))
    opdrachten = [
        subprocess.Popen(
            [sys.executable, "manage.py", "verstuur_herinneringen", "--vandaag", "2024-12-17"],
            cwd=HUIS, env=alles.omgeving, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for _ in range(4)
    ]  # fmt: skip
    uitvoer = [opdracht.communicate(timeout=90)[0].decode() for opdracht in opdrachten]
    assert [opdracht.returncode for opdracht in opdrachten] == [0] * 4, uitvoer
    wacht_op_rust()
    assert uitkomsten() == {"verzonden": 8}
    precies_eenmaal(mailserver, 8)


def test_a_worker_that_stands_still_keeps_the_turn(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver
) -> None:
    """A frozen machine still answers for its connections: nobody else sends, and later nothing has gone twice."""
    alles = dienst(redis)
    volgers(*namen(8))
    eerste, tweede = alles.worker(*SOLO), alles.worker(*SOLO, "-Q", "tweede")
    mailserver.doe({"bij": "RCPT", "wacht": 0.1})
    kenmerk = alles.tik()
    wacht_tot(lambda: len(mailserver.ontvangen()) >= 2, "it is under way")
    with stilgezet(eerste.pid):
        assert is_bezet()
        assert alles.tik_af(tweede, rij="tweede") == "succeeded"
        assert "berichten verstuurd" not in tweede.tekst()
        assert uitkomsten()["open"] > 0
    eerste.wacht_op(f"[{kenmerk}] succeeded")
    assert uitkomsten() == {"verzonden": 8}
    precies_eenmaal(mailserver, 8)
