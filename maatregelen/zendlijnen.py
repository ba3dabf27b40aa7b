"""Handing many mails over: over one connection, or over a few at once when there are many.

Each connection has one mail on the way at a time, and gets no next one before it is recorded what became of that mail:
a crash in between repeats what was on the way and no more. A large number goes over several connections, because the
disk that must hold each record is slower than the mail server that answers; what was answered while the disk was busy
is recorded together.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from typing import Generic, TypeVar

import structlog
from django.core.mail import EmailMessage

from maatregelen.models import Uitkomst
from maatregelen.verzending import Geweigerd, Mislukt, Postbode, omschrijving

log = structlog.get_logger(__name__)

LIJNEN = 6
VEEL = 200  # from so many mails on there is more than one connection

TIJD_OM = "de tijd voor deze ronde is om"

Brief = TypeVar("Brief")


@dataclass(frozen=True)
class Uitslag(Generic[Brief]):
    """What became of a mail; `is_weg`: the mail server is gone, and nothing more can be handed over now."""

    brief: Brief
    uitkomst: Uitkomst
    onderwerp: str = ""
    fout: str = ""
    is_weg: bool = False


@dataclass
class Overdracht(Generic[Brief]):
    """A number of mails on their way. `gestopt`: why not all of them were tried; empty when they were.

    `schrijf` and `noteer` are called by one thread: the one that has the connection to the database, and the turn.
    """

    schrijf: Callable[[Brief], EmailMessage]
    noteer: Callable[[Sequence[Uitslag[Brief]]], None]
    stop_op: float | None = None  # moment on the monotonic clock
    gestopt: str = ""

    def draag_over(self, brieven: Sequence[Brief], *, vers_tot: float) -> list[Uitslag[Brief]]:
        """Try each of them once, until `vers_tot` (monotonic clock); what is not in the answer was not tried.

        Raises what `noteer` raises: what cannot be recorded must not be sent.
        """
        self._uitslagen: list[Uitslag[Brief]] = []
        mails = self._geschreven(brieven, vers_tot)
        if len(brieven) < VEEL:
            with Postbode() as postbode:
                for brief, mail in mails:
                    self._leg_vast([_bezorg(brief, mail, postbode)])
        else:
            self._over_lijnen(mails)
        return self._uitslagen

    def _over_lijnen(self, mails: Iterator[tuple[Brief, EmailMessage]]) -> None:
        """Each line takes what is to be done and lays down what became of it; what was laid down is recorded."""
        te_doen: SimpleQueue[tuple[Brief, EmailMessage] | None] = SimpleQueue()
        gedaan: SimpleQueue[Uitslag[Brief] | BaseException] = SimpleQueue()
        with ThreadPoolExecutor(max_workers=LIJNEN) as draden:
            for _ in range(LIJNEN):
                draden.submit(_lijn, te_doen, gedaan)
            try:
                onderweg, vrij = 0, LIJNEN
                while True:
                    for paar in islice(mails, vrij):
                        te_doen.put(paar)
                        onderweg += 1
                    if not onderweg:
                        return
                    uitslagen = _neem(gedaan)
                    self._leg_vast(uitslagen)
                    vrij = len(uitslagen)
                    onderweg -= vrij
            finally:
                for _ in range(LIJNEN):
                    te_doen.put(None)

    def _geschreven(self, brieven: Sequence[Brief], vers_tot: float) -> Iterator[tuple[Brief, EmailMessage]]:
        """The mails that are next, as long as they may go."""
        for brief in brieven:
            try:
                mail = self.schrijf(brief)
            except Exception as fout:  # one mail that cannot be made must not keep the others
                self._leg_vast([_onverwacht(brief, fout)])
            else:
                yield brief, mail
            if self.stop_op is not None and time.monotonic() > self.stop_op:
                self.gestopt = self.gestopt or TIJD_OM
            if self.gestopt or time.monotonic() > vers_tot:
                return

    def _leg_vast(self, uitslagen: Sequence[Uitslag[Brief]]) -> None:
        self.noteer(uitslagen)
        self._uitslagen += uitslagen
        self.gestopt = next((uitslag.fout for uitslag in uitslagen if uitslag.is_weg), self.gestopt)


def _lijn(
    te_doen: SimpleQueue[tuple[Brief, EmailMessage] | None], gedaan: SimpleQueue[Uitslag[Brief] | BaseException]
) -> None:
    """A connection to the mail server, in a thread of its own, until there is nothing more to be done."""
    try:
        with Postbode() as postbode:
            while paar := te_doen.get():
                gedaan.put(_bezorg(*paar, postbode))
    except BaseException as fout:  # who waits for this line must know
        gedaan.put(fout)


def _neem(gedaan: SimpleQueue[Uitslag[Brief] | BaseException]) -> list[Uitslag[Brief]]:
    """All that is there, at least one. Raises what broke a line."""
    uit: list[Uitslag[Brief]] = []
    while not uit or not gedaan.empty():
        een = gedaan.get()
        if isinstance(een, BaseException):
            raise een
        uit.append(een)
    return uit


def _bezorg(brief: Brief, mail: EmailMessage, postbode: Postbode) -> Uitslag[Brief]:
    onderwerp = str(mail.subject)
    try:
        postbode.bezorg(mail)
    except (Geweigerd, Mislukt) as fout:
        uitkomst = Uitkomst.GEWEIGERD if isinstance(fout, Geweigerd) else Uitkomst.OPEN
        kenmerk = mail.extra_headers.get("Message-ID", "")
        log.warning("mail niet overgedragen", object=kenmerk, resultaat=str(uitkomst), fout=str(fout))
        return Uitslag(brief, uitkomst, onderwerp, str(fout), postbode.is_weg)
    except Exception as fout:
        return _onverwacht(brief, fout)
    return Uitslag(brief, Uitkomst.VERZONDEN, onderwerp)


def _onverwacht(brief: Brief, fout: Exception) -> Uitslag[Brief]:
    log.error("bericht niet te maken", object=str(brief)[:80], exc_info=fout)
    return Uitslag(brief, Uitkomst.OPEN, fout=omschrijving(fout))
