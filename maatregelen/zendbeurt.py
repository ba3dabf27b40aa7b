"""One sender at a time: whose turn it is to hand over mail, as a lock that ends with the connection that holds it.

Four workers, two clocks and a command at once: one of them sends, the others find the turn taken and leave; the next
tick asks again. A worker that is killed loses its connection, and with it the turn.

Who sends over several lines has a connection per line. Were the connection with the turn to break alone, the next
sender would hand over the same mails beside those lines; so each line holds on to the turn as well.
"""

import contextlib
import time
from collections.abc import Iterator

from django.db import connection

BEURT = 0x52_65_67_69  # "Regi": the key of the lock in the database
LIJN = 0x4C_69_6A_6E  # "Lijn": the key that lines share, and that nobody may hold when somebody takes the turn
WACHTTIJD = 60.0  # seconds that a command waits for another process that is handing over
TUSSENPOOS = 0.1

# Whoever has the turn asks whether no line of an earlier turn still runs, and gives the turn back if one does.
_NEEM = """
    SELECT CASE WHEN NOT pg_try_advisory_lock(%(beurt)s) THEN false
        WHEN pg_try_advisory_lock(%(lijn)s) THEN pg_advisory_unlock(%(lijn)s)
        ELSE NOT pg_advisory_unlock(%(beurt)s) END
"""
_HEEFT = """
    SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = %(houder)s AND granted
        AND classid = 0 AND objid = %(beurt)s AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


class BeurtKwijt(Exception):  # noqa: N818  it names what happened
    """The connection that held the turn is gone: somebody else may be sending by now."""


@contextlib.contextmanager
def zendbeurt(*, wacht: bool = False) -> Iterator[bool]:
    """Whether it is our turn, until the end of the `with` block; `wacht`: wait for the turn for a while.

    The lock belongs to the connection and not to a transaction: each mail is recorded by itself.
    """
    tot = time.monotonic() + (WACHTTIJD if wacht else 0)
    while not (gekregen := _vraag(_NEEM)) and time.monotonic() < tot:
        time.sleep(TUSSENPOOS)
    try:
        yield gekregen
    finally:
        if gekregen:
            _geef_terug("SELECT pg_advisory_unlock(%(beurt)s)")


def houder() -> int:
    """The connection of this thread, as a line must know it: the one that holds the turn."""
    return connection.connection.info.backend_pid if connection.connection else 0


@contextlib.contextmanager
def lijn(van: int) -> Iterator[None]:
    """A line beside the connection `van` that holds the turn: until its end nobody else gets the turn.

    To be entered by the thread of the line. Raises BeurtKwijt when `van` has the turn no more.
    """
    # In this order: from the first question on nobody can take the turn, so what the second answers stays true.
    if not _vraag("SELECT pg_try_advisory_lock_shared(%(lijn)s)"):
        raise BeurtKwijt("de beurt is van een ander")
    try:
        if not _vraag(_HEEFT, houder=van):
            raise BeurtKwijt("de verbinding met de beurt is weg")
        yield
    finally:
        _geef_terug("SELECT pg_advisory_unlock_shared(%(lijn)s)")


def _geef_terug(opdracht: str) -> None:
    # A connection that broke has given up its locks by itself.
    if connection.connection is not None and not connection.connection.closed:
        _vraag(opdracht)


def _vraag(opdracht: str, **waarden: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, {"beurt": BEURT, "lijn": LIJN, **waarden})
        return bool(cursor.fetchone()[0])
