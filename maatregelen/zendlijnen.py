"""Handing many mails over: over one connection, or over a few at once when there are many.

Each connection has one mail on the way at a time, and each mail is recorded by itself as soon as the mail server has
answered: a crash in between repeats that mail and no other. A large number goes over several connections, because the
disk that must hold each record is slower than the mail server that answers.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog
from django.core.mail import EmailMessage
from django.db import connection

from maatregelen.models import Uitkomst
from maatregelen.verzending import Geweigerd, Mislukt, Postbode, omschrijving
from maatregelen.zendbeurt import houder, lijn

log = structlog.get_logger(__name__)

LIJNEN = 6
VEEL = 200  # from so many mails on there is more than one connection

TIJD_OM = "de tijd voor deze ronde is om"

Brief = TypeVar("Brief")


@dataclass(frozen=True)
class Uitslag(Generic[Brief]):
    """What became of a mail."""

    brief: Brief
    uitkomst: Uitkomst
    onderwerp: str = ""
    fout: str = ""


@dataclass
class Overdracht(Generic[Brief]):
    """A number of mails on their way. `gestopt`: why not all of them were tried; empty when they were."""

    schrijf: Callable[[Brief], EmailMessage]
    noteer: Callable[[Uitslag[Brief]], None]
    stop_op: float | None = None  # moment on the monotonic clock
    gestopt: str = ""

    def draag_over(self, brieven: Sequence[Brief], *, vers_tot: float) -> list[Uitslag[Brief]]:
        """Try each of them once, until `vers_tot` (monotonic clock); what is not in the answer was not tried.

        Raises what `noteer` raises: what cannot be recorded must not be sent; and BeurtKwijt when the turn is lost.
        """
        self._rij, self._slot = iter(brieven), threading.Lock()
        self._uitslagen: list[Uitslag[Brief]] = []
        if len(brieven) < VEEL:
            self._lijn(vers_tot)
        else:
            beurt = houder()
            with ThreadPoolExecutor(max_workers=LIJNEN) as lijnen:
                for klaar in [lijnen.submit(self._lijn_ernaast, beurt, vers_tot) for _ in range(LIJNEN)]:
                    klaar.result()
        return self._uitslagen

    def _lijn_ernaast(self, beurt: int, vers_tot: float) -> None:
        """A line in a thread of its own, with a connection to the database of its own that holds on to the turn."""
        try:
            with lijn(beurt):
                self._lijn(vers_tot)
        except BaseException as fout:
            self.gestopt = self.gestopt or omschrijving(fout)
            raise
        finally:
            connection.close()

    def _lijn(self, vers_tot: float) -> None:
        with Postbode() as postbode:
            for brief in self._volgende(vers_tot):
                uitslag = self._bezorg(brief, postbode)
                self.noteer(uitslag)
                with self._slot:
                    self._uitslagen.append(uitslag)
                if postbode.is_weg:
                    self.gestopt = uitslag.fout

    def _volgende(self, vers_tot: float) -> Iterator[Brief]:
        while not self.gestopt:
            with self._slot:
                brief = next(self._rij, None)
            if brief is None:
                return
            yield brief
            if self.stop_op is not None and time.monotonic() > self.stop_op:
                self.gestopt = self.gestopt or TIJD_OM
            if time.monotonic() > vers_tot:
                return

    def _bezorg(self, brief: Brief, postbode: Postbode) -> Uitslag[Brief]:
        onderwerp = ""
        try:
            mail = self.schrijf(brief)
            onderwerp = str(mail.subject)
            postbode.bezorg(mail)
        except Geweigerd as weigering:
            return Uitslag(brief, Uitkomst.GEWEIGERD, onderwerp, str(weigering))
        except Mislukt as mislukking:
            return Uitslag(brief, Uitkomst.OPEN, onderwerp, str(mislukking))
        except Exception as onverwacht:  # one mail that cannot be made must not keep the others
            log.exception("bericht niet te maken", object=str(brief)[:80])
            return Uitslag(brief, Uitkomst.OPEN, onderwerp, omschrijving(onverwacht))
        return Uitslag(brief, Uitkomst.VERZONDEN, onderwerp)
