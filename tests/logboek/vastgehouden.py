"""The table of the log, kept locked by somebody else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def logboek_vastgehouden(slot: str) -> Iterator[None]:
    """Another connection holds this lock on the table; here one waits for it no longer than a fifth of a second."""
    vast, los = threading.Event(), threading.Event()

    def houd_vast() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE logboek_logregel IN {slot} MODE")
            vast.set()
            assert los.wait(20)
        connection.close()

    draad = threading.Thread(target=houd_vast)
    draad.start()
    assert vast.wait(20)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 200")
        yield
    finally:
        los.set()
        draad.join()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 5000")
