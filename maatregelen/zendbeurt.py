"""One sender at a time: whose turn it is to hand over mail, as a lock that ends with the connection that holds it.

Four workers, two clocks and a command at once: one of them sends, the others find the turn taken and leave; the next
tick asks again. A worker that is killed loses its connection, and with it the turn.

The lock belongs to the connection that also records what became of each mail: who has lost the turn can record nothing,
and therefore sends nothing more (zendlijnen).
"""

import contextlib
import time
from collections.abc import Iterator

from django.db import connection

BEURT = 0x52_65_67_69  # "Regi": the key of the lock in the database
WACHTTIJD = 60.0  # seconds that a command waits for another process that is handing over
TUSSENPOOS = 0.1


@contextlib.contextmanager
def zendbeurt(*, wacht: bool = False) -> Iterator[bool]:
    """Whether it is our turn, until the end of the `with` block; `wacht`: wait for the turn for a while.

    The lock belongs to the connection and not to a transaction: each mail is recorded by itself.
    """
    tot = time.monotonic() + (WACHTTIJD if wacht else 0)
    while not (gekregen := _vraag("SELECT pg_try_advisory_lock(%s)")) and time.monotonic() < tot:
        time.sleep(TUSSENPOOS)
    try:
        yield gekregen
    finally:
        # A connection that broke has given up its locks by itself.
        if gekregen and connection.connection is not None and not connection.connection.closed:
            _vraag("SELECT pg_advisory_unlock(%s)")


def _vraag(opdracht: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, [BEURT])
        return bool(cursor.fetchone()[0])
