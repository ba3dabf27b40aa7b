"""Handing one mail over: one connection for many mails, and what went wrong told apart.

Three things can go wrong, with three consequences: this address is refused for good, this mail failed and may be tried
again, or the mail server itself is gone and trying the rest is pointless.
"""

import contextlib
import re
import smtplib
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

# A server that closes one connection may have had enough of it, or of that one mail; after two in a row it is gone.
STORINGEN_VOOR_STOP = 2
# Codes of RFC 5321 by which a server refuses an address for good. A refusal of us (530 sign in first, 5.7 relaying
# denied) is no fault of the address: such a mail stays open, or one wrong setting would lose everything.
ADRES_GEWEIGERD = (550, 551, 552, 553, 554, 556)
BELEID = re.compile(r"^5\.7\.")


class Mislukt(Exception):  # noqa: N818  it names what happened
    """This mail was not handed over; another try may succeed."""


class Geweigerd(Mislukt):
    """The mail server refused this address for good."""


class Verbroken(Mislukt):
    """The mail server did not answer or went away."""


class Postbode:
    """A connection to the mail server, opened at the first mail and closed at the end of the `with` block."""

    def __init__(self) -> None:
        self._verbinding = get_connection()
        self._open = False
        self._storingen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._sluit()

    @property
    def is_weg(self) -> bool:
        """Whether the mail server is gone, so that nothing more can be handed over now."""
        return self._storingen >= STORINGEN_VOOR_STOP

    def bezorg(self, bericht: EmailMessage) -> None:
        """Hand one mail over. Raises Geweigerd, Verbroken or Mislukt, each with one line that says why."""
        for laatste in (False, True):
            al_open = self._open
            try:
                self._stuur(bericht)
            except smtplib.SMTPRecipientsRefused as fout:
                raise self._weigering(fout) from None
            except smtplib.SMTPServerDisconnected as fout:
                raise self._breuk(fout) from None
            except smtplib.SMTPSenderRefused as fout:
                # "Enough over this connection": nothing was handed over yet, so once more over a new one is safe.
                if fout.smtp_code == 421 and al_open and not laatste:
                    self._sluit()
                    continue
                raise self._mislukking(fout) from None
            except smtplib.SMTPException as fout:
                raise self._mislukking(fout) from None
            except OSError as fout:
                raise self._breuk(fout) from None
            except ValueError as fout:  # a header or an address that cannot be written
                raise Mislukt(omschrijving(fout)) from None
            self._storingen = 0
            return

    def _stuur(self, bericht: EmailMessage) -> None:
        if not self._open:
            try:
                self._verbinding.open()
            except OSError:  # smtplib's own errors are among these
                self._storingen = STORINGEN_VOOR_STOP
                raise
            self._open = True
        self._verbinding.send_messages([bericht])

    def _sluit(self) -> None:
        self._open = False
        # What the server says to goodbye changes nothing about what was handed over.
        with contextlib.suppress(OSError):
            self._verbinding.close()

    def _breuk(self, fout: OSError) -> Verbroken:
        self._storingen += 1
        self._sluit()
        return Verbroken(omschrijving(fout))

    def _mislukking(self, fout: smtplib.SMTPException) -> Mislukt:
        if isinstance(fout, smtplib.SMTPResponseException) and fout.smtp_code == 421:
            self._sluit()
        return Mislukt(omschrijving(fout))

    def _weigering(self, fout: smtplib.SMTPRecipientsRefused) -> Mislukt:
        code, antwoord = next(iter(fout.recipients.values()))
        tekst = _tekst(antwoord)
        if code == 421:
            self._sluit()
        voorgoed = code in ADRES_GEWEIGERD and not BELEID.match(tekst)
        return (Geweigerd if voorgoed else Mislukt)(_schoon(f"{code} {tekst}"))


def omschrijving(fout: BaseException) -> str:
    """An error on one line, without secrets and without paths of this machine."""
    naam = type(fout).__name__
    if isinstance(fout, smtplib.SMTPResponseException):
        return _schoon(f"{naam}: {fout.smtp_code} {_tekst(fout.smtp_error)}")
    if isinstance(fout, OSError) and fout.strerror:
        return _schoon(f"{naam}: {fout.strerror}")
    return _schoon(f"{naam}: {fout}")


def _tekst(antwoord: bytes | str) -> str:
    return antwoord.decode(errors="replace") if isinstance(antwoord, bytes) else str(antwoord)


def _schoon(tekst: str) -> str:
    regel = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", tekst).split())
    for geheim in (settings.EMAIL_HOST_PASSWORD, settings.SECRET_KEY):
        if geheim:
            regel = regel.replace(geheim, "***")
    return regel[:250]
