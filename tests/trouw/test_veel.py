"""Many mails over several lines at once: what a crash repeats stays within one mail per line, also when the turn is
lost halfway and somebody else takes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from maatregelen.zendbeurt import BEURT
from maatregelen.zendlijnen import LIJNEN, VEEL
from tests.trouw.makelaars import Makelaar, wacht_tot
from tests.trouw.opstelling import (
    DRADEN,
    SOLO,
    Dienst,
    Mailserver,
    namen,
    precies_eenmaal,
    uitkomsten,
    volgers,
    wacht_op_rust,
)

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))

AANTAL = VEEL + 20


def verbreek_de_beurt() -> int:
    """End the connection that holds the turn, as a firewall or an administrator does; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s "
            "AND mode = 'ExclusiveLock' AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [BEURT],
        )
        return int(cursor.fetchone()[0])


def test_killed_in_the_middle_repeats_one_per_line_at_most(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver
) -> None:
    alles = dienst(redis)
    volgers(*namen(AANTAL))
    eerste, tweede = alles.worker(*DRADEN), alles.worker(*SOLO, "-Q", "tweede")
    mailserver.doe({"bij": "ontvangen", "nummer": AANTAL // 2, "doe": "ok-dood", "groep": True})
    alles.tik()
    wacht_tot(lambda: not eerste.leeft, "the worker is dead")
    wacht_op_rust()
    mailserver.doe()
    assert uitkomsten()["verzonden"] >= AANTAL // 2 - LIJNEN
    assert alles.tik_af(tweede, rij="tweede") == "succeeded"
    assert uitkomsten() == {"verzonden": AANTAL}
    precies_eenmaal(mailserver, AANTAL, herhaald=LIJNEN)


@pytest.mark.parametrize(("aantal", "herhaald"), [(AANTAL, LIJNEN), (40, 1)], ids=["several-lines", "one-line"])
def test_the_turn_is_lost_halfway(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver, aantal: int, herhaald: int
) -> None:
    """The connection that holds the turn breaks while mail is on its way, and another worker is eager."""
    alles = dienst(redis)
    volgers(*namen(aantal))
    eerste, tweede = alles.worker(*SOLO), alles.worker(*SOLO, "-Q", "tweede")
    mailserver.doe({"bij": "ontvangen", "wacht": 0.05})
    kenmerk = alles.tik()
    wacht_tot(lambda: len(mailserver.ontvangen()) >= 10, "it is under way")
    assert verbreek_de_beurt() == 1
    alles.tik_af(tweede, rij="tweede")
    einde: dict[str, Any] = {"raised": f"[{kenmerk}] raised", "succeeded": f"[{kenmerk}] succeeded"}
    wacht_tot(lambda: any(woorden in eerste.tekst() for woorden in einde.values()), "the first is done", 40)
    assert eerste.leeft
    mailserver.doe()
    assert alles.tik_af(eerste) == "succeeded"
    assert uitkomsten() == {"verzonden": aantal}
    precies_eenmaal(mailserver, aantal, herhaald=herhaald)
