"""A mail as bytes on the line: made by the library once per text, and only addressed anew for who reads the same."""

import copy
import hashlib
from email.message import Message
from email.policy import Compat32
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEMultipart, sanitize_address

LANGSTE_REGEL = 76
LANGST = 900  # of what cannot be folded; a line of mail has at most 998
EINDE = "\r\n"


class _Koppen(Compat32):
    """Folds only what must and can be folded: a short header of plain characters is written as it is, and so is an
    address without spaces, which mail programs read best on the line of its name.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as it goes over the line; the library's own way for all that is long or not plain."""
        if isinstance(value, str) and value.isascii() and value.isprintable():
            langst = LANGSTE_REGEL - 1 if " " in value else LANGST
            if len(name + value) < langst:
                return f"{name}: {value}{EINDE}".encode("ascii")
        return bytes(super().fold_binary(name, value))


KOPPEN = _Koppen(linesep=EINDE)


class Vorm:
    """A mail that the library made: its headers as written, and its body."""

    def __init__(self, bericht: Message) -> None:
        # A boundary of our own: the library would search the whole mail for one that does not occur in it.
        kenmerk = hashlib.sha256(str(bericht["Message-ID"]).encode()).hexdigest()[:32]
        bericht.set_boundary(f"=_{kenmerk}")
        bericht.policy = KOPPEN
        regels: bytes = bericht.as_bytes(linesep=EINDE)  # type: ignore[call-arg]  # Django's message takes it
        self.koppen = {naam: KOPPEN.fold_binary(naam, waarde) for naam, waarde in bericht.raw_items()}
        self.inhoud = regels[regels.index(b"\r\n\r\n") :]

    def voor(self, eigen: dict[str, str]) -> bytes:
        """The same mail with these headers of its own. Raises ValueError for one that cannot be written."""
        for naam, waarde in eigen.items():
            if not (waarde.isascii() and waarde.isprintable()):
                raise ValueError(f"{naam} bevat tekens die niet kunnen.")
        koppen = {**self.koppen, **{naam: KOPPEN.fold_binary(naam, waarde) for naam, waarde in eigen.items()}}
        return b"".join(koppen.values())[: -len(EINDE)] + self.inhoud


class Brief(EmailMultiAlternatives):
    """A mail whose bytes are made when it is written instead of when it is sent, so that sending only sends."""

    _vorm: Vorm | None = None
    _geschreven: "_Geschreven | None" = None

    def schrijf(self) -> "Brief":
        """Make the bytes now. Raises ValueError for a header or an address that cannot be written."""
        if self._vorm is None:
            self._vorm = Vorm(super().message())
        aan = self.to[0] if self.to[0].isascii() else sanitize_address(self.to[0], "utf-8")  # of a domain like één.nl
        eigen = {"To": aan, "Message-ID": str(self.extra_headers["Message-ID"])}
        self._geschreven = _Geschreven(self._vorm.voor(eigen), eigen)
        return self

    def ook_voor(self, aan: str, message_id: str) -> "Brief":
        """The same mail for somebody else, not written yet."""
        brief = copy.copy(self)
        brief.to, brief.extra_headers = [aan], {**self.extra_headers, "Message-ID": message_id}
        brief._geschreven = None
        return brief

    def message(self) -> SafeMIMEMultipart:  # type: ignore[override]  # the stubs know a later Django
        """What is sent: all that a mail backend asks of a message."""
        if self._geschreven is None:
            self.schrijf()
        return self._geschreven  # type: ignore[return-value]


class _Geschreven:
    """A finished message: the headers of its own can be read, and its bytes are there."""

    def __init__(self, regels: bytes, eigen: dict[str, str]) -> None:
        self._regels, self._eigen = regels, eigen

    def __getitem__(self, naam: str) -> str:
        return self._eigen[naam]

    def as_bytes(self, unixfrom: bool = False, linesep: str = EINDE) -> bytes:
        """The mail as it goes over the line."""
        return self._regels
