"""A mail as bytes on the line: put together once per text, and only addressed anew for who reads the same.

The library would make a tree of parts, fold each header twice and walk the tree to write it, for mails that are all
built alike: some headers, a text, and the same as HTML. What goes over the line says the same as what it would write.
"""

import copy
import hashlib
import quopri
import re
from email.header import Header
from email.utils import formatdate
from functools import lru_cache

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT, SafeMIMEMultipart, sanitize_address

EINDE = "\r\n"
LANGSTE_REGEL = 76  # of what can be folded

_REGELEINDE = re.compile(r"\r\n|\r|\n")
_GEWOON_ADRES = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.ASCII | re.IGNORECASE)


def adres(geschreven: str) -> str:
    """An address, with or without a name, in plain characters. Raises ValueError for what is no address."""
    return geschreven if _GEWOON_ADRES.fullmatch(geschreven) else _bijzonder_adres(geschreven)


@lru_cache(maxsize=64)  # the sender, above all
def _bijzonder_adres(geschreven: str) -> str:
    # It breaks a long name over lines; where a header is folded is decided below.
    return sanitize_address(geschreven, "utf-8").replace("\n ", " ")


def _getoond(geschreven: str) -> str:
    """An address as its reader sees it: as it was written, unless its name or domain is not plain (één.nl)."""
    return geschreven if geschreven.isascii() else adres(geschreven)


def kop(naam: str, waarde: str) -> bytes:
    """A header as it goes over the line, folded at spaces when it is long.

    Raises ValueError for what cannot be written; no value can become a header of its own.
    """
    if not (waarde.isascii() and waarde.isprintable()):
        raise ValueError(f"{naam} bevat tekens die niet kunnen.")
    regels, rest, vanaf = [], f"{naam}: {waarde}", len(naam) + 2
    while len(rest) > LANGSTE_REGEL:
        plek = rest.rfind(" ", vanaf, LANGSTE_REGEL + 1)
        if plek < 0:
            plek = rest.find(" ", LANGSTE_REGEL)
        if plek < 0:
            break
        regels.append(rest[:plek])
        rest, vanaf = rest[plek:], 1
    regels.append(rest)
    if max(map(len, regels)) > RFC5322_EMAIL_LINE_LENGTH_LIMIT:
        raise ValueError(f"{naam} is te lang.")
    return (EINDE.join(regels) + EINDE).encode("ascii")


def _woorden(tekst: str) -> str:
    """Words as the value of a header: encoded when they are not plain, or would be read as if they were encoded."""
    if tekst.isascii() and tekst.isprintable() and "=?" not in tekst:
        return tekst
    if len(tekst.splitlines()) > 1:
        raise ValueError("Een kop is één regel.")
    return Header(tekst, "utf-8", header_name="Subject").encode(linesep="")


def _deel(soort: str, tekst: str) -> bytes:
    """One of the two parts: its headers and its content."""
    inhoud = _REGELEINDE.sub("\n", tekst).encode("utf-8")
    codering = "7bit" if inhoud.isascii() else "8bit"
    if max(map(len, inhoud.split(b"\n"))) > RFC5322_EMAIL_LINE_LENGTH_LIMIT:
        inhoud, codering = quopri.encodestring(inhoud), "quoted-printable"
    inhoud = inhoud.replace(b"\n", EINDE.encode())
    koppen = {
        "Content-Type": f'text/{soort}; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": codering,
    }
    return b"".join(kop(naam, waarde) for naam, waarde in koppen.items()) + EINDE.encode() + inhoud


class Brief(EmailMultiAlternatives):
    """A mail of a text and its HTML to one person, whose bytes are made when it is written instead of when it is sent,
    so that sending only sends.
    """

    _vorm: bytes | None = None  # all but the headers that are somebody's own
    _geschreven: "_Geschreven | None" = None

    def schrijf(self) -> "Brief":
        """Make the bytes now. Raises ValueError for a header or an address that cannot be written."""
        if self._vorm is None:
            self._vorm = self._maak_vorm()
        eigen = {"To": _getoond(self.to[0]), "Message-ID": str(self.extra_headers["Message-ID"])}
        koppen = b"".join(kop(naam, waarde) for naam, waarde in eigen.items())
        self._geschreven = _Geschreven(koppen + self._vorm, eigen)
        return self

    def _maak_vorm(self) -> bytes:
        # A boundary that no text holds, without searching them for it.
        grens = f"=_{hashlib.sha256(str(self.extra_headers['Message-ID']).encode()).hexdigest()[:32]}"
        koppen = {
            "Subject": _woorden(str(self.subject)),
            "From": _getoond(self.from_email),
            "Reply-To": ", ".join(map(_getoond, self.reply_to)),
            "Date": formatdate(),
            **{naam: str(waarde) for naam, waarde in self.extra_headers.items() if naam != "Message-ID"},
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/alternative; boundary="{grens}"',
        }
        ((html, _),) = self.alternatives
        delen = [_deel("plain", str(self.body)), _deel("html", str(html))]
        streep = f"{EINDE}--{grens}".encode()
        return b"".join(
            [
                *(kop(naam, waarde) for naam, waarde in koppen.items() if waarde),
                *(streep + EINDE.encode() + deel for deel in delen),
                streep + b"--" + EINDE.encode(),
            ]
        )

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
