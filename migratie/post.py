"""How mail leaves: as files in the demo, else by a mail server; what is for demo people stays on this machine."""

import hashlib
import ipaddress
import os
import re
import smtplib
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from maatregelen.mailvorm import adres

DEMOADRES = "@voorbeeld.nl"
LANGSTE_NAAM = 200


class BestandenBackend(BaseEmailBackend):
    """Writes each message as `<Message-ID>-<recipient>.eml` under EMAIL_FILE_PATH; a repeat overwrites itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of messages of which every file is on disk; raises OSError when one cannot be written."""
        map_ = Path(settings.EMAIL_FILE_PATH)
        map_.mkdir(parents=True, exist_ok=True)
        for bericht in email_messages:
            inhoud = bericht.message()
            kenmerk = inhoud["Message-ID"].strip("<>").split("@")[0]
            regels = inhoud.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # the stubs know a later Django only
            for ontvanger in bericht.recipients():
                self._schrijf(map_ / _bestandsnaam(kenmerk, ontvanger), regels)
        return len(email_messages)

    def _schrijf(self, pad: Path, inhoud: bytes) -> None:
        """The whole file or none of it: written beside, flushed to disk, then renamed."""
        nummer, tijdelijk = tempfile.mkstemp(dir=pad.parent, prefix=".nieuw-")
        try:
            with os.fdopen(nummer, "wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            Path(tijdelijk).replace(pad)
        except BaseException:
            Path(tijdelijk).unlink()
            raise


class _Enveloppe:
    """Says an address as it is given: `<...>`, judged before. The library would take it apart again for each mail."""

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return self.docmd("MAIL", " ".join((f"FROM:{sender}", *options)))  # type: ignore[attr-defined,no-any-return]

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return self.docmd("RCPT", " ".join((f"TO:{recip}", *options)))  # type: ignore[attr-defined,no-any-return]


class _Verbinding(_Enveloppe, smtplib.SMTP):
    pass


class _VersleuteldeVerbinding(_Enveloppe, smtplib.SMTP_SSL):
    pass


class MailserverBackend(EmailBackend):
    """SMTP; but an address of the demo is nobody's, so its mail reaches no mail server outside this machine."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What is opened: a connection that takes addresses as they are given."""
        return _VersleuteldeVerbinding if self.use_ssl else _Verbinding

    def _send(self, email_message: EmailMessage) -> bool:
        """As the library does it, but an address that was judged before is not taken apart again for every mail."""
        aan = [_enveloppe(ontvanger) for ontvanger in email_message.recipients()]
        if not aan or self.connection is None:
            return False
        regels = email_message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        try:
            self.connection.sendmail(_enveloppe(email_message.from_email), aan, regels)
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of messages handed over, to the mail server or to a file."""
        if _is_eigen_machine(self.host):
            return super().send_messages(email_messages)
        van_demo = [bericht for bericht in email_messages if _is_van_demo(bericht)]
        echt = [bericht for bericht in email_messages if not _is_van_demo(bericht)]
        return BestandenBackend().send_messages(van_demo) + super().send_messages(echt)


@lru_cache(maxsize=64)  # the sender, above all
def _enveloppe(geschreven: str) -> str:
    """An address as the mail server is told it, without the name. Raises ValueError for what is no address."""
    zuiver = adres(geschreven)
    return smtplib.quoteaddr(zuiver) if "<" in zuiver else f"<{zuiver}>"


def _bestandsnaam(kenmerk: str, ontvanger: str) -> str:
    """A name that every file system takes, and no other message or recipient has."""
    naam = re.sub(r"[^A-Za-z0-9@._-]+", "_", f"{kenmerk}-{ontvanger}")
    if len(naam) > LANGSTE_NAAM or naam != f"{kenmerk}-{ontvanger}":
        naam = f"{naam[:LANGSTE_NAAM]}-{hashlib.sha256(f'{kenmerk} {ontvanger}'.encode()).hexdigest()[:12]}"
    return f"{naam}.eml"


def _is_van_demo(bericht: EmailMessage) -> bool:
    return any(ontvanger.lower().endswith(DEMOADRES) for ontvanger in bericht.recipients())


def _is_eigen_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
